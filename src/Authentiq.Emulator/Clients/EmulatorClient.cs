using System.Security.Cryptography;
using System.Text;

namespace Authentiq.Emulator;

/// <summary>A registered client, with the metadata of OpenID Connect Dynamic Client Registration.</summary>
public sealed class EmulatorClient
{
    private string _clientId = "";
    private string? _name;

    internal EmulatorClient()
    {
    }

    /// <summary>The client id. It cannot change after the registration.</summary>
    public string ClientId
    {
        get => _clientId;
        set => _clientId = IsRegistered
            ? throw new InvalidOperationException($"The client {_clientId} is registered; its id cannot change.")
            : value;
    }

    /// <summary>The client secret, at least one character unless the client is public. It is also the key for HS256.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The name on the pages of the emulator. Default: the client id.</summary>
    public string Name
    {
        get => _name ?? ClientId;
        set => _name = value;
    }

    /// <summary>The redirect URIs, compared exactly.</summary>
    public IList<string> RedirectUris { get; } = [];

    /// <summary>The addresses to which a browser can return after a sign-out, compared exactly.</summary>
    public IList<string> PostLogoutRedirectUris { get; } = [];

    /// <summary>
    /// Where a logout token is posted when a session of this client ends, the registration's <c>backchannel_logout_uri</c>: an
    /// absolute http or https address without a fragment (OIDC Back-Channel Logout §2.2). Default: null, no logout token is sent.
    /// </summary>
    /// <exception cref="ArgumentException">The address is not valid.</exception>
    public string? BackChannelLogoutUri
    {
        get;
        set => field = WebAddress(value, "backchannel_logout_uri");
    }

    /// <summary>
    /// Whether the client requires a <c>sid</c> in a logout token, the registration's
    /// <c>backchannel_logout_session_required</c>. The emulator always sends one. Default: false.
    /// </summary>
    public bool BackChannelLogoutSessionRequired { get; set; }

    /// <summary>
    /// The page that ends the client's session when a browser loads it, the registration's <c>frontchannel_logout_uri</c>: an
    /// absolute http or https address without a fragment. A sign-out by another client loads it in a hidden frame, with
    /// <c>iss</c> and <c>sid</c> (OIDC Front-Channel Logout §2). Default: null.
    /// </summary>
    /// <exception cref="ArgumentException">The address is not valid.</exception>
    public string? FrontChannelLogoutUri
    {
        get;
        set => field = WebAddress(value, "frontchannel_logout_uri");
    }

    /// <summary>
    /// The path of the logout endpoint, for an application whose address is not known before it signs a user in; <see langword="null"/> if the address is registered.
    /// </summary>
    internal string? RemoteSignOutPath { get; set; }

    /// <summary>The test mode of the provider: any http or https address is accepted, registered or not. Default: false.</summary>
    public bool TestMode { get; set; }

    /// <summary>One of <see cref="SigningAlgorithms"/>. Default: RS256, as in the specification.</summary>
    public string IdTokenSignedResponseAlg
    {
        get;
        set => field = OneOf(SigningAlgorithms.All, value, "id_token_signed_response_alg");
    } = SigningAlgorithms.RS256;

    /// <summary>
    /// One of <see cref="SigningAlgorithms"/> except none, the registration's <c>userinfo_signed_response_alg</c>: userinfo then
    /// returns a JWT of type <c>application/jwt</c> (OIDC Core §5.3.2). Default: null, plain JSON.
    /// </summary>
    /// <exception cref="ArgumentException">The algorithm is not one of them.</exception>
    public string? UserInfoSignedResponseAlg
    {
        get;
        set => field = value is null ? null : OneOf(SigningAlgorithms.Signed, value, "userinfo_signed_response_alg");
    }

    /// <summary>One of <see cref="TokenEndpointAuthMethods"/>. Default: client_secret_basic.</summary>
    public string TokenEndpointAuthMethod
    {
        get;
        set => field = OneOf(TokenEndpointAuthMethods.All, value, "token_endpoint_auth_method");
    } = TokenEndpointAuthMethods.ClientSecretBasic;

