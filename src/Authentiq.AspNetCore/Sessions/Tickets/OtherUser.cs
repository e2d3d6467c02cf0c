using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>
/// The user of a session that did not begin with Authentiq, so that the number of sessions has a maximum for each user. Users of different cookie schemes, sign-in handlers or claim issuers are different
/// users. No logout token leads to the key.
/// </summary>
internal static class OtherUser
{
    private const int HashBytes = 16;

    /// <summary>The key of the user, or <see langword="null"/> when the principal has neither <c>sub</c> nor a name identifier.</summary>
    public static string? KeyOf(AuthenticationTicket ticket)
    {
        if (Identifier(ticket.Principal) is not { Value.Length: > 0 } identifier)
        {
            return null;
        }

        ticket.Properties.Items.TryGetValue(SessionScheme.Key, out var handler);
        var parts = new[] { ticket.AuthenticationScheme, handler, identifier.Issuer, identifier.Type, identifier.Value };
        var text = "other\n" + string.Concat(parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part}")));
        return Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..HashBytes]);
    }

    /// <summary>The claim that identifies a user.</summary>
    public static Claim? Identifier(ClaimsPrincipal user) => user.FindFirst(JwtRegisteredClaimNames.Sub) ?? user.FindFirst(ClaimTypes.NameIdentifier);
}
