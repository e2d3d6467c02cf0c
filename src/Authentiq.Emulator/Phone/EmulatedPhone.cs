namespace Authentiq.Emulator;

/// <summary>The simulated phone with Authentiq ID, for tests. The sign-in page shows one for manual use.</summary>
public sealed class EmulatedPhone
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);

    private readonly EmulatorState _state;
    private readonly BackChannelLogout _backChannel;
    private readonly Mailbox<PendingSignIn> _signIns;

    internal EmulatedPhone(EmulatorState state, BackChannelLogout backChannel)
    {
        _state = state;
        _backChannel = backChannel;
        _signIns = new(state.Options.Capacity, signIn => signIn.Size);
    }

    /// <summary>The sessions that have not ended, in all browsers.</summary>
    public IReadOnlyCollection<EmulatorSession> Sessions => _state.LiveSessions;

    /// <summary>Waits for the next sign-in that is pending. Each sign-in is returned once.</summary>
    /// <param name="timeout">How long to wait, in real time. Default: five seconds.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The sign-in.</returns>
    /// <exception cref="TimeoutException">No browser opened a sign-in page in time.</exception>
    public Task<PendingSignIn> NextSignInAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        _signIns.TakeAsync(signIn => signIn.IsPending, timeout ?? DefaultTimeout, "No sign-in is waiting for the phone.", cancellationToken);

    /// <summary>Approves a sign-in. Its page then continues automatically.</summary>
    /// <param name="signIn">The sign-in.</param>
    /// <param name="persona">The user who approves.</param>
    /// <param name="declinedScopes">Optional scopes, without modifiers, that the user does not share.</param>
    /// <exception cref="InvalidOperationException">
    /// A required scope is declined, the user cannot share a required scope, or the sign-in was already approved or denied.
    /// </exception>
    public void Approve(PendingSignIn signIn, Persona persona, params string[] declinedScopes)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        ArgumentNullException.ThrowIfNull(persona);
        if (signIn.Scopes.FirstOrDefault(scope => scope.Required && declinedScopes.Contains(scope.Name)) is { } required)
        {
            throw new InvalidOperationException($"{required} is required and cannot be declined.");
        }

        if (signIn.Scopes.FirstOrDefault(scope => scope.Required && !ScopeCatalog.CanShare(persona, scope)) is { } missing)
        {
            throw new InvalidOperationException($"{persona.Name} cannot share {missing} and cannot approve this sign-in.");
        }

        ThrowUnless(TryApprove(signIn, persona, declinedScopes));
    }

    /// <summary>Denies a sign-in: the application receives <c>access_denied</c>.</summary>
    /// <param name="signIn">The sign-in.</param>
    /// <exception cref="InvalidOperationException">The sign-in was already approved or denied.</exception>
    public void Deny(PendingSignIn signIn)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        ThrowUnless(TryDeny(signIn));
    }

    /// <summary>
    /// Ends a session at the provider and posts a logout token to each of its clients that has a
    /// <see cref="EmulatorClient.BackChannelLogoutUri"/> (OIDC Back-Channel Logout §2.5). For a session that has already ended,
    /// the logout tokens are posted again.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Cancels the wait for the responses of the clients. The wait is five seconds at most.</param>
    /// <returns>The response of each client.</returns>
    public Task<IReadOnlyList<LogoutDelivery>> SignOutAsync(EmulatorSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        session.End();
        return _backChannel.SendAsync(session, except: null, cancellationToken);
    }

    internal int Bytes => _signIns.Bytes;

    internal void Add(PendingSignIn signIn) => _signIns.Add(signIn);

    /// <summary>Approves a sign-in with the scopes that can be shared and are not declined.</summary>
    internal bool TryApprove(PendingSignIn signIn, Persona persona, IReadOnlyCollection<string> declinedScopes) =>
        signIn.CanBeApprovedBy(persona)
        && signIn.TryDecide(new(persona, SharedScopes(signIn, persona, declinedScopes), _state.Clock.GetUtcNow()));

    internal bool TryDeny(PendingSignIn signIn) => signIn.TryDecide(new(null, [], _state.Clock.GetUtcNow()));

    private static string[] SharedScopes(PendingSignIn signIn, Persona persona, IReadOnlyCollection<string> declinedScopes) =>
    [
        .. signIn.Scopes
            .Where(scope => ScopeCatalog.CanShare(persona, scope))
            .Where(scope => scope.Required || scope.Name == ScopeCatalog.OpenId || !declinedScopes.Contains(scope.Name))
            .Select(scope => scope.Name),
    ];

    private static void ThrowUnless(bool decided)
    {
        if (!decided)
        {
            throw new InvalidOperationException("This sign-in was already approved or denied.");
        }
    }
}
