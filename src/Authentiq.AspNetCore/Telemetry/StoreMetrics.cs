using System.Diagnostics.Metrics;

// One file for both packages: neither shows it to applications, and the package for Redis sees only the public types of the other.
#if AUTHENTIQ_REDIS
namespace Authentiq.AspNetCore.Redis;
#else
namespace Authentiq.AspNetCore;
#endif

/// <summary>The metrics of shared stores. Both packages record them in the same meter, which returns the same instruments to both.</summary>
/// <param name="meter">The meter <see cref="MeterName"/>.</param>
internal sealed class StoreMetrics(Meter meter)
{
    public const string MeterName = "Authentiq.AspNetCore";

    public const string Sessions = "sessions";
    public const string Revocations = "revocations";

    private readonly Counter<long> _outages = meter.CreateCounter<long>("authentiq.store.outages", "{outage}", "Times at which a store became unavailable.");
    private readonly Histogram<double> _delay = meter.CreateHistogram(
        "authentiq.revocation.propagation.delay",
        "s",
        "The time from the receipt of a logout on another node to its arrival on this node.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] });

    /// <summary>Counts a store that became unavailable.</summary>
    public void Outage(string store) => _outages.Add(1, new KeyValuePair<string, object?>(Tags.Store, store));

    /// <summary>Records the delay of a logout that another node has received, unless this node already has it or it has expired.</summary>
    /// <param name="arrived">What was read from the store.</param>
    /// <param name="known">What this node has.</param>
    /// <param name="now">The time of the arrival.</param>
    /// <param name="clockTolerance">What <see cref="AuthentiqRevocation.ReceivedAt"/> contains in addition to the time of the receipt.</param>
    public void Propagated(AuthentiqRevocation arrived, AuthentiqRevocation? known, DateTimeOffset now, TimeSpan clockTolerance)
    {
        // The key of a logout is a hash. A key with a prefix is a mark of a node, such as of a session that has changed.
        if (!_delay.Enabled || arrived.IssuedAt <= known?.IssuedAt || arrived.ExpiresAt <= now || arrived.Key.Contains(':', StringComparison.Ordinal))
        {
            return;
        }

        // The clocks of two nodes differ.
        var delay = now - arrived.ReceivedAt + clockTolerance;
        _delay.Record(Math.Max(0, delay.TotalSeconds));
    }
}
