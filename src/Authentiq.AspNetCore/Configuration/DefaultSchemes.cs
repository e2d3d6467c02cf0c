using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// Makes <c>AddAuthentiq</c> enough by itself: a cookie scheme when the application has none, and default schemes when it set none. What it set is left alone.
/// It runs after every registration, so their order does not matter.
/// </summary>
internal sealed class DefaultSchemes(IOptions<ProviderSchemes> schemes) : IPostConfigureOptions<AuthenticationOptions>
{
    public void PostConfigure(string? name, AuthenticationOptions options)
    {
        if (schemes.Value.Names.FirstOrDefault() is not { } authentiq)
        {
            return;
        }

        var addsCookie = !options.Schemes.Any(CanSignIn);
        if (addsCookie)
        {
            options.AddScheme<CookieAuthenticationHandler>(CookieAuthenticationDefaults.AuthenticationScheme, displayName: null);
        }

        // An application that named a default scheme, as ASP.NET Core Identity does, keeps its own login page.
        if (options.DefaultScheme is not null)
        {
            return;
        }

        var signIn = SignInScheme(options);
        options.DefaultAuthenticateScheme ??= signIn;
        options.DefaultSignInScheme ??= signIn;
        options.DefaultSignOutScheme ??= signIn;
        options.DefaultChallengeScheme ??= authentiq;

        // A cookie of the application's own may have a page for it; ours has none, so the handler shows one.
        options.DefaultForbidScheme ??= addsCookie ? authentiq : signIn;
    }

    /// <summary>The scheme that keeps who signed in: the application's choice, else the first that can.</summary>
    public static string SignInScheme(AuthenticationOptions options) =>
        options.DefaultSignInScheme
        ?? (options.DefaultScheme is { } scheme && options.SchemeMap.TryGetValue(scheme, out var builder) && CanSignIn(builder) ? scheme : null)
        ?? options.Schemes.FirstOrDefault(CanSignIn)?.Name
        ?? CookieAuthenticationDefaults.AuthenticationScheme;

    private static bool CanSignIn(AuthenticationSchemeBuilder scheme) => typeof(IAuthenticationSignInHandler).IsAssignableFrom(scheme.HandlerType);
}
