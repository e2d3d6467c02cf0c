using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Reads all log entries of the package, at every level, and collects the ones with secrets.</summary>
internal sealed partial class SecretGuard : ILoggerProvider
{
    /// <summary>A part of every secret that the provider makes.</summary>
    public const string Mark = "S3CR3T";

    /// <summary>A part of every injected value.</summary>
    public const string Canary = "CANARY";

    // A few are sufficient: all further cases would repeat them.
    private const int MaxLeaks = 3;

    private readonly ConcurrentQueue<string> _leaks = new();
    private int _entries;

    public IEnumerable<string> Leaks => _leaks;

    public int Entries => _entries;

    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Authentiq", StringComparison.Ordinal) ? new Reader(this) : NullLogger.Instance;

    public void Dispose()
    {
    }

    // Marked, a protected payload (state), a JWT, or as long as a nonce, a hash or a code verifier, and no name of a type.
    [GeneratedRegex($"{Mark}|{Canary}|CfDJ8|eyJ|(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{{40,}}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secret { get; }

    private sealed class Reader(SecretGuard guard) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Interlocked.Increment(ref guard._entries);
            var values = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
            var text = formatter(state, exception) + exception + string.Join(' ', values.Select(value => value.Value));
            if (guard._leaks.Count < MaxLeaks && Secret.IsMatch(text))
            {
                guard._leaks.Enqueue($"{eventId}: {text[..Math.Min(text.Length, 200)]}");
            }
        }
    }
}
