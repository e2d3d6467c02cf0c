using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// Logs values in Redis that this version cannot read. Each kind is logged at most once in ten minutes: while nodes of two versions run, there can be many.
/// </summary>
internal sealed class UnreadableValues(TimeProvider clock, ILogger<UnreadableValues> logger)
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _quietUntil = new(StringComparer.Ordinal);

    /// <summary>Reports that a value was ignored.</summary>
    /// <param name="kind">What it should have been. The value itself is never logged.</param>
    public void Report(string kind)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (_quietUntil.TryGetValue(kind, out var end) && now < end)
            {
                return;
            }

            _quietUntil[kind] = now + QuietTime;
        }

        logger.ValueUnreadable(kind);
    }
}
