using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// Lists and ends sessions that are kept on the server: a person's own, or anybody's for an administrator. One that was ended is refused from the next request on.
/// Registered by <c>AddAuthentiqSessions</c>; safe for all threads. Every method throws <see cref="AuthentiqStoreException"/> when the store does not answer.
/// </summary>
public sealed class AuthentiqSessionManager
{
    private readonly LiveSessions _sessions;
    private readonly SessionSchemes _schemes;
    private readonly IOptionsMonitor<AuthentiqOptions> _options;

    internal AuthentiqSessionManager(LiveSessions sessions, SessionSchemes schemes, IOptionsMonitor<AuthentiqOptions> options)
    {
        _sessions = sessions;
        _schemes = schemes;
        _options = options;
    }

    /// <summary>The live sessions of the person who is signed in, the one of this request first and then the one that was used last.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <returns>The sessions; none when nobody is signed in.</returns>
    public async Task<IReadOnlyList<AuthentiqSessionInfo>> FindOwnAsync(HttpContext context, CancellationToken cancellationToken = default)
    {
        var current = await CurrentAsync(context);
        var own = (await FindAsync(current, cancellationToken)).Select(session => Info(session, session.Key == current?.Key));
        return [.. own.OrderByDescending(session => session.IsCurrent).ThenByDescending(session => session.LastSeenAt)];
    }

    /// <summary>Ends one of the sessions of the person who is signed in. Ending the one of this request signs out here, and leaves the session at the provider.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The <see cref="AuthentiqSessionInfo.Id"/>.</param>
    /// <param name="cancellationToken">Cancels the look-up. What was found is ended even when the request is aborted meanwhile.</param>
    /// <returns>Whether it was one of theirs, and still there.</returns>
    public async Task<bool> EndOwnAsync(HttpContext context, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var current = await CurrentAsync(context);
        if ((await FindAsync(current, cancellationToken)).FirstOrDefault(session => SessionKeys.Id(session) == id) is not { } session)
        {
            return false;
        }

        var ended = await _sessions.EndAsync(session.Key, CancellationToken.None);
        if (session.Key == current!.Key)
        {
            await context.SignOutAsync(current.Scheme);
        }

        return ended;
    }

    /// <summary>Ends every session of the person who is signed in, except the one of this request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Cancels the look-up. What was found is ended even when the request is aborted meanwhile.</param>
    /// <returns>How many were ended.</returns>
    public async Task<int> EndOthersAsync(HttpContext context, CancellationToken cancellationToken = default)
    {
        var current = await CurrentAsync(context);
        return current?.SubjectKey is { } subject ? await _sessions.EndOfUserAsync(subject, session => session.Key != current.Key, cancellationToken) : 0;
    }

    /// <summary>
    /// Ends every session of a person: for an administrator, so check who asks. The person can sign in again, and one who is signing in at this moment may succeed.
    /// </summary>
    /// <param name="subject">Whose: the <c>sub</c> of the provider.</param>
    /// <param name="scheme">The Authentiq scheme that the person signed in with.</param>
    /// <param name="cancellationToken">Cancels the look-up. What was found is ended even when the request is aborted meanwhile.</param>
    /// <returns>How many were ended.</returns>
    /// <exception cref="AuthentiqStoreException">The session store is unavailable, or the provider's metadata is, which names the issuer that sessions are found by.</exception>
    public async Task<int> EndAllAsync(string subject, string scheme = AuthentiqDefaults.AuthenticationScheme, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        var options = _options.Get(scheme);
        if (await options.ConfigurationManager!.TryGetAsync(cancellationToken) is not { Issuer: { Length: > 0 } issuer })
        {
            throw new AuthentiqStoreException($"The sessions of the authentication scheme '{scheme}' cannot be found: the provider's metadata, which names its issuer, is unavailable.");
        }

        return await _sessions.EndOfUserAsync(SessionBinding.KeyOfSubject(issuer, options.ClientId!, subject), static _ => true, cancellationToken);
    }

    private Task<CurrentSession?> CurrentAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return CurrentSession.OfAsync(context, _schemes.Names);
    }

    private async Task<IReadOnlyList<AuthentiqSession>> FindAsync(CurrentSession? current, CancellationToken cancellationToken) => current switch
    {
        null => [],
        { SubjectKey: { } subject } => await _sessions.FindOfUserAsync(subject, cancellationToken),
        _ => await _sessions.FindAsync(current.Key, cancellationToken) is { } only ? [only] : [],
    };

    private static AuthentiqSessionInfo Info(AuthentiqSession session, bool isCurrent) => new()
    {
        Id = SessionKeys.Id(session),
        IsCurrent = isCurrent,
        CreatedAt = session.CreatedAt,
        LastSeenAt = session.LastSeenAt,
        ExpiresAt = session.ExpiresAt,
        Device = session.Device,
        Address = session.Address,
    };
}
