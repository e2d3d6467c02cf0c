using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>Creates loggers for the base handler that withhold values.</summary>
internal sealed class RedactingLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new(StringComparer.Ordinal);

    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, static (name, factory) => new RedactingLogger(factory.CreateLogger(name)), inner);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // The inner factory is owned by the host.
    public void Dispose()
    {
    }
}
