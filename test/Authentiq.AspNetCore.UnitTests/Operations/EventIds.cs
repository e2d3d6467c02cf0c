using System.Globalization;
using System.Text.RegularExpressions;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>The log events that a text refers to, such as <c>event 202</c> or <c>events 704, 755</c>.</summary>
internal static partial class EventIds
{
    public static IEnumerable<int> In(string text) =>
        Reference().Matches(text).SelectMany(match => match.Groups["id"].Captures).Select(id => int.Parse(id.Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\bevents? (?<id>\d{3})((, | and |, and )(?<id>\d{3}))*", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();
}
