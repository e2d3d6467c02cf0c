using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore;

/// <summary>
/// Lists and ends server-side sessions: those of the user of a request, or those of any user by the <c>sub</c>, for an administrator, a background service or a Blazor circuit. A session that was ended is rejected from the
/// next request on. <c>AddAuthentiqSessions</c> registers it as a singleton; it is thread-safe.
/// </summary>
/// <remarks>
/// Every method throws <see cref="AuthentiqStoreException"/> when the session store is unavailable. The methods that take a subject do not check who calls them: authorize the caller. They also throw it when the metadata of
/// the provider, which contains the issuer that sessions are found by, is unavailable.
/// </remarks>
public class AuthentiqSessionManager
{
    private readonly Services? _services;

    /// <summary>Creates an instance without a session store, for a mock that overrides the members that are called. The other members throw <see cref="InvalidOperationException"/>.</summary>
    protected AuthentiqSessionManager()
    {
    }

    internal AuthentiqSessionManager(LiveSessions sessions, SessionSchemes cookies, IOptions<ProviderSchemes> schemes, IOptionsMonitor<AuthentiqOptions> options) =>
        _services = new(sessions, cookies, schemes.Value, options);

    private Services Require => _services ?? throw new InvalidOperationException("This AuthentiqSessionManager has no session store: override the member, or call AddAuthentiqSessions() and resolve the service.");

    /// <summary>Returns the sessions of the user of a request: the current one first, and then the most recently used one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The sessions; empty for an anonymous request.</returns>
    /// <exception cref="AuthentiqStoreException">The session store is unavailable.</exception>
    public virtual async Task<IReadOnlyList<AuthentiqSessionInfo>> FindOwnAsync(HttpContext context, CancellationToken cancellationToken = default)
    {
        var current = await CurrentAsync(context);
        var own = (await FindAsync(current, cancellationToken)).Select(session => CreateInfo(session, session.Key == current?.Key));
        return [.. own.OrderByDescending(session => session.IsCurrent).ThenByDescending(session => session.LastSeenAt)];
    }

    /// <summary>Ends one of the sessions of the user of a request. When it is the current one, the request is signed out of the cookie scheme as well. The session at the provider does not end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">An <see cref="AuthentiqSessionInfo.Id"/>.</param>
    /// <param name="cancellationToken">Cancels the search. A session that was found is ended even when the request is aborted.</param>
    /// <returns><see langword="true"/> when the session was ended; <see langword="false"/> when it is not one of the user, or had ended already.</returns>
    /// <exception cref="AuthentiqStoreException">The session store is unavailable.</exception>
    public virtual async Task<bool> EndOwnAsync(HttpContext context, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var current = await CurrentAsync(context);
        if ((await FindAsync(current, cancellationToken)).FirstOrDefault(session => SessionKeys.Id(session) == id) is not { } session)
        {
            return false;
        }

        var ended = await Require.Sessions.EndAsync(session.Key, CancellationToken.None);
        if (session.Key == current!.Key)
        {
            await context.SignOutAsync(current.Scheme);
        }

        return ended;
    }

    /// <summary>Ends all sessions of the user of a request, except the current one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Cancels the search. Sessions that were found are ended even when the request is aborted.</param>
    /// <returns>The number of sessions that were ended.</returns>
    /// <exception cref="AuthentiqStoreException">The session store is unavailable.</exception>
    public virtual async Task<int> EndOthersAsync(HttpContext context, CancellationToken cancellationToken = default)
    {
        var current = await CurrentAsync(context);
        return current?.SubjectKey is { } subject ? await Require.Sessions.EndOfUserAsync(subject, session => session.Key != current.Key, cancellationToken) : 0;
    }

    /// <summary>Returns a page of the sessions of a user, the most recently used one first.</summary>
    /// <param name="subject">The user: the <c>sub</c> of the provider.</param>
    /// <param name="scheme">The Authentiq scheme that the user signed in with. Default: <see cref="AuthentiqDefaults.AuthenticationScheme"/>.</param>
    /// <param name="skip">The number of sessions to skip. Default: 0.</param>
    /// <param name="take">The maximum number of sessions to return. Default: 100, the default of <see cref="AuthentiqSessionOptions.MaxSessionsPerUser"/>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// The sessions; fewer than <paramref name="take"/> on the last page. Sessions that are used, created or ended between two calls can be returned twice or left out, as in any paging by position.
    /// </returns>
    /// <exception cref="ArgumentException">There is no Authentiq scheme with that name, or <paramref name="subject"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is negative, or <paramref name="take"/> is less than 1.</exception>
    /// <exception cref="AuthentiqStoreException">The session store or the metadata of the provider is unavailable.</exception>
    public virtual async Task<IReadOnlyList<AuthentiqSessionInfo>> FindAsync(
        string subject, string scheme = AuthentiqDefaults.AuthenticationScheme, int skip = 0, int take = 100, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(take);
        var subjectKey = await GetSubjectKeyAsync(subject, scheme, cancellationToken);
        return [.. (await Require.Sessions.FindOfUserAsync(subjectKey, skip, take, cancellationToken)).Select(session => CreateInfo(session, isCurrent: false))];
    }

