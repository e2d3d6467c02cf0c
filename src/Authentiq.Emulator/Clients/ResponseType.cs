namespace Authentiq.Emulator;

/// <summary>A response type: the set of values that an authorization response contains, in any order.</summary>
internal readonly record struct ResponseType(bool Code, bool IdToken, bool Token)
{
    public static readonly string[] All =
        ["code", "id_token", "token", "token id_token", "code id_token", "code token", "code token id_token"];

    /// <summary>Whether the response contains a token, which must not be in a query.</summary>
    public bool IsFrontChannel => IdToken || Token;

    public static bool TryParse(string value, out ResponseType type)
    {
        var words = value.Split(' ');
        type = new(words.Contains("code"), words.Contains("id_token"), words.Contains("token"));
        return words.Distinct(StringComparer.Ordinal).Count() == words.Length
            && words.All(word => word is "code" or "id_token" or "token");
    }
}
