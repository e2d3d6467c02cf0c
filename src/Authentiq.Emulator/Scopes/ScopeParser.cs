namespace Authentiq.Emulator;

/// <summary>Reads a <c>scope</c> parameter. A scope asked for twice is asked for with both modifiers.</summary>
internal static class ScopeParser
{
    /// <summary>How many different scopes one request can name. The provider knows a dozen.</summary>
    public const int MaxScopes = 64;

    /// <returns>The scopes, or null where a modifier is none of the provider's or there are more than <see cref="MaxScopes"/>.</returns>
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
