using Authentiq.Emulator;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class HybridConformance(Stages stages) : IClassFixture<Stages>
{
    private static readonly Setup CodeAndIdToken = With("code id_token");
    private static readonly Setup Implicit = With("token id_token");
    private static readonly Setup Everything = With("code token id_token");

    internal static Topic Topic { get; } = new("Hashes, and the two ID tokens of a hybrid flow", "The ID token of the authorization response contains hashes of the code and the access token (`c_hash`, `at_hash`). The ID token of the token endpoint must identify the same user at the same provider.")
    {
        Rows =
        [
            new("hashes-right", "OIDC Core 3.3.2.11", "the response contains a code, an access token, and an ID token with the hashes of both", "the user is signed in")
            {
                On = Everything,
                Ends = new SignedIn(),
                Twin = "c-hash-wrong",
            },
            Hash("c-hash-wrong", "OIDC Core 3.3.2.11; oidcc-client-test-invalid-chash", "`c_hash` is that of another code", CodeAndIdToken, payload => payload["c_hash"] = Other),
            Hash("c-hash-missing", "OIDC Core 3.3.2.11; oidcc-client-test-missing-chash", "`c_hash` is missing", CodeAndIdToken, payload => payload.Remove("c_hash")),
            Hash("c-hash-empty", "OIDC Core 3.3.2.11", "`c_hash` is empty", CodeAndIdToken, payload => payload["c_hash"] = ""),
            Hash("all-c-hash-wrong", "OIDC Core 3.3.2.11", "`c_hash` is that of another code, in a response with an access token", Everything, payload => payload["c_hash"] = Other),
            Hash("at-hash-wrong", "OIDC Core 3.2.2.9; oidcc-client-test-invalid-athash", "`at_hash` is that of another access token", Implicit, payload => payload["at_hash"] = Other),
            Hash("at-hash-missing", "OIDC Core 3.2.2.9; oidcc-client-test-missing-athash", "`at_hash` is missing", Implicit, payload => payload.Remove("at_hash")),
            Hash("all-at-hash-wrong", "OIDC Core 3.3.2.9", "`at_hash` is that of another access token, in a response with a code", Everything, payload => payload["at_hash"] = Other),
            Hash("all-at-hash-missing", "OIDC Core 3.3.2.9", "`at_hash` is missing, in a response with a code", Everything, payload => payload.Remove("at_hash")),
            new("access-token-swapped", "OIDC Core 16.11; RFC 9700 4.6", "the access token is replaced in the browser", "it is refused: `at_hash` does not match")
            {
                On = Implicit,
                Given = scene => scene.OnTheWay(response => response["access_token"] = "somebody-elses-token"),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
                UserInfoCalls = 0,
            },
            new("code-swapped", "OIDC Core 16.11; RFC 9700 4.5", "the code is replaced in the browser", "it is refused before it is redeemed: `c_hash` does not match")
            {
                On = CodeAndIdToken,
                Given = scene => scene.OnTheWay(response => response["code"] = "somebody-elses-code"),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
                Redemptions = 0,
            },
            new("code-flow-at-hash-wrong", "OIDC Core 3.1.3.8", "the token endpoint's ID token has the `at_hash` of another access token", "it is refused")
            {
                Given = scene => scene.IdToken(payload => payload["at_hash"] = Other),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("code-flow-at-hash-missing", "OIDC Core 3.1.3.6", "the token endpoint's ID token has no `at_hash`, which is optional", "the user is signed in")
            {
                Given = scene => scene.Wire.Edit(Wire.Token, response => response["id_token"] = scene.SignAgain(response["id_token"]!.GetValue<string>(), payload => payload.Remove("at_hash"), SigningAlgorithms.HS256)),
                Ends = new SignedIn(),
                Twin = "code-flow-at-hash-wrong",
            },
            new("second-same", "OIDC Core 3.3.3.6", "both ID tokens identify the same user", "the user is signed in")
            {
                On = CodeAndIdToken,
                Ends = new SignedIn(),
                Twin = "second-about-another",
                Redemptions = 1,
            },
            Second("second-about-another", "OIDC Core 3.3.3.6", "identifies another user", payload => payload["sub"] = "aq-somebody-else"),
            Second("second-of-another-issuer", "OIDC Core 3.3.3.6", "names another issuer", payload => payload["iss"] = "https://evil.example/"),
            Second("second-with-another-nonce", "OIDC Core 3.3.3.7", "has the nonce of another sign-in", payload => payload["nonce"] = "another-nonce"),
            Second("second-without-nonce", "OIDC Core 3.3.3.7", "has no nonce", payload => payload.Remove("nonce")),
            Second("second-for-others", "OIDC Core 3.3.3.7", "has another audience (`aud`)", payload => payload["aud"] = "another-client"),
            Second("second-expired", "OIDC Core 3.3.3.7", "has expired", payload => payload["exp"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds()),
            new("second-forged", "OIDC Core 3.3.3.7", "the ID token of the token endpoint is signed with an unknown key", "it is refused, although the first is valid")
            {
                On = CodeAndIdToken,
                Given = scene =>
                {
                    scene.IdTokenDraft(_ => { });
                    scene.Provider.Faults.ForeignKey();
                },
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("second-unsigned", "OIDC Core 3.3.3.7; M3", "the ID token of the token endpoint is unsigned", "it is refused, although the first is valid")
            {
                On = CodeAndIdToken,
                Given = scene =>
                {
                    scene.IdTokenDraft(_ => { });
                    scene.Provider.Faults.WrongAlgorithm("none");
                },
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("second-missing", "OIDC Core 3.3.3.3", "the token endpoint sends no ID token", "it is refused, although the first is valid")
            {
                On = CodeAndIdToken,
                Given = scene => scene.Wire.Edit(Wire.Token, response => response.Remove("id_token")),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            First("first-with-another-nonce", "OIDC Core 3.2.2.11 (3)", "has the nonce of another sign-in", payload => payload["nonce"] = "another-nonce"),
            First("first-without-nonce", "OIDC Core 3.2.2.11 (3); oidcc-client-test-nonce-unless-code-flow", "has no nonce", payload => payload.Remove("nonce")),
            First("first-for-others", "OIDC Core 3.2.2.11 (2)", "has another audience (`aud`)", payload => payload["aud"] = "another-client"),
            First("first-without-sub", "OIDC Core 2", "has no `sub`", payload => payload.Remove("sub")),
            new("first-about-another", "OIDC Core 3.3.3.6", "the ID token of the authorization response identifies another user than that of the token endpoint", "it is refused")
            {
                On = CodeAndIdToken,
                Given = scene => scene.IdToken(payload => payload["sub"] = "aq-somebody-else"),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("first-forged", "OIDC Core 3.2.2.11 (1)", "the ID token of the authorization response is signed with an unknown key", "the code is not redeemed")
            {
                On = CodeAndIdToken,
                Given = scene => scene.Provider.Faults.ForeignKey(),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
                Redemptions = 0,
            },
            new("claims-of-both", "OIDC Core 3.3.3.6", "the ID token of the authorization response contains fewer claims than that of the token endpoint", "the user has the claims of both")
            {
                On = CodeAndIdToken,
                Given = scene => scene.IdToken(payload => payload.Remove("email")),
                Do = scene => scene.SignInAsync("/claims"),
                Ends = new Shows("signed in", "email=alice@example.test"),
                Twin = "first-about-another",
                UserInfoCalls = 0,
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    private static string Other => Base64UrlEncoder.Encode(new byte[16]);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static Setup With(string type) => new()
    {
        IsShared = true,
        Options = options => (options.ResponseType, options.ResponseMode) = (type, "form_post"),
        Client = client => client.IdTokenSignedResponseAlg = SigningAlgorithms.RS256,
    };

    private static Row Hash(string id, string source, string when, Setup on, Action<IDictionary<string, object>> edit) => new(id, source, when, "the response is refused before a code is redeemed")
    {
        On = on,
        Given = scene => scene.OnTheWay(response => response["id_token"] = scene.SignAgain(response["id_token"]!, edit)),
        Ends = new Refused(AuthentiqErrors.InvalidToken),
        Redemptions = 0,
    };

    private static Row First(string id, string source, string when, Action<IDictionary<string, object>> edit) => new(id, source, "the ID token of the authorization response " + when, "the code is not redeemed")
    {
        On = CodeAndIdToken,
        Given = scene => scene.IdToken(edit),
        Ends = new Refused(AuthentiqErrors.InvalidToken),
        Redemptions = 0,
    };

    private static Row Second(string id, string source, string when, Action<IDictionary<string, object>> edit) => new(id, source, "the ID token of the token endpoint " + when, "it is refused, although the first is valid")
    {
        On = CodeAndIdToken,
        Given = scene => scene.SecondIdToken(edit),
        Ends = new Refused(AuthentiqErrors.InvalidToken),
        Redemptions = 1,
    };
}
