using System.Text.Json.Serialization;

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

/// <summary>A postal address (OpenID Connect Core 1.0 §5.1.1).</summary>
public sealed record AuthentiqAddress
{
    /// <summary>The whole address, ready for a label; lines separated by line breaks.</summary>
    [JsonPropertyName("formatted")]
    public string? Formatted { get; init; }

    /// <summary>Street, house number and the like.</summary>
    [JsonPropertyName("street_address")]
    public string? StreetAddress { get; init; }

    /// <summary>City or place.</summary>
    [JsonPropertyName("locality")]
    public string? Locality { get; init; }

    /// <summary>Province or region.</summary>
    [JsonPropertyName("region")]
    public string? Region { get; init; }

    /// <summary>State.</summary>
    [JsonPropertyName("state")]
    public string? State { get; init; }

    /// <summary>Postal code.</summary>
    [JsonPropertyName("postal_code")]
    public string? PostalCode { get; init; }

    /// <summary>Country.</summary>
    [JsonPropertyName("country")]
    public string? Country { get; init; }
}

/// <summary>Where a phone was.</summary>
public sealed record AuthentiqLocation
{
    /// <summary>Degrees north.</summary>
    [JsonPropertyName("latitude")]
    public double? Latitude { get; init; }

    /// <summary>Degrees east.</summary>
    [JsonPropertyName("longitude")]
    public double? Longitude { get; init; }

    /// <summary>How far off it may be, in metres.</summary>
    [JsonPropertyName("accuracy")]
    public double? Accuracy { get; init; }

    /// <summary>The address of the place.</summary>
    [JsonPropertyName("address")]
    public AuthentiqAddress? Address { get; init; }
}
