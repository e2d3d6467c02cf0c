namespace Authentiq.AspNetCore;

/// <summary>The one tolerance of the issuer.</summary>
internal static class IssuerComparison
{
    public static string TrimOneSlash(this string value) => value.EndsWith('/') ? value[..^1] : value;
}
