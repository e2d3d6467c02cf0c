using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// What the base handler logs through: it puts codes, tokens and whole answers into its messages, so their text passes and their values stay behind.
/// </summary>
internal sealed class RedactingLogger(ILogger inner) : ILogger
{
    private const string OriginalFormat = "{OriginalFormat}";
    private const string SchemeName = "AuthenticationScheme";

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!inner.IsEnabled(logLevel))
        {
            return;
        }

        var text = Template(state);
        if (exception is not null)
        {
            text += $" ({exception.GetType().Name})";
        }

        KeyValuePair<string, object?>[] entry = [new(OriginalFormat, text)];
        inner.Log(logLevel, eventId, entry, exception: null, static (withoutValues, _) => (string)withoutValues[0].Value!);
    }

    private static string Template<TState>(TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            return "(withheld)";
        }

        var template = values.FirstOrDefault(value => value.Key == OriginalFormat).Value as string ?? "(withheld)";
        var scheme = values.FirstOrDefault(value => value.Key == SchemeName).Value as string;
        return scheme is null ? template : template.Replace("{" + SchemeName + "}", scheme, StringComparison.Ordinal);
    }
}
