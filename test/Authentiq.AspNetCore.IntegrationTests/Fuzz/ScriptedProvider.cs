using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The provider on the backchannel: it returns the scripted responses of each sign-in.</summary>
internal sealed class ScriptedProvider : HttpMessageHandler
{
    public const string Issuer = "https://connect.authentiq.io/";
    public const string ClientId = "the-client";
    public const string ClientSecret = $"a-client-secret-{SecretGuard.Mark}-of-many-characters";

    private const string Discovery = $$"""
        {"issuer":"{{Issuer}}","authorization_endpoint":"{{Issuer}}authorize","token_endpoint":"{{Issuer}}token","userinfo_endpoint":"{{Issuer}}userinfo",
         "jwks_uri":"{{Issuer}}public-keys","authorization_response_iss_parameter_supported":true}
        """;

    private static readonly string Keys = CreateKeys();

    private readonly ConcurrentDictionary<string, Attempt> _attempts = new(StringComparer.Ordinal);

    public void Begin(Attempt attempt) => _attempts[attempt.Code] = _attempts["Bearer " + attempt.AccessToken] = attempt;

    public void End(Attempt attempt)
    {
        _attempts.TryRemove(attempt.Code, out _);
        _attempts.TryRemove("Bearer " + attempt.AccessToken, out _);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => request.RequestUri!.AbsolutePath switch
    {
        "/.well-known/openid-configuration" => new BackchannelResponse(Discovery).Create(),
        "/public-keys" => new BackchannelResponse(Keys).Create(),
        "/token" => Redeem(await request.Content!.ReadAsStringAsync(cancellationToken)),
        "/userinfo" => _attempts.TryGetValue(request.Headers.Authorization!.ToString(), out var attempt) ? attempt.UserInfoResponse.Create() : new(HttpStatusCode.Unauthorized),
        var path => throw new InvalidOperationException($"Unexpected request for {path}."),
    };

    private HttpResponseMessage Redeem(string form)
    {
        var request = QueryHelpers.ParseQuery(form);
        return _attempts.TryGetValue(request["code"].ToString(), out var attempt) && attempt.MayRedeem(request["code_verifier"].ToString())
            ? attempt.TokenResponse.Create()
            : new BackchannelResponse("""{"error":"invalid_grant"}""") { Status = 400 }.Create();
    }

    private static string CreateKeys()
    {
        using var rsa = RSA.Create(2048);
        var key = rsa.ExportParameters(includePrivateParameters: false);
        return $$"""{"keys":[{"kty":"RSA","use":"sig","kid":"the-key","n":"{{Base64UrlEncoder.Encode(key.Modulus)}}","e":"{{Base64UrlEncoder.Encode(key.Exponent)}}"}]}""";
    }
}
