namespace Authentiq.Emulator;

/// <summary>Reads a <c>scope</c> parameter. A scope asked for twice is asked for with both modifiers.</summary>
internal static class ScopeParser
{
    /// <returns>The scopes, or null where a modifier is none of the provider's.</returns>
    public static IReadOnlyList<RequestedScope>? Parse(string value)
    {
        var scopes = new List<RequestedScope>();
        foreach (var word in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ParseOne(word) is not { } scope)
            {
                return null;
            }

            var known = scopes.FindIndex(other => other.Name == scope.Name);
            if (known < 0)
            {
                scopes.Add(scope);
            }
            else
            {
                scopes[known] = new(scope.Name, scopes[known].Required || scope.Required, scopes[known].Signed || scope.Signed);
            }
        }

        return scopes;
    }

    private static RequestedScope? ParseOne(string word)
    {
        var cut = word.IndexOf('~', StringComparison.Ordinal);
        if (cut < 0)
        {
            return new(word, Required: false, Signed: false);
        }

        var modifiers = word[(cut + 1)..];
        return cut > 0 && modifiers is "r" or "s" or "rs" or "sr"
            ? new(word[..cut], modifiers.Contains('r', StringComparison.Ordinal), modifiers.Contains('s', StringComparison.Ordinal))
            : null;
    }
}
