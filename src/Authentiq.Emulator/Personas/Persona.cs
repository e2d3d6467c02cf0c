namespace Authentiq.Emulator;

/// <summary>A person with an Authentiq ID, and what it says about them.</summary>
/// <param name="Id">A short name for pages, addresses and tests, such as <c>alice</c>.</param>
/// <param name="Subject">The <c>sub</c> of their tokens.</param>
/// <param name="Claims">Their claims, by the names that the provider uses. Objects are dictionaries.</param>
public sealed record Persona(string Id, string Subject, IReadOnlyDictionary<string, object> Claims)
{
    /// <summary>The full name, or the id of somebody who has not given one.</summary>
    public string Name => Text("name") ?? Id;

    /// <summary>The same person with one claim added or changed.</summary>
    /// <param name="claim">The name of the claim.</param>
    /// <param name="value">Its value.</param>
    /// <returns>A copy.</returns>
    public Persona With(string claim, object value) =>
        this with { Claims = new Dictionary<string, object>(Claims, StringComparer.Ordinal) { [claim] = value } };

    /// <summary>The same person without some claims.</summary>
    /// <param name="claims">The names of the claims.</param>
    /// <returns>A copy.</returns>
    public Persona Without(params string[] claims) =>
        this with { Claims = Claims.Where(claim => !claims.Contains(claim.Key)).ToDictionary(StringComparer.Ordinal) };

    internal string? Text(string claim) => Claims.TryGetValue(claim, out var value) ? value as string : null;

    internal bool IsTrue(string claim) => Claims.TryGetValue(claim, out var value) && value is true;

    /// <summary>Whether a <c>login_hint</c> means this person.</summary>
    internal bool IsMeantBy(string hint) =>
        hint == Id || hint == Subject || hint == Text("email") || hint == Text("phone_number") || hint == Text("preferred_username");
}