    /// <summary>The response types the client may ask for. Default: all response types of the provider.</summary>
    public IList<string> ResponseTypes { get; } = [.. ResponseType.All];

    internal bool IsRegistered { get; set; }

    /// <summary>Whether the client is public and has no secret.</summary>
    internal bool IsPublic => TokenEndpointAuthMethod == TokenEndpointAuthMethods.None;

    internal bool AllowsRedirectUri(string uri) => Allows(RedirectUris, uri);

    internal bool AllowsPostLogoutRedirectUri(string uri) => Allows(PostLogoutRedirectUris, uri);

    internal bool AllowsResponseType(ResponseType type) =>
        ResponseTypes.Any(allowed => ResponseType.TryParse(allowed, out var known) && known == type);

    internal bool HasSecret(string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(ClientSecret), Encoding.UTF8.GetBytes(secret));

    /// <summary>The algorithm of an ID token: a token that passes through a browser is always signed with a key of the provider.</summary>
    internal string IdTokenAlgorithm(bool frontChannel) =>
        frontChannel && IdTokenSignedResponseAlg is SigningAlgorithms.HS256 or SigningAlgorithms.None
            ? SigningAlgorithms.RS256
            : IdTokenSignedResponseAlg;

    /// <summary>The algorithm of a logout token. It is never unsigned (OIDC Back-Channel Logout §2.4).</summary>
    internal string LogoutTokenAlgorithm =>
        IdTokenSignedResponseAlg == SigningAlgorithms.None ? SigningAlgorithms.RS256 : IdTokenSignedResponseAlg;

    /// <summary>Derives <see cref="BackChannelLogoutUri"/> from the redirect URI of a sign-in. Without a registration, only a loopback address is trusted.</summary>
    internal void LearnLogoutUri(string redirectUri)
    {
        if (RemoteSignOutPath is { } path && Uri.TryCreate(redirectUri, UriKind.Absolute, out var address) && address.IsLoopback)
        {
            BackChannelLogoutUri = new Uri(address, path).AbsoluteUri;
        }
    }

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(ClientId);
        ValidateSecret();
        foreach (var uri in RedirectUris.Concat(PostLogoutRedirectUris))
        {
            if (!RedirectUri.IsAcceptable(uri))
            {
                throw new ArgumentException($"{uri} is not a valid redirect URI. Use an absolute address without a fragment.");
            }
        }

        foreach (var type in ResponseTypes)
        {
            if (!ResponseType.TryParse(type, out _))
            {
                throw new ArgumentException($"'{type}' is not a response type of the provider.");
            }
        }
    }

    private void ValidateSecret()
    {
        if (!IsPublic)
        {
            ArgumentException.ThrowIfNullOrEmpty(ClientSecret);
        }
        else if (SigningAlgorithms.HS256 == IdTokenSignedResponseAlg || SigningAlgorithms.HS256 == UserInfoSignedResponseAlg)
        {
            throw new ArgumentException("A public client has no secret and cannot use HS256.");
        }
    }

    private bool Allows(IList<string> registered, string uri) =>
        RedirectUri.IsAcceptable(uri) && (registered.Contains(uri) || (TestMode && RedirectUri.IsWeb(uri)));

    private static string? WebAddress(string? value, string parameter) => value is null || (RedirectUri.IsAcceptable(value) && RedirectUri.IsWeb(value))
        ? value
        : throw new ArgumentException($"'{value}' is not a valid {parameter}. Use an absolute http or https address without a fragment.");

    private static string OneOf(string[] known, string value, string parameter) => known.Contains(value, StringComparer.Ordinal)
        ? value
        : throw new ArgumentException($"'{value}' is not a {parameter} of the provider. Supported values: {string.Join(", ", known)}.");
}
