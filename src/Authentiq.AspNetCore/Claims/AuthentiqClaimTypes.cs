namespace Authentiq.AspNetCore;

/// <summary>Types of the user's claims, as the provider names them (OpenID Connect Core 1.0 §5.1).</summary>
public static class AuthentiqClaimTypes
{
    /// <summary>The subject identifier: the permanent identifier of the user at this provider. Use it as the key of the user.</summary>
    public const string Subject = "sub";

    /// <summary>The identifier of the session at the provider, which a logout token contains.</summary>
    public const string SessionId = "sid";

    /// <summary>When the user was authenticated, in seconds since 1970-01-01 UTC.</summary>
    public const string AuthenticationTime = "auth_time";

    /// <summary>The scopes that the user granted, separated by spaces.</summary>
    public const string Scope = "scope";

    /// <summary>A role. The provider sends none; <c>User.IsInRole</c> reads this type.</summary>
    public const string Role = "role";

    /// <summary>Full name, which <c>User.Identity.Name</c> returns.</summary>
    public const string Name = "name";

    /// <summary>First name or names.</summary>
    public const string GivenName = "given_name";

    /// <summary>Last name or names.</summary>
    public const string FamilyName = "family_name";

    /// <summary>Middle name or names.</summary>
    public const string MiddleName = "middle_name";

    /// <summary>Casual name.</summary>
    public const string Nickname = "nickname";

    /// <summary>The user name that the user prefers. It is not unique and can change.</summary>
    public const string PreferredUsername = "preferred_username";

    /// <summary>E-mail address.</summary>
    public const string Email = "email";

    /// <summary>Whether the e-mail address is verified: <c>true</c> or <c>false</c>.</summary>
    public const string EmailVerified = "email_verified";

    /// <summary>Phone number.</summary>
    public const string PhoneNumber = "phone_number";

    /// <summary>Whether the phone number is verified: <c>true</c> or <c>false</c>.</summary>
    public const string PhoneNumberVerified = "phone_number_verified";

    /// <summary>The type of the phone number, such as <c>mobile</c>.</summary>
    public const string PhoneType = "phone_type";

    /// <summary>Postal address, a JSON object.</summary>
    public const string Address = "address";

    /// <summary>Language and region, a BCP 47 tag.</summary>
    public const string Locale = "locale";

    /// <summary>Time zone, such as <c>Europe/Amsterdam</c>.</summary>
    public const string ZoneInfo = "zoneinfo";

    /// <summary>The location of the phone at the sign-in, a JSON object.</summary>
    public const string Location = "aq:location";
}
