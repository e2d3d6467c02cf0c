using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A token in the making, as the text of each of its members: so it can say the same thing twice, or something that is no JSON.</summary>
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
