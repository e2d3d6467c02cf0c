using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// An application that signs in the current user itself, to change a claim or to copy an external cookie into its own, may not pass the properties of the session on. The facts by which a logout finds the
/// session are then carried over, so that it does not become a session that no logout ends.
/// </summary>
internal sealed class CarriedBinding(RevocationChecker check, TimeProvider clock, ILogger<AuthentiqHandler> logger)
{
    // A copy follows its sign-in, within the time that a registration form may take. Later the two are users of two cookies.
    private static readonly TimeSpan CopyTime = TimeSpan.FromMinutes(15);

    private int _isLogged;

    /// <summary>Carries the facts of a session of this request over to the sign-in that replaces or copies it, when both are of the same user. The newest session counts.</summary>
    /// <exception cref="AuthentiqStoreException">A session of this request cannot be read.</exception>
    public async Task CarryOverAsync(CookieSigningInContext context)
    {
        if (AreMissing(context.Properties))
        {
            await FindAndCarryAsync(context);
        }

        if (SessionBinding.ReadFrom(context.Properties) is { } facts)
        {
            SessionRequest.Of(context.HttpContext).Add(new(context.Scheme.Name, context.Principal is null ? null : OtherUser.Identifier(context.Principal), context.Properties, facts));
        }
    }

    private async Task FindAndCarryAsync(CookieSigningInContext context)
    {
        var next = context.Principal is null ? null : OtherUser.Identifier(context.Principal);
        var remembered = SessionRequest.Find(context.HttpContext)?.Sessions.ToList() ?? [];
        List<RequestSession> sessions = [.. remembered, .. await RequestTicket.ReadOthersAsync(context, remembered, clock.GetUtcNow())];
        var own = sessions.Where(session => IsSameUser(session.User, next)).OrderByDescending(session => session.Facts.BeganAt).ToList();
        foreach (var session in own)
        {
            if (!await IsEndedAsync(session.Facts))
            {
                Carry(session, context.Properties);
                return;
            }
        }

        // A session that has ended since it authenticated this request: with its facts the next request is refused.
        if (own.Find(remembered.Contains) is { } ended)
        {
            Carry(ended, context.Properties);
            return;
        }

        LogIfNotLinked(context, sessions, next);
    }

    private static void Carry(RequestSession session, AuthenticationProperties properties)
    {
        session.Facts.WriteTo(properties);
        if (session.Properties.Items.TryGetValue(SessionScheme.Key, out var scheme))
        {
            properties.Items[SessionScheme.Key] = scheme;
        }
    }

    // A session in another cookie than the one that is being signed in, where the application ends no sessions on a logout itself.
    private void LogIfNotLinked(CookieSigningInContext context, List<RequestSession> sessions, Claim? next)
    {
        var schemes = context.HttpContext.RequestServices.GetRequiredService<SessionSchemes>();
        if (sessions.Find(session => session.CookieScheme != context.Scheme.Name && session.Facts.BeganAt + CopyTime > clock.GetUtcNow() && schemes.NeedLink(session.CookieScheme)) is { } external
            && !IsSameUser(external.User, next)
            && Interlocked.Exchange(ref _isLogged, 1) == 0)
        {
            logger.SessionNotLinked(context.Scheme.Name, external.CookieScheme);
        }
    }

    private async Task<bool> IsEndedAsync(SessionBinding facts)
    {
        try
        {
            return await check.IsEndedAsync(facts, CancellationToken.None);
        }
        catch (AuthentiqStoreException)
        {
            // With the facts the next request checks it.
            return false;
        }
    }

    // A remote handler that is not ours begins a session of its own.
    private static bool AreMissing(AuthenticationProperties properties) => SessionBinding.ReadFrom(properties) is null && !properties.Items.ContainsKey(SessionScheme.Key);

    // An application that creates a new principal is the issuer of its "sub". A name identifier that it issues identifies one of its own accounts: it is the same user as a "sub" only when both have the same issuer.
    private static bool IsSameUser(Claim? current, Claim? next) =>
        current is { Value.Length: > 0 } && next is not null && current.Value == next.Value
        && (current.Type == next.Type || (current.Issuer == next.Issuer && current.Issuer != ClaimsIdentity.DefaultIssuer));
}
