using System.Diagnostics;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>For what happens by itself and soon.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Asks until it is so, and fails after half a minute.</summary>
    /// <returns>How long it took.</returns>
    public static async Task<TimeSpan> BecomesTrueAsync(Func<Task<bool>> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            watch.Elapsed.ShouldBeLessThan(Patience, what);
            await Task.Delay(TimeSpan.FromMilliseconds(2), TestContext.Current.CancellationToken);
        }

        return watch.Elapsed;
    }
}
