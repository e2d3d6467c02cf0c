using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The rows as a page to read.</summary>
internal static partial class ConformancePage
{
    public static readonly IReadOnlyList<Topic> Topics =
    [
        ResponseTypeConformance.Topic, AnswerConformance.Topic, IdTokenConformance.Topic, HybridConformance.Topic, TokenEndpointConformance.Topic, UserInfoConformance.Topic, KeyConformance.Topic,
        MetadataConformance.Topic, PushedAuthorizationConformance.Topic, MaxAgeConformance.Topic, PersonConformance.Topic, ReturnUrlConformance.Topic, ProxyConformance.Topic, SignOutConformance.Topic,
    ];

    /// <summary>What the OpenID Connect handler of ASP.NET Core 10 does by itself, measured, where this package does something else.</summary>
    public static readonly IReadOnlyDictionary<string, string> Situations = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["M1"] = "A logout token is posted: any is answered 200, and the person stays signed in.",
        ["M2"] = "The provider takes `client_secret_basic` only: the secret travels in the body all the same.",
        ["M3"] = "The token endpoint sends an ID token with `alg` none: it is accepted.",
        ["M3b"] = "So it is with the algorithms pinned.",
        ["M4"] = "Userinfo is a JWT signed by an unknown key: it is accepted.",
        ["M5"] = "Userinfo answers 500: the sign-in ends in a 500.",
        ["M6"] = "The cookie of the sign-in is gone: 500.",
        ["M7"] = "The person presses Cancel: 500.",
        ["M8"] = "`prompt=none` finds nobody: 500.",
        ["M9"] = "The callback is opened from a bookmark: 500.",
        ["M10"] = "The person presses Back onto a used callback: 500.",
        ["M11"] = "A pushed request is refused: 500 at the challenge.",
        ["M12"] = "The provider is down at the first challenge: 500.",
        ["M13"] = "Somebody signs out and there is no end-session endpoint: 500, and still signed in.",
        ["M14"] = "Sign-ins are abandoned: 390 bytes of cookies each, until requests are refused.",
        ["M15"] = "Two tabs sign in: both work.",
        ["M16"] = "The client secret is too short for HS256: a message about a missing `kid`.",
        ["M17"] = "The provider changes its keys: the next sign-in fails, and more if it does so twice.",
        ["M18"] = "A return URL of the query becomes the target of a challenge: an open redirect.",
    };

    public static string Write()
    {
        var page = new StringBuilder($"""
            <!--
            Written by the conformance rows in test/Authentiq.AspNetCore.IntegrationTests/Conformance, which are tests. Do not edit it here: change a row, then
            {ConformancePageTests.Switch}=1 dotnet test --project test/Authentiq.AspNetCore.IntegrationTests --filter-class '*ConformancePageTests'
            -->
            # What happens when

            Every line of this page is a test, by the name in its first column: {Topics.Sum(topic => topic.Rows.Count)} of them. The provider is a real one in memory, a person has a browser with cookies, and what is said to
            happen is seen from outside. Each sign-in that is accepted has a twin that differs in one thing and is refused.
            In no row does the application answer 500, put a token, a code or a name into its log, or send a Cookie header of 4 KB.

            Sources: OIDC Core, Discovery, RP-Initiated Logout and Back-Channel Logout are the OpenID Connect specifications of these names; `oidcc-client-test…` are tests of the OpenID Foundation's
            conformance suite for relying parties, which the row follows; M1 to M18 are at the end of the page.


            """);
        foreach (var topic in Topics)
        {
            page.Append(CultureInfo.InvariantCulture, $"## {topic.Title}\n\n{topic.About}\n\n| Row | When | then | Ends | Source |\n| --- | --- | --- | --- | --- |\n");
            foreach (var row in topic.Rows)
            {
                page.Append(CultureInfo.InvariantCulture, $"| {row.Id} | {row.When} | {row.Then} | {row.Ends.Words} | {row.Source} |\n");
            }

            page.Append('\n');
        }

        page.Append("## What the handler of ASP.NET Core 10 does by itself\n\nEighteen situations, measured with a plain `AddOpenIdConnect`, and the rows that show what happens here.\n\n| | There | Rows here |\n| --- | --- | --- |\n");
        foreach (var (name, text) in Situations)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {text} | {Some(RowsOf(name).ToList())} |\n");
        }

        return page.ToString().ReplaceLineEndings("\n");
    }

    private static string Some(List<Row> rows) => string.Join(", ", rows.Take(6).Select(row => row.Id)) + (rows.Count > 6 ? $" and {rows.Count - 6} more" : "");

    /// <summary>The rows that show a situation.</summary>
    public static IEnumerable<Row> RowsOf(string situation) => Topics.SelectMany(topic => topic.Rows).Where(row => Situation().Matches(row.Source).Any(match => match.Value == situation));

    [GeneratedRegex(@"\bM\d+b?\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Situation();
}
