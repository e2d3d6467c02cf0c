using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore;

/// <summary>
/// An application that signs in the current user itself, to change a claim or to copy an external cookie into its own, may not pass the properties of the session on. The facts by which a logout finds the
/// session are then carried over, so that it does not become a session that no logout ends.
/// </summary>
internal sealed class CarriedFacts(SessionCheck check, TimeProvider clock, ILogger<AuthentiqHandler> logger)
{
    // A copy follows its sign-in, within the time that a registration form may take. Later the two are users of two cookies.
    private static readonly TimeSpan CopyTime = TimeSpan.FromMinutes(15);

    private int _isLogged;

    /// <summary>Carries the facts of a session of this request over to the sign-in that replaces or copies it, when both are of the same user. The newest session counts.</summary>
    public async Task CarryOverAsync(CookieSigningInContext context)
    {
        if (!AreMissing(context.Properties))
        {
            return;
        }

        var sessions = await RequestSessions.ReadAsync(context, clock.GetUtcNow());
        foreach (var session in sessions.Where(session => IsSameUser(session.Ticket.Principal, context.Principal)).OrderByDescending(session => session.Facts.BeganAt))
        {
            if (!await IsEndedAsync(session.Facts))
            {
                Carry(session, context.Properties);
                return;
            }
        }

        LogIfNotLinked(context, sessions);
    }

    private static void Carry(RequestSession session, AuthenticationProperties properties)
    {
        session.Facts.Keep(properties);
        if (session.Ticket.Properties.Items.TryGetValue(SessionScheme.Key, out var scheme))
        {
            properties.Items[SessionScheme.Key] = scheme;
        }
    }

    private void LogIfNotLinked(CookieSigningInContext context, IReadOnlyList<RequestSession> sessions)
    {
        if (sessions.FirstOrDefault(session => session.NeedsLink && session.Facts.BeganAt + CopyTime > clock.GetUtcNow()) is { } external
            && !IsSameUser(external.Ticket.Principal, context.Principal)
            && Interlocked.Exchange(ref _isLogged, 1) == 0)
        {
            logger.SessionNotLinked(context.Scheme.Name, external.CookieScheme);
        }
    }

    private async Task<bool> IsEndedAsync(SessionFacts facts)
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
    private static bool AreMissing(AuthenticationProperties properties) => SessionFacts.Of(properties) is null && !properties.Items.ContainsKey(SessionScheme.Key);

    private static bool IsSameUser(ClaimsPrincipal current, ClaimsPrincipal? next) => SubjectOf(current) is { Length: > 0 } subject && next is not null && SubjectOf(next) == subject;

    private static string? SubjectOf(ClaimsPrincipal user) => OtherUser.Identifier(user)?.Value;
}
