using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// What the base handler logs through: it puts codes, tokens and whole answers into its messages, so their text passes and their values stay behind. Its failures are for whoever follows it step
/// by step: that a sign-in did not complete, and why, the handler itself tells in one message, and a person who changes their mind is no failure at all.
/// </summary>
internal sealed class RedactingLogger(ILogger inner) : ILogger
{
    private const string OriginalFormat = "{OriginalFormat}";
    private const string Withheld = "(withheld)";
    private const string SchemeName = "AuthenticationScheme";

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(Level(logLevel));

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var level = Level(logLevel);
        if (!inner.IsEnabled(level))
        {
            return;
        }

        var text = Template(state);
        if (exception is not null)
        {
            text += $" ({exception.GetType().Name})";
        }

        KeyValuePair<string, object?>[] entry = [new(OriginalFormat, text)];
        inner.Log(level, eventId, entry, exception: null, static (withoutValues, _) => (string)withoutValues[0].Value!);
    }

    private static LogLevel Level(LogLevel level) => level > LogLevel.Information && level is not LogLevel.None ? LogLevel.Debug : level;

    private static string Template<TState>(TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            return Withheld;
        }

        var template = values.FirstOrDefault(value => value.Key == OriginalFormat).Value as string ?? Withheld;
        return values.Aggregate(template, (text, value) => text.Replace("{" + value.Key + "}", value is { Key: SchemeName, Value: string scheme } ? scheme : Withheld, StringComparison.Ordinal));
    }
}