    /// <summary>Ends one session of a user. The cookie of that session is rejected from its next request on, and then deleted. The session at the provider does not end.</summary>
    /// <param name="subject">The user: the <c>sub</c> of the provider.</param>
    /// <param name="id">An <see cref="AuthentiqSessionInfo.Id"/>.</param>
    /// <param name="scheme">The Authentiq scheme that the user signed in with. Default: <see cref="AuthentiqDefaults.AuthenticationScheme"/>.</param>
    /// <param name="cancellationToken">Cancels the search. A session that was found is ended even when the token is cancelled.</param>
    /// <returns><see langword="true"/> when the session was ended; <see langword="false"/> when it is not one of that user, or had ended already.</returns>
    /// <exception cref="ArgumentException">There is no Authentiq scheme with that name, or <paramref name="subject"/> is empty.</exception>
    /// <exception cref="AuthentiqStoreException">The session store or the metadata of the provider is unavailable.</exception>
    public virtual async Task<bool> EndAsync(string subject, string id, string scheme = AuthentiqDefaults.AuthenticationScheme, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var subjectKey = await GetSubjectKeyAsync(subject, scheme, cancellationToken);
        return await Require.Sessions.EndOfUserAsync(subjectKey, session => SessionKeys.Id(session) == id, cancellationToken) > 0;
    }

    /// <summary>Ends all sessions of a user. The user can sign in again, and a sign-in that is in progress can succeed.</summary>
    /// <param name="subject">The user: the <c>sub</c> of the provider.</param>
    /// <param name="scheme">The Authentiq scheme that the user signed in with. Default: <see cref="AuthentiqDefaults.AuthenticationScheme"/>.</param>
    /// <param name="cancellationToken">Cancels the search. Sessions that were found are ended even when the token is cancelled.</param>
    /// <returns>The number of sessions that were ended.</returns>
    /// <exception cref="ArgumentException">There is no Authentiq scheme with that name, or <paramref name="subject"/> is empty.</exception>
    /// <exception cref="AuthentiqStoreException">The session store or the metadata of the provider is unavailable.</exception>
    public virtual async Task<int> EndAllAsync(string subject, string scheme = AuthentiqDefaults.AuthenticationScheme, CancellationToken cancellationToken = default)
    {
        var subjectKey = await GetSubjectKeyAsync(subject, scheme, cancellationToken);
        return await Require.Sessions.EndOfUserAsync(subjectKey, static _ => true, cancellationToken);
    }

    /// <summary>
    /// Ends all sessions of a user except one, such as the one of a Blazor circuit: in the request that starts the circuit, <see cref="FindOwnAsync"/> returns it with <see cref="AuthentiqSessionInfo.IsCurrent"/>.
    /// </summary>
    /// <param name="subject">The user: the <c>sub</c> of the provider.</param>
    /// <param name="id">The <see cref="AuthentiqSessionInfo.Id"/> of the session that is left.</param>
    /// <param name="scheme">The Authentiq scheme that the user signed in with. Default: <see cref="AuthentiqDefaults.AuthenticationScheme"/>.</param>
    /// <param name="cancellationToken">Cancels the search. Sessions that were found are ended even when the token is cancelled.</param>
    /// <returns>The number of sessions that were ended.</returns>
    /// <exception cref="ArgumentException">There is no Authentiq scheme with that name, or <paramref name="subject"/> is empty.</exception>
    /// <exception cref="AuthentiqStoreException">The session store or the metadata of the provider is unavailable.</exception>
    public virtual async Task<int> EndAllExceptAsync(string subject, string id, string scheme = AuthentiqDefaults.AuthenticationScheme, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var subjectKey = await GetSubjectKeyAsync(subject, scheme, cancellationToken);
        return await Require.Sessions.EndOfUserAsync(subjectKey, session => SessionKeys.Id(session) != id, cancellationToken);
    }

    private Task<CurrentSession?> CurrentAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return CurrentSession.OfAsync(context, Require.Cookies.Names);
    }

    private async Task<IReadOnlyList<AuthentiqSession>> FindAsync(CurrentSession? current, CancellationToken cancellationToken) => current switch
    {
        null => [],
        { SubjectKey: { } subject } => await Require.Sessions.FindOfUserAsync(subject, cancellationToken),
        _ => await Require.Sessions.FindAsync(current.Key, cancellationToken) is { } only ? [only] : [],
    };

    private async Task<string> GetSubjectKeyAsync(string subject, string scheme, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        var services = Require;
        if (!services.Schemes.Names.Contains(scheme, StringComparer.Ordinal))
        {
            throw new ArgumentException($"There is no Authentiq scheme named '{LogText.Clean(scheme)}': use one of {string.Join(", ", services.Schemes.Names.Select(name => $"'{name}'"))}.", nameof(scheme));
        }

        var options = services.Options.Get(scheme);
        return await options.ConfigurationManager!.TryGetAsync(cancellationToken) is { Issuer: { Length: > 0 } issuer }
            ? SessionBinding.KeyOfSubject(issuer, options.ClientId!, subject)
            : throw new AuthentiqStoreException($"The sessions of the authentication scheme '{scheme}' cannot be found: the metadata of the provider, which contains its issuer, is unavailable.");
    }

    private static AuthentiqSessionInfo CreateInfo(AuthentiqSession session, bool isCurrent) => new()
    {
        Id = SessionKeys.Id(session),
        IsCurrent = isCurrent,
        CreatedAt = session.CreatedAt,
        LastSeenAt = session.LastSeenAt,
        ExpiresAt = session.ExpiresAt,
        Device = session.Device,
        Address = session.Address,
    };

    private sealed record Services(LiveSessions Sessions, SessionSchemes Cookies, ProviderSchemes Schemes, IOptionsMonitor<AuthentiqOptions> Options);
}
