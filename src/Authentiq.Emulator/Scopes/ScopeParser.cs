namespace Authentiq.Emulator;

/// <summary>Parses a <c>scope</c> parameter. A repeated scope has the modifiers of all its occurrences.</summary>
internal static class ScopeParser
{
    /// <summary>The maximum number of different scopes in a request.</summary>
    public const int MaxScopes = 64;

    /// <returns>The scopes, or null if a modifier is not supported or there are more than <see cref="MaxScopes"/>.</returns>
    public static IReadOnlyList<RequestedScope>? Parse(string value)
    {
        var scopes = new OrderedDictionary<string, RequestedScope>(StringComparer.Ordinal);
        foreach (var range in value.AsSpan().Split(' '))
        {
            var word = value.AsSpan(range);
            if (word.IsEmpty)
            {
                continue;
            }

            if (ParseOne(word) is not { } scope)
            {
                return null;
            }

            if (scopes.TryGetValue(scope.Name, out var known))
            {
                scopes[scope.Name] = new(scope.Name, known.Required || scope.Required, known.Signed || scope.Signed);
            }
            else if (scopes.Count < MaxScopes)
            {
                scopes.Add(scope.Name, scope);
            }
            else
            {
                return null;
            }
        }

        return [.. scopes.Values];
    }

    private static RequestedScope? ParseOne(ReadOnlySpan<char> word)
    {
        var cut = word.IndexOf('~');
        if (cut < 0)
        {
            return new(word.ToString(), Required: false, Signed: false);
        }

        var modifiers = word[(cut + 1)..];
        return cut > 0 && modifiers is "r" or "s" or "rs" or "sr"
            ? new(word[..cut].ToString(), modifiers.Contains('r'), modifiers.Contains('s'))
            : null;
    }
}
