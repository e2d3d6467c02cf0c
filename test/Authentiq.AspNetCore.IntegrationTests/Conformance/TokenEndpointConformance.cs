using System.Text;
using System.Text.Json.Nodes;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class TokenEndpointConformance(Stages stages) : IClassFixture<Stages>
{
    private const string OddSecret = "p@ss:w/rd +%25 éß*~&=?#\"'<>|{}\\^`";

    internal static Topic Topic { get; } = new("The token endpoint", "Client authentication at the token endpoint, and the handling of its responses. For a failure, an error page is shown and the details are logged.")
    {
        Rows =
        [
            new("basic", "RFC 6749 2.3.1; oidcc-client-test-client-secret-basic; M2", "the code is redeemed", "the client authenticates by `client_secret_basic`, and no secret is in the body")
            {
                Ends = new SignedIn(),
                Twin = "wrong-secret",
                Redemptions = 1,
                Seen = (scene, _) =>
                {
                    var call = scene.Wire.Calls.Single(call => call.Path == Wire.Token);
                    call.Authorization!.Scheme.ShouldBe("Basic");
                    call.Form.ShouldNotContainKey("client_secret");
                    call.Form.ShouldContainKey("code_verifier");
                },
            },
            new("post", "RFC 6749 2.3.1", "`TokenEndpointAuthMethod` is `client_secret_post`", "the secret is in the body, and not in a header")
            {
                On = new() { Options = options => options.TokenEndpointAuthMethod = "client_secret_post", Client = client => client.TokenEndpointAuthMethod = "client_secret_post" },
                Ends = new SignedIn(),
                Twin = "wrong-method",
                Seen = (scene, _) => scene.Wire.Calls.Single(call => call.Path == Wire.Token).Authorization.ShouldBeNull(),
            },
            new("wrong-method", "RFC 6749 2.3.1", "the client is registered for another method", "the credentials are logged as the cause")
            {
                On = new() { Client = client => client.TokenEndpointAuthMethod = "client_secret_post" },
                Ends = new Refused(AuthentiqErrors.ProviderError),
                Seen = (scene, _) => scene.Warnings("SignInFailed").ShouldContain("check ClientId, ClientSecret and TokenEndpointAuthMethod"),
            },
            new("odd-secret-basic", "RFC 6749 2.3.1 and appendix B", "the secret has every kind of character, by `client_secret_basic`", "the user is signed in")
            {
                On = new() { Options = options => options.ClientSecret = OddSecret, Client = client => client.ClientSecret = OddSecret },
                Ends = new SignedIn(),
                Twin = "wrong-secret",
                Seen = (scene, _) => Decoded(scene.Wire.Calls.First(call => call.Path == Wire.Token)).ShouldBe((RelyingParty.ClientId, OddSecret)),
            },
            new("odd-secret-post", "RFC 6749 2.3.1 and appendix B", "the secret has every kind of character, by `client_secret_post`", "the user is signed in")
            {
                On = new()
                {
                    Options = options => (options.ClientSecret, options.TokenEndpointAuthMethod) = (OddSecret, "client_secret_post"),
                    Client = client => (client.ClientSecret, client.TokenEndpointAuthMethod) = (OddSecret, "client_secret_post"),
                },
                Ends = new SignedIn(),
                Twin = "wrong-secret",
            },
            new("wrong-secret", "RFC 6749 5.2", "the client secret is wrong", "the credentials are logged as the cause, and an error page is shown")
            {
                On = new() { Options = options => options.ClientSecret = "not-the-secret-but-32-characters" },
                Ends = new Refused(AuthentiqErrors.ProviderError),
                Seen = (scene, _) => scene.Warnings("SignInFailed").ShouldContain("check ClientId, ClientSecret and TokenEndpointAuthMethod"),
            },
            Returns("invalid-client-400", "RFC 6749 5.2", "400 `invalid_client`", """{"error":"invalid_client"}""", 400, AuthentiqErrors.ProviderError, says: "check ClientId, ClientSecret"),
            Returns("invalid-client-401", "RFC 6749 5.2", "401 `invalid_client`", """{"error":"invalid_client"}""", 401, AuthentiqErrors.ProviderError, says: "check ClientId, ClientSecret"),
            Returns("unauthorized-html", "RFC 6749 5.2", "401 with a page", "<html>", 401, AuthentiqErrors.ProviderError, "text/html", says: "check ClientId, ClientSecret"),
            Returns("unauthorized-client", "RFC 6749 5.2", "400 `unauthorized_client`", """{"error":"unauthorized_client"}""", 400, AuthentiqErrors.ProviderError),
            Returns("unsupported-grant-type", "RFC 6749 5.2", "400 `unsupported_grant_type`", """{"error":"unsupported_grant_type"}""", 400, AuthentiqErrors.ProviderError),
            Returns("own-words", "RFC 6749 5.2", "400 with an unknown error", """{"error":"<script>","error_description":"<b>"}""", 400, AuthentiqErrors.ProviderError, says: "(unknown)"),
            Returns("error-with-200", "RFC 6749 5.2", "200 with an error", """{"error":"invalid_request"}""", 200, AuthentiqErrors.ProviderError),
            Returns("forbidden", "RFC 6749 5.2", "403", "{}", 403, AuthentiqErrors.ProviderError),
            Returns("too-many-requests", "RFC 6585 4", "429", "{}", 429, AuthentiqErrors.ProviderError),
            Returns("server-error", "RFC 6749 5.2", "500", "{}", 500, AuthentiqErrors.ProviderUnavailable),
            Returns("server-error-html", "RFC 6749 5.2", "502 with a proxy's page", "<html>", 502, AuthentiqErrors.ProviderUnavailable, "text/html"),
            Returns("html", "RFC 6749 5.1", "200 with a page", "<html>", 200, AuthentiqErrors.ProviderUnavailable, "text/html"),
            Returns("empty", "RFC 6749 5.1", "200 with an empty body", "", 200, AuthentiqErrors.ProviderUnavailable),
            Returns("null", "RFC 6749 5.1", "JSON that is null", "null", 200, AuthentiqErrors.ProviderUnavailable),
            Returns("array", "RFC 6749 5.1", "a JSON array", "[]", 200, AuthentiqErrors.ProviderUnavailable),
            Returns("nested", "RFC 8259 9", "JSON ten thousand levels deep", new string('[', 10_000), 200, AuthentiqErrors.ProviderUnavailable),
            Returns("oversize", "own rule", "300 KB", $$"""{"token_type":"Bearer","p":"{{new string('p', 300_000)}}"}""", 200, AuthentiqErrors.ProviderUnavailable),
            Returns("unknown-charset", "RFC 8259 8.1", "an unknown encoding", "{}", 200, AuthentiqErrors.ProviderUnavailable, "application/json; charset=klingon"),
            Returns("redirect", "RFC 9700 4.12", "307", "", 307, AuthentiqErrors.ProviderUnavailable),
            Good("json-with-charset", "returns JSON with a charset", "application/json; charset=utf-8", twin: "json-as-text"),
            BadType("json-as-text", "returns JSON as `text/plain`", "text/plain"),
            BadType("json-as-html", "returns JSON as `text/html`", "text/html"),
            BadType("json-as-nothing", "returns JSON without a content type", null),
            new("truncated", "RFC 6749 5.1", "the response is truncated", "an error page offers to try again")
            {
                Given = scene => scene.Wire.Truncate(Wire.Token),
                Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
            },
            new("cut", "RFC 6749 5.1", "the connection is closed", "an error page offers to try again")
            {
                Given = scene => scene.Wire.Cut(Wire.Token),
                Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
            },
            new("cut-and-again", "own rule", "the connection is closed, and the user tries again", "the user is signed in")
            {
                Given = scene => scene.Wire.Cut(Wire.Token),
                Do = async scene =>
                {
                    await scene.SignInAsync();
                    return await scene.SignInAsync();
                },
                Ends = new SignedIn(),
                Twin = "cut",
            },
            new("slow", "own rule", "it times out after `BackchannelTimeout`", "an error page offers to try again")
            {
                On = new() { Options = options => options.BackchannelTimeout = Setup.Impatience },
                Given = scene => scene.Wire.Hang(Wire.Token),
                Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
            },
            new("used-code", "RFC 6749 5.2", "the code is refused once (`invalid_grant`)", "the sign-in is restarted automatically")
            {
                Given = scene => scene.Wire.Return(Wire.Token, """{"error":"invalid_grant"}""", status: 400),
                Ends = new SignedIn(),
                Twin = "used-code-again",
                Redemptions = 2,
            },
            new("used-code-again", "RFC 6749 5.2", "every code is refused (`invalid_grant`)", "an error page is shown after one retry: there is no redirect loop")
            {
                Given = scene =>
                {
                    scene.Wire.Return(Wire.Token, """{"error":"invalid_grant"}""", status: 400);
                    scene.Wire.Return(Wire.Token, """{"error":"invalid_grant"}""", status: 400);
                },
                Ends = new Refused(AuthentiqErrors.Expired),
                Redemptions = 2,
            },
            Edited("bearer-in-lower-case", "RFC 6749 5.1", "`token_type` is `bearer`", response => response["token_type"] = "bearer", twin: "mac"),
            Edited("mac", "RFC 6749 7.1", "`token_type` is `mac`", response => response["token_type"] = "mac"),
            Edited("dpop", "RFC 9449 5", "`token_type` is `DPoP`, which was not requested", response => response["token_type"] = "DPoP"),
            Edited("no-token-type", "RFC 6749 5.1", "`token_type` is missing", response => response.Remove("token_type")),
            Edited("no-access-token", "provider's schema", "there is an ID token but no access token", response => response.Remove("access_token"), twin: "mac"),
            Edited("expires-absurdly", "RFC 6749 5.1", "`expires_in` is out of range", response => response["expires_in"] = 1e300, twin: "mac"),
            Edited("expires-in-words", "RFC 6749 5.1", "`expires_in` is a text", response => response["expires_in"] = "tomorrow", twin: "mac"),
            Edited("unknown-member", "RFC 6749 5.1", "there are unknown members", response => response["something"] = new JsonArray(1, "two", new JsonObject()), twin: "mac"),
            Edited("id-token-object", "OIDC Core 3.1.3.3", "the ID token is an object", response => response["id_token"] = new JsonObject()),
            Edited("id-token-null", "OIDC Core 3.1.3.3", "the ID token is null", response => response["id_token"] = null),
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static Row Returns(string id, string source, string when, string body, int status, string error, string type = "application/json", string says = "the token endpoint") =>
        new("token-" + id, source, "the token endpoint returns " + when, "an error page is shown, and the details are logged")
        {
            Given = scene => scene.Wire.Return(Wire.Token, body, type, status),
            Ends = new Refused(error),
            Redemptions = 1,
            Seen = (scene, page) =>
            {
                scene.Warnings("SignInFailed").ShouldContain(says);
                page.Body.ShouldNotContain("<script>");
            },
        };

    private static Row Edited(string id, string source, string when, Action<JsonObject> edit, string? twin = null) => new(id, source, "in the token response " + when, twin is null ? "the sign-in fails" : "the user is signed in")
    {
        Given = scene => scene.Wire.Edit(Wire.Token, edit),
        Ends = twin is null ? new Refused(AuthentiqErrors.InvalidToken) : new SignedIn(),
        Twin = twin,
    };

    private static Row Good(string id, string when, string type, string twin) => new(id, "RFC 6749 5.1", "the token endpoint " + when, "the user is signed in")
    {
        Given = scene => scene.Wire.Retype(Wire.Token, type),
        Ends = new SignedIn(),
        Twin = twin,
    };

    private static Row BadType(string id, string when, string? type) => new(id, "RFC 6749 5.1; RFC 9700 2.6", "the token endpoint " + when, "the response is not used")
    {
        Given = scene => scene.Wire.Retype(Wire.Token, type),
        Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
    };

    private static (string Id, string Secret) Decoded(Wire.Call call)
    {
        var parts = Encoding.ASCII.GetString(Convert.FromBase64String(call.Authorization!.Parameter!)).Split(':');
        parts.Length.ShouldBe(2);
        return (Uri.UnescapeDataString(parts[0].Replace('+', ' ')), Uri.UnescapeDataString(parts[1].Replace('+', ' ')));
    }
}
