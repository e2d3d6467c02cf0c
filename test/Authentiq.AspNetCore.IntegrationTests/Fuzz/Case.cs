using FsCheck;
using FsCheck.Fluent;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A sign-in and what is done to an answer of it. FsCheck makes it from a seed, and drops what does not matter to a failure.</summary>
internal sealed record Case<T>(Shape Shape, IReadOnlyList<Mutation<T>> Mutations)
{
    public static Arbitrary<Case<T>> From(IReadOnlyList<Shape> shapes, Gen<Mutation<T>> mutation) => Arb.From(
        from shape in Gen.Elements(shapes.AsEnumerable())
        from count in Gen.Choose(1, 3)
        from mutations in mutation.ArrayOf(count)
        select new Case<T>(shape, [.. mutations.Where((one, index) => !mutations.Take(index).Any(one.Meets))]),
        Shrink);

    /// <summary>Does it all, and says what must come of it.</summary>
    public Verdict Apply(T answer) => Mutations.Select(mutation => mutation.Apply(answer) ?? Verdict.SignsIn).DefaultIfEmpty(Verdict.SignsIn).Max();

    public override string ToString() => $"{Shape}: {string.Join(" + ", Mutations)}";

    private static IEnumerable<Case<T>> Shrink(Case<T> failed) =>
        failed.Mutations.Count < 2 ? [] : failed.Mutations.Select(mutation => failed with { Mutations = [.. failed.Mutations.Where(other => other != mutation)] });
}
