using FsCheck;
using FsCheck.Fluent;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A sign-in and the mutations of its response. FsCheck creates it from a seed, and removes mutations that are irrelevant for a failure.</summary>
internal sealed record Case<T>(Shape Shape, IReadOnlyList<Mutation<T>> Mutations)
{
    public static Arbitrary<Case<T>> From(IReadOnlyList<Shape> shapes, Gen<Mutation<T>> mutation) => Arb.From(
        from shape in Gen.Elements(shapes.AsEnumerable())
        from count in Gen.Choose(1, 3)
        from mutations in mutation.ArrayOf(count)
        select new Case<T>(shape, [.. mutations.Where((one, index) => !mutations.Take(index).Any(one.Meets))]),
        Shrink);

    /// <summary>Applies all mutations, and returns the expected result.</summary>
    public Verdict Apply(T response) => Mutations.Select(mutation => mutation.Apply(response) ?? Verdict.SignsIn).DefaultIfEmpty(Verdict.SignsIn).Max();

    public override string ToString() => $"{Shape}: {string.Join(" + ", Mutations)}";

    private static IEnumerable<Case<T>> Shrink(Case<T> failed) =>
        failed.Mutations.Count < 2 ? [] : failed.Mutations.Select(mutation => failed with { Mutations = [.. failed.Mutations.Where(other => other != mutation)] });
}
