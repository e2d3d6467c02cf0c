using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>A sign-out on the phone must end the session here. Where the session is kept out of our sight, the application has to lend a hand, and is told.</summary>
internal sealed class SignOutAdvice(IOptions<AuthenticationOptions> schemes, IOptionsMonitor<CookieAuthenticationOptions> cookies, SignInTarget target)
{
    private const string Remedy = "Set Events.OnBackChannelLogout to end it";

    public IEnumerable<string> Advise(AuthentiqOptions options)
    {
        if (!options.RemoteSignOutPath.HasValue)
        {
            yield return "RemoteSignOutPath is empty, so a sign-out at the provider ends nothing here.";
        }
        else if (FindObstacle(options) is { } reason)
        {
            yield return $"a sign-out at the provider does not end the session here: {reason}.";
        }
    }

    /// <summary>Why nothing in this application can end a session of a scheme, and what to add; <see langword="null"/> when something can.</summary>
    public string? FindObstacle(AuthentiqOptions options) => AuthentiqEvents.HandleLogout(options) || Explain(target.Resolve(options.SignInScheme!) ?? options.SignInScheme!) is not { } reason ? null : $"{reason}. {Remedy}";

    private string? Explain(string signIn)
    {
        if (signIn == IdentityConstants.ExternalScheme)
        {
            return "it is in the cookie of ASP.NET Core Identity, which follows the security stamp of the user (see the README, 'With ASP.NET Core Identity')";
        }

        if (!schemes.Value.SchemeMap.TryGetValue(signIn, out var scheme) || !typeof(CookieAuthenticationHandler).IsAssignableFrom(scheme.HandlerType))
        {
            // A scheme that decides with each request may forward to a cookie.
            return scheme?.HandlerType == typeof(PolicySchemeHandler) ? null : $"the sign-in scheme '{signIn}' keeps it in no cookie";
        }

        // A server-side session is removed from its store, whatever the events of the cookie are.
        var cookie = cookies.Get(signIn);
        return cookie.SessionStore is SessionTicketStore || PostConfigureCookieEvents.IsIn(cookie) ? null : $"the events of the cookie scheme '{signIn}' were replaced by a PostConfigure (set Events or EventsType in AddCookie instead)";
    }
}
