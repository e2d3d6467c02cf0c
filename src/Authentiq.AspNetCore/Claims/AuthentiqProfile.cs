namespace Authentiq.AspNetCore;

/// <summary>The claims of the authenticated user, as <c>User.GetAuthentiqProfile()</c> returns them. Values that were not requested or not granted are <see langword="null"/>.</summary>
public sealed record AuthentiqProfile
{
    /// <summary>The subject identifier: the permanent identifier of the user at this provider. Use it as the key of the user.</summary>
    public required string Subject { get; init; }

    /// <summary>Full name.</summary>
    public string? Name { get; init; }

    /// <summary>First name or names.</summary>
    public string? GivenName { get; init; }

    /// <summary>Last name or names.</summary>
    public string? FamilyName { get; init; }

    /// <summary>Middle name or names.</summary>
    public string? MiddleName { get; init; }

    /// <summary>Casual name.</summary>
    public string? Nickname { get; init; }

    /// <summary>The user name that the user prefers. It is not unique and can change.</summary>
    public string? PreferredUsername { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the provider has verified the e-mail address. <see langword="false"/> if the claim is missing.</summary>
    public bool EmailVerified { get; init; }

    /// <summary>Phone number.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>Whether the provider has verified the phone number. <see langword="false"/> if the claim is missing.</summary>
    public bool PhoneNumberVerified { get; init; }

    /// <summary>Language and region, a BCP 47 tag.</summary>
    public string? Locale { get; init; }

    /// <summary>Time zone, such as <c>Europe/Amsterdam</c>.</summary>
    public string? ZoneInfo { get; init; }

    /// <summary>Postal address.</summary>
    public AuthentiqAddress? Address { get; init; }

    /// <summary>The location of the phone at the sign-in.</summary>
    public AuthentiqLocation? Location { get; init; }

    /// <summary>The scopes that the user granted, without modifiers.</summary>
    public required IReadOnlySet<string> GrantedScopes { get; init; }
}
