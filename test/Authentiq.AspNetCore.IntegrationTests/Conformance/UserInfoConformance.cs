using Authentiq.Emulator;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class UserInfoConformance(Stages stages) : IClassFixture<Stages>
{
    private static readonly Setup Always = new() { IsShared = true, Options = options => options.UserInfoMode = AuthentiqUserInfoMode.Always };
    private static readonly Setup Required = new() { IsShared = true, Options = options => (options.UserInfoMode, options.RequireUserInfo) = (AuthentiqUserInfoMode.Always, true) };

    private static readonly Setup SignedRs256 = Signed(SigningAlgorithms.RS256);
    private static readonly Setup SignedHs256 = Signed(SigningAlgorithms.HS256);
    private static readonly Setup Nested = new()
    {
        IsShared = true,
        Options = options =>
        {
            options.Scope.Add("address");
            options.Scope.Add("aq:location");
        },
    };

    internal static Topic Topic { get; } = new("Userinfo", "Userinfo is called when the ID token lacks claims of a granted scope (`UserInfoMode`). If it is unavailable, its claims are missing, or the sign-in fails (`RequireUserInfo`). An invalid response always fails the sign-in.")
    {
        Rows =
        [
            new("json", "OIDC Core 5.3.2; oidcc-client-test-userinfo-bearer-header", "userinfo returns JSON", "the user is signed in, and the access token is sent in a header")
            {
                On = Required,
                Ends = new SignedIn(),
                Twin = "about-another-required",
                UserInfoCalls = 1,
                Seen = (scene, _) => scene.Wire.Calls.Single(call => call.Path == Wire.UserInfo).Authorization!.Scheme.ShouldBe("Bearer"),
            },
            new("when-needed", "OIDC Core 5.4; oidcc-client-test-scope-userinfo-claims", "the ID token lacks claims of a granted scope", "userinfo is called, and its claims are added")
            {
                Given = scene => scene.IdToken(payload => payload.Remove("email")),
                Do = scene => scene.SignInAsync("/claims"),
                Ends = new Shows("signed in", "email=alice@example.test"),
                Twin = "needed-about-another",
                UserInfoCalls = 1,
            },
            new("needed-about-another", "OIDC Core 5.3.2; oidcc-client-test-userinfo-invalid-sub", "the ID token lacks claims of a granted scope and userinfo identifies another user", "the sign-in fails")
            {
                Given = scene =>
                {
                    scene.IdToken(payload => payload.Remove("email"));
                    scene.Wire.Edit(Wire.UserInfo, response => response["sub"] = "aq-somebody-else");
                },
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("not-needed", "OIDC Core 5.4", "the ID token has the claims of all granted scopes", "userinfo is not called")
            {
                Ends = new SignedIn(),
                Twin = "needed-about-another",
                UserInfoCalls = 0,
            },
            new("never", "OIDC Core 5.4", "`UserInfoMode` is `Never` and the ID token lacks a required claim", "the sign-in fails, and userinfo is not called")
            {
                On = new() { Options = options => options.UserInfoMode = AuthentiqUserInfoMode.Never },
                Given = scene => scene.IdToken(payload => payload.Remove("email")),
                Ends = new Refused(AuthentiqErrors.ScopeNotGranted),
                UserInfoCalls = 0,
            },
            new("promise-by-userinfo", "provider's `~s`", "a signed e-mail address is requested, and it is verified according to userinfo", "the user is signed in")
            {
                Given = scene => scene.IdToken(payload =>
                {
                    payload.Remove("email");
                    payload.Remove("email_verified");
                }),
                Ends = new SignedIn(),
                Twin = "promise-broken-by-userinfo",
            },
            new("promise-broken-by-userinfo", "provider's `~s`", "a signed e-mail address is requested, and it is not verified according to userinfo", "the sign-in fails")
            {
                Given = scene =>
                {
                    scene.IdToken(payload =>
                    {
                        payload.Remove("email");
                        payload.Remove("email_verified");
                    });
                    scene.Wire.Edit(Wire.UserInfo, response => response["email_verified"] = false);
                },
                Ends = new Refused(AuthentiqErrors.ScopeNotGranted),
            },
            new("nested", "OIDC Core 5.1.1", "claims are objects, and objects within them", "they are added completely")
            {
                On = Nested,
                Given = scene => scene.IdToken(payload =>
                {
                    payload.Remove("address");
                    payload.Remove("aq:location");
                }),
                Do = scene => scene.SignInAsync("/claims"),
                Ends = new Shows("signed in", "\"postal_code\":\"N1 0XX\""),
                Twin = "about-another-required",
                Seen = (_, page) => page.Body.ShouldContain("aq:location={\"latitude\":51.5330282"),
            },
            new("id-token-first", "OIDC Core 5.3.2", "userinfo and the ID token contain different names", "that of the ID token is used, because it is signed")
            {
                On = Always,
                Given = scene => scene.Wire.Edit(Wire.UserInfo, response => response["name"] = "Mallory"),
                Ends = new SignedIn(),
                Twin = "about-another",
            },
            new("no-extra-claims", "own rule", "userinfo contains unknown members", "they are not added as claims")
            {
                On = Always,
                Given = scene => scene.Wire.Edit(Wire.UserInfo, response => (response["role"], response["amr"]) = ("administrator", "otp")),
                Do = scene => scene.SignInAsync("/claims"),
                Ends = new Shows("signed in", "name=Alice Smith"),
                Twin = "about-another",
                Seen = (_, page) => page.Body.ShouldNotContain("administrator"),
            },
            .. Fails("server-error", "returns 500", scene => scene.Wire.Return(Wire.UserInfo, "", "text/html", 500), "OIDC Core 5.3.3; M5"),
            .. Fails("unauthorized", "returns 401", scene => scene.Wire.Return(Wire.UserInfo, """{"error":"invalid_token"}""", status: 401)),
            .. Fails("no-content", "returns 204", scene => scene.Wire.Return(Wire.UserInfo, "", null, 204)),
            .. Fails("redirect", "returns a redirect", scene => scene.Wire.Return(Wire.UserInfo, "", null, 302)),
            .. Fails("html", "returns a page", scene => scene.Wire.Return(Wire.UserInfo, "<html>", "text/html")),
            .. Fails("form", "returns a form", scene => scene.Wire.Return(Wire.UserInfo, "sub=x&name=y", "application/x-www-form-urlencoded")),
            .. Fails("problem", "returns `application/problem+json`", scene => scene.Wire.Return(Wire.UserInfo, """{"title":"Trouble"}""", "application/problem+json")),
            .. Fails("untyped", "returns without a content type", scene => scene.Wire.Return(Wire.UserInfo, "{}", null)),
            .. Fails("empty", "returns an empty response", scene => scene.Wire.Return(Wire.UserInfo, "")),
            .. Fails("garbage", "returns invalid JSON", scene => scene.Wire.Return(Wire.UserInfo, "{]")),
            .. Fails("nested-too-deep", "returns JSON ten thousand levels deep", scene => scene.Wire.Return(Wire.UserInfo, new string('[', 10_000))),
            .. Fails("truncated", "is truncated", scene => scene.Wire.Truncate(Wire.UserInfo)),
            .. Fails("oversize", "returns 300 KB", scene => scene.Wire.Return(Wire.UserInfo, $$"""{"sub":"{{new string('s', 300_000)}}"}""")),
            .. Fails("cut", "closes the connection", scene => scene.Wire.Cut(Wire.UserInfo)),
            .. Fails("slow", "times out after `BackchannelTimeout`", scene => scene.Wire.Hang(Wire.UserInfo)).Select(row => row with { On = Impatient(row.On) }),
            .. NotBelieved("about-another", "OIDC Core 5.3.2; oidcc-client-test-userinfo-invalid-sub", "identifies another user", scene => scene.Wire.Edit(Wire.UserInfo, response => response["sub"] = "aq-somebody-else")),
            .. NotBelieved("without-sub", "OIDC Core 5.3.2", "has no `sub`", scene => scene.Wire.Edit(Wire.UserInfo, response => response.Remove("sub"))),
            .. NotBelieved("about-a-number", "OIDC Core 5.3.2", "has a number as `sub`", scene => scene.Wire.Edit(Wire.UserInfo, response => response["sub"] = 1)),
            .. NotBelieved("about-other-case", "OIDC Core 2", "has a `sub` that differs in case", scene => scene.Wire.Edit(Wire.UserInfo, response => response["sub"] = Personas.Alice.Subject.ToUpperInvariant())),
            .. NotBelieved("array", "OIDC Core 5.3.2", "is an array", scene => scene.Wire.Return(Wire.UserInfo, "[]")),
            .. NotBelieved("jwt-garbage", "OIDC Core 5.3.2; M4", "returns an invalid JWT", scene => scene.Wire.Return(Wire.UserInfo, "garbage", "application/jwt")),
            new("signed-rs256", "OIDC Core 5.3.2; oidcc-client-test-userinfo-signed", "userinfo is a JWT signed with RS256", "the user is signed in")
            {
                On = SignedRs256,
                Ends = new SignedIn(),
                Twin = "signed-by-others",
                UserInfoCalls = 1,
            },
            new("signed-hs256", "OIDC Core 5.3.2", "userinfo is a JWT signed with HS256", "the user is signed in")
            {
                On = SignedHs256,
                Ends = new SignedIn(),
                Twin = "signed-by-others",
                UserInfoCalls = 1,
            },
            SignedBadly("signed-by-others", "is signed with an unknown key", draft => draft.UseForeignKey = true),
            SignedBadly("signed-not-at-all", "is unsigned", draft => draft.Algorithm = "none"),
            SignedBadly("signature-lost", "has no signature", draft => draft.EditSignature = _ => ""),
            SignedBadly("signed-for-others", "has another audience (`aud`)", draft => draft.Payload["aud"] = "another-client"),
            SignedBadly("signed-of-another-issuer", "names another issuer", draft => draft.Payload["iss"] = "https://evil.example/"),
            SignedBadly("signed-about-another", "identifies another user", draft => draft.Payload["sub"] = "aq-somebody-else"),
            SignedBadly("signed-without-sub", "has no `sub`", draft => draft.Payload.Remove("sub")),
            SignedBadly("signed-expired", "has expired", draft => draft.Payload["exp"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds()),
            new("unsigned-stays-out", "OIDC Core 5.3.2; own rule", "`IdTokenSignedResponseAlg` accepts `none` and userinfo is an unsigned JWT", "it is refused: `none` applies to ID tokens only")
            {
                On = new()
                {
                    Options = options => (options.IdTokenSignedResponseAlg, options.UserInfoMode) = ("none HS256", AuthentiqUserInfoMode.Always),
                    Client = client => client.UserInfoSignedResponseAlg = SigningAlgorithms.HS256,
                },
                Given = scene => scene.Provider.Faults.WrongAlgorithm("none", TokenKind.UserInfo),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static Setup Impatient(Setup setup) => new()
    {
        Options = options =>
        {
            setup.Options!(options);
            options.BackchannelTimeout = Setup.Impatience;
        },
    };

    private static Setup Signed(string algorithm) => new()
    {
        IsShared = true,
        Options = options => (options.UserInfoMode, options.RequireUserInfo) = (AuthentiqUserInfoMode.Always, true),
        Client = client => client.UserInfoSignedResponseAlg = algorithm,
    };

    private static IEnumerable<Row> Fails(string id, string when, Action<Scene> given, string source = "OIDC Core 5.3.3") =>
    [
        new($"userinfo-{id}", source, "userinfo " + when, "the user is signed in without its claims, and a warning is logged")
        {
            On = Always,
            Given = given,
            Ends = new SignedIn(),
            Twin = $"userinfo-{id}-required",
            UserInfoCalls = 1,
            Seen = (scene, _) => scene.Warnings("UserInfoFailed").ShouldContain("Userinfo request of the authentication scheme"),
        },
        new($"userinfo-{id}-required", source, $"userinfo {when} and `RequireUserInfo` is on", "the sign-in fails")
        {
            On = Required,
            Given = given,
            Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
            UserInfoCalls = 1,
        },
    ];

    private static IEnumerable<Row> NotBelieved(string id, string source, string when, Action<Scene> given) =>
        from required in new[] { false, true }
        select new Row(required ? id + "-required" : id, source, $"userinfo {when} and `RequireUserInfo` is {(required ? "on" : "off")}", "the sign-in fails")
        {
            On = required ? Required : Always,
            Given = given,
            Ends = new Refused(AuthentiqErrors.InvalidToken),
        };

    private static Row SignedBadly(string id, string when, Action<TokenDraft> edit) => new(id, "OIDC Core 5.3.2; M4", "the JWT of userinfo " + when, "the sign-in fails")
    {
        On = SignedRs256,
        Given = scene => scene.Provider.Faults.BeforeSigning(TokenKind.UserInfo, edit),
        Ends = new Refused(AuthentiqErrors.InvalidToken),
    };
}
