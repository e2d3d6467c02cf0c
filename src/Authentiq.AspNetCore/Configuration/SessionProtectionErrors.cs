using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// Finds what the application has put in the place of a part that protects its sessions: after all registrations, as the last one wins. An application whose sessions would not be protected does not start.
/// </summary>
internal sealed class SessionProtectionErrors(IOptions<AuthenticationOptions> schemes, IOptionsMonitor<CookieAuthenticationOptions> cookies, IOptions<AuthentiqSessionOptions> options, IServiceProvider services)
{
    public IEnumerable<string> Find(string scheme, SessionSchemes sessionSchemes)
    {
        if (scheme == IdentityConstants.ExternalScheme)
        {
            yield break;
        }

        if (!IsCookie(scheme, out var handler))
        {
            // A policy scheme that decides with each request may forward to any cookie.
            foreach (var replaced in handler == typeof(PolicySchemeHandler) ? schemes.Value.Schemes.Where(other => IsCookie(other.Name, out _)).SelectMany(other => FindReplacedEvents(other.Name)) : [])
            {
                yield return replaced;
            }

            yield break;
        }

        var cookie = cookies.Get(scheme);
        foreach (var replaced in FindReplacedEvents(scheme))
        {
            yield return replaced;
        }

        if (!options.Value.IsOn)
        {
            yield break;
        }

        if (handler != typeof(SessionCookieHandler))
        {
            yield return $"The cookie scheme '{scheme}' is served by {Describe(handler)}, which would continue a session under the key that the browser already had: add it with AddCookie(…) and not in PostConfigure<AuthenticationOptions>, or remove AddAuthentiqSessions().";
            yield break;
        }

        if (SignInTarget.Forward(cookie) is { } target && target != scheme)
        {
            yield return $"The cookie scheme '{scheme}' forwards sign-ins to '{target}' (ForwardSignIn or ForwardDefault), whose sessions AddAuthentiqSessions() does not keep: set SignInScheme to '{target}' in AddAuthentiq(…), or remove AddAuthentiqSessions().";
        }

        if (services.GetService<CookieAuthenticationHandler>() is { } own && own.GetType() != typeof(CookieAuthenticationHandler))
        {
            yield return $"The services replace CookieAuthenticationHandler by {Describe(own.GetType())}, which serves no session that AddAuthentiqSessions() keeps: remove that registration, or remove AddAuthentiqSessions().";
        }

        if (sessionSchemes.IsCookie(scheme) && cookie.TicketDataFormat is not SessionKeyFormat)
        {
            yield return $"The cookie scheme '{scheme}' has the TicketDataFormat {Describe(cookie.TicketDataFormat?.GetType())}, and its cookie holds nothing but the key of a session: remove it, or remove AddAuthentiqSessions().";
        }
    }

    private IEnumerable<string> FindReplacedEvents(string scheme)
    {
        var cookie = cookies.Get(scheme);
        if (!PostConfigureCookieEvents.IsIn(cookie))
        {
            yield return $"The events of the cookie scheme '{scheme}' were replaced by {Describe(cookie.EventsType ?? cookie.Events?.GetType())} after AddAuthentiq had added its own, so that a sign-out at the provider would end no session: set Events or EventsType in AddCookie(…) or Configure<CookieAuthenticationOptions>(…), and not in PostConfigure.";
        }
    }

    private bool IsCookie(string scheme, out Type? handler)
    {
        handler = schemes.Value.SchemeMap.TryGetValue(scheme, out var builder) ? builder.HandlerType : null;
        return typeof(CookieAuthenticationHandler).IsAssignableFrom(handler);
    }

    private static string Describe(Type? type) => $"'{type?.FullName ?? "nothing"}'";
}
