using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>Puts the sessions of the cookie schemes on the server, whatever the order in which they were added.</summary>
internal sealed class PostConfigureSessionCookies(
    SessionSchemes schemes,
    IAuthentiqSessionStore store,
    LiveSessions sessions,
    RevocationChecker check,
    SessionChangeMarks marks,
    IOptions<AuthentiqSessionOptions> options,
    IDataProtectionProvider protection,
    IServiceProvider services,
    TimeProvider clock,
    ILogger<SessionTicketFormat> logger) : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions cookie)
    {
        // One that the application has put there stays, and is refused at start-up.
        if (name is null || cookie.SessionStore is not null || !schemes.Names.Contains(name, StringComparer.Ordinal))
        {
            return;
        }

        // What never leaves the process needs no encryption in it.
        var protector = store is MemorySessionStore
            ? null
            : (cookie.DataProtectionProvider ?? protection).CreateProtector("Authentiq.AspNetCore.Sessions", name, "v1");
        var records = new SessionRecords(cookie, options.Value, cookie.TimeProvider ?? clock);
        cookie.TicketDataFormat = KeyFormat(name, cookie.TicketDataFormat);
        cookie.SessionStore = new SessionTicketStore(name, new SessionTicketFormat(name, protector, logger), records, sessions, check, marks, new KeyRing(protector is null ? null : services.GetService<IKeyManager>(), cookie.TimeProvider ?? clock), cookie.TimeProvider ?? clock);
    }

    // A format of the application's own stays as well.
    private static ISecureDataFormat<AuthenticationTicket> KeyFormat(string scheme, ISecureDataFormat<AuthenticationTicket>? current) =>
        current is null || current.GetType() == typeof(TicketDataFormat) || current is ReadyTicketFormat ? new SessionKeyFormat(scheme) : current;
}
