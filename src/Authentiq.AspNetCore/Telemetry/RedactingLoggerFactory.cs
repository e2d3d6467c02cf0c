using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>Gives the base handler loggers that keep values to themselves.</summary>
internal sealed class RedactingLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    private readonly ConcurrentDictionary<string, ILogger> _loggers = new(StringComparer.Ordinal);

    public ILogger CreateLogger(string categoryName) => _loggers.GetOrAdd(categoryName, static (name, factory) => new RedactingLogger(factory.CreateLogger(name)), inner);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // The factory behind it belongs to the host.
    public void Dispose()
    {
    }
}
