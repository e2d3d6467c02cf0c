namespace Authentiq.AspNetCore;

/// <summary>Adds the trailing slash. An authority can be configured with or without it, and the issuer may differ from the authority by this slash only.</summary>
internal static class TrailingSlash
{
    public static string WithSlash(this string address) => address.EndsWith('/') ? address : address + "/";
}
