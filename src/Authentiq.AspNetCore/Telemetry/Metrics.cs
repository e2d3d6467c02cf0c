using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Authentiq.AspNetCore;

/// <summary>The metrics of the package, in the meter <c>Authentiq.AspNetCore</c>. They complement the metrics of the framework for authentication and challenges.</summary>
internal sealed class Metrics
{
    public const string MeterName = StoreMetrics.MeterName;

    public const string Succeeded = "succeeded";
    public const string Recovered = "recovered";
    public const string Failed = "failed";

    public const string Sessions = StoreMetrics.Sessions;
    public const string Revocations = StoreMetrics.Revocations;

    private readonly Meter _meter;
    private readonly Counter<long> _signIns;
    private readonly Histogram<double> _signInDuration;
    private readonly Histogram<double> _requestDuration;
    private readonly Counter<long> _logouts;
    private readonly Counter<long> _storeCalls;

    public Metrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _signIns = _meter.CreateCounter<long>("authentiq.sign_ins", "{sign_in}", "Completed and failed sign-ins.");
        _signInDuration = _meter.CreateHistogram("authentiq.sign_in.duration", "s", "Time from the challenge to the session.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600] });
        _requestDuration = _meter.CreateHistogram("authentiq.provider.request.duration", "s", "Duration of requests to the provider.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] });
        _logouts = _meter.CreateCounter<long>("authentiq.logouts", "{logout}", "Logouts that the provider has sent, by result.");
        _storeCalls = _meter.CreateCounter<long>("authentiq.store.calls", "{call}", "Calls to the session store and the revocation store.");
        Stores = new(_meter);
    }

    /// <summary>The metrics that the package for Redis records as well.</summary>
    public StoreMetrics Stores { get; }

    /// <summary>Counts a sign-in that has created a session.</summary>
    public void SignedIn(string scheme, TimeSpan? duration)
    {
        _signIns.Add(1, new TagList { { Tags.Scheme, scheme }, { Tags.Result, Succeeded } });
        if (duration is { } time)
        {
            _signInDuration.Record(time.TotalSeconds, new TagList { { Tags.Scheme, scheme } });
        }
    }

    /// <summary>Counts a sign-in that has not created a session.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="result"><see cref="Failed"/> when the user got an error page; <see cref="Recovered"/> when the browser was redirected without one.</param>
    /// <param name="error">The error code.</param>
    public void NotSignedIn(string scheme, string result, string error) => _signIns.Add(1, new TagList { { Tags.Scheme, scheme }, { Tags.Result, result }, { Tags.Error, error } });

    /// <summary>Records a request to the provider.</summary>
    /// <param name="endpoint">The name of the endpoint.</param>
    /// <param name="status">The status code of the response; <see langword="null"/> without a response.</param>
    /// <param name="error">The type of the error when there was no response.</param>
    /// <param name="duration">The duration of the request.</param>
    public void ProviderRequest(string endpoint, int? status, string? error, TimeSpan duration)
    {
        var tags = new TagList { { Tags.Endpoint, endpoint } };
        if (status is { } code)
        {
            tags.Add(Tags.Status, code);
        }

        if (error is not null || status >= 400)
        {
            tags.Add(Tags.Error, error ?? $"{status}");
        }

        _requestDuration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>Counts a logout of the provider.</summary>
    public void Logout(string scheme, string channel, string result) => _logouts.Add(1, new TagList { { Tags.Scheme, scheme }, { Tags.Channel, channel }, { Tags.Result, result } });

    /// <summary>Counts a call to a store.</summary>
    public void StoreCall(string store, string operation, string? error)
    {
        if (!_storeCalls.Enabled)
        {
            return;
        }

        var tags = new TagList { { Tags.Store, store }, { Tags.Operation, operation } };
        if (error is not null)
        {
            tags.Add(Tags.Error, error);
        }

        _storeCalls.Add(1, tags);
    }

    /// <summary>Reports the number of sessions in the memory of this process.</summary>
    public void ShowSessions(Func<int> count) => _meter.CreateObservableUpDownCounter("authentiq.sessions.active", count, "{session}", "Sessions in the memory of this process.");
}
