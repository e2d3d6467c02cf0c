using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Authentiq.AspNetCore;

/// <summary>The findings of one part of a health check.</summary>
internal sealed class HealthFindings
{
    private readonly Dictionary<string, object> _data = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];
    private HealthStatus _status = HealthStatus.Healthy;

    /// <summary>Combines the findings of several parts: the worst status, and the problems and data of all.</summary>
    public static HealthFindings Combine(IEnumerable<HealthFindings> parts)
    {
        var all = new HealthFindings();
        foreach (var part in parts)
        {
            all._status = Worse(all._status, part._status);
            all._problems.AddRange(part._problems);
            foreach (var (key, value) in part._data)
            {
                all._data[key] = value;
            }
        }

        return all;
    }

    public void Add(string key, object value) => _data[key] = value;

    /// <summary>Adds an age in whole seconds, if there is one.</summary>
    public void AddSeconds(string key, TimeSpan? age)
    {
        if (age is { } value)
        {
            _data[key] = (long)value.TotalSeconds;
        }
    }

    /// <summary>Adds a problem.</summary>
    /// <param name="status">How severe it is.</param>
    /// <param name="problem">A sentence for the description of the result.</param>
    public void Report(HealthStatus status, string problem)
    {
        _status = Worse(_status, status);
        _problems.Add(problem);
    }

    /// <param name="failureStatus">What is reported instead of <see cref="HealthStatus.Unhealthy"/>.</param>
    public HealthCheckResult ToResult(HealthStatus failureStatus) =>
        new(_status is HealthStatus.Unhealthy ? failureStatus : _status, _problems.Count > 0 ? string.Join(' ', _problems) : null, exception: null, _data);

    // The values of the enumeration are ordered from the worst.
    private static HealthStatus Worse(HealthStatus one, HealthStatus other) => one < other ? one : other;
}
