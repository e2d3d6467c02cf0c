using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>How long a session may last, and a logout must be remembered to outlast it. A session that could outlive the memory of its logout would come back to life.</summary>
internal sealed class TicketLifetime(IServiceProvider services, IAuthenticationSchemeProvider schemes, TimeProvider clock, ILogger<AuthentiqHandler> logger)
{
    // What a callback and a renewal that were under way may add.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    private int _isTold;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>When no ticket is left that a logout at this time could end, in whatever cookie of the application: a revocation is stored until then.</summary>
    public async Task<DateTimeOffset> GetRevocationExpiryAsync(DateTimeOffset receivedAt) => receivedAt + await GetLongestTicketAsync() + Margin;

    /// <summary>
    /// Whether a ticket is older than the current <c>ExpireTimeSpan</c> allows, whatever its own expiration is: a deployment may have shortened it, and revocations are stored for no longer than that.
    /// </summary>
    public bool IsExpired(AuthenticationProperties properties, SessionBinding facts, CookieAuthenticationOptions cookie) =>
        (properties.IssuedUtc ?? facts.BeganAt) + cookie.ExpireTimeSpan <= (cookie.TimeProvider ?? clock).GetUtcNow();

    /// <summary>Gives a session that is about to begin the end that every session of its cookie has.</summary>
    public void Cap(CookieSigningInContext context)
    {
        var now = clock.GetUtcNow();
        if (context.Properties.IssuedUtc > now)
        {
            context.Properties.IssuedUtc = now;
        }

        var latest = now + context.Options.ExpireTimeSpan;
        if (context.Properties.ExpiresUtc <= latest)
        {
            return;
        }

        context.Properties.ExpiresUtc = latest;
        if (Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            logger.TicketCapped(context.Scheme.Name, context.Options.ExpireTimeSpan);
        }
    }

    // In one process a server-side session is removed by the logout itself: only callbacks and renewals that are under way can bring it back. Elsewhere it may lie in the memory of another node, in a format of
    // another version, or in a cookie from before sessions were on the server.
    private async Task<TimeSpan> GetLongestTicketAsync()
    {
        var cookies = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>();
        var isOneProcess = services.GetService<IAuthentiqSessionStore>() is MemorySessionStore && services.GetRequiredService<IAuthentiqRevocationStore>() is MemoryRevocationStore;
        return (await schemes.GetAllSchemesAsync())
            .Where(scheme => typeof(CookieAuthenticationHandler).IsAssignableFrom(scheme.HandlerType))
            .Select(scheme => cookies.Get(scheme.Name))
            .Select(cookie => isOneProcess && cookie.SessionStore is SessionTicketStore ? TimeSpan.Zero : cookie.ExpireTimeSpan)
            .Append(TimeSpan.Zero).Max();
    }
}
