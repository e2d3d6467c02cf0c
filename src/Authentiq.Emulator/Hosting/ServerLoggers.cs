using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Authentiq.Emulator;

/// <summary>
/// The loggers of the application that hosts the emulator, except one: a failed start is thrown to the caller and not logged
/// with its stack trace. Only warnings and errors are logged: below that level the framework logs decoded addresses, which can
/// contain line breaks.
/// </summary>
internal sealed class ServerLoggers(ILoggerFactory loggers) : ILoggerFactory
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    public ILogger CreateLogger(string categoryName) => categoryName == Host ? NullLogger.Instance : new WarningLogger(loggers.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose()
    {
        // The loggers belong to the application.
    }
}
