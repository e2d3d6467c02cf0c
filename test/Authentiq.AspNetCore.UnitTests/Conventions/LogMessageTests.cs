using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.UnitTests;

public sealed partial class LogMessageTests
{
    private static readonly string[] Secrets = ["Token", "Code", "Secret", "Nonce", "State", "Verifier", "Cookie", "Key", "Sub", "Sid", "SessionId", "Person", "User", "Email"];

    private static readonly List<LoggerMessageAttribute> Messages =
        [.. typeof(LogMessages).GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];

    [Fact]
    public void Every_message_has_an_id_and_a_name_of_its_own()
    {
        Messages.Count.ShouldBeGreaterThan(5);
        Messages.Select(message => message.EventId).ShouldBeUnique();
        Messages.Select(message => message.EventName).ShouldBeUnique();
    }

    [Fact]
    public void Every_id_is_in_the_range_of_its_step()
    {
        var section = "none";
        var checkedIds = 0;
        foreach (var line in File.ReadLines(Repository.PackageFile("Telemetry/LogMessages.cs")))
        {
            if (Section().Match(line) is { Success: true } heading)
            {
                section = heading.Groups["hundreds"].Value;
            }
            else if (Id().Match(line) is { Success: true } message)
            {
                message.Groups["hundreds"].Value.ShouldBe(section, $"the event id in: {line.Trim()}");
                checkedIds++;
            }
        }

        checkedIds.ShouldBe(Messages.Count);
    }

    [Fact]
    public void No_message_has_a_place_for_a_secret_or_for_who_somebody_is() =>
        Messages.SelectMany(message => Placeholder().Matches(message.Message).Select(match => match.Groups["name"].Value))
            .Where(name => Secrets.Any(secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase)))
            .ShouldBeEmpty();

    [Fact]
    public void Every_message_of_the_package_is_in_this_one_class() =>
        Package.Methods.Where(method => method.IsDefined(typeof(LoggerMessageAttribute)) && method.DeclaringType != typeof(LogMessages))
            .Select(method => string.Create(CultureInfo.InvariantCulture, $"{method.DeclaringType!.Name}.{method.Name}")).ShouldBeEmpty();

    [GeneratedRegex(@"^\s*// (?<hundreds>\d+)xx: ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\s*\[LoggerMessage\((?<hundreds>\d+)\d\d, ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"\{(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
