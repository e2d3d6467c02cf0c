using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>
/// What a session must know about its beginning, so that a logout finds it and only it. It stays in the ticket through every renewal: the two times are those of the sign-in, never of a
/// refreshed token.
/// </summary>
/// <param name="SubjectKey">The key of the user.</param>
/// <param name="SessionIdKey">The key of the session at the provider; without a <c>sid</c>, the key that all sessions of the user without one share.</param>
/// <param name="IssuedAt">When the ID token was issued, by the provider's clock, in whole seconds.</param>
/// <param name="BeganAt">When the callback arrived, by our clock, with its full precision: a logout may follow within a millisecond.</param>
internal sealed record SessionBinding(string SubjectKey, string SessionIdKey, DateTimeOffset IssuedAt, DateTimeOffset BeganAt)
{
    private const string Item = ".authentiq.session";
    private const int HashBytes = 16;

    /// <summary>The key that sessions and logouts of one session at the provider share.</summary>
    public static string KeyOfSessionId(string issuer, string clientId, string sessionId) => Key("sid", issuer, clientId, sessionId);

    /// <summary>The key for the sessions of a user that began without a <c>sid</c>: a logout of one session at the provider ends them, as any of them may be the one.</summary>
    public static string KeyWithoutSessionId(string issuer, string clientId, string subject) => Key("no-sid", issuer, clientId, subject);

    /// <summary>The key that sessions and logouts of one user share.</summary>
    public static string KeyOfSubject(string issuer, string clientId, string subject) => Key("sub", issuer, clientId, subject);

    /// <summary>What a logout token is remembered by.</summary>
    public static string KeyOfToken(string issuer, string clientId, string tokenId) => Key("jti", issuer, clientId, tokenId);

    /// <summary>Whether a logout ends this session.</summary>
    public bool IsEndedBy(AuthentiqRevocation revocation) => IssuedAt <= revocation.IssuedAt && BeganAt < revocation.ReceivedAt;

    public void WriteTo(AuthenticationProperties properties) =>
        properties.Items[Item] = string.Create(CultureInfo.InvariantCulture, $"{IssuedAt.ToUnixTimeSeconds()} {BeganAt.UtcTicks} {SubjectKey} {SessionIdKey}");

    /// <summary>What a server-side session knows of its sign-in, or <see langword="null"/> when it did not begin with Authentiq.</summary>
    public static SessionBinding? ReadFrom(AuthentiqSession session) =>
        session is { SubjectKey: { } subject, IssuedAt: { } issuedAt } ? new(subject, session.SessionIdKey ?? subject, issuedAt, session.CreatedAt) : null;

    /// <summary>What a ticket holds, or <see langword="null"/> when it was not issued for a sign-in with Authentiq.</summary>
    public static SessionBinding? ReadFrom(AuthenticationProperties properties) =>
        !properties.Items.TryGetValue(Item, out var text) ? null
        : properties.Parameters.TryGetValue(Item, out var known) && known is Parsed parsed && ReferenceEquals(parsed.Text, text) ? parsed.Binding
        : Parse(text);

    /// <summary>The parameters for properties with the same items, so that these are not parsed again.</summary>
    public static Dictionary<string, object?> CreateParameters(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(Item, out var text) && Parse(text) is { } binding ? new(StringComparer.Ordinal) { [Item] = new Parsed(text, binding) } : new(StringComparer.Ordinal);

    private static SessionBinding? Parse(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[5];
        if (text.Split(parts, ' ') != 4
            || !long.TryParse(text[parts[0]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var issuedAt)
            || !long.TryParse(text[parts[1]], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var beganAt))
        {
            return null;
        }

        return new(
            text[parts[2]].ToString(),
            text[parts[3]].ToString(),
            DateTimeOffset.FromUnixTimeSeconds(issuedAt),
            new DateTimeOffset(beganAt, TimeSpan.Zero));
    }

    // By client and issuer, not by scheme: two schemes of one client share what the provider announces to it. The issuer is the one that was validated: two providers share nothing, however
    // the schemes were configured. The lengths keep the parts apart, as any of them may hold any character.
    private static string Key(string kind, string issuer, string clientId, string value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}\n{issuer.Length}:{issuer}{clientId.Length}:{clientId}{value}")), hash);
        return Base64Url.EncodeToString(hash[..HashBytes]);
    }

    private sealed record Parsed(string? Text, SessionBinding Binding)
    {
        // The keys lead to the sessions of a user.
        public override string ToString() => nameof(SessionBinding);
    }
}
