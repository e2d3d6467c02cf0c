using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Authentiq.Emulator;

/// <summary>The parameters of one request. A parameter without a value is treated as omitted (RFC 6749 §3.1).</summary>
internal sealed class RequestParameters(IReadOnlyDictionary<string, StringValues> values)
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>The names of repeated parameters, which OAuth forbids.</summary>
    public IReadOnlyList<string> Repeated => [.. values.Where(value => value.Value.Count > 1).Select(value => value.Key)];

    /// <summary>The length of all names and values.</summary>
    public int Length => values.Sum(value => value.Key.Length + value.Value.Sum(text => text?.Length ?? 0));

    /// <summary>The approximate memory of all names and values, in bytes.</summary>
    public int Size => Footprint.Of(Footprint.Flatten(ToDictionary()));

    public string? this[string name] =>
        values.TryGetValue(name, out var value) && value is [{ Length: > 0 } only] ? only : null;

    public static bool HasForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals(Form, StringComparison.OrdinalIgnoreCase) && IsUtf8(type.Charset);

    public static RequestParameters FromQuery(HttpRequest request) =>
        new(request.Query.ToDictionary(StringComparer.Ordinal));

    /// <returns>The parameters of the form, or null if there is no readable form.</returns>
    public static async Task<RequestParameters?> FromFormAsync(HttpContext http)
    {
        if (!HasForm(http.Request))
        {
            return null;
        }

        try
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            return new(form.ToDictionary(StringComparer.Ordinal));
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The parameters of query and form, for the journal.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ReadAllAsync(HttpContext http)
    {
        var all = new Dictionary<string, string>(FromQuery(http.Request).ToDictionary(), StringComparer.Ordinal);
        foreach (var (name, value) in (await FromFormAsync(http))?.ToDictionary() ?? [])
        {
            all[name] = value;
        }

        return all;
    }

    /// <summary>All values of a repeated field, such as check boxes.</summary>
    public IReadOnlyCollection<string> All(string name) =>
        values.TryGetValue(name, out var value) ? [.. value.OfType<string>()] : [];

    public RequestParameters Without(string name) =>
        new(values.Where(value => value.Key != name).ToDictionary(StringComparer.Ordinal));

    public Dictionary<string, string> ToDictionary() =>
        values.ToDictionary(value => value.Key, value => value.Value.ToString(), StringComparer.Ordinal);

    // A form is in UTF-8 (WHATWG URL §5). The server throws for UTF-7.
    private static bool IsUtf8(StringSegment charset) => !charset.HasValue || HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
