using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>The cookie schemes whose sessions are kept on the server: those that keep who signed in with Authentiq.</summary>
internal sealed class SessionSchemes(IOptions<ProviderSchemes> providers, IOptions<AuthenticationOptions> schemes, IOptionsMonitor<AuthentiqOptions> options, SignInTarget target)
{
    public IReadOnlyList<string> Names => [.. SignInSchemes.Where(IsCookie)];

    /// <summary>Whether the application has a scheme that signs in with Authentiq.</summary>
    public bool HaveSignIn => providers.Value.Names.Count > 0;

    /// <summary>Whether ASP.NET Core Identity keeps the sessions of all who sign in with Authentiq.</summary>
    public bool AreOfIdentity => SignInSchemes.Any() && SignInSchemes.All(scheme => scheme == IdentityConstants.ExternalScheme);

    /// <summary>Whether an application that copies a session of this cookie into another has to let a logout end the copy: it does not end sessions itself.</summary>
    public bool NeedLink(string cookieScheme) =>
        providers.Value.Names.Select(options.Get).Any(scheme => target.Resolve(scheme.SignInScheme!) == cookieScheme && !AuthentiqEvents.HandleLogout(scheme));

    // Behind policy schemes, if any.
    private IEnumerable<string> SignInSchemes => providers.Value.Names.Select(scheme => target.Resolve(options.Get(scheme).SignInScheme!)).OfType<string>().Distinct(StringComparer.Ordinal);

    // ASP.NET Core Identity lets a sign-in pass through its external cookie within one redirect, and then keeps a session of its own.
    public bool IsCookie(string scheme) =>
        scheme != IdentityConstants.ExternalScheme && schemes.Value.SchemeMap.TryGetValue(scheme, out var builder) && (builder.HandlerType == typeof(CookieAuthenticationHandler) || builder.HandlerType == typeof(SessionCookieHandler));
}
