using Authentiq.Emulator;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class ResponseTypeConformance(Stages stages) : IClassFixture<Stages>
{
    private const string Encoding = "Multiple Response Types";

    private static readonly string[] Types = ["code", "id_token", "token id_token", "code id_token", "code token", "code token id_token"];
    private static readonly Setup ByForm = new() { IsShared = true, Options = options => options.ResponseMode = "form_post" };
    private static readonly Setup ByFragment = new() { IsShared = true, Options = options => options.ResponseMode = "fragment" };
    private static readonly Setup Implicit = With("token id_token");
    private static readonly Setup Hybrid = With("code id_token");
    private static readonly Setup CodeAndToken = With("code token");
    private static readonly Setup AccessTokenAlone = new()
    {
        IsShared = true,
        Options = options => (options.ResponseType, options.ResponseMode, options.AllowSignInByAccessToken) = ("token", "form_post", true),
    };

    private static readonly Setup WithoutOpenId = new() { IsShared = true, Options = options => Ask(options, "aq:name", "email") };

    internal static Topic Topic { get; } = new("Response types and modes", "What the provider sends back, and the way it comes. A code is bound to the sign-in by PKCE in every flow.")
    {
        Rows =
        [
            .. from type in Types from mode in new[] { "fragment", "form_post" } select Arrives(type, mode),
            Arrives("code", "query"),
            new("no-code", "OIDC Core 3.1.2.5", "the answer brings no code", "nobody is signed in")
            {
                Given = scene => scene.OnTheWay(answer => answer.Remove("code")),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("no-promised-id-token", Encoding + " 5; OIDC Core 3.3.2.5", "`code id_token` was asked for and the ID token is left out", "the code is not redeemed: nothing vouches for it")
            {
                On = Hybrid,
                Given = scene => scene.OnTheWay(answer => answer.Remove("id_token")),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("no-promised-code", Encoding + " 5", "`code id_token` was asked for and the code is left out", "nobody is signed in")
            {
                On = Hybrid,
                Given = scene => scene.OnTheWay(answer => answer.Remove("code")),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("no-promised-token", Encoding + " 3", "`code token` was asked for and the access token is left out", "nobody is signed in")
            {
                On = CodeAndToken,
                Given = scene => scene.OnTheWay(answer => answer.Remove("access_token")),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("id-token-injected", "RFC 9700 4.5", "an ID token that nobody asked for comes beside the code", "the answer is refused before the code goes anywhere")
            {
                On = ByForm,
                Given = scene => scene.OnTheWay(answer => answer["id_token"] = scene.Provider.IssueIdToken(RelyingParty.ClientId, Personas.Bob)),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("access-token-injected", "RFC 9700 4.6", "an access token that nobody asked for comes beside the ID token", "the answer is refused")
            {
                On = Hybrid,
                Given = scene => scene.OnTheWay(answer => answer["access_token"] = "somebody-elses-token"),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("code-injected", "RFC 9700 4.5", "a code that nobody asked for comes beside the tokens", "the answer is refused")
            {
                On = Implicit,
                Given = scene => scene.OnTheWay(answer => answer["code"] = "somebody-elses-code"),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("stolen-code", "RFC 7636; RFC 9700 4.5", "the code of another sign-in is put into the answer", "the provider refuses it by PKCE, and the person's own sign-in begins anew")
            {
                Do = async scene =>
                {
                    var stolen = (await scene.AnswerAsync())["code"];
                    var own = await scene.AnswerAsync();
                    own["code"] = stolen;
                    return await scene.DeliverAsync(own);
                },
                Ends = new SignedIn(),
                Twin = "no-code",
                Redemptions = 2,
                Seen = (scene, _) => scene.Warnings("SignInRecovered").ShouldContain("refused the code"),
            },
            new("tokens-in-query", Encoding + " 3; RFC 9700 4.3.2", "an answer with tokens comes in the query", "it is refused: a query lands in logs and histories")
            {
                On = Implicit,
                Given = scene => scene.OnTheWay(answer => answer.Mode = Answer.Query),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
            },
            new("id-token-in-code-query", Encoding + " 3", "an ID token comes in the query of a code answer", "it is refused")
            {
                Given = scene => scene.OnTheWay(answer => answer["id_token"] = scene.Provider.IssueIdToken(RelyingParty.ClientId, Personas.Alice)),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("post-for-query", "OIDC Core 3.1.2.5", "`query` was asked for and the answer is posted", "it is refused")
            {
                Given = scene => scene.OnTheWay(answer => answer.Mode = Answer.FormPost),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("get-for-form-post", "Form Post Response Mode 2", "`form_post` was asked for and the answer comes in the query", "it is refused")
            {
                On = ByForm,
                Given = scene => scene.OnTheWay(answer => answer.Mode = Answer.Query),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("get-for-fragment", Encoding + " 2.1", "`fragment` was asked for and the answer comes in the query", "it is refused")
            {
                On = ByFragment,
                Given = scene => scene.OnTheWay(answer => answer.Mode = Answer.Query),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("half-in-query", "Form Post Response Mode 2", "one part of a posted answer is in the query of its address", "it is refused")
            {
                On = ByForm,
                Given = scene => scene.OnTheWay(answer => (answer.Address, _) = (answer.Address + "?state=" + Uri.EscapeDataString(answer["state"]!), 0)),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("mac-in-front", "RFC 6749 7.1", "the access token that comes with the answer is not of the type Bearer", "it is refused")
            {
                On = Implicit,
                Given = scene => scene.OnTheWay(answer => answer["token_type"] = "mac"),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
            },
            new("fragment-page", "RFC 9700 4.3.2", "an answer in the fragment arrives", "a constant page sends it on, which runs no script but its own")
            {
                On = ByFragment,
                Do = scene => scene.OpenAsync("/signin-authentiq"),
                Ends = new Shows("fragment page", "history.replaceState"),
                Seen = (_, page) => page.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; script-src 'sha256-"),
            },
            CookieFor("query", Setup.Default, "samesite=lax"),
            CookieFor("fragment", ByFragment, "samesite=lax"),
            CookieFor("form_post", ByForm, "samesite=none"),
            new("authorize-by-post", "OIDC Core 3.1.2.1", "`AuthenticationMethod` is `FormPost`", "the browser posts the request to the provider")
            {
                On = new() { Options = options => options.AuthenticationMethod = OpenIdConnectRedirectBehavior.FormPost },
                Do = scene => scene.OpenAsync("/profile"),
                Ends = new Shows("form", "action=\"https://connect.authentiq.io/authorize\""),
                Seen = (_, page) => page.Body.ShouldContain("name=\"code_challenge\""),
            },
            new("token-refused-at-start", "RFC 6749 10.16", "`ResponseType` is `token`", "the application does not start: an access token proves nothing about who is there")
            {
                On = new() { Options = options => (options.ResponseType, options.ResponseMode) = ("token", "form_post") },
                Ends = new DoesNotStart("RFC 6749 §10.16"),
            },
            new("query-for-tokens-at-start", Encoding + " 3", "`ResponseMode` is `query` and tokens are asked for", "the application does not start")
            {
                On = new() { Options = options => (options.ResponseType, options.ResponseMode) = ("id_token", "query") },
                Ends = new DoesNotStart("a token must not be in a query"),
            },
            Proves("token-for-us", "its access token is a JWT for this client (`aud`)", _ => { }, signsIn: true),
            Proves("token-by-us", "its access token is a JWT that was issued to this client (`azp`)", payload => payload["aud"] = "https://connect.authentiq.io/userinfo", signsIn: true),
            Proves("token-for-others", "its access token is a JWT for another client", payload => payload["aud"] = payload["azp"] = "another-client", signsIn: false),
            Proves("token-of-another-issuer", "its access token is a JWT of another issuer", payload => payload["iss"] = "https://evil.example/", signsIn: false),
            Proves("token-about-another", "userinfo speaks of somebody else than the access token", payload => payload["sub"] = "aq-somebody-else", signsIn: false),
            Proves("token-expired", "its access token has expired", payload => payload["exp"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds(), signsIn: false),
            new("token-opaque", "RFC 6749 10.16", "`token` alone is allowed and the access token is an opaque one", "nobody is signed in, and userinfo is not asked")
            {
                On = AccessTokenAlone,
                Ends = new Refused(AuthentiqErrors.InvalidToken),
                UserInfoCalls = 0,
            },
            new("without-openid", "RFC 6749 4.1", "`openid` is not among the scopes", "userinfo says who it is, asked with the token of our own redemption")
            {
                On = WithoutOpenId,
                Ends = new SignedIn(),
                Twin = "without-openid-and-userinfo",
                UserInfoCalls = 1,
            },
            new("without-openid-and-userinfo", "RFC 6749 4.1", "`openid` is not among the scopes and userinfo fails", "nobody is signed in")
            {
                On = WithoutOpenId,
                Given = scene => scene.Wire.Answer(Wire.UserInfo, "", "text/html", 500),
                Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
            },
            new("without-openid-about-nobody", "OIDC Core 5.3.2", "`openid` is not among the scopes and userinfo has no `sub`", "nobody is signed in")
            {
                On = WithoutOpenId,
                Given = scene => scene.Wire.Edit(Wire.UserInfo, answer => answer.Remove("sub")),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("without-openid-never-at-start", "RFC 6749 4.1", "`openid` is not among the scopes and `UserInfoMode` is `Never`", "the application does not start: nothing could say who it is")
            {
                On = new()
                {
                    Options = options =>
                    {
                        Ask(options, "email");
                        options.UserInfoMode = AuthentiqUserInfoMode.Never;
                    },
                },
                Ends = new DoesNotStart("only userinfo can say who signs in"),
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static Setup With(string type) => new() { IsShared = true, Options = options => (options.ResponseType, options.ResponseMode) = (type, "form_post") };

    private static Row Arrives(string type, string mode) => new($"{type.Replace(' ', '-')}-by-{mode}", "OIDC Core 3; oidcc-client-test", $"the provider answers `{type}` by `{mode}`", "the person is signed in")
    {
        On = new() { Options = options => (options.ResponseType, options.ResponseMode) = (type, mode) },
        Ends = new SignedIn(),
        Twin = type.Contains("id_token", StringComparison.Ordinal) ? "no-promised-id-token" : "no-code",
        Redemptions = type.Contains("code", StringComparison.Ordinal) ? 1 : 0,
        Seen = (scene, _) => scene.Browser.History.Any(url => url.AbsolutePath == "/authorize" && url.Query.Contains("code_challenge_method=S256", StringComparison.Ordinal))
            .ShouldBe(type.Contains("code", StringComparison.Ordinal), "PKCE belongs to every code"),
    };

    private static Row CookieFor(string mode, Setup setup, string sameSite) => new($"cookie-for-{mode}", "RFC 9700 4.7.1", $"a sign-in by `{mode}` begins", $"its cookie says `{sameSite}`, is `httponly` and `secure`, and is sent nowhere else")
    {
        On = setup,
        Do = scene => scene.OpenAsync("/profile"),
        Ends = new Shows("sent to the provider", ""),
        Seen = (_, page) =>
        {
            var cookie = page.Headers.GetValues("Set-Cookie").Single();
            cookie.ShouldContain(sameSite);
            cookie.ShouldContain("secure");
            cookie.ShouldContain("httponly");
        },
    };

    private static Row Proves(string id, string when, Action<IDictionary<string, object>> edit, bool signsIn) => new(id, "RFC 6749 10.16; RFC 9068 4", "`token` alone is allowed and " + when, signsIn ? "the person is signed in" : "nobody is signed in")
    {
        On = AccessTokenAlone,
        Given = scene =>
        {
            scene.OnTheWay(answer => answer["access_token"] = scene.Provider.IssueIdToken(RelyingParty.ClientId, Personas.Alice, draft => edit(draft.Payload)));
            scene.Wire.Answer(Wire.UserInfo, $$"""{"sub":"{{Personas.Alice.Subject}}","name":"Alice Smith","email":"alice@example.test","email_verified":true}""");
        },
        Ends = signsIn ? new SignedIn() : new Refused(AuthentiqErrors.InvalidToken),
        Twin = signsIn ? "token-for-others" : null,
    };

    private static void Ask(AuthentiqOptions options, params string[] scopes)
    {
        options.Scope.Clear();
        foreach (var scope in scopes)
        {
            options.Scope.Add(scope);
        }
    }
}
