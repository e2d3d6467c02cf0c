using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// What a session must know about its beginning, so that a logout finds it and only it. It stays in the ticket through every renewal: the two times are those of the sign-in, never of a
/// refreshed token.
/// </summary>
/// <param name="SubjectKey">The key of the person.</param>
/// <param name="SessionIdKey">The key of the session at the provider, if it named one.</param>
/// <param name="IssuedAt">When the ID token was issued, by the provider's clock, in whole seconds.</param>
/// <param name="BeganAt">When the callback arrived, by our clock, in milliseconds.</param>
internal sealed record SessionFacts(string SubjectKey, string? SessionIdKey, DateTimeOffset IssuedAt, DateTimeOffset BeganAt)
{
    private const string Item = ".authentiq.session";
    private const int HashBytes = 16;

    /// <summary>The key under which sessions and logouts of one session at the provider meet.</summary>
    public static string KeyOfSessionId(AuthentiqOptions options, string sessionId) => Key(options, "sid", sessionId);

    /// <summary>The key under which sessions and logouts of one person meet.</summary>
    public static string KeyOfSubject(AuthentiqOptions options, string subject) => Key(options, "sub", subject);

    /// <summary>What a logout token is remembered by.</summary>
    public static string KeyOfToken(AuthentiqOptions options, string tokenId) => Key(options, "jti", tokenId);

    /// <summary>Whether a logout ends this session.</summary>
    public bool IsEndedBy(AuthentiqRevocation revocation) => IssuedAt <= revocation.IssuedAt && BeganAt < revocation.ReceivedAt;

    public void Keep(AuthenticationProperties properties) =>
        properties.Items[Item] = string.Create(CultureInfo.InvariantCulture, $"{IssuedAt.ToUnixTimeSeconds()} {BeganAt.ToUnixTimeMilliseconds()} {SubjectKey} {SessionIdKey}");

    /// <summary>What a session on the server knows, or <see langword="null"/> when it did not begin with Authentiq.</summary>
    public static SessionFacts? Of(AuthentiqSession session) =>
        session is { SubjectKey: { } subject, IssuedAt: { } issuedAt } ? new(subject, session.SessionIdKey, issuedAt, session.BeganAt) : null;

    public static SessionFacts? Of(AuthenticationProperties properties) => properties.Items.TryGetValue(Item, out var text) ? Parse(text) : null;

    private static SessionFacts? Parse(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[5];
        if (text.Split(parts, ' ') != 4
            || !long.TryParse(text[parts[0]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var issuedAt)
            || !long.TryParse(text[parts[1]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var beganAt))
        {
            return null;
        }

        var sessionId = text[parts[3]];
        return new(
            text[parts[2]].ToString(),
            sessionId.IsEmpty ? null : sessionId.ToString(),
            DateTimeOffset.FromUnixTimeSeconds(issuedAt),
            DateTimeOffset.FromUnixTimeMilliseconds(beganAt));
    }

    // By client and provider, not by scheme: two schemes of one client share what the provider announces to it.
    private static string Key(AuthentiqOptions options, string kind, string value) =>
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Authority?.TrimEnd('/')}\n{options.ClientId}\n{kind}\n{value}"))[..HashBytes]);
}
