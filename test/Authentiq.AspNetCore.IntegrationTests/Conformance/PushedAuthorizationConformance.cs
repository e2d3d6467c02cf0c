using Authentiq.Emulator;
using Microsoft.AspNetCore.WebUtilities;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class PushedAuthorizationConformance(Stages stages) : IClassFixture<Stages>
{
    private static readonly Setup Announced = new()
    {
        IsShared = true,
        Options = options => options.MetadataMode = AuthentiqMetadataMode.Discovery,
        Provider = provider => provider.PushedAuthorizationRequests = PushedAuthorizationRequests.Supported,
    };

    private static readonly Setup Impatient = new()
    {
        Options = options => (options.MetadataMode, options.BackchannelTimeout) = (AuthentiqMetadataMode.Discovery, Setup.Impatience),
        Provider = provider => provider.PushedAuthorizationRequests = PushedAuthorizationRequests.Supported,
    };

    internal static Topic Topic { get; } = new("Pushed authorization requests", "If the provider supports them, the request is sent to it directly, and the browser carries a reference.")
    {
        Rows =
        [
            new("pushed", "RFC 9126 2 and 4", "the provider supports them", "the request is pushed with client authentication, and the browser carries `client_id` and `request_uri` only")
            {
                On = Announced,
                Ends = new SignedIn(),
                Twin = "push-refused",
                Seen = (scene, _) =>
                {
                    var push = scene.Wire.Calls.Single(call => call.Path == Wire.Pushed);
                    push.Authorization!.Scheme.ShouldBe("Basic");
                    push.Form.ShouldNotContainKey("client_secret");
                    push.Form.ShouldContainKey("code_challenge");
                    QueryHelpers.ParseQuery(scene.Browser.History.Single(url => url.AbsolutePath == "/authorize").Query).Keys.Order(StringComparer.Ordinal).ShouldBe(["client_id", "request_uri"]);
                },
            },
            new("pushed-post", "RFC 9126 2", "the client authenticates by `client_secret_post`", "the pushed request uses the same method")
            {
                On = new()
                {
                    Options = options => (options.MetadataMode, options.TokenEndpointAuthMethod) = (AuthentiqMetadataMode.Discovery, "client_secret_post"),
                    Client = client => client.TokenEndpointAuthMethod = "client_secret_post",
                    Provider = provider => provider.PushedAuthorizationRequests = PushedAuthorizationRequests.Supported,
                },
                Ends = new SignedIn(),
                Twin = "push-unauthorized",
                Seen = (scene, _) => scene.Wire.Calls.Single(call => call.Path == Wire.Pushed).Authorization.ShouldBeNull(),
            },
            new("push-required", "RFC 9126 5", "the provider requires them", "the user is signed in")
            {
                On = new()
                {
                    Options = options => options.MetadataMode = AuthentiqMetadataMode.Discovery,
                    Provider = provider => provider.PushedAuthorizationRequests = PushedAuthorizationRequests.Required,
                },
                Ends = new SignedIn(),
                Twin = "push-refused",
            },
            new("push-unannounced", "RFC 9126 5", "the provider does not support them", "nothing is pushed")
            {
                Ends = new SignedIn(),
                Twin = "push-refused",
                Seen = (scene, _) => scene.Wire.CountOf(Wire.Pushed).ShouldBe(0),
            },
            Fails("push-refused", "RFC 9126 2.3; M11", "is refused (400)", AuthentiqErrors.ProviderError, scene => scene.Wire.Return(Wire.Pushed, """{"error":"invalid_request"}""", status: 400)),
            Fails("push-unauthorized", "RFC 9126 2.3", "is refused (401)", AuthentiqErrors.ProviderError, scene => scene.Wire.Return(Wire.Pushed, """{"error":"invalid_client"}""", status: 401)),
            Fails("push-own-words", "RFC 9126 2.3", "is refused with an unknown error", AuthentiqErrors.ProviderError, scene => scene.Wire.Return(Wire.Pushed, """{"error":"<script>"}""", status: 400)),
            Fails("push-error", "own rule", "returns 500", AuthentiqErrors.ProviderUnavailable, scene => scene.Wire.Return(Wire.Pushed, "<html>", "text/html", 500)),
            Fails("push-html", "RFC 9126 2.2", "returns a page", AuthentiqErrors.ProviderUnavailable, scene => scene.Wire.Return(Wire.Pushed, "<html>", "text/html", 201)),
            Fails("push-empty", "RFC 9126 2.2", "returns an empty response", AuthentiqErrors.ProviderUnavailable, scene => scene.Wire.Return(Wire.Pushed, "", status: 201)),
            Fails("push-no-reference", "RFC 9126 2.2", "returns no `request_uri`", AuthentiqErrors.ProviderUnavailable, scene => scene.Wire.Edit(Wire.Pushed, response => response.Remove("request_uri"))),
            Fails("push-reference-number", "RFC 9126 2.2", "returns a number as `request_uri`", AuthentiqErrors.ProviderUnavailable, scene => scene.Wire.Edit(Wire.Pushed, response => response["request_uri"] = 1)),
            Fails("push-cut", "own rule", "fails, because the connection is closed", AuthentiqErrors.ProviderUnavailable, scene => scene.Wire.Cut(Wire.Pushed)),
            Fails("push-slow", "own rule", "times out after `BackchannelTimeout`", AuthentiqErrors.ProviderUnavailable, scene => scene.Wire.Hang(Wire.Pushed)) with { On = Impatient },
            Fails("push-oversize", "own rule", "returns 300 KB", AuthentiqErrors.ProviderUnavailable, scene => scene.Wire.Return(Wire.Pushed, new string(' ', 300_000), status: 201)),
            Fails("push-redirect", "RFC 9700 4.12", "returns a redirect (307)", AuthentiqErrors.ProviderError, scene => scene.Wire.Return(Wire.Pushed, "", null, 307)),
            new("push-http", "RFC 9126 2", "the announced address is not https", "the secret is not sent to it")
            {
                On = new()
                {
                    Options = options => options.MetadataMode = AuthentiqMetadataMode.Discovery,
                    Wire = wire => wire.Edit(Wire.Discovery, document => document["pushed_authorization_request_endpoint"] = "http://connect.authentiq.io/par", always: true),
                },
                Ends = new Refused(AuthentiqErrors.ProviderError),
                Seen = (scene, _) => scene.Wire.CountOf(Wire.Pushed).ShouldBe(0),
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static Row Fails(string id, string source, string when, string error, Action<Scene> given) => new(id, source, "the pushed request " + when, "the challenge returns an error page")
    {
        On = Announced,
        Given = given,
        Ends = new Refused(error),
        Seen = (scene, page) =>
        {
            scene.Wire.CountOf(Wire.Pushed).ShouldBe(1);
            page.Body.ShouldNotContain("<script>");
        },
    };
}
