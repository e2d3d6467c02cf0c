using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>What is wrong with how sessions are kept on the server, and what should be known about it.</summary>
internal sealed class SessionErrors(IOptions<AuthentiqSessionOptions> options, SessionSchemes schemes, IOptionsMonitor<CookieAuthenticationOptions> cookies, SessionProtectionErrors protection, SignInTarget target)
{
    public IEnumerable<string> Find(IEnumerable<string> signInSchemes)
    {
        var named = signInSchemes.Distinct(StringComparer.Ordinal).ToList();
        var resolved = named.Select(scheme => target.Resolve(scheme) ?? scheme).Distinct(StringComparer.Ordinal).ToList();
        return FindInOptions(named, resolved).Concat(resolved.SelectMany(scheme => protection.Find(scheme, schemes)));
    }

    private IEnumerable<string> FindInOptions(List<string> signInSchemes, List<string> resolved)
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

        return FindUnprotectedPolicies(signInSchemes).Concat(
            from scheme in resolved
            where schemes.IsCookie(scheme) && cookies.Get(scheme).SessionStore is not SessionTicketStore
            select $"The cookie scheme '{scheme}' has a SessionStore of the application's own: remove it, or remove AddAuthentiqSessions().");
    }

    private IEnumerable<string> FindUnprotectedPolicies(List<string> signInSchemes) =>
        from scheme in signInSchemes
        where target.IsPolicy(scheme)
        let end = target.Resolve(scheme)
        where end is null || (end != IdentityConstants.ExternalScheme && !schemes.IsCookie(end))
        let reason = end is null ? "no single scheme" : $"'{end}', which is no cookie scheme of the framework's own"
        select $"AddPolicyScheme(\"{scheme}\", …) is the sign-in scheme and its options forward sign-ins to {reason}, so that AddAuthentiqSessions() cannot protect the sessions: set ForwardSignIn in AddPolicyScheme(\"{scheme}\", …) to the cookie scheme, set SignInScheme to the cookie scheme in AddAuthentiq(…), or remove AddAuthentiqSessions().";

    /// <summary>What works, and should be known all the same.</summary>
    public IEnumerable<string> Advise(string signInScheme)
    {
        signInScheme = target.Resolve(signInScheme) ?? signInScheme;
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
