using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>
/// The server-side sessions of a cookie scheme, as the cookie handler sees them. The key in a cookie becomes a ticket here. A key is never used twice, and a renewal never restores a session that has ended.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as the options. The timer of the ready tickets runs only while there are any.")]
internal sealed class SessionTicketStore(string scheme, SessionTicketFormat format, SessionRecords records, LiveSessions sessions, RevocationChecker check, SessionChangeMarks marks, KeyRing keys, TimeProvider clock) : ITicketStore
{
    private readonly ReadyTickets<ReadySession> _ready = new(keys, clock);

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
        catch (SignInException) when (SignInFlight.Of(ticket.Properties) is null && SessionRequest.Find(context)?.FindChange(scheme) is not null)
        {
            // A sign-in by the application's own code, which does not know this exception. The cookie handler completes it without a cookie.
            throw new SessionGoneException();
        }

        // Only now: when the store fails, the user keeps the previous session.
        if (SessionRequest.Find(context)?.FindChange(scheme) is { } change)
        {
            change.Start(key);
            await EndAsync(change);
        }

        return key;
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext? context, CancellationToken cancellationToken)
    {
        if (SessionRequest.Find(context)?.FindChange(scheme) is { } change)
        {
            change.Replace(key);
            return null;
        }

        if (await FindReadyAsync(key, cancellationToken) is { } ready)
        {
            SetOrigin(context, ready.Origin);
            return ready.Ticket.Copy();
        }

        var readAt = clock.GetTimestamp();
        if (await sessions.FindAsync(SessionKeys.Hash(scheme, key), cancellationToken) is not { } session || format.Read(session) is not { } ticket)
        {
            if (context is not null)
            {
                SessionRequest.Of(context).GetCookie(scheme).IsStale = true;
            }

            return null;
        }

        await sessions.SeeAsync(session, cancellationToken);
        var origin = new SessionOrigin(session.Key, session.Revision);
        SetOrigin(context, origin);
        return await KeepReadyAsync(key, origin, session.ExpiresAt, ticket, readAt, cancellationToken);
    }

    public async Task RenewAsync(string key, AuthenticationTicket ticket, HttpContext? context, CancellationToken cancellationToken)
    {
        var known = await sessions.FindAsync(SessionKeys.Hash(scheme, key), cancellationToken);
        _ready.Remove(new(key));

        // Only the revision that this request has read is replaced: a sign-in never continues a session under a key that the browser already had.
        if (known is null
            || SessionRequest.Find(context)?.FindCookie(scheme)?.Origin != new SessionOrigin(known.Key, known.Revision)
            || await sessions.ReplaceAsync(records.Renew(known, ticket, format), cancellationToken) is not AuthentiqSessionReplaceResult.Replaced)
        {
            throw new SessionGoneException();
        }
    }

    // Not cancelled with the request: a closed tab must not leave the session alive.
    public async Task RemoveAsync(string key)
    {
        await sessions.EndAsync(SessionKeys.Hash(scheme, key), CancellationToken.None);

        // Not before: a request that reads the session meanwhile would add it again.
        _ready.Remove(new(key));
    }

    /// <summary>Ends the sessions that a sign-in or sign-out replaces.</summary>
    public async Task EndAsync(SessionChange change)
    {
        foreach (var key in change.OldKeys)
        {
            await RemoveAsync(key);
        }
    }

    // The store is called each time, which is exact and costs next to nothing in this process; only the ticket is not read again. A store that allows copies is not called until the session is marked, or its copy is too old.
    private async ValueTask<ReadySession?> FindReadyAsync(string key, CancellationToken cancellationToken)
    {
        if (!_ready.TryGet(new(key), out var ready))
        {
            return null;
        }

        if (sessions.AllowCopies)
        {
            return ready.ExpiresAt > clock.GetUtcNow() && !await marks.IsMarkedAsync(ready.MarkKey, cancellationToken) ? ready : null;
        }

        if (await sessions.FindAsync(ready.Origin.Key, cancellationToken) is not { } session || session.Revision != ready.Origin.Revision)
        {
            return null;
        }

        await sessions.SeeAsync(session, cancellationToken);
        return ready;
    }

    // A marked session is read from its store each time: a copy would never be used.
    private async ValueTask<AuthenticationTicket> KeepReadyAsync(string key, SessionOrigin origin, DateTimeOffset expiresAt, AuthenticationTicket ticket, long readAt, CancellationToken cancellationToken)
    {
        var (text, markKey) = (new CookieText(key), SessionChangeMarks.KeyOf(origin.Key));
        if (!_ready.ShouldAdd(text) || (sessions.AllowCopies && await marks.IsMarkedAsync(markKey, cancellationToken)) || ReadyTicket.Create(ticket) is not { } ready)
        {
            return ticket;
        }

        _ready.Add(text, new(ready, origin, expiresAt, markKey), ready.Bytes, readAt);
        return ready.Copy();
    }

    private void SetOrigin(HttpContext? context, SessionOrigin origin)
    {
        if (context is not null)
        {
            SessionRequest.Of(context).GetCookie(scheme).Origin = origin;
        }
    }

    // The session of a shared sign-in may have ended since, by a sign-out: its key is invalid then, and no new session is created.
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

    // A logout that was received before the session was stored has not found it. Its revocation may expire before the session does, so it is checked now and not only by the next request.
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

    Task ITicketStore.RenewAsync(string key, AuthenticationTicket ticket) => RenewAsync(key, ticket, context: null, CancellationToken.None);

    Task ITicketStore.RenewAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken) => RenewAsync(key, ticket, context: null, cancellationToken);

    Task ITicketStore.RemoveAsync(string key, CancellationToken cancellationToken) => RemoveAsync(key);
}
