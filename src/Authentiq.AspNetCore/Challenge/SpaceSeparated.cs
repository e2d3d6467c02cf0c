namespace Authentiq.AspNetCore;

/// <summary>Space-separated lists of the protocol: scopes, algorithms, prompts (RFC 6749 §3.3).</summary>
internal static class SpaceSeparated
{
    public static string[] SplitAtSpaces(this string? list) => list?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
