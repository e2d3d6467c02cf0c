using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class MetadataConformance(Stages stages) : IClassFixture<Stages>
{
    private const string Issuer = "https://connect.authentiq.io";

    internal static Topic Topic { get; } = new("Metadata", "The source of endpoints and issuer (`MetadataMode`). Whatever the discovery document contains, the application starts and serves its anonymous pages.")
    {
        Rows =
        [
            new("discovery", "Discovery 4; oidcc-client-test-discovery-openid-config", "`MetadataMode` is `Discovery`", "the endpoints of the discovery document are used")
            {
                On = Discovered(),
                Ends = new SignedIn(),
                Twin = "issuer-mismatch",
                Seen = (scene, _) => scene.Wire.CountOf(Wire.Discovery).ShouldBeLessThanOrEqualTo(1),
            },
            new("built-in", "own rule", "`MetadataMode` is `BuiltIn`", "the discovery document is not fetched")
            {
                On = new() { Options = options => options.MetadataMode = AuthentiqMetadataMode.BuiltIn, Wire = wire => wire.Cut(Wire.Discovery, always: true) },
                Ends = new SignedIn(),
                Twin = "document-cut",
                Seen = (scene, _) => scene.Wire.CountOf(Wire.Discovery).ShouldBe(0),
            },
            new("auto", "own rule; M12", "`MetadataMode` is `Auto` and the discovery document of the hosted provider is not returned", "sign-ins do not wait for it")
            {
                On = new() { Wire = wire => wire.Hang(Wire.Discovery, always: true) },
                Ends = new SignedIn(),
                Twin = "document-cut",
            },
            new("auto-mismatch", "Discovery 4.3", "`MetadataMode` is `Auto` and the document names another issuer", "the document is refused, and built-in endpoints are used")
            {
                On = new() { Wire = wire => wire.Edit(Wire.Discovery, document => document["issuer"] = "https://evil.example/", always: true) },
                Ends = new SignedIn(),
                Twin = "issuer-mismatch",
            },
            Bad("issuer-mismatch", "Discovery 4.3; oidcc-client-test-discovery-issuer-mismatch", "names another issuer", document => document["issuer"] = "https://evil.example/"),
            Bad("issuer-missing", "Discovery 3", "names no issuer", document => document.Remove("issuer")),
            Bad("issuer-below", "Discovery 4.3", "names an issuer below the authority", document => document["issuer"] = Issuer + "/tenant"),
            new("issuer-slash", "Discovery 4.3; own rule", "the document and the tokens name the issuer without the trailing slash", "the difference of one trailing slash is accepted: the user is signed in")
            {
                On = Discovered(wire => wire.Edit(Wire.Discovery, document => document["issuer"] = Issuer, always: true)),
                Given = scene => scene.IdToken(payload => payload["iss"] = Issuer),
                Ends = new SignedIn(),
                Twin = "issuer-slash-once",
            },
            new("issuer-slash-once", "OIDC Core 3.1.3.7 (2); own rule", "the document names the issuer without the trailing slash and a token with it", "the token is refused: its issuer must match exactly")
            {
                On = Discovered(wire => wire.Edit(Wire.Discovery, document => document["issuer"] = Issuer, always: true)),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            Bad("no-authorization-endpoint", "Discovery 3", "has no `authorization_endpoint`", document => document.Remove("authorization_endpoint")),
            Bad("no-token-endpoint", "Discovery 3", "has no `token_endpoint`", document => document.Remove("token_endpoint")),
            Bad("no-jwks-uri", "Discovery 3", "has no `jwks_uri`", document => document.Remove("jwks_uri")),
            Bad("http-token-endpoint", "RFC 6749 3.2", "names a `token_endpoint` that is not https", document => document["token_endpoint"] = "http://connect.authentiq.io/token"),
            Bad("http-jwks-uri", "Discovery 3", "names a `jwks_uri` that is not https", document => document["jwks_uri"] = "http://connect.authentiq.io/public-keys"),
            Bad("relative-endpoint", "Discovery 3", "names a relative `authorization_endpoint`", document => document["authorization_endpoint"] = "/authorize"),
            Bad("script-endpoint", "Discovery 3", "names a script as `authorization_endpoint`", document => document["authorization_endpoint"] = "javascript:alert(1)"),
            Bad("endpoint-number", "Discovery 3", "names a number as `token_endpoint`", document => document["token_endpoint"] = 1),
            Unusable("document-cut", "cannot be fetched", wire => wire.Cut(Wire.Discovery, always: true), "own rule; M12"),
            Unusable("document-error", "returns 500", wire => wire.Return(Wire.Discovery, "", "text/html", 500, always: true)),
            Unusable("document-not-found", "returns 404", wire => wire.Return(Wire.Discovery, "{}", status: 404, always: true)),
            Unusable("document-html", "is a page", wire => wire.Return(Wire.Discovery, "<html>", "text/html", always: true)),
            Unusable("document-empty", "is empty", wire => wire.Return(Wire.Discovery, "", always: true)),
            Unusable("document-array", "is an array", wire => wire.Return(Wire.Discovery, "[]", always: true)),
            Unusable("document-huge", "has 300 KB", wire => wire.Return(Wire.Discovery, $$"""{"issuer":"{{Issuer}}/","p":"{{new string('p', 300_000)}}"}""", always: true)),
            new("document-slow", "own rule", "the document is not returned within five seconds", "the challenge returns an error page")
            {
                On = Discovered(wire => wire.Hang(Wire.Discovery, always: true), new FakeTimeProvider(DateTimeOffset.UtcNow)),
                Do = scene => scene.WhileTimePassesAsync(scene.SignInAsync()),
                Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
            },
            new("document-returns", "own rule; M12", "the document could not be fetched, and is available again", "the next challenge works, seconds later")
            {
                On = Discovered(wire => wire.Cut(Wire.Discovery, always: true), new FakeTimeProvider(DateTimeOffset.UtcNow)),
                Do = scene => scene.SignInAgainSecondsAfterTheProviderReturnsAsync(),
                Ends = new SignedIn(),
                Twin = "document-cut",
            },
            new("document-lost-later", "own rule", "the document is cached and a day later it cannot be fetched", "the cached document is used")
            {
                On = Discovered(clock: new FakeTimeProvider(DateTimeOffset.UtcNow)),
                Do = async scene =>
                {
                    await scene.SignInAsync();
                    scene.Wire.Cut(Wire.Discovery, always: true);
                    scene.Clock.Advance(TimeSpan.FromDays(1));
                    scene.TakeAnotherBrowser();
                    return await scene.SignInAsync();
                },
                Ends = new SignedIn(),
                Twin = "document-cut",
            },
            new("http-authority", "RFC 6749 3.1", "`Authority` is not https", "the application does not start")
            {
                On = new() { Options = options => options.Authority = "http://connect.authentiq.io/" },
                Ends = new DoesNotStart("which is not https"),
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static Setup Discovered(Action<Wire>? wire = null, FakeTimeProvider? clock = null) => new()
    {
        Options = options => options.MetadataMode = AuthentiqMetadataMode.Discovery,
        Wire = wire,
        Clock = clock,
    };

    private static Row Bad(string id, string source, string when, Action<JsonObject> edit) => Unusable(id, when, wire => wire.Edit(Wire.Discovery, edit, always: true), source);

    private static Row Unusable(string id, string when, Action<Wire> wire, string source = "own rule") => new(id, source, "the discovery document " + when, "anonymous pages are served, and a challenge returns an error page")
    {
        On = Discovered(wire),
        Do = async scene =>
        {
            (await scene.OpenAsync("/")).Body.ShouldBe("home");
            return await scene.SignInAsync();
        },
        Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
        Redemptions = 0,
    };
}
