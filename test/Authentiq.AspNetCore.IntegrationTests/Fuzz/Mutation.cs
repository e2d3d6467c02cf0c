namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>One thing that is done to a right answer.</summary>
/// <param name="Name">What it is, for whoever reads of a failure.</param>
/// <param name="Target">The part that it changes, or two of them. A case changes each part once, so that no change is taken back.</param>
/// <param name="Apply">Does it, and says what must come of it; nothing when there was nothing to change.</param>
internal sealed record Mutation<T>(string Name, string Target, Func<T, Verdict?> Apply)
{
    public bool Meets(Mutation<T> other) => Target.Split(' ').Intersect(other.Target.Split(' '), StringComparer.Ordinal).Any();

    public override string ToString() => Name;
}
