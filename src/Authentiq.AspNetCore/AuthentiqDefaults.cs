namespace Authentiq.AspNetCore;

/// <summary>The values that apply unless configuration or code says otherwise.</summary>
public static class AuthentiqDefaults
{
    /// <summary>The name of the authentication scheme: <c>Authentiq</c>.</summary>
    public const string AuthenticationScheme = "Authentiq";

    /// <summary>What a sign-in button calls the scheme: <c>Authentiq</c>.</summary>
    public const string DisplayName = "Authentiq";

    /// <summary>The hosted provider, and its issuer, with the slash: <c>https://connect.authentiq.io/</c>.</summary>
    public const string Authority = "https://connect.authentiq.io/";

    /// <summary>Where the provider sends the browser back after a sign-in: <c>/signin-authentiq</c>. Register it as redirect URI.</summary>
    public const string CallbackPath = "/signin-authentiq";

    /// <summary>Where the provider announces a remote sign-out: <c>/signout-authentiq</c>.</summary>
    public const string RemoteSignOutPath = "/signout-authentiq";

    /// <summary>Where the provider sends the browser back after a sign-out: <c>/signout-callback-authentiq</c>. Register it as post-logout redirect URI.</summary>
    public const string SignedOutCallbackPath = "/signout-callback-authentiq";
}
