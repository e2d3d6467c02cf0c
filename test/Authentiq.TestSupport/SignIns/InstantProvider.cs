using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.TestSupport;

/// <summary>
/// A provider that does as little as a provider can: it approves every authorization request at once, each for a new user, and signs ID tokens with HS256. It is for measurements, in which the emulator
/// would cost more than what is measured. Client credentials and PKCE are verified.
/// </summary>
/// <param name="clock">The clock for the times in the tokens.</param>
public sealed class InstantProvider(TimeProvider clock) : HttpMessageHandler
{
    private const string Issuer = "https://connect.authentiq.io/";
    private const string ClientId = "the-client";
    private const string ClientSecret = "a-client-secret-of-32-characters";

    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(ClientSecret);
    private static readonly string Header = Base64UrlEncoder.Encode("""{"alg":"HS256","typ":"JWT"}""");
    private static readonly string KeySet = CreateKeySet();

    private readonly ConcurrentDictionary<string, Grant> _grants = new(StringComparer.Ordinal);
    private int _users;

    /// <summary>The key that verifies the ID tokens.</summary>
    public static SecurityKey Key { get; } = new SymmetricSecurityKey(Secret);

    /// <summary>The provider's metadata, for a client that does not fetch it.</summary>
    public static OpenIdConnectConfiguration CreateMetadata() => new()
    {
        Issuer = Issuer,
        AuthorizationEndpoint = Issuer + "authorize",
        TokenEndpoint = Issuer + "token",
        UserInfoEndpoint = Issuer + "userinfo",
        JwksUri = Issuer + "public-keys",
    };

    /// <summary>Makes an application a client of this provider. The client secret is sent by <c>client_secret_post</c>, and the response arrives in the query.</summary>
    public void Configure(OpenIdConnectOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Authority = Issuer;
        options.ClientId = ClientId;
        options.ClientSecret = ClientSecret;
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.BackchannelHttpHandler = this;
        options.Scope.Clear();
        foreach (var scope in Scopes)
        {
            options.Scope.Add(scope);
        }
    }

    /// <summary>Approves an authorization request. Returns the address that the browser is sent to, and the name of the user.</summary>
    /// <param name="request">The address of the authorization request.</param>
    /// <exception cref="InvalidOperationException">The address is not one of this provider.</exception>
    public (string Callback, string UserName) Authorize(string request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.StartsWith(Issuer + "authorize?", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"'{request}' is not an authorization request.");
        }

        var user = Interlocked.Increment(ref _users).ToString(CultureInfo.InvariantCulture);
        var code = "code-" + user;
        _grants[code] = new(user, Uri.UnescapeDataString(Parameter(request, "nonce")), Uri.UnescapeDataString(Parameter(request, "code_challenge")));
        var callback = Uri.UnescapeDataString(Parameter(request, "redirect_uri"));
        return ($"{callback}?code={code}&state={Parameter(request, "state")}&iss={Uri.EscapeDataString(Issuer)}", UserName(user));
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        // A response over a network never arrives on the stack of its request.
        await Task.Yield();
        return request.RequestUri!.AbsolutePath switch
        {
            "/token" => Redeem(QueryHelpers.ParseQuery(await request.Content!.ReadAsStringAsync(cancellationToken))),
            "/public-keys" => Json(HttpStatusCode.OK, KeySet),
            var path => throw new InvalidOperationException($"A request for {path} is not expected."),
        };
    }

    private static string[] Scopes => ["openid", "aq:name", "email~rs", "aq:push"];

    private HttpResponseMessage Redeem(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> form)
    {
        if (form["client_id"] != ClientId || form["client_secret"] != ClientSecret)
        {
            return Json(HttpStatusCode.Unauthorized, """{"error":"invalid_client"}""");
        }

        return _grants.TryRemove(form["code"].ToString(), out var grant)
            && Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == grant.CodeChallenge
            ? Json(HttpStatusCode.OK, $$"""{"access_token":"access-token-{{grant.User}}","token_type":"Bearer","expires_in":3600,"scope":"openid aq:name email aq:push","id_token":"{{IdToken(grant)}}"}""")
            : Json(HttpStatusCode.BadRequest, """{"error":"invalid_grant"}""");
    }

    private string IdToken(Grant grant)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var text = Header + "." + Base64UrlEncoder.Encode($$"""
            {"iss":"{{Issuer}}","aud":"{{ClientId}}","sub":"subject-{{grant.User}}","sid":"session-{{grant.User}}","nonce":"{{grant.Nonce}}","iat":{{now}},"auth_time":{{now}},"exp":{{now + 300}},
             "name":"{{UserName(grant.User)}}","given_name":"User","family_name":"{{grant.User}}","email":"user-{{grant.User}}@example.test","email_verified":true}
            """);
        return text + "." + Base64UrlEncoder.Encode(HMACSHA256.HashData(Secret, Encoding.ASCII.GetBytes(text)));
    }

    private static string UserName(string user) => "User " + user;

    private static string Parameter(string address, string name)
    {
        var start = address.IndexOf($"&{name}=", StringComparison.Ordinal);
        start = start >= 0 ? start : address.IndexOf($"?{name}=", StringComparison.Ordinal);
        if (start < 0)
        {
            throw new InvalidOperationException($"The authorization request has no {name}.");
        }

        start += name.Length + 2;
        var end = address.IndexOf('&', start);
        return end < 0 ? address[start..] : address[start..end];
    }

    private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    // No token is signed with it. Clients of this package fetch the key set when they start.
    private static string CreateKeySet()
    {
        using var rsa = RSA.Create(2048);
        var key = rsa.ExportParameters(includePrivateParameters: false);
        return $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"the-key","n":"{{Base64UrlEncoder.Encode(key.Modulus)}}","e":"{{Base64UrlEncoder.Encode(key.Exponent)}}"}]}""";
    }

    private sealed record Grant(string User, string Nonce, string CodeChallenge);
}
