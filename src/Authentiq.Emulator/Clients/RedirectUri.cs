namespace Authentiq.Emulator;

/// <summary>What an address must be like before a browser is sent to it.</summary>
internal static class RedirectUri
{
    /// <summary>An absolute address in plain ASCII, without a fragment, of a scheme that cannot run anything.</summary>
    public static bool IsAcceptable(string uri) =>
        uri.All(c => c is > ' ' and <= '~' and not ('"' or '<' or '>' or '\\'))
        && Uri.TryCreate(uri, UriKind.Absolute, out var parsed)
        && !uri.Contains('#', StringComparison.Ordinal)
        && (IsWeb(uri) || parsed.Scheme.Contains('.', StringComparison.Ordinal));

    public static bool IsWeb(string uri) =>
        Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && (parsed.Scheme == Uri.UriSchemeHttp || parsed.Scheme == Uri.UriSchemeHttps);

    /// <summary>The origin of an address: without the user information that the authority part may have, which is free text.</summary>
    /// <returns>Scheme, host and port; null where the address is not one of the web.</returns>
    public static string? Origin(string uri) => IsWeb(uri) ? new Uri(uri).GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) : null;

    /// <summary>Adds parameters to the query, whatever is in it already.</summary>
    public static string WithQuery(string uri, string query) => uri + (uri.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;
}
