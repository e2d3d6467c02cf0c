using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// An application that named its cookie as default scheme, and nothing else, redirects users to a login page that it may not have. It may be intended, so nothing is changed.
/// </summary>
internal sealed class ChallengeAdvice(IOptions<AuthenticationOptions> schemes, IOptionsMonitor<CookieAuthenticationOptions> cookies)
{
    public IEnumerable<string> Advise(string scheme)
    {
        var options = schemes.Value;
        if (options.DefaultChallengeScheme is null
            && options.DefaultScheme is { } cookie
            && options.SchemeMap.TryGetValue(cookie, out var builder)
            && typeof(CookieAuthenticationHandler).IsAssignableFrom(builder.HandlerType)
            && !cookie.StartsWith("Identity.", StringComparison.Ordinal)
            && cookies.Get(cookie).LoginPath == CookieAuthenticationDefaults.LoginPath)
        {
            yield return $"[Authorize] redirects users to '{CookieAuthenticationDefaults.LoginPath}', as the default scheme is the cookie scheme '{cookie}'. To redirect them to Authentiq, write services.AddAuthentication(options => {{ options.DefaultScheme = \"{cookie}\"; options.DefaultChallengeScheme = \"{scheme}\"; }}).";
        }
    }
}
