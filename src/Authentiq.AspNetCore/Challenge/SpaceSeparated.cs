namespace Authentiq.AspNetCore;

/// <summary>The protocol's way to write a list in one value: scopes, algorithms, prompts (RFC 6749 §3.3).</summary>
internal static class SpaceSeparated
{
    public static string[] SplitAtSpaces(this string? list) => list?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
