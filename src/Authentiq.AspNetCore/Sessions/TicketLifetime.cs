using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>How long a session may last, and a logout must be remembered to outlast it. A session that could outlive the memory of its logout would come back to life.</summary>
internal sealed class TicketLifetime(IServiceProvider services, IOptions<AuthenticationOptions> schemes, TimeProvider clock, ILogger<AuthentiqHandler> logger)
{
    // What a callback and a renewal that were under way may add.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    private int _isTold;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>When no session is left that a logout at this time could end.</summary>
    public DateTimeOffset EndOfMemory(AuthentiqOptions options, DateTimeOffset receivedAt) => receivedAt + CookieLifetime(options.SignInScheme) + Margin;

    /// <summary>Gives a session that is about to begin the end that every session of its cookie has.</summary>
    public void Cap(CookieSigningInContext context)
    {
        var latest = clock.GetUtcNow() + context.Options.ExpireTimeSpan;
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

    // A sign-in scheme that only forwards keeps the session in one of the others.
    private TimeSpan CookieLifetime(string? scheme)
    {
        var cookies = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>();
        return IsCookie(scheme)
            ? cookies.Get(scheme).ExpireTimeSpan
            : schemes.Value.Schemes.Select(candidate => candidate.Name).Where(IsCookie).Select(name => cookies.Get(name).ExpireTimeSpan).Append(TimeSpan.Zero).Max();
    }

    private bool IsCookie(string? scheme) => scheme is not null && schemes.Value.SchemeMap.TryGetValue(scheme, out var builder) && typeof(CookieAuthenticationHandler).IsAssignableFrom(builder.HandlerType);
}
