namespace Authentiq.Emulator;

/// <summary>Checks and builds addresses to which a browser is redirected.</summary>
internal static class RedirectUri
{
    /// <summary>Whether an address is absolute, in ASCII, without a fragment, and of a scheme that cannot run code.</summary>
    public static bool IsAcceptable(string uri) =>
        uri.All(c => c is > ' ' and <= '~' and not ('"' or '<' or '>' or '\\'))
        && Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        && !uri.Contains('#', StringComparison.Ordinal)
        && (IsWeb(uri) || parsed.Scheme.Contains('.', StringComparison.Ordinal));

    public static bool IsWeb(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps);

    /// <summary>The origin of an address, without user information.</summary>
    /// <returns>Scheme, host and port; null if the address is not an http or https address.</returns>
    public static string? Origin(string uri) => IsWeb(uri) ? new Uri(uri).GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : null;

    /// <summary>Adds parameters to the query.</summary>
    public static string WithQuery(string uri, string query) => uri + (uri.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;
}
