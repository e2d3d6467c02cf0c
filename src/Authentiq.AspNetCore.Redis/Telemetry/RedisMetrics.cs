using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Authentiq.AspNetCore;

/// <summary>The metrics of this package. They are in the meter <c>Authentiq.AspNetCore</c>, so that an application adds one meter for both packages.</summary>
internal sealed class RedisMetrics
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";

    private readonly Meter _meter;
    private readonly Histogram<double> _calls;
    private readonly Counter<long> _outages;

    public RedisMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(StoreMetrics.MeterName);
        _calls = _meter.CreateHistogram(
            "authentiq.redis.call.duration",
            "s",
            "The duration of a call to Redis.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });
        _outages = _meter.CreateCounter<long>("authentiq.redis.outages", "{outage}", "Times at which calls to Redis started to fail immediately, after one has timed out.");
        Stores = new(_meter);
    }

    /// <summary>The metrics that the other package records as well.</summary>
    public StoreMetrics Stores { get; }

    /// <summary>Records a call to Redis.</summary>
    /// <param name="store">The kind of the keys.</param>
    /// <param name="result">Whether it succeeded or failed.</param>
    /// <param name="duration">Its duration.</param>
    public void Call(string store, string result, TimeSpan duration)
    {
        if (_calls.Enabled)
        {
            _calls.Record(duration.TotalSeconds, new TagList { { Tags.Store, store }, { Tags.Result, result } });
        }
    }

    /// <summary>Counts an outage of the calls for one kind of keys.</summary>
    public void Outage(string store) => _outages.Add(1, new KeyValuePair<string, object?>(Tags.Store, store));
}
