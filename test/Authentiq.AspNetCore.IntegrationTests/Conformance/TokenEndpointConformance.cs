using System.Text;
using System.Text.Json.Nodes;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class TokenEndpointConformance(Stages stages) : IClassFixture<Stages>
{
    private const string OddSecret = "p@ss:w/rd +%25 éß*~&=?#\"'<>|{}\\^`";

    internal static Topic Topic { get; } = new("The token endpoint", "How the application proves itself there, and what becomes of every answer. A failure is shown to the person as what it means, and told to the operator in the log.")
    {
        Rows =
        [
            new("basic", "RFC 6749 2.3.1; oidcc-client-test-client-secret-basic; M2", "the code is redeemed", "the client proves itself by `client_secret_basic`, and no secret is in the body")
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
            new("post", "RFC 6749 2.3.1", "`TokenEndpointAuthMethod` is `client_secret_post`", "the secret is in the body, and in no header")
            {
                On = new() { Options = options => options.TokenEndpointAuthMethod = "client_secret_post", Client = client => client.TokenEndpointAuthMethod = "client_secret_post" },
                Ends = new SignedIn(),
                Twin = "wrong-method",
                Seen = (scene, _) => scene.Wire.Calls.Single(call => call.Path == Wire.Token).Authorization.ShouldBeNull(),
            },
            new("wrong-method", "RFC 6749 2.3.1", "the client is registered for another method", "the log names the credentials")
            {
                On = new() { Client = client => client.TokenEndpointAuthMethod = "client_secret_post" },
                Ends = new Refused(AuthentiqErrors.ProviderError),
                Seen = (scene, _) => scene.Warnings("SignInFailed").ShouldContain("check ClientId, ClientSecret and TokenEndpointAuthMethod"),
            },
            new("odd-secret-basic", "RFC 6749 2.3.1 and appendix B", "the secret has every kind of character, by `client_secret_basic`", "the person is signed in")
            {
                On = new() { Options = options => options.ClientSecret = OddSecret, Client = client => client.ClientSecret = OddSecret },
                Ends = new SignedIn(),
                Twin = "wrong-secret",
                Seen = (scene, _) => Decoded(scene.Wire.Calls.First(call => call.Path == Wire.Token)).ShouldBe((RelyingParty.ClientId, OddSecret)),
            },
            new("odd-secret-post", "RFC 6749 2.3.1 and appendix B", "the secret has every kind of character, by `client_secret_post`", "the person is signed in")
            {
                On = new()
                {
                    Options = options => (options.ClientSecret, options.TokenEndpointAuthMethod) = (OddSecret, "client_secret_post"),
                    Client = client => (client.ClientSecret, client.TokenEndpointAuthMethod) = (OddSecret, "client_secret_post"),
                },
                Ends = new SignedIn(),
                Twin = "wrong-secret",
            },
            new("wrong-secret", "RFC 6749 5.2", "the client secret is wrong", "the log names the credentials, and the person learns that it is not their fault")
            {
                On = new() { Options = options => options.ClientSecret = "not-the-secret-but-32-characters" },
                Ends = new Refused(AuthentiqErrors.ProviderError),
                Seen = (scene, _) => scene.Warnings("SignInFailed").ShouldContain("check ClientId, ClientSecret and TokenEndpointAuthMethod"),
            },
            Answers("invalid-client-400", "RFC 6749 5.2", "400 `invalid_client`", """{"error":"invalid_client"}""", 400, AuthentiqErrors.ProviderError, says: "check ClientId, ClientSecret"),
            Answers("invalid-client-401", "RFC 6749 5.2", "401 `invalid_client`", """{"error":"invalid_client"}""", 401, AuthentiqErrors.ProviderError, says: "check ClientId, ClientSecret"),
            Answers("unauthorized-html", "RFC 6749 5.2", "401 with a page", "<html>", 401, AuthentiqErrors.ProviderError, "text/html", says: "check ClientId, ClientSecret"),
            Answers("unauthorized-client", "RFC 6749 5.2", "400 `unauthorized_client`", """{"error":"unauthorized_client"}""", 400, AuthentiqErrors.ProviderError),
            Answers("unsupported-grant-type", "RFC 6749 5.2", "400 `unsupported_grant_type`", """{"error":"unsupported_grant_type"}""", 400, AuthentiqErrors.ProviderError),
            Answers("own-words", "RFC 6749 5.2", "400 with an error of its own words", """{"error":"<script>","error_description":"<b>"}""", 400, AuthentiqErrors.ProviderError, says: "(unknown)"),
            Answers("error-with-200", "RFC 6749 5.2", "200 with an error", """{"error":"invalid_request"}""", 200, AuthentiqErrors.ProviderError),
            Answers("forbidden", "RFC 6749 5.2", "403", "{}", 403, AuthentiqErrors.ProviderError),
            Answers("too-many-requests", "RFC 6585 4", "429", "{}", 429, AuthentiqErrors.ProviderError),
            Answers("server-error", "RFC 6749 5.2", "500", "{}", 500, AuthentiqErrors.ProviderUnavailable),
            Answers("server-error-html", "RFC 6749 5.2", "502 with a proxy's page", "<html>", 502, AuthentiqErrors.ProviderUnavailable, "text/html"),
            Answers("html", "RFC 6749 5.1", "200 with a page", "<html>", 200, AuthentiqErrors.ProviderUnavailable, "text/html"),
            Answers("empty", "RFC 6749 5.1", "200 with nothing", "", 200, AuthentiqErrors.ProviderUnavailable),
            Answers("null", "RFC 6749 5.1", "JSON that is null", "null", 200, AuthentiqErrors.ProviderUnavailable),
            Answers("array", "RFC 6749 5.1", "a JSON array", "[]", 200, AuthentiqErrors.ProviderUnavailable),
            Answers("nested", "RFC 8259 9", "JSON ten thousand levels deep", new string('[', 10_000), 200, AuthentiqErrors.ProviderUnavailable),
            Answers("oversize", "own rule", "300 KB", $$"""{"token_type":"Bearer","p":"{{new string('p', 300_000)}}"}""", 200, AuthentiqErrors.ProviderUnavailable),
            Answers("unknown-charset", "RFC 8259 8.1", "an encoding that nobody knows", "{}", 200, AuthentiqErrors.ProviderUnavailable, "application/json; charset=klingon"),
            Answers("redirect", "RFC 9700 4.12", "307", "", 307, AuthentiqErrors.ProviderUnavailable),
            Good("json-with-charset", "its JSON names its charset", "application/json; charset=utf-8", twin: "json-as-text"),
            BadType("json-as-text", "its JSON is called `text/plain`", "text/plain"),
            BadType("json-as-html", "its JSON is called `text/html`", "text/html"),
            BadType("json-as-nothing", "its JSON has no content type", null),
            new("truncated", "RFC 6749 5.1", "the answer is cut off", "the person is asked to try again")
            {
                Given = scene => scene.Wire.Truncate(Wire.Token),
                Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
            },
            new("cut", "RFC 6749 5.1", "the connection breaks", "the person is asked to try again")
            {
                Given = scene => scene.Wire.Cut(Wire.Token),
                Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
            },
            new("cut-and-again", "own rule", "the connection breaks, and the person tries again", "the person is signed in")
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
            new("slow", "own rule", "nothing comes within `BackchannelTimeout`", "the person is asked to try again")
            {
                On = new() { Options = options => options.BackchannelTimeout = Setup.Impatience },
                Given = scene => scene.Wire.Hang(Wire.Token),
                Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
            },
            new("used-code", "RFC 6749 5.2", "the code is refused once (`invalid_grant`)", "the sign-in begins anew by itself")
            {
                Given = scene => scene.Wire.Answer(Wire.Token, """{"error":"invalid_grant"}""", status: 400),
                Ends = new SignedIn(),
                Twin = "used-code-again",
                Redemptions = 2,
            },
            new("used-code-again", "RFC 6749 5.2", "every code is refused (`invalid_grant`)", "it ends after one more try: there is no loop")
            {
                Given = scene =>
                {
                    scene.Wire.Answer(Wire.Token, """{"error":"invalid_grant"}""", status: 400);
                    scene.Wire.Answer(Wire.Token, """{"error":"invalid_grant"}""", status: 400);
                },
                Ends = new Refused(AuthentiqErrors.Expired),
                Redemptions = 2,
            },
            Edited("bearer-in-lower-case", "RFC 6749 5.1", "`token_type` is `bearer`", answer => answer["token_type"] = "bearer", twin: "mac"),
            Edited("mac", "RFC 6749 7.1", "`token_type` is `mac`", answer => answer["token_type"] = "mac"),
            Edited("dpop", "RFC 9449 5", "`token_type` is `DPoP`, which nobody asked for", answer => answer["token_type"] = "DPoP"),
            Edited("no-token-type", "RFC 6749 5.1", "`token_type` is missing", answer => answer.Remove("token_type")),
            Edited("no-access-token", "provider's schema", "there is an ID token and no access token", answer => answer.Remove("access_token"), twin: "mac"),
            Edited("expires-absurdly", "RFC 6749 5.1", "`expires_in` is a number that no clock has", answer => answer["expires_in"] = 1e300, twin: "mac"),
            Edited("expires-in-words", "RFC 6749 5.1", "`expires_in` is a text", answer => answer["expires_in"] = "tomorrow", twin: "mac"),
            Edited("unknown-member", "RFC 6749 5.1", "the answer has members that nobody knows", answer => answer["something"] = new JsonArray(1, "two", new JsonObject()), twin: "mac"),
            Edited("id-token-object", "OIDC Core 3.1.3.3", "the ID token is an object", answer => answer["id_token"] = new JsonObject()),
            Edited("id-token-null", "OIDC Core 3.1.3.3", "the ID token is null", answer => answer["id_token"] = null),
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static Row Answers(string id, string source, string when, string body, int status, string error, string type = "application/json", string says = "the token endpoint") =>
        new("token-" + id, source, "the token endpoint answers " + when, "the person is told what it means, and the log says more")
        {
            Given = scene => scene.Wire.Answer(Wire.Token, body, type, status),
            Ends = new Refused(error),
            Redemptions = 1,
            Seen = (scene, page) =>
            {
                scene.Warnings("SignInFailed").ShouldContain(says);
                page.Body.ShouldNotContain("<script>");
            },
        };

    private static Row Edited(string id, string source, string when, Action<JsonObject> edit, string? twin = null) => new(id, source, "in the token endpoint's answer " + when, twin is null ? "nobody is signed in" : "the person is signed in")
    {
        Given = scene => scene.Wire.Edit(Wire.Token, edit),
        Ends = twin is null ? new Refused(AuthentiqErrors.InvalidToken) : new SignedIn(),
        Twin = twin,
    };

    private static Row Good(string id, string when, string type, string twin) => new(id, "RFC 6749 5.1", "the token endpoint answers and " + when, "the person is signed in")
    {
        Given = scene => scene.Wire.Retype(Wire.Token, type),
        Ends = new SignedIn(),
        Twin = twin,
    };

    private static Row BadType(string id, string when, string? type) => new(id, "RFC 6749 5.1; RFC 9700 2.6", "the token endpoint answers and " + when, "the answer is not used")
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
