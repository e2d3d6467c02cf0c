using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.WebUtilities;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The authorization response in the browser, where it can be changed.</summary>
internal sealed class CallbackResponse(string address, string mode, IEnumerable<KeyValuePair<string, string>> parameters)
{
    public const string Query = "query";
    public const string Fragment = "fragment";
    public const string FormPost = "form_post";

    private readonly List<KeyValuePair<string, string>> _parameters = [.. parameters];

    /// <summary>The callback.</summary>
    public string Address { get; set; } = address;

    /// <summary>How it is sent.</summary>
    public string Mode { get; set; } = mode;

    public IReadOnlyList<KeyValuePair<string, string>> Parameters => _parameters;

    public string? this[string name]
    {
        get => _parameters.Find(parameter => parameter.Key == name).Value;
        set
        {
            Remove(name);
            Add(name, value!);
        }
    }

    public void Add(string name, string value) => _parameters.Add(new(name, value));

    public void Remove(params string[] names) => _parameters.RemoveAll(parameter => names.Contains(parameter.Key));

    public string Encoded() => string.Join('&', _parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));

    /// <summary>Reads the response from a page or redirect of the provider, if it contains one.</summary>
    public static CallbackResponse? Read(Page page, string callback)
    {
        if (page.Url.Host == new Uri(RelyingParty.Address).Host)
        {
            return null;
        }

        if (page.Headers.Location is not { } location)
        {
            return ReadForm(page, callback);
        }

        var target = new Uri(page.Url, location);
        return target.GetLeftPart(UriPartial.Path) != callback ? null
            : target.Fragment.Length > 1 ? new(callback, Fragment, Parse(target.Fragment[1..]))
            : new(callback, Query, Parse(target.Query));
    }

    private static CallbackResponse? ReadForm(Page page, string callback)
    {
        using var document = new HtmlParser().ParseDocument(page.Body);
        return document.QuerySelector($"form[action='{callback}']") is { } form
            ? new(callback, FormPost, form.QuerySelectorAll("input").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? "")))
            : null;
    }

    private static IEnumerable<KeyValuePair<string, string>> Parse(string encoded) =>
        QueryHelpers.ParseQuery(encoded).SelectMany(parameter => parameter.Value.Select(value => KeyValuePair.Create(parameter.Key, value!)));
}
