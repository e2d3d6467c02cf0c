using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>
/// What the cookie handler sees of the sessions of its scheme: the one place where the key in a cookie becomes a ticket. A key is never used twice, and renewing never brings a session back.
/// </summary>
internal sealed class SessionTicketStore(string scheme, SessionTicketFormat format, SessionRecords records, LiveSessions sessions, RevocationChecker check) : ITicketStore
{
    public async Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext? context, CancellationToken cancellationToken)
    {
        var newKey = SessionKeys.Create();
        var session = records.Begin(SessionKeys.Hash(scheme, newKey), ticket, format, context?.Request);
        string key;
        try
        {
            key = SignInFlight.Of(ticket.Properties) is { } flight && session.SubjectKey is { } subject
                ? await BeginSharedAsync(flight, subject, newKey, session)
                : await BeginAsync(newKey, session);
        }
        catch (SignInException) when (SignInFlight.Of(ticket.Properties) is null && SessionChange.Find(context, scheme) is not null)
        {
            // A sign-in by the application's own code, which does not know this exception. The cookie handler completes it without a cookie.
            throw new SessionGoneException();
        }

        // Only now, so that whoever signs in over a store that fails keeps what they had.
        if (SessionChange.Find(context, scheme) is { } change)
        {
            change.Begins(key);
            await EndAsync(change);
        }

        return key;
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext? context, CancellationToken cancellationToken)
    {
        if (SessionChange.Find(context, scheme) is { } change)
        {
            change.Replaces(key);
            return null;
        }

        if (await sessions.FindAsync(SessionKeys.Hash(scheme, key), cancellationToken) is not { } session || format.Read(session) is not { } ticket)
        {
            DeadCookie.Note(context, scheme);
            return null;
        }

        await sessions.SeeAsync(session, cancellationToken);
        SessionOrigin.Note(ticket.Properties, session);
        return ticket;
    }

    public async Task RenewAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        var known = await sessions.FindAsync(SessionKeys.Hash(scheme, key), cancellationToken);
        // Only what was read from this session is written over it: a sign-in never continues a session under a key that the browser already had.
        if (known is null
            || SessionOrigin.KeyOf(ticket.Properties) != known.Key
            || (SessionOrigin.RevisionOf(ticket.Properties) ?? known.Revision) != known.Revision
            || await sessions.ReplaceAsync(records.Renew(known, ticket, format), cancellationToken) is not AuthentiqSessionReplaceResult.Replaced)
        {
            throw new SessionGoneException();
        }
    }

    // Not cancelled with the request: a closed tab must not leave the session alive.
    public Task RemoveAsync(string key) => sessions.EndAsync(SessionKeys.Hash(scheme, key), CancellationToken.None);

    /// <summary>Ends the sessions that a sign-in or sign-out replaces.</summary>
    public async Task EndAsync(SessionChange change)
    {
        foreach (var key in change.OldKeys)
        {
            await RemoveAsync(key);
        }
    }

    // The session of a shared sign-in may have ended since, by a sign-out: its key is worth nothing then, and it is not begun anew.
    private async Task<string> BeginSharedAsync(SignInFlight flight, string subject, string newKey, AuthentiqSession session)
    {
        var key = await flight.BeginSessionAsync(scheme, subject, () => BeginAsync(newKey, session), CancellationToken.None);
        return key == newKey || await sessions.FindAsync(SessionKeys.Hash(scheme, key), CancellationToken.None) is not null
            ? key
            : throw new SignInFailure(AuthentiqErrors.SignedOut, "the session that this response began has ended").ToException();
    }

    // Not cancelled with the request: another one may wait for the same session.
    private async Task<string> BeginAsync(string key, AuthentiqSession session)
    {
        await sessions.AddAsync(session, CancellationToken.None);
        if (await IsOvertakenAsync(session))
        {
            await sessions.EndAsync(session.Key, CancellationToken.None);
            throw new SignInFailure(AuthentiqErrors.SignedOut, "the provider ended the session while it was being stored").ToException();
        }

        return key;
    }

    // A logout that came before the session was stored has not found it there. Its revocation does not outlast the session, so it is looked for now, and not only by the next request.
    private async Task<bool> IsOvertakenAsync(AuthentiqSession session)
    {
        try
        {
            return SessionBinding.ReadFrom(session) is { } facts && await check.IsEndedAsync(facts, CancellationToken.None);
        }
        catch (AuthentiqStoreException)
        {
            await sessions.EndAsync(session.Key, CancellationToken.None);
            throw;
        }
    }

    Task<string> ITicketStore.StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, context: null, CancellationToken.None);

    Task<string> ITicketStore.StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken) => StoreAsync(ticket, context: null, cancellationToken);

    Task<AuthenticationTicket?> ITicketStore.RetrieveAsync(string key) => RetrieveAsync(key, context: null, CancellationToken.None);

    Task<AuthenticationTicket?> ITicketStore.RetrieveAsync(string key, CancellationToken cancellationToken) => RetrieveAsync(key, context: null, cancellationToken);

    Task ITicketStore.RenewAsync(string key, AuthenticationTicket ticket) => RenewAsync(key, ticket, CancellationToken.None);

    Task ITicketStore.RemoveAsync(string key, CancellationToken cancellationToken) => RemoveAsync(key);
}
