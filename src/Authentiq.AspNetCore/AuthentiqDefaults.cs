namespace Authentiq.AspNetCore;

/// <summary>Default values of <see cref="AuthentiqOptions"/>. Configuration and code override them.</summary>
public static class AuthentiqDefaults
{
    /// <summary>The name of the authentication scheme: <c>Authentiq</c>.</summary>
    public const string AuthenticationScheme = "Authentiq";

    /// <summary>The display name of the scheme, such as for a sign-in button: <c>Authentiq</c>.</summary>
    public const string DisplayName = "Authentiq";

    /// <summary>The authority of the hosted provider, which is also its issuer, with the trailing slash: <c>https://connect.authentiq.io/</c>.</summary>
    public const string Authority = "https://connect.authentiq.io/";

    /// <summary>The path to which the provider redirects the browser after a sign-in: <c>/signin-authentiq</c>. Register its address as a redirect URI.</summary>
    public const string CallbackPath = "/signin-authentiq";

    /// <summary>The path that receives back-channel and front-channel logout requests of the provider: <c>/signout-authentiq</c>.</summary>
    public const string RemoteSignOutPath = "/signout-authentiq";

    /// <summary>The path to which the provider redirects the browser after a sign-out: <c>/signout-callback-authentiq</c>. Register its address as a post-logout redirect URI.</summary>
    public const string SignedOutCallbackPath = "/signout-callback-authentiq";
}
