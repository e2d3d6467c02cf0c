namespace Authentiq.Emulator;

/// <summary>The phone with Authentiq ID on it, for tests. The sign-in page has one too, for people.</summary>
public sealed class EmulatedPhone
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly EmulatorState _state;
    private readonly BackChannelLogout _backChannel;
    private readonly Mailbox<PendingSignIn> _signIns;

    internal EmulatedPhone(EmulatorState state, BackChannelLogout backChannel)
    {
        _state = state;
        _backChannel = backChannel;
        _signIns = new(state.Options.Capacity, signIn => signIn.Size);
    }

    /// <summary>The sessions of everybody who is signed in, in any browser.</summary>
    public IReadOnlyCollection<EmulatorSession> Sessions => _state.LiveSessions;

    /// <summary>The next sign-in that waits for a phone, or will soon. Each is returned once.</summary>
    /// <param name="timeout">How long to wait for it, in real time. Default: five seconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The sign-in.</returns>
    /// <exception cref="TimeoutException">No browser came to a sign-in page.</exception>
    public Task<PendingSignIn> NextSignInAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        _signIns.TakeAsync(signIn => signIn.IsPending, timeout ?? Patience, "No sign-in is waiting for the phone.", cancellationToken);

    /// <summary>Approves a sign-in. Its page then goes on by itself.</summary>
    /// <param name="signIn">The sign-in.</param>
    /// <param name="persona">Whose phone it is.</param>
    /// <param name="declinedScopes">Optional scopes, without modifiers, that they do not share.</param>
    /// <exception cref="InvalidOperationException">
    /// Something required is declined or this person does not have it, or the sign-in was decided before.
    /// </exception>
    public void Approve(PendingSignIn signIn, Persona persona, params string[] declinedScopes)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        ArgumentNullException.ThrowIfNull(persona);
        if (signIn.Scopes.FirstOrDefault(scope => scope.Required && declinedScopes.Contains(scope.Name)) is { } required)
        {
            throw new InvalidOperationException($"{required} is required, so nobody can decline it.");
        }

        if (signIn.Scopes.FirstOrDefault(scope => scope.Required && !ScopeCatalog.CanShare(persona, scope)) is { } missing)
        {
            throw new InvalidOperationException($"{persona.Name} cannot share {missing}, so cannot approve this sign-in.");
        }

        ThrowUnless(TryApprove(signIn, persona, declinedScopes));
    }

    /// <summary>Denies a sign-in: the application gets <c>access_denied</c>.</summary>
    /// <param name="signIn">The sign-in.</param>
    /// <exception cref="InvalidOperationException">It was decided before.</exception>
    public void Deny(PendingSignIn signIn)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        ThrowUnless(TryDeny(signIn));
    }

    /// <summary>
    /// Signs a person out everywhere a session reaches: ends it at the provider, and posts a logout token to each of its
    /// clients that has a <see cref="EmulatorClient.BackChannelLogoutUri"/> (OIDC Back-Channel Logout §2.5). A session that has
    /// ended before is announced again.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellationToken">Ends the wait for the clients' answers, which is a few seconds at most.</param>
    /// <returns>What each of them answered.</returns>
    public Task<IReadOnlyList<LogoutDelivery>> SignOutAsync(EmulatorSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        session.End();
        return _backChannel.AnnounceAsync(session, except: null, cancellationToken);
    }

    internal int Bytes => _signIns.Bytes;

    internal void Show(PendingSignIn signIn) => _signIns.Add(signIn);

    /// <summary>Shares what can be shared and was not declined.</summary>
    internal bool TryApprove(PendingSignIn signIn, Persona persona, IReadOnlyCollection<string> declinedScopes) =>
        signIn.CanBeApprovedBy(persona)
        && signIn.TryDecide(new(persona, Shared(signIn, persona, declinedScopes), _state.Clock.GetUtcNow()));

    internal bool TryDeny(PendingSignIn signIn) => signIn.TryDecide(new(null, [], _state.Clock.GetUtcNow()));

    private static string[] Shared(PendingSignIn signIn, Persona persona, IReadOnlyCollection<string> declinedScopes) =>
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
            throw new InvalidOperationException("This sign-in was approved or denied before.");
        }
    }
}
