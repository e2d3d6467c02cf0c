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

    internal static Topic Topic { get; } = new("Response types and modes", "The response of the provider, and how it is sent. The code is bound to the sign-in by PKCE in all flows.")
    {
        Rows =
        [
            .. from type in Types from mode in new[] { "fragment", "form_post" } select Arrives(type, mode),
            Arrives("code", "query"),
            new("no-code", "OIDC Core 3.1.2.5", "the response contains no code", "the sign-in fails")
            {
                Given = scene => scene.OnTheWay(response => response.Remove("code")),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("no-promised-id-token", Encoding + " 5; OIDC Core 3.3.2.5", "`code id_token` was requested, and the ID token is missing", "the code is not redeemed, because its hash is missing")
            {
                On = Hybrid,
                Given = scene => scene.OnTheWay(response => response.Remove("id_token")),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("no-promised-code", Encoding + " 5", "`code id_token` was requested, and the code is missing", "the sign-in fails")
            {
                On = Hybrid,
                Given = scene => scene.OnTheWay(response => response.Remove("code")),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("no-promised-token", Encoding + " 3", "`code token` was requested, and the access token is missing", "the sign-in fails")
            {
                On = CodeAndToken,
                Given = scene => scene.OnTheWay(response => response.Remove("access_token")),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("id-token-injected", "RFC 9700 4.5", "the response contains a code, and an ID token that was not requested", "the response is refused before the code is redeemed")
            {
                On = ByForm,
                Given = scene => scene.OnTheWay(response => response["id_token"] = scene.Provider.IssueIdToken(RelyingParty.ClientId, Personas.Bob)),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("access-token-injected", "RFC 9700 4.6", "the response contains an ID token, and an access token that was not requested", "the response is refused")
            {
                On = Hybrid,
                Given = scene => scene.OnTheWay(response => response["access_token"] = "somebody-elses-token"),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("code-injected", "RFC 9700 4.5", "the response contains tokens, and a code that was not requested", "the response is refused")
            {
                On = Implicit,
                Given = scene => scene.OnTheWay(response => response["code"] = "somebody-elses-code"),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("stolen-code", "RFC 7636; RFC 9700 4.5", "the code of another sign-in is inserted into the response", "the provider refuses it by PKCE, and the sign-in of the user is restarted")
            {
                Do = async scene =>
                {
                    var stolen = (await scene.ReadResponseAsync())["code"];
                    var own = await scene.ReadResponseAsync();
                    own["code"] = stolen;
                    return await scene.DeliverAsync(own);
                },
                Ends = new SignedIn(),
                Twin = "no-code",
                Redemptions = 2,
                Seen = (scene, _) => scene.Warnings("SignInRecovered").ShouldContain("refused the code"),
            },
            new("tokens-in-query", Encoding + " 3; RFC 9700 4.3.2", "a response with tokens is sent in the query", "it is refused: a query is stored in logs and in the browser history")
            {
                On = Implicit,
                Given = scene => scene.OnTheWay(response => response.Mode = CallbackResponse.Query),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
            },
            new("id-token-in-code-query", Encoding + " 3", "a code response in the query contains an ID token", "it is refused")
            {
                Given = scene => scene.OnTheWay(response => response["id_token"] = scene.Provider.IssueIdToken(RelyingParty.ClientId, Personas.Alice)),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("post-for-query", "OIDC Core 3.1.2.5", "`query` was requested, and the response is posted", "it is refused")
            {
                Given = scene => scene.OnTheWay(response => response.Mode = CallbackResponse.FormPost),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("get-for-form-post", "Form Post Response Mode 2", "`form_post` was requested, and the response is sent in the query", "it is refused")
            {
                On = ByForm,
                Given = scene => scene.OnTheWay(response => response.Mode = CallbackResponse.Query),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("get-for-fragment", Encoding + " 2.1", "`fragment` was requested, and the response is sent in the query", "it is refused")
            {
                On = ByFragment,
                Given = scene => scene.OnTheWay(response => response.Mode = CallbackResponse.Query),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("half-in-query", "Form Post Response Mode 2", "a part of a posted response is in the query", "it is refused")
            {
                On = ByForm,
                Given = scene => scene.OnTheWay(response => (response.Address, _) = (response.Address + "?state=" + Uri.EscapeDataString(response["state"]!), 0)),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("mac-in-front", "RFC 6749 7.1", "the response contains an access token of a type other than Bearer", "it is refused")
            {
                On = Implicit,
                Given = scene => scene.OnTheWay(response => response["token_type"] = "mac"),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
            },
            new("fragment-page", "RFC 9700 4.3.2", "the response is in the fragment", "a constant page posts it to the application; its content security policy allows only its own script")
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
            new("token-refused-at-start", "RFC 6749 10.16", "`ResponseType` is `token`", "the application does not start: an access token does not authenticate a user")
            {
                On = new() { Options = options => (options.ResponseType, options.ResponseMode) = ("token", "form_post") },
                Ends = new DoesNotStart("RFC 6749 §10.16"),
            },
            new("query-for-tokens-at-start", Encoding + " 3", "`ResponseMode` is `query` and tokens are requested", "the application does not start")
            {
                On = new() { Options = options => (options.ResponseType, options.ResponseMode) = ("id_token", "query") },
                Ends = new DoesNotStart("a token must not be in a query"),
            },
            Proves("token-for-us", "its access token is a JWT for this client (`aud`)", _ => { }, signsIn: true),
            Proves("token-by-us", "its access token is a JWT that was issued to this client (`azp`)", payload => payload["aud"] = "https://connect.authentiq.io/userinfo", signsIn: true),
            Proves("token-for-others", "its access token is a JWT for another client", payload => payload["aud"] = payload["azp"] = "another-client", signsIn: false),
            Proves("token-of-another-issuer", "its access token is a JWT of another issuer", payload => payload["iss"] = "https://evil.example/", signsIn: false),
            Proves("token-about-another", "userinfo identifies another user than the access token", payload => payload["sub"] = "aq-somebody-else", signsIn: false),
            Proves("token-expired", "its access token has expired", payload => payload["exp"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds(), signsIn: false),
            new("token-opaque", "RFC 6749 10.16", "`token` alone is allowed and the access token is opaque", "the sign-in fails, and userinfo is not called")
            {
                On = AccessTokenAlone,
                Ends = new Refused(AuthentiqErrors.InvalidToken),
                UserInfoCalls = 0,
            },
            new("without-openid", "RFC 6749 4.1", "`openid` is not among the scopes", "userinfo identifies the user, called with the access token of the token endpoint")
            {
                On = WithoutOpenId,
                Ends = new SignedIn(),
                Twin = "without-openid-and-userinfo",
                UserInfoCalls = 1,
            },
            new("without-openid-and-userinfo", "RFC 6749 4.1", "`openid` is not among the scopes and userinfo fails", "the sign-in fails")
            {
                On = WithoutOpenId,
                Given = scene => scene.Wire.Return(Wire.UserInfo, "", "text/html", 500),
                Ends = new Refused(AuthentiqErrors.ProviderUnavailable),
            },
            new("without-openid-without-sub", "OIDC Core 5.3.2", "`openid` is not among the scopes and userinfo has no `sub`", "the sign-in fails")
            {
                On = WithoutOpenId,
                Given = scene => scene.Wire.Edit(Wire.UserInfo, response => response.Remove("sub")),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("without-openid-never-at-start", "RFC 6749 4.1", "`openid` is not among the scopes and `UserInfoMode` is `Never`", "the application does not start: nothing would identify the user")
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

    private static Row Arrives(string type, string mode) => new($"{type.Replace(' ', '-')}-by-{mode}", "OIDC Core 3; oidcc-client-test", $"the provider returns `{type}` by `{mode}`", "the user is signed in")
    {
        On = new() { Options = options => (options.ResponseType, options.ResponseMode) = (type, mode) },
        Ends = new SignedIn(),
        Twin = type.Contains("id_token", StringComparison.Ordinal) ? "no-promised-id-token" : "no-code",
        Redemptions = type.Contains("code", StringComparison.Ordinal) ? 1 : 0,
        Seen = (scene, _) => scene.Browser.History.Any(url => url.AbsolutePath == "/authorize" && url.Query.Contains("code_challenge_method=S256", StringComparison.Ordinal))
            .ShouldBe(type.Contains("code", StringComparison.Ordinal), "PKCE belongs to every code"),
    };

    private static Row CookieFor(string mode, Setup setup, string sameSite) => new($"cookie-for-{mode}", "RFC 9700 4.7.1", $"a sign-in with `{mode}` starts", $"its cookie has `{sameSite}`, is `httponly` and `secure`, and is limited to this host")
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

    private static Row Proves(string id, string when, Action<IDictionary<string, object>> edit, bool signsIn) => new(id, "RFC 6749 10.16; RFC 9068 4", "`token` alone is allowed and " + when, signsIn ? "the user is signed in" : "the sign-in fails")
    {
        On = AccessTokenAlone,
        Given = scene =>
        {
            scene.OnTheWay(response => response["access_token"] = scene.Provider.IssueIdToken(RelyingParty.ClientId, Personas.Alice, draft => edit(draft.Payload)));
            scene.Wire.Return(Wire.UserInfo, $$"""{"sub":"{{Personas.Alice.Subject}}","name":"Alice Smith","email":"alice@example.test","email_verified":true}""");
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
