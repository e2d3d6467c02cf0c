namespace Authentiq.Emulator;

/// <summary>A user with an Authentiq ID.</summary>
/// <param name="Id">A short name for pages, addresses and tests, such as <c>alice</c>.</param>
/// <param name="Subject">The <c>sub</c> of the tokens of the user.</param>
/// <param name="Claims">The claims, by the names of the provider. Objects are dictionaries.</param>
public sealed record Persona(string Id, string Subject, IReadOnlyDictionary<string, object> Claims)
{
    /// <summary>The full name, or the id if there is no name.</summary>
    public string Name => Text("name") ?? Id;

    /// <summary>Copies the user with one claim added or changed.</summary>
    /// <param name="claim">The name of the claim.</param>
    /// <param name="value">The value of the claim.</param>
    /// <returns>A copy.</returns>
    public Persona With(string claim, object value) =>
        this with { Claims = new Dictionary<string, object>(Claims, StringComparer.Ordinal) { [claim] = value } };

    /// <summary>Copies the user without some claims.</summary>
    /// <param name="claims">The names of the claims.</param>
    /// <returns>A copy.</returns>
    public Persona Without(params string[] claims) =>
        this with { Claims = Claims.Where(claim => !claims.Contains(claim.Key)).ToDictionary(StringComparer.Ordinal) };

    internal string? Text(string claim) => Claims.TryGetValue(claim, out var value) ? value as string : null;

    internal bool IsTrue(string claim) => Claims.TryGetValue(claim, out var value) && value is true;

    /// <summary>Whether a <c>login_hint</c> identifies this user.</summary>
    internal bool Matches(string hint) =>
        hint == Id || hint == Subject || hint == Text("email") || hint == Text("phone_number") || hint == Text("preferred_username");
}
