using System.Net;

namespace Authentiq.Emulator;

/// <summary>Markup. Inserted text is encoded; inserted markup is not.</summary>
internal sealed class Html(string markup)
{
    public static Html Empty { get; } = new("");

    public static Html Of(HtmlInterpolation interpolation) => new(interpolation.ToMarkup());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.ToString())));

    public static string Encode(string? text) => WebUtility.HtmlEncode(text ?? "");

    public override string ToString() => markup;
}
