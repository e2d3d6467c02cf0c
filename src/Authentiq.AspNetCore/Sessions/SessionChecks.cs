using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>What is wrong with how sessions are kept on the server, and what should be known about it.</summary>
internal sealed class SessionChecks(IOptions<AuthentiqSessionOptions> options, SessionSchemes schemes, IOptionsMonitor<CookieAuthenticationOptions> cookies, SessionProtection protection)
{
    public IEnumerable<string> Find(IEnumerable<string> signInSchemes)
    {
        var named = signInSchemes.Distinct(StringComparer.Ordinal).ToList();
        return FindInOptions(named).Concat(named.SelectMany(scheme => protection.Find(scheme, schemes)));
    }

    private IEnumerable<string> FindInOptions(List<string> signInSchemes)
    {
        try
        {
            if (!options.Value.IsOn)
            {
                return [];
            }
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures;
        }

        if (!schemes.HaveSignIn)
        {
            return ["AddAuthentiqSessions() has no sessions to keep, as nothing signs in with Authentiq: call AddAuthentication().AddAuthentiq(), or remove it."];
        }

        return from scheme in signInSchemes
               where schemes.IsCookie(scheme) && cookies.Get(scheme).SessionStore is not SessionTicketStore
               select $"The cookie scheme '{scheme}' has a SessionStore of the application's own: remove it, or remove AddAuthentiqSessions().";
    }

    /// <summary>What works, and should be known all the same.</summary>
    public IEnumerable<string> Advise(string signInScheme)
    {
        if (options.Value.IsOn && signInScheme == IdentityConstants.ExternalScheme)
        {
            yield return "AddAuthentiqSessions() has no effect on it, as ASP.NET Core Identity keeps the session. Remove it.";
        }
        else if (options.Value.IsOn && !schemes.IsCookie(signInScheme))
        {
            yield return $"AddAuthentiqSessions() has no effect on it, as the sign-in scheme '{signInScheme}' keeps no session in a cookie of the framework's own. Set SignInScheme to one that does.";
        }
    }
}
