using System.Text.Encodings.Web;
using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class ReturnUrlConformance(Stages stages) : IClassFixture<Stages>
{
    private static readonly Setup Discovered = new() { IsShared = true, Options = options => options.MetadataMode = AuthentiqMetadataMode.Discovery };

    private static readonly (string Id, string When, string Url, string LeadsTo)[] Addresses =
    [
        ("path", "is a path with query and fragment", "/profile?a=1&b=2#part", "/profile?a=1&b=2#part"),
        ("own", "is this application's, in full", "https://app.example.test/profile?a=1", "/profile?a=1"),
        ("own-in-capitals", "is this application's, in capitals", "HTTPS://APP.EXAMPLE.TEST/profile", "/profile"),
        ("unicode-path", "has non-ASCII letters", "/café", "/caf%C3%A9"),
        ("encoded-slashes", "has encoded slashes", "/%2F%2Fevil.example", "/%2F%2Fevil.example"),
        ("longest", "has 2000 characters", "/" + new string('a', 1999), "/" + new string('a', 1999)),
        ("too-long", "has 2001 characters", "/" + new string('a', 2000), "/"),
        ("other-site", "is another site", "https://evil.example/", "/"),
        ("two-slashes", "starts with two slashes", "//evil.example/", "/"),
        ("three-slashes", "starts with three slashes", "///evil.example/", "/"),
        ("slash-backslash", "starts with a slash and a backslash", "/\\evil.example/", "/"),
        ("backslashes", "starts with backslashes", "\\\\evil.example/", "/"),
        ("tilde", "starts with a tilde", "~/profile", "/"),
        ("relative", "is relative", "profile", "/"),
        ("script", "is a script", "javascript:alert(1)", "/"),
        ("data", "is data", "data:text/html,hello", "/"),
        ("scheme-only", "has a scheme and no slashes", "https:evil.example", "/"),
        ("own-name-as-person", "has the host of this application as user information", "https://app.example.test@evil.example/", "/"),
        ("person", "has user information before the host of this application", "https://somebody:secret@app.example.test/profile", "/"),
        ("other-port", "is another port", "https://app.example.test:8443/profile", "/"),
        ("other-scheme", "is http", "http://app.example.test/profile", "/"),
        ("longer-name", "contains the host of this application in another host", "https://app.example.test.evil.example/", "/"),
        ("cyrillic", "has a letter that looks like one of this application's host", "https://\u0430pp.example.test/profile", "/"),
        ("fullwidth-slashes", "starts with full-width slashes", "\uFF0F\uFF0Fevil.example/", "/"),
        ("tab", "has a tab between two slashes", "/\t/evil.example/", "/"),
        ("line-break", "has a line break", "/profile\r\nSet-Cookie: a=b", "/"),
        ("null", "has a null character", "/profile\0", "/"),
        ("space-first", "starts with a space", " //evil.example/", "/"),
    ];

    internal static Topic Topic { get; } = new("Return URLs", "The return URL is always a page of this application: after a sign-in, in the link of an error page, and after a sign-out.")
    {
        Rows =
        [
            .. from address in Addresses select new Row("challenge-" + address.Id, "RFC 9700 4.11; M18", $"the return URL of a challenge {address.When}", Kept(address.LeadsTo))
            {
                Do = async scene => await scene.BringAsync(await scene.ReadResponseAsync("/go?to=" + Uri.EscapeDataString(address.Url))),
                Ends = new SentTo(address.LeadsTo),
            },
            .. from address in Addresses select new Row("failure-" + address.Id, "RFC 9700 4.11; own rule", $"the return URL of a failed sign-in {address.When}", Kept(address.LeadsTo))
            {
                Given = scene => scene.OnTheWay(response => response["error"] = "access_denied"),
                Do = scene => scene.SignInAsync("/go?to=" + Uri.EscapeDataString(address.Url)),
                Ends = new Shows("the page links there", $"<a href=\"{HtmlEncoder.Default.Encode(address.LeadsTo)}\">"),
            },
            .. from address in Addresses select new Row("sign-out-" + address.Id, "RFC 9700 4.11; RP-Initiated Logout 3", $"the return URL of a sign-out {address.When}", Kept(address.LeadsTo))
            {
                On = Discovered,
                Do = scene => SignOutAsync(scene, address.Url),
                Ends = new SentTo(address.LeadsTo),
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static string Kept(string leadsTo) => leadsTo == "/" ? "it is replaced by `/`" : "it is used as a local address";

    private static async Task<Page> SignOutAsync(Scene scene, string to)
    {
        await scene.SignInAsync();
        var page = await scene.OpenAsync("/leave?to=" + Uri.EscapeDataString(to));
        while (page.Url.AbsolutePath != AuthentiqDefaults.SignedOutCallbackPath)
        {
            page.Headers.Location.ShouldNotBeNull(page.Body);
            page = await scene.OpenAsync(new Uri(page.Url, page.Headers.Location).AbsoluteUri);
        }

        (await scene.OpenAsync("/who")).Body.ShouldBe("nobody");
        return page;
    }
}
