namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>One change of a valid response.</summary>
/// <param name="Name">The name in the report of a failure.</param>
/// <param name="Target">The part that it changes, or two of them. A case changes each part once, so that no change is taken back.</param>
/// <param name="Apply">Applies the change, and returns the expected result; <see langword="null"/> when there was nothing to change.</param>
internal sealed record Mutation<T>(string Name, string Target, Func<T, Verdict?> Apply)
{
    public bool Meets(Mutation<T> other) => Target.Split(' ').Intersect(other.Target.Split(' '), StringComparer.Ordinal).Any();

    public override string ToString() => Name;
}
