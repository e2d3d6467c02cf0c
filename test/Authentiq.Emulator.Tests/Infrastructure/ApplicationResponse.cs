using Authentiq.TestSupport;
using Microsoft.AspNetCore.WebUtilities;

namespace Authentiq.Emulator.Tests;

/// <summary>The authorization response that the application received, and its response mode.</summary>
internal sealed record ApplicationResponse(string Mode, IReadOnlyDictionary<string, string> Parameters)
{
    public string? this[string name] => Parameters.GetValueOrDefault(name);

    public static ApplicationResponse Read(Page page)
    {
        page.Url.Host.ShouldBe("app.example.test", page.Body);
        var (mode, text) = page switch
        {
            { Body.Length: > 0 } => ("form_post", page.Body),
            { Url.Fragment.Length: > 0 } => ("fragment", page.Url.Fragment[1..]),
            _ => ("query", page.Url.Query),
        };
        return new(mode, QueryHelpers.ParseQuery(text).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal));
    }
}
