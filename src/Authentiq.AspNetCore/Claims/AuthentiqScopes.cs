namespace Authentiq.AspNetCore;

/// <summary>Scopes of the provider. The user may decline a scope that is not required: see <see cref="AuthentiqScope"/>.</summary>
public static class AuthentiqScopes
{
    /// <summary>Requests an ID token (OpenID Connect).</summary>
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

    /// <summary>Location of the phone.</summary>
    public const string Location = "aq:location";

    /// <summary>Preferred user name.</summary>
    public const string Username = "aq:username";

    /// <summary>Locale.</summary>
    public const string Locale = "aq:locale";

    /// <summary>Time zone.</summary>
    public const string ZoneInfo = "aq:zoneinfo";

    /// <summary>One-click sign-in: the next sign-in sends a notification to the phone. It adds no claim.</summary>
    public const string Push = "aq:push";

    /// <summary>Links an account to the user's phone. It adds no claim.</summary>
    public const string Link = "aq:link";

    internal static readonly string[] Default = [OpenId, Name, Email + "~rs", Push];
}
