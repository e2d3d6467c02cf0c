using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>The log events of both packages, and the table of them in docs/operations.md.</summary>
internal static class LogEvents
{
    public const string Begin = "<!-- log events: begin -->";
    public const string End = "<!-- log events: end -->";

    public static readonly IReadOnlyList<LoggerMessageAttribute> All =
    [
        .. new[] { typeof(AuthentiqOptions).Assembly, typeof(AuthentiqRedisOptions).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .OrderBy(message => message.EventId),
    ];

    /// <summary>The page with a current table.</summary>
    public static string WriteTo(string page)
    {
        var (begin, end) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        return page[..begin] + Begin + "\n" + WriteTable() + page[end..];
    }

    private static string WriteTable()
    {
        var table = new StringBuilder("| Id | Level | Name | Message | What to do |\n| --- | --- | --- | --- | --- |\n");
        foreach (var message in All)
        {
            var action = LogEventActions.ById.GetValueOrDefault(message.EventId, "");
            table.Append(CultureInfo.InvariantCulture, $"| {message.EventId} | {message.Level} | `{message.EventName}` | {Escape(message.Message)} | {action} |\n");
        }

        return table.ToString();
    }

    private static string Escape(string message) => message.Replace("|", @"\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
