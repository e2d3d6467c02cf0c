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

    internal static Topic Topic { get; } = new("Userinfo", "It is asked when the ID token lacks what was granted (`UserInfoMode`). A failing userinfo costs claims, or the sign-in under `RequireUserInfo`; one that must not be believed costs the sign-in always.")
    {
        Rows =
        [
            new("json", "OIDC Core 5.3.2; oidcc-client-test-userinfo-bearer-header", "userinfo answers JSON", "the person is signed in, and the access token travelled in a header")
            {
                On = Required,
                Ends = new SignedIn(),
                Twin = "about-another-required",
                UserInfoCalls = 1,
                Seen = (scene, _) => scene.Wire.Calls.Single(call => call.Path == Wire.UserInfo).Authorization!.Scheme.ShouldBe("Bearer"),
            },
            new("when-needed", "OIDC Core 5.4; oidcc-client-test-scope-userinfo-claims", "the ID token lacks what was granted", "userinfo is asked, and its claims arrive")
            {
                Given = scene => scene.IdToken(payload => payload.Remove("email")),
                Do = scene => scene.SignInAsync("/claims"),
                Ends = new Shows("signed in", "email=alice@example.test"),
                Twin = "needed-about-another",
                UserInfoCalls = 1,
            },
            new("needed-about-another", "OIDC Core 5.3.2; oidcc-client-test-userinfo-invalid-sub", "the ID token lacks what was granted and userinfo is about somebody else", "nobody is signed in")
            {
                Given = scene =>
                {
                    scene.IdToken(payload => payload.Remove("email"));
                    scene.Wire.Edit(Wire.UserInfo, answer => answer["sub"] = "aq-somebody-else");
                },
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("not-needed", "OIDC Core 5.4", "the ID token has all that was granted", "userinfo is not asked")
            {
                Ends = new SignedIn(),
                Twin = "needed-about-another",
                UserInfoCalls = 0,
            },
            new("never", "OIDC Core 5.4", "`UserInfoMode` is `Never` and the ID token lacks a claim that was required", "nobody is signed in, and userinfo is not asked")
            {
                On = new() { Options = options => options.UserInfoMode = AuthentiqUserInfoMode.Never },
                Given = scene => scene.IdToken(payload => payload.Remove("email")),
                Ends = new Refused(AuthentiqErrors.ScopeNotGranted),
                UserInfoCalls = 0,
            },
            new("promise-by-userinfo", "provider's `~s`", "an address is asked for as signed and userinfo says that it is verified", "the person is signed in")
            {
                Given = scene => scene.IdToken(payload =>
                {
                    payload.Remove("email");
                    payload.Remove("email_verified");
                }),
                Ends = new SignedIn(),
                Twin = "promise-broken-by-userinfo",
            },
            new("promise-broken-by-userinfo", "provider's `~s`", "an address is asked for as signed and userinfo says that it is not verified", "nobody is signed in")
            {
                Given = scene =>
                {
                    scene.IdToken(payload =>
                    {
                        payload.Remove("email");
                        payload.Remove("email_verified");
                    });
                    scene.Wire.Edit(Wire.UserInfo, answer => answer["email_verified"] = false);
                },
                Ends = new Refused(AuthentiqErrors.ScopeNotGranted),
            },
            new("nested", "OIDC Core 5.1.1", "claims are objects, and objects within them", "they arrive whole")
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
            new("id-token-first", "OIDC Core 5.3.2", "userinfo and the ID token say different names", "the ID token's stands: it is signed")
            {
                On = Always,
                Given = scene => scene.Wire.Edit(Wire.UserInfo, answer => answer["name"] = "Mallory"),
                Ends = new SignedIn(),
                Twin = "about-another",
            },
            new("no-extra-claims", "own rule", "userinfo says things that nobody asked for", "they do not become claims")
            {
                On = Always,
                Given = scene => scene.Wire.Edit(Wire.UserInfo, answer => (answer["role"], answer["amr"]) = ("administrator", "otp")),
                Do = scene => scene.SignInAsync("/claims"),
                Ends = new Shows("signed in", "name=Alice Smith"),
                Twin = "about-another",
                Seen = (_, page) => page.Body.ShouldNotContain("administrator"),
            },
            .. Fails("server-error", "answers 500", scene => scene.Wire.Answer(Wire.UserInfo, "", "text/html", 500), "OIDC Core 5.3.3; M5"),
            .. Fails("unauthorized", "answers 401", scene => scene.Wire.Answer(Wire.UserInfo, """{"error":"invalid_token"}""", status: 401)),
            .. Fails("no-content", "answers 204", scene => scene.Wire.Answer(Wire.UserInfo, "", null, 204)),
            .. Fails("redirect", "answers a redirect", scene => scene.Wire.Answer(Wire.UserInfo, "", null, 302)),
            .. Fails("html", "answers a page", scene => scene.Wire.Answer(Wire.UserInfo, "<html>", "text/html")),
            .. Fails("form", "answers a form", scene => scene.Wire.Answer(Wire.UserInfo, "sub=x&name=y", "application/x-www-form-urlencoded")),
            .. Fails("problem", "answers `application/problem+json`", scene => scene.Wire.Answer(Wire.UserInfo, """{"title":"Trouble"}""", "application/problem+json")),
            .. Fails("untyped", "answers without a content type", scene => scene.Wire.Answer(Wire.UserInfo, "{}", null)),
            .. Fails("empty", "answers nothing", scene => scene.Wire.Answer(Wire.UserInfo, "")),
            .. Fails("garbage", "answers garbage", scene => scene.Wire.Answer(Wire.UserInfo, "{]")),
            .. Fails("nested-too-deep", "answers JSON ten thousand levels deep", scene => scene.Wire.Answer(Wire.UserInfo, new string('[', 10_000))),
            .. Fails("truncated", "is cut off", scene => scene.Wire.Truncate(Wire.UserInfo)),
            .. Fails("oversize", "answers 300 KB", scene => scene.Wire.Answer(Wire.UserInfo, $$"""{"sub":"{{new string('s', 300_000)}}"}""")),
            .. Fails("cut", "breaks the connection", scene => scene.Wire.Cut(Wire.UserInfo)),
            .. Fails("slow", "does not answer within `BackchannelTimeout`", scene => scene.Wire.Hang(Wire.UserInfo)).Select(row => row with { On = Impatient(row.On) }),
            .. NotBelieved("about-another", "OIDC Core 5.3.2; oidcc-client-test-userinfo-invalid-sub", "is about somebody else", scene => scene.Wire.Edit(Wire.UserInfo, answer => answer["sub"] = "aq-somebody-else")),
            .. NotBelieved("about-nobody", "OIDC Core 5.3.2", "does not say who it is about", scene => scene.Wire.Edit(Wire.UserInfo, answer => answer.Remove("sub"))),
            .. NotBelieved("about-a-number", "OIDC Core 5.3.2", "is about a number", scene => scene.Wire.Edit(Wire.UserInfo, answer => answer["sub"] = 1)),
            .. NotBelieved("about-other-case", "OIDC Core 2", "is about a name that differs in case", scene => scene.Wire.Edit(Wire.UserInfo, answer => answer["sub"] = Personas.Alice.Subject.ToUpperInvariant())),
            .. NotBelieved("array", "OIDC Core 5.3.2", "is an array", scene => scene.Wire.Answer(Wire.UserInfo, "[]")),
            .. NotBelieved("jwt-garbage", "OIDC Core 5.3.2; M4", "is called a JWT and is none", scene => scene.Wire.Answer(Wire.UserInfo, "garbage", "application/jwt")),
            new("signed-rs256", "OIDC Core 5.3.2; oidcc-client-test-userinfo-signed", "userinfo is a JWT signed with RS256", "the person is signed in")
            {
                On = SignedRs256,
                Ends = new SignedIn(),
                Twin = "signed-by-others",
                UserInfoCalls = 1,
            },
            new("signed-hs256", "OIDC Core 5.3.2", "userinfo is a JWT signed with HS256", "the person is signed in")
            {
                On = SignedHs256,
                Ends = new SignedIn(),
                Twin = "signed-by-others",
                UserInfoCalls = 1,
            },
            SignedBadly("signed-by-others", "is signed by somebody else", draft => draft.UseForeignKey = true),
            SignedBadly("signed-not-at-all", "is unsigned", draft => draft.Algorithm = "none"),
            SignedBadly("signature-lost", "has lost its signature", draft => draft.EditSignature = _ => ""),
            SignedBadly("signed-for-others", "is meant for another client", draft => draft.Payload["aud"] = "another-client"),
            SignedBadly("signed-of-another-issuer", "names another issuer", draft => draft.Payload["iss"] = "https://evil.example/"),
            SignedBadly("signed-about-another", "is about somebody else", draft => draft.Payload["sub"] = "aq-somebody-else"),
            SignedBadly("signed-about-nobody", "does not say who it is about", draft => draft.Payload.Remove("sub")),
            SignedBadly("signed-expired", "has expired", draft => draft.Payload["exp"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds()),
            new("unsigned-stays-out", "OIDC Core 5.3.2; own rule", "`IdTokenSignedResponseAlg` opts in to `none` and userinfo is an unsigned JWT", "it is refused: the opt-in is for ID tokens")
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
        new($"userinfo-{id}", source, "userinfo " + when, "the person is signed in without its claims, and the log says so")
        {
            On = Always,
            Given = given,
            Ends = new SignedIn(),
            Twin = $"userinfo-{id}-required",
            UserInfoCalls = 1,
            Seen = (scene, _) => scene.Warnings("UserInfoFailed").ShouldContain("Userinfo request of the authentication scheme"),
        },
        new($"userinfo-{id}-required", source, $"userinfo {when} and `RequireUserInfo` is on", "nobody is signed in")
        {
            On = Required,
            Given = given,
            Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
            UserInfoCalls = 1,
        },
    ];

    private static IEnumerable<Row> NotBelieved(string id, string source, string when, Action<Scene> given) =>
        from required in new[] { false, true }
        select new Row(required ? id + "-required" : id, source, $"userinfo {when} and `RequireUserInfo` is {(required ? "on" : "off")}", "nobody is signed in")
        {
            On = required ? Required : Always,
            Given = given,
            Ends = new Refused(AuthentiqErrors.InvalidToken),
        };

    private static Row SignedBadly(string id, string when, Action<TokenDraft> edit) => new(id, "OIDC Core 5.3.2; M4", "the JWT of userinfo " + when, "nobody is signed in")
    {
        On = SignedRs256,
        Given = scene => scene.Provider.Faults.BeforeSigning(TokenKind.UserInfo, edit),
        Ends = new Refused(AuthentiqErrors.InvalidToken),
    };
}
