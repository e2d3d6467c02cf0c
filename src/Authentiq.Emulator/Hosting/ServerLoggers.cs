using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Authentiq.Emulator;

/// <summary>
/// The loggers of the application around the emulator, but for one: a failed start is told to whoever started it, and not
/// written with its stack trace as well. Below warnings nothing is written: there the framework logs addresses as they came,
/// decoded, with whatever line breaks are in them.
/// </summary>
internal sealed class ServerLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    public ILogger CreateLogger(string categoryName) => categoryName == Host ? NullLogger.Instance : new WarningLogger(loggers.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose()
    {
        // They are not ours.
    }
}
