using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Warns when a logout at the provider cannot end the session in the application, because the handler does not manage that session.</summary>
internal sealed class SignOutAdvice(IOptions<AuthenticationOptions> schemes, IOptionsMonitor<CookieAuthenticationOptions> cookies, SignInTarget target)
{
    private const string Remedy = "Set Events.OnBackChannelLogout to end it";

    public IEnumerable<string> Advise(AuthentiqOptions options)
    {
        if (!options.RemoteSignOutPath.HasValue)
        {
            yield return "RemoteSignOutPath is empty, so a logout at the provider does not end the session in this application.";
        }
        else if (FindObstacle(options) is { } reason)
        {
            yield return $"a logout at the provider does not end the session in this application: {reason}.";
        }
    }

    /// <summary>Returns why the application cannot end a session of a scheme, and what to add; <see langword="null"/> when it can.</summary>
    public string? FindObstacle(AuthentiqOptions options) => AuthentiqEvents.HandleLogout(options) || Explain(target.Resolve(options.SignInScheme!) ?? options.SignInScheme!) is not { } reason ? null : $"{reason}. {Remedy}";

    private string? Explain(string signIn)
    {
        if (signIn == IdentityConstants.ExternalScheme)
        {
            return "it is in the cookie of ASP.NET Core Identity, which is validated by the security stamp of the user (see the README, 'With ASP.NET Core Identity')";
        }

        if (!schemes.Value.SchemeMap.TryGetValue(signIn, out var scheme) || !typeof(CookieAuthenticationHandler).IsAssignableFrom(scheme.HandlerType))
        {
            // A policy scheme selects the target for each request, which may be a cookie.
            return scheme?.HandlerType == typeof(PolicySchemeHandler) ? null : $"the sign-in scheme '{signIn}' is not a cookie scheme";
        }

        // A server-side session is removed from its store, independent of the events of the cookie.
        var cookie = cookies.Get(signIn);
        return cookie.SessionStore is SessionTicketStore || PostConfigureCookieEvents.IsIn(cookie) ? null : $"the events of the cookie scheme '{signIn}' were replaced by a PostConfigure (set Events or EventsType in AddCookie instead)";
    }
}
