namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>One way to sign in; each is a scheme of the application under test.</summary>
internal sealed record Shape(string Scheme, string ResponseType, string ResponseMode)
{
    public static readonly IReadOnlyList<Shape> OfCallbacks =
    [
        new("CodeQuery", "code", "query"),
        new("CodeQueryWithoutIss", "code", "query") { AnnouncesIssuer = false },
        new("CodeForm", "code", "form_post"),
        new("CodeFragment", "code", "fragment"),
        new("IdTokenFragment", "id_token", "fragment"),
        new("TokenIdTokenForm", "token id_token", "form_post"),
        new("CodeIdTokenFragment", "code id_token", "fragment"),
        new("CodeTokenForm", "code token", "form_post"),
        new("CodeTokenIdTokenForm", "code token id_token", "form_post"),
        new("PlainOAuth", "code", "query") { Scope = "aq:name email~rs" },
        new("TokenForm", "token", "form_post") { Scope = "aq:name email~rs" },
    ];

    public static readonly IReadOnlyList<Shape> OfTokenResponses =
    [
        OfCallbacks[0],
        OfCallbacks[9],
        new("MaxAge", "code", "query") { MaxAge = TimeSpan.FromMinutes(5) },
        new("SavedTokens", "code", "query") { SavesTokens = true },
    ];

    public static readonly IReadOnlyList<Shape> OfUserInfoResponses =
    [
        new("UserInfo", "code", "query") { UserInfoMode = AuthentiqUserInfoMode.Always },
        new("UserInfoRequired", "code", "query") { UserInfoMode = AuthentiqUserInfoMode.Always, RequiresUserInfo = true },
        OfCallbacks[9],
    ];

    public static IEnumerable<Shape> All => OfCallbacks.Concat(OfTokenResponses).Concat(OfUserInfoResponses).Distinct();

    public string Scope { get; init; } = "openid aq:name email~rs";

    /// <summary>Whether the metadata announces the issuer in responses (RFC 9207).</summary>
    public bool AnnouncesIssuer { get; init; } = true;

    public TimeSpan? MaxAge { get; init; }

    public bool SavesTokens { get; init; }

    public AuthentiqUserInfoMode UserInfoMode { get; init; }

    public bool RequiresUserInfo { get; init; }

    public string CallbackPath => "/signin-" + Scheme;

    public bool IsForm => ResponseMode is not "query";

    public bool HasOpenId => Scope.StartsWith("openid", StringComparison.Ordinal);

    public bool Brings(string part) => ResponseType.Split(' ').Contains(part, StringComparer.Ordinal);

    public void Configure(AuthentiqOptions options)
    {
        options.ClientId = ScriptedProvider.ClientId;
        options.ClientSecret = ScriptedProvider.ClientSecret;
        (options.ResponseType, options.ResponseMode, options.CallbackPath) = (ResponseType, ResponseMode, CallbackPath);
        (options.MaxAge, options.SaveTokens, options.UserInfoMode, options.RequireUserInfo) = (MaxAge, SavesTokens, UserInfoMode, RequiresUserInfo);
        (options.SignedOutCallbackPath, options.RemoteSignOutPath) = ("/signed-out-" + Scheme, "/remote-" + Scheme);
        options.AllowSignInByAccessToken = ResponseType is "token";
        options.MetadataMode = AnnouncesIssuer ? AuthentiqMetadataMode.Discovery : AuthentiqMetadataMode.BuiltIn;
        options.Scope.Clear();
        Scope.Split(' ').ToList().ForEach(options.Scope.Add);
    }

    public override string ToString() => Scheme;
}
