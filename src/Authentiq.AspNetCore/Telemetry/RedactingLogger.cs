using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// The logger of the base handler, whose messages contain codes, tokens and complete responses. It logs the text of a message and withholds the values, except the scheme. Warnings and errors are logged at
/// <see cref="LogLevel.Debug"/>: <see cref="AuthentiqHandler"/> logs a failed sign-in and its reason in one message, and a sign-in that the user cancels is not an error.
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
