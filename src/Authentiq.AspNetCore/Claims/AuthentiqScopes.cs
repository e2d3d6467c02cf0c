namespace Authentiq.AspNetCore;

/// <summary>The scopes that the provider knows. A person may opt out of each one that is not asked for as required: see <see cref="AuthentiqScope"/>.</summary>
public static class AuthentiqScopes
{
    /// <summary>Says that this is OpenID Connect: the answer holds an ID token.</summary>
    public const string OpenId = "openid";

    /// <summary>Name, its parts, nickname, preferred user name, time zone and locale.</summary>
    public const string Profile = "profile";

    /// <summary>E-mail address, and whether it is verified.</summary>
    public const string Email = "email";

    /// <summary>Phone number, and whether it is verified.</summary>
    public const string Phone = "phone";

    /// <summary>Postal address.</summary>
    public const string Address = "address";

    /// <summary>Name, its parts and nickname.</summary>
    public const string Name = "aq:name";

    /// <summary>Where the phone is.</summary>
    public const string Location = "aq:location";

    /// <summary>Preferred user name.</summary>
    public const string Username = "aq:username";

    /// <summary>Locale.</summary>
    public const string Locale = "aq:locale";

    /// <summary>Time zone.</summary>
    public const string ZoneInfo = "aq:zoneinfo";

    /// <summary>One-click sign-in: a notification on the phone the next time. It brings no claim.</summary>
    public const string Push = "aq:push";

    /// <summary>Links an account to the person's phone. It brings no claim.</summary>
    public const string Link = "aq:link";

    internal static readonly string[] Default = [OpenId, Name, Email + "~rs", Push];
}
