using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A token to be created, as the text of its members, so that members can be repeated or invalid JSON.</summary>
internal sealed class Jwt(JsonText payload)
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(ScriptedProvider.ClientSecret);

    public JsonText Header { get; } = new JsonText().Set("alg", "\"HS256\"").Set("typ", "\"JWT\"");

    public JsonText Payload { get; } = payload;

    /// <summary>What is done to the finished token.</summary>
    public Func<string, string> Finish { get; set; } = token => token;

    /// <summary>The half of a hash that binds a code or an access token to an ID token (OpenID Connect Core 1.0 §3.1.3.6).</summary>
    public static string HalfHash(string value) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(value)).AsSpan(0, 16).ToArray());

    public string Sign()
    {
        var text = Base64UrlEncoder.Encode(Header.ToString()) + "." + Base64UrlEncoder.Encode(Payload.ToString());
        return Finish(text + "." + Base64UrlEncoder.Encode(HMACSHA256.HashData(Secret, Encoding.ASCII.GetBytes(text))));
    }
}
