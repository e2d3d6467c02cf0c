using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// The events of a cookie scheme: our check, then the application's own. A session that the provider has ended is refused and its cookie goes; one that cannot be checked keeps its cookie,
/// and the request returns 503 where it requires authentication.
/// </summary>
internal sealed class CookieEventsAdapter : CookieAuthenticationEvents
{
    private readonly RevocationChecker _check;
    private readonly CarriedBinding _carried;
    private readonly TicketLifetime _lifetime;
    private readonly RecentSignOuts _recent;
    private readonly FailureResponse _failures;
    private readonly ILogger<AuthentiqHandler> _logger;

    /// <param name="application">The events that the application set, or that it has registered as a service.</param>
    /// <param name="check">Whether a session has ended.</param>
    /// <param name="carried">What a sign-in by the application takes over from the session of the request.</param>
    /// <param name="lifetime">How long a session may last.</param>
    /// <param name="recent">Sessions that end within moments of their sign-in.</param>
    /// <param name="failures">The page for a session that cannot be checked.</param>
    /// <param name="logger">The logger.</param>
    public CookieEventsAdapter(Func<HttpContext, CookieAuthenticationEvents> application, RevocationChecker check, CarriedBinding carried, TicketLifetime lifetime, RecentSignOuts recent, FailureResponse failures, ILogger<AuthentiqHandler> logger)
    {
        (_check, _carried, _lifetime, _recent, _failures, _logger) = (check, carried, lifetime, recent, failures, logger);

        // Through the delegates, so that what an application assigns later still counts.
        OnValidatePrincipal = context => application(context.HttpContext).ValidatePrincipal(context);
        OnCheckSlidingExpiration = context => application(context.HttpContext).CheckSlidingExpiration(context);
        OnSigningIn = context => application(context.HttpContext).SigningIn(context);
        OnSignedIn = context => application(context.HttpContext).SignedIn(context);
        OnSigningOut = context => application(context.HttpContext).SigningOut(context);
        OnRedirectToLogin = context => application(context.HttpContext).RedirectToLogin(context);
        OnRedirectToAccessDenied = context => application(context.HttpContext).RedirectToAccessDenied(context);
        OnRedirectToLogout = context => application(context.HttpContext).RedirectToLogout(context);
        OnRedirectToReturnUrl = context => application(context.HttpContext).RedirectToReturnUrl(context);
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        // The cookie of a server-side session, from before sessions were switched off: it holds a key, and names no user.
        if (context.Options.SessionStore is null && context.Principal?.HasClaim(claim => claim.Type == SessionKeyFormat.KeyClaim) is true)
        {
            await RejectAsync(context);
            return;
        }

        if (SessionBinding.ReadFrom(context.Properties) is { } facts)
        {
            if (!await IsLiveAsync(context, facts))
            {
                return;
            }

            SessionRequest.Of(context.HttpContext).Add(new(context.Scheme.Name, context.Principal is null ? null : OtherUser.Identifier(context.Principal), context.Properties, facts));
        }

        await base.ValidatePrincipal(context);
    }

    // It comes before ValidatePrincipal: a session that is refused there would still be renewed when half of its time is over.
    public override async Task CheckSlidingExpiration(CookieSlidingExpirationContext context)
    {
        await base.CheckSlidingExpiration(context);
        if (context.ShouldRenew && SessionBinding.ReadFrom(context.Properties) is { } facts)
        {
            context.ShouldRenew = await MayRenewAsync(context, facts);
        }
    }

    public override async Task SigningIn(CookieSigningInContext context)
    {
        await base.SigningIn(context);
        await _carried.CarryOverAsync(context);
        if (SessionBinding.ReadFrom(context.Properties) is not null)
        {
            _lifetime.Cap(context);
        }
    }

    public override async Task SigningOut(CookieSigningOutContext context)
    {
        await base.SigningOut(context);

        // A server-side session ends in the store.
        if (context.Options.SessionStore is not SessionTicketStore && await EndedTicketAsync(context) is { } ticket && SessionBinding.ReadFrom(ticket.Properties) is { } facts)
        {
            await _recent.MarkAsync(facts);
        }
    }

    // A ticket store of the application has removed the ticket by now; the authentication middleware has read it.
    private async Task<AuthenticationTicket?> EndedTicketAsync(CookieSigningOutContext context) => context.Options.SessionStore is null
        ? await RequestTicket.ReadAsync(context.HttpContext, context.Options, _lifetime.Now)
        : context.HttpContext.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket is { } ticket && ticket.AuthenticationScheme == context.Scheme.Name ? ticket : null;

    // A cookie scheme with a login page would ask the user to sign in again.
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        SessionRequest.Find(context.HttpContext) is { IsUnchecked: true } ? _failures.WriteUnavailableAsync(context.HttpContext, ReturnUrl.OfPage(context.HttpContext)) : base.RedirectToLogin(context);

    private async Task<bool> MayRenewAsync(CookieSlidingExpirationContext context, SessionBinding facts)
    {
        try
        {
            return !_lifetime.IsExpired(context.Properties, facts, context.Options) && !await _check.IsEndedAsync(facts, context.HttpContext.RequestAborted);
        }
        catch (AuthentiqStoreException)
        {
            // ValidatePrincipal asks again, and refuses the session for this request.
            return false;
        }
    }

    private async Task<bool> IsLiveAsync(CookieValidatePrincipalContext context, SessionBinding facts)
    {
        if (_lifetime.IsExpired(context.Properties, facts, context.Options))
        {
            _logger.SessionExpired(context.Scheme.Name);
            await RejectAsync(context);
            return false;
        }

        try
        {
            if (!await _check.IsEndedAsync(facts, context.HttpContext.RequestAborted))
            {
                return true;
            }
        }
        catch (AuthentiqStoreException exception)
        {
            _logger.SessionNotChecked(context.Scheme.Name, LogText.Clean(exception.Message));
            SessionRequest.Of(context.HttpContext).IsUnchecked = true;
            context.RejectPrincipal();
            return false;
        }

        _logger.SessionEnded(context.Scheme.Name);
        await RejectAsync(context);
        return false;
    }

    private static async Task RejectAsync(CookieValidatePrincipalContext context)
    {
        context.RejectPrincipal();
        if (!context.HttpContext.Response.HasStarted && BrowserNavigation.MayDeleteCookies(context.HttpContext))
        {
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
        }
    }
}
