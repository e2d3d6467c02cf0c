using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.Emulator;

/// <summary>
/// The <c>session_state</c> of an authorization response. It is valid while the session of the browser lasts, for one client and origin
/// (OIDC Session Management §3).
/// </summary>
internal static class SessionState
{
    public static string Create(string clientId, string redirectUri, EmulatorSession session) =>
        Salted(clientId, RedirectUri.Origin(redirectUri) ?? "", session, RandomKey.Create(12));

    public static bool IsWellFormed(string value) => value.Split('.') is [{ Length: > 0 }, { Length: > 0 }];

    public static bool IsUnchanged(string value, string clientId, string origin, EmulatorSession? session) =>
        session is not null && value == Salted(clientId, origin, session, value.Split('.')[1]);

    private static string Salted(string clientId, string origin, EmulatorSession session, string salt) =>
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{clientId} {origin} {session.Key} {salt}"))) + "." + salt;
}
