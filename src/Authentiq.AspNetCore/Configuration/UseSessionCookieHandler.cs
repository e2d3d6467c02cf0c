using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// Lets every cookie scheme of the framework be served by <see cref="SessionCookieHandler"/>. It is decided where the schemes are built, after every registration: a replaced service could be replaced again
/// by the next <c>AddCookie</c>.
/// </summary>
internal sealed class UseSessionCookieHandler : IPostConfigureOptions<AuthenticationOptions>
{
    public void PostConfigure(string? name, AuthenticationOptions options)
    {
        foreach (var scheme in options.Schemes.Where(scheme => scheme.HandlerType == typeof(CookieAuthenticationHandler)))
        {
            scheme.HandlerType = typeof(SessionCookieHandler);
        }
    }
}
