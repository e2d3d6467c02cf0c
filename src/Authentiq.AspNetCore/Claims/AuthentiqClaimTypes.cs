namespace Authentiq.AspNetCore;

/// <summary>The claims of a signed-in person, named as the provider names them (OpenID Connect Core 1.0 §5.1).</summary>
public static class AuthentiqClaimTypes
{
    /// <summary>Who it is, for this application and for ever: the key to store.</summary>
    public const string Subject = "sub";

    /// <summary>The session at the provider, which a remote sign-out names.</summary>
    public const string SessionId = "sid";

    /// <summary>When the person approved, in seconds since 1970.</summary>
    public const string AuthenticationTime = "auth_time";

    /// <summary>The scopes that the person granted, separated by spaces.</summary>
    public const string Scope = "scope";

    /// <summary>A role: none comes from the provider; <c>User.IsInRole</c> reads this type.</summary>
    public const string Role = "role";

    /// <summary>Full name; <c>User.Identity.Name</c>.</summary>
    public const string Name = "name";

    /// <summary>First name or names.</summary>
    public const string GivenName = "given_name";

    /// <summary>Last name or names.</summary>
    public const string FamilyName = "family_name";

    /// <summary>Middle name or names.</summary>
    public const string MiddleName = "middle_name";

    /// <summary>Casual name.</summary>
    public const string Nickname = "nickname";

    /// <summary>The name by which the person likes to be known. Not unique, not for ever.</summary>
    public const string PreferredUsername = "preferred_username";

    /// <summary>E-mail address.</summary>
    public const string Email = "email";

    /// <summary>Whether the e-mail address is verified: <c>true</c> or <c>false</c>.</summary>
    public const string EmailVerified = "email_verified";

    /// <summary>Phone number.</summary>
    public const string PhoneNumber = "phone_number";

    /// <summary>Whether the phone number is verified: <c>true</c> or <c>false</c>.</summary>
    public const string PhoneNumberVerified = "phone_number_verified";

    /// <summary>What kind of phone number it is, such as <c>mobile</c>.</summary>
    public const string PhoneType = "phone_type";

    /// <summary>Postal address, a JSON object.</summary>
    public const string Address = "address";

    /// <summary>Language and region, a BCP 47 tag.</summary>
    public const string Locale = "locale";

    /// <summary>Time zone, such as <c>Europe/Amsterdam</c>.</summary>
    public const string ZoneInfo = "zoneinfo";

    /// <summary>Where the phone was, a JSON object.</summary>
    public const string Location = "aq:location";
}
