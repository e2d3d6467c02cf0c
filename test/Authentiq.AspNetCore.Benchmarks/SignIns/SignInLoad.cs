using System.Diagnostics;
using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.Benchmarks;

/// <summary>What a number of sign-ins at the same time cost.</summary>
/// <param name="PerSecond">Sign-ins per second.</param>
/// <param name="P50">Half of the sign-ins took no longer than this, in milliseconds.</param>
/// <param name="P99">99 of 100 sign-ins took no longer than this, in milliseconds.</param>
/// <param name="Processor">Processor time per sign-in in microseconds, including the client, the provider and the garbage collector.</param>
internal sealed record SignInLoad(double PerSecond, double P50, double P99, double Processor)
{
    /// <summary>How many users sign in at the same time.</summary>
    public const int Users = 64;

    /// <summary>Signs users in, and measures.</summary>
    /// <exception cref="InvalidOperationException">A sign-in failed.</exception>
    public static async Task<SignInLoad> RunAsync(SignInApplication application, int signIns)
    {
        var times = new double[signIns];
        var next = -1;
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var began = Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, Users).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < signIns; i = Interlocked.Increment(ref next))
            {
                var start = Stopwatch.GetTimestamp();
                await application.SignInAsync();
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        })));

        var elapsed = Stopwatch.GetElapsedTime(began);
        process.Refresh();
        Array.Sort(times);
        return new(signIns / elapsed.TotalSeconds, times[signIns / 2], times[signIns * 99 / 100], (process.TotalProcessorTime - processor).TotalMicroseconds / signIns);
    }
}
