using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>
/// The work that concurrent callbacks of one sign-in share. A double click sends the same response twice: its code is redeemed once, its attempt is used once, and one session is created. All callbacks
/// have the same response and come from the browser that started the sign-in.
/// </summary>
/// <param name="receivedAt">When the first callback was received, by the application's clock. It applies to all of them, so that a logout in between ends the session of each.</param>
internal sealed class SignInFlight(DateTimeOffset receivedAt)
{
    private const string Parameter = "authentiq.sign_in";

    // Shared work is started under the lock, so that it starts once. It does not block before its first await.
    private readonly Lock _lock = new();
    private Dictionary<(string Scheme, string Subject), Task<string>>? _sessions;
    private Task<bool>? _use;
    private Task<ProviderResponse>? _tokens;
    private int _callbacks;

    public DateTimeOffset ReceivedAt { get; } = receivedAt;

    /// <summary>Whether more than one callback has joined, so that the session of the first may have ended already.</summary>
    public bool IsShared => Volatile.Read(ref _callbacks) > 1;

    /// <summary>Adds a callback.</summary>
    public SignInFlight Join()
    {
        Interlocked.Increment(ref _callbacks);
        return this;
    }

    /// <summary>The flight of a ticket, within the request that creates the ticket; otherwise <see langword="null"/>.</summary>
    public static SignInFlight? Of(AuthenticationProperties properties) => properties.GetParameter<SignInFlight>(Parameter);

    /// <summary>Passes the flight to the step that stores the session. A parameter is not stored with the properties.</summary>
    public void AttachTo(AuthenticationProperties properties) => properties.SetParameter(Parameter, this);

    /// <summary>Marks the attempt as used, once for all callbacks of this flight.</summary>
    /// <returns>Whether it was unused.</returns>
    public Task<bool> UseAsync(Func<Task<bool>> use, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _use ??= use();
        }

        return _use.WaitAsync(cancellationToken);
    }

    /// <summary>Redeems the code, once for all callbacks of this flight.</summary>
    /// <param name="redeem">Redeems the code. It is not canceled with the request of one caller.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>The token response. Each callback parses it itself, because events of the application may change the parsed message.</returns>
    public Task<ProviderResponse> RedeemAsync(Func<Task<ProviderResponse>> redeem, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _tokens ??= redeem();
        }

        return _tokens.WaitAsync(cancellationToken);
    }

    /// <summary>Creates the session of a user in a cookie scheme, once for all callbacks of this flight.</summary>
    /// <param name="scheme">The cookie scheme.</param>
    /// <param name="subjectKey">The user. A session is not shared with another user.</param>
    /// <param name="create">Creates the session. It is not canceled with the request of one caller.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>The key of the session.</returns>
    public Task<string> BeginSessionAsync(string scheme, string subjectKey, Func<Task<string>> create, CancellationToken cancellationToken)
    {
        Task<string>? session;
        lock (_lock)
        {
            _sessions ??= [];
            if (!_sessions.TryGetValue((scheme, subjectKey), out session))
            {
                _sessions.Add((scheme, subjectKey), session = create());
            }
        }

        return session.WaitAsync(cancellationToken);
    }
}
