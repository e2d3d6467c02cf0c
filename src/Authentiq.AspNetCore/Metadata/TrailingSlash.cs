namespace Authentiq.AspNetCore;

/// <summary>An authority may be written with or without its slash; an issuer may differ from it by that one slash, and by nothing else.</summary>
internal static class TrailingSlash
{
    public static string WithSlash(this string address) => address.EndsWith('/') ? address : address + "/";
}
