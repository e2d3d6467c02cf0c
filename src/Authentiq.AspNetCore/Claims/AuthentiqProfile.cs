namespace Authentiq.AspNetCore;

/// <summary>Who is signed in, as the provider's claims say: <c>User.GetAuthentiqProfile()</c>. What was not asked for, or not granted, is <see langword="null"/>.</summary>
public sealed record AuthentiqProfile
{
    /// <summary>Who it is, for this application and for ever: the key to store.</summary>
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

    /// <summary>The name by which the person likes to be known. Not unique.</summary>
    public string? PreferredUsername { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Whether the provider has verified the e-mail address. False too when it did not say.</summary>
    public bool EmailVerified { get; init; }

    /// <summary>Phone number.</summary>
    public string? PhoneNumber { get; init; }

    /// <summary>Whether the provider has verified the phone number. False too when it did not say.</summary>
    public bool PhoneNumberVerified { get; init; }

    /// <summary>Language and region, a BCP 47 tag.</summary>
    public string? Locale { get; init; }

    /// <summary>Time zone, such as <c>Europe/Amsterdam</c>.</summary>
    public string? ZoneInfo { get; init; }

    /// <summary>Postal address.</summary>
    public AuthentiqAddress? Address { get; init; }

    /// <summary>Where the phone was at the sign-in.</summary>
    public AuthentiqLocation? Location { get; init; }

    /// <summary>The scopes that the person granted, without modifiers.</summary>
    public required IReadOnlySet<string> GrantedScopes { get; init; }
}
