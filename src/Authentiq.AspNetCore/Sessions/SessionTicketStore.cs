using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>
/// What the cookie handler sees of the sessions of its scheme: the one place where the key in a cookie becomes a ticket. A key is never used twice, and renewing never brings a session back.
/// </summary>
internal sealed class SessionTicketStore(string scheme, SessionTicketFormat format, SessionRecords records, LiveSessions sessions, SharedSignIn signIns, SessionCheck check) : ITicketStore
{
    public async Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext? context, CancellationToken cancellationToken)
    {
        var key = await signIns.ShareAsync(ticket.Properties, scheme, () => BeginAsync(ticket, context), cancellationToken);

        // Only now, so that whoever signs in over a store that fails keeps what they had.
        if (SessionChange.Find(context, scheme) is { } change)
        {
            change.Begins(key);
            await EndAsync(change, cancellationToken);
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
        if (known is null
            || (SessionOrigin.RevisionOf(ticket.Properties) ?? known.Revision) != known.Revision
            || !await sessions.ReplaceAsync(records.Renew(known, ticket, format), cancellationToken))
        {
            throw new SessionGoneException();
        }
    }

    public Task RemoveAsync(string key, CancellationToken cancellationToken) => sessions.EndAsync(SessionKeys.Hash(scheme, key), cancellationToken);

    /// <summary>Ends the sessions that a sign-in or sign-out replaces.</summary>
    public async Task EndAsync(SessionChange change, CancellationToken cancellationToken)
    {
        foreach (var key in change.OldKeys)
        {
            await RemoveAsync(key, cancellationToken);
        }
    }

    // Not cancelled with the request: another one may wait for the same session.
    private async Task<string> BeginAsync(AuthenticationTicket ticket, HttpContext? context)
    {
        var key = SessionKeys.Create();
        var session = records.Begin(SessionKeys.Hash(scheme, key), ticket, format, context?.Request);
        await sessions.AddAsync(session, CancellationToken.None);
        if (await IsOvertakenAsync(session))
        {
            await sessions.EndAsync(session.Key, CancellationToken.None);
            throw new SignInException(AuthentiqErrors.SignedOut, "the provider ended the session while it was being stored");
        }

        return key;
    }

    // A logout that came before the session was stored has not found it there. Its revocation does not outlast the session, so it is looked for now, and not only by the next request.
    private async Task<bool> IsOvertakenAsync(AuthentiqSession session)
    {
        try
        {
            return SessionFacts.Of(session) is { } facts && await check.IsEndedAsync(facts, CancellationToken.None);
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

    Task ITicketStore.RemoveAsync(string key) => RemoveAsync(key, CancellationToken.None);
}
