using System.Globalization;
using System.Text;
using Authentiq.TestSupport;
using static System.FormattableString;

namespace Authentiq.AspNetCore.Benchmarks;

/// <summary>
/// Whole sign-ins: the page, the challenge, the approval at the provider, the callback with the redemption of the code, and the page again. It has a runner of its own, as BenchmarkDotNet measures one
/// operation at a time and not what many of them do to each other.
/// </summary>
internal static class SignIns
{
    private const int WarmUp = 3000;

    /// <summary>The argument that starts it.</summary>
    public const string Name = "sign-ins";

    /// <summary>Prints both tables.</summary>
    /// <param name="args">Nothing, or <c>--quick</c> for a run of half a minute that shows orders of magnitude.</param>
    /// <returns>The exit code: 0, or 2 for an argument that is not known.</returns>
    /// <exception cref="InvalidOperationException">A sign-in did not end with the page of its user: there are no figures.</exception>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [] and not ["--quick"])
        {
            await Console.Error.WriteLineAsync($"usage: {Name} [--quick]");
            return 2;
        }

        var isQuick = args is ["--quick"];
        await RunRoundAsync(turns: 1, signIns: WarmUp);
        await Console.Out.WriteLineAsync(await CompareLoadsAsync(rounds: isQuick ? 2 : 5, turns: isQuick ? 4 : 10, signIns: isQuick ? 1000 : 2000));
        await Console.Out.WriteLineAsync(await CompareCostsAsync([1000, isQuick ? 5000 : 50_000]));
        return 0;
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static async Task<string> CompareLoadsAsync(int rounds, int turns, int signIns)
    {
        var loads = Contender.All.Select(_ => new List<SignInLoad>()).ToList();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (own, all) in (await RunRoundAsync(turns, signIns)).Zip(loads))
            {
                all.AddRange(own);
            }
        }

        var table = new StringBuilder();
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"Sign-ins, {SignInLoad.Users} at the same time, {rounds} rounds of {turns} turns of {signIns:N0}; medians of the turns, in brackets what 80 % of the ratios lie between").AppendLine();
        table.AppendLine("| | sign-ins/s | ratio | p50 ms | p99 ms | ratio of p99 | processor us | ratio |");
        table.AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (var i = 0; i < loads.Count; i++)
        {
            var (own, plain) = (loads[i], loads[0]);
            string[] cells =
            [
                Contender.All[i].Name,
                Invariant($"{Median(own.Select(load => load.PerSecond)):N0}"), Ratio(own, plain, load => load.PerSecond),
                Invariant($"{Median(own.Select(load => load.P50)):N1}"),
                Invariant($"{Median(own.Select(load => load.P99)):N1}"), Ratio(own, plain, load => load.P99),
                Invariant($"{Median(own.Select(load => load.Processor)):N0}"), Ratio(own, plain, load => load.Processor),
            ];
            table.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |");
        }

        return table.ToString();
    }

    private static async Task<string> CompareCostsAsync(int[] numbers)
    {
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"One sign-in, after others in the same application; in brackets the ratio to one after {SignInCost.Few}, measured in turns").AppendLine();
        int[] columns = [SignInCost.Few, .. numbers];
        table.AppendLine(CultureInfo.InvariantCulture, $"| | {string.Join(" | ", columns.Select(number => Invariant($"ms after {number:N0}")))} | {string.Join(" | ", columns.Select(number => Invariant($"bytes after {number:N0}")))} |");
        table.Append("| --- |").AppendLine(string.Concat(Enumerable.Repeat(" ---: |", 2 * columns.Length)));
        foreach (var contender in Contender.All)
        {
            var (milliseconds, bytes) = (new List<string>(), new List<string>());
            foreach (var number in numbers)
            {
                var (few, many) = await SignInCost.CompareAsync(contender, number);
                if (milliseconds.Count == 0)
                {
                    milliseconds.Add(Invariant($"{few.Milliseconds:N3}"));
                    bytes.Add(Invariant($"{few.Bytes:N0}"));
                }

                milliseconds.Add(Invariant($"{many.Milliseconds:N3} ({many.Milliseconds / few.Milliseconds:N2})"));
                bytes.Add(Invariant($"{many.Bytes:N0} ({many.Bytes / few.Bytes:N3})"));
            }

            table.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", [contender.Name, .. milliseconds, .. bytes])} |");
        }

        return table.ToString();
    }

    // A round is of new applications. The contenders take short turns, and each turn begins with another one, so that a disturbance of the machine hits all alike.
    private static async Task<IReadOnlyList<List<SignInLoad>>> RunRoundAsync(int turns, int signIns)
    {
        using var provider = new InstantProvider(TimeProvider.System);
        var applications = new List<SignInApplication>();
        foreach (var contender in Contender.All)
        {
            applications.Add(await contender.StartAsync(provider));
            await applications[^1].SignInAsync();
        }

        var loads = applications.ConvertAll(_ => new List<SignInLoad>());
        for (var turn = 0; turn < turns; turn++)
        {
            for (var i = 0; i < applications.Count; i++)
            {
                // What the one before has left to collect is not for this one to pay.
                GC.Collect();
                var next = (turn + i) % applications.Count;
                loads[next].Add(await SignInLoad.RunAsync(applications[next], signIns));
            }
        }

        foreach (var application in applications)
        {
            await application.DisposeAsync();
        }

        return loads;
    }

    // Of each turn by itself, and not of the medians: what disturbs a turn disturbs both.
    private static string Ratio(List<SignInLoad> loads, List<SignInLoad> plain, Func<SignInLoad, double> value)
    {
        double[] ratios = [.. loads.Zip(plain, (load, other) => value(load) / value(other)).Order()];
        return Invariant($"{Median(ratios):N2} ({ratios[ratios.Length / 10]:N2}-{ratios[ratios.Length - 1 - (ratios.Length / 10)]:N2})");
    }
}
