using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// Values in Redis that this version cannot read. Each kind is logged once, and again after ten minutes: when nodes of two versions run side by side there may be very many.
/// </summary>
internal sealed class UnreadableValues(TimeProvider clock, ILogger<UnreadableValues> logger)
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _quietUntil = new(StringComparer.Ordinal);

    /// <summary>Notes that a value was ignored.</summary>
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
