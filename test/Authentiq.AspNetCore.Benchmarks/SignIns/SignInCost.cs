using System.Diagnostics;
using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.Benchmarks;

/// <summary>What a single sign-in costs, without another one at the same time: the median of many.</summary>
/// <param name="Milliseconds">Its duration.</param>
/// <param name="Bytes">What it allocates, including the client and the provider.</param>
internal sealed record SignInCost(double Milliseconds, double Bytes)
{
    /// <summary>How many users have signed in to the application that others are compared with.</summary>
    public const int Few = 10;

    private const int Samples = 200;

    /// <summary>
    /// Measures in an application with many sign-ins, and in applications with few: in turns, so that a disturbance of the machine hits both alike.
    /// </summary>
    /// <exception cref="InvalidOperationException">A sign-in failed.</exception>
    public static async Task<(SignInCost AfterFew, SignInCost AfterMany)> CompareAsync(Contender contender, int many)
    {
        using var provider = new InstantProvider(TimeProvider.System);
        await using var old = await contender.StartAsync(provider);
        await SignInLoad.RunAsync(old, many);

        var (afterFew, afterMany) = (new List<SignInCost>(Samples), new List<SignInCost>(Samples));
        while (afterMany.Count < Samples)
        {
            await using var young = await contender.StartAsync(provider);
            await SignInLoad.RunAsync(young, Few);
            for (var i = 0; i < Few; i++)
            {
                afterFew.Add(await MeasureAsync(young));
                afterMany.Add(await MeasureAsync(old));
            }
        }

        return (Median(afterFew), Median(afterMany));
    }

    private static async Task<SignInCost> MeasureAsync(SignInApplication application)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await application.SignInAsync();
        return new(Stopwatch.GetElapsedTime(start).TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    private static SignInCost Median(List<SignInCost> costs) => new(SignIns.Median(costs.Select(cost => cost.Milliseconds)), SignIns.Median(costs.Select(cost => cost.Bytes)));
}
