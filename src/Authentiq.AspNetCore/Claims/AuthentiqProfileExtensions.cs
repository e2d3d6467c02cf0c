using System.Text.Json;
using Authentiq.AspNetCore;

namespace System.Security.Claims;

/// <summary>Extension methods that read the claims of the authenticated user.</summary>
public static class AuthentiqProfileExtensions
{
    /// <summary>Reads the provider's claims of a user.</summary>
    /// <returns>The profile, or <see langword="null"/> when the user is not authenticated or has no <c>sub</c> claim. A value that cannot be read is <see langword="null"/>.</returns>
    public static AuthentiqProfile? GetAuthentiqProfile(this ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);

        string? Text(string type) => principal.FindFirst(type)?.Value is { Length: > 0 } value ? value : null;
        bool Flag(string type) => bool.TryParse(Text(type), out var value) && value;

        return Text(AuthentiqClaimTypes.Subject) is not { } subject || principal.Identity?.IsAuthenticated is not true
            ? null
            : new AuthentiqProfile
            {
                Subject = subject,
                Name = Text(AuthentiqClaimTypes.Name),
                GivenName = Text(AuthentiqClaimTypes.GivenName),
                FamilyName = Text(AuthentiqClaimTypes.FamilyName),
                MiddleName = Text(AuthentiqClaimTypes.MiddleName),
                Nickname = Text(AuthentiqClaimTypes.Nickname),
                PreferredUsername = Text(AuthentiqClaimTypes.PreferredUsername),
                Email = Text(AuthentiqClaimTypes.Email),
                EmailVerified = Flag(AuthentiqClaimTypes.EmailVerified),
                PhoneNumber = Text(AuthentiqClaimTypes.PhoneNumber),
                PhoneNumberVerified = Flag(AuthentiqClaimTypes.PhoneNumberVerified),
                Locale = Text(AuthentiqClaimTypes.Locale),
                ZoneInfo = Text(AuthentiqClaimTypes.ZoneInfo),
                Address = Json<AuthentiqAddress>(Text(AuthentiqClaimTypes.Address)),
                Location = Json<AuthentiqLocation>(Text(AuthentiqClaimTypes.Location)),
                GrantedScopes = GrantedScopes.Read(Text(AuthentiqClaimTypes.Scope)),
            };
    }

    private static T? Json<T>(string? json) where T : class
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
