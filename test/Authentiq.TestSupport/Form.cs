using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Authentiq.TestSupport;

/// <summary>A form on a page, filled in as it stands and sent with one of its buttons.</summary>
internal sealed record Form(HttpMethod Method, Uri Address, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    public static Form Press(Page page, string button, IReadOnlyCollection<string> unticked)
    {
        using var document = new HtmlParser().ParseDocument(page.Body);
        var buttons = document.QuerySelectorAll("button").OfType<IHtmlButtonElement>().ToList();
        var pressed = buttons.FirstOrDefault(candidate => candidate.TextContent.Contains(button, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"There is no button '{button}' on {page.Url}; there are: {string.Join(", ", buttons.Select(other => other.TextContent.Trim()))}.");
        if (pressed.IsDisabled || pressed.Form is not { } form)
        {
            throw new InvalidOperationException($"The button '{button}' on {page.Url} is disabled, or belongs to no form.");
        }

        var fields = form.QuerySelectorAll("input").OfType<IHtmlInputElement>()
            .Where(input => IsSent(input, unticked))
            .Select(input => KeyValuePair.Create(input.Name!, input.Value))
            .ToList();
        if (pressed.Name is { Length: > 0 } name)
        {
            fields.Add(KeyValuePair.Create(name, pressed.Value));
        }

        return new(new HttpMethod(form.Method.ToUpperInvariant()), new Uri(page.Url, form.GetAttribute("action") ?? page.Url.PathAndQuery), fields);
    }

    private static bool IsSent(IHtmlInputElement input, IReadOnlyCollection<string> unticked) =>
        !string.IsNullOrEmpty(input.Name)
        && !input.IsDisabled
        && (input.Type is not ("checkbox" or "radio") || (input.IsChecked && !unticked.Contains(input.Value, StringComparer.Ordinal)));
}
