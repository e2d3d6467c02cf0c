using Microsoft.AspNetCore.Authentication;

namespace Authentiq.AspNetCore;

/// <summary>
/// What the callbacks of one sign-in share: a double click sends the same response twice, and its code is redeemed once, its attempt is used once, and it begins one session. All of them carry the same
/// response and come from the browser that began the sign-in.
/// </summary>
/// <param name="beganAt">When the first of the callbacks arrived, by our clock. It counts for all of them, so that a logout in between ends the session of each.</param>
internal sealed class SignInFlight(DateTimeOffset beganAt)
{
    private const string Parameter = "authentiq.sign_in";

    // What is shared starts under it, so that it starts once; none of it waits before its first await.
    private readonly Lock _lock = new();
    private Dictionary<(string Scheme, string Subject), Task<string>>? _sessions;
    private Task<bool>? _use;
    private Task<ProviderResponse>? _tokens;
    private int _callbacks;

    public DateTimeOffset BeganAt { get; } = beganAt;

    /// <summary>Whether more than one callback takes part, so that the session of the first may have ended already.</summary>
    public bool IsShared => Volatile.Read(ref _callbacks) > 1;

    /// <summary>One callback more takes part.</summary>
    public SignInFlight Join()
    {
        Interlocked.Increment(ref _callbacks);
        return this;
    }

    /// <summary>The flight that a ticket belongs to, within the request that makes it.</summary>
    public static SignInFlight? Of(AuthenticationProperties properties) => properties.GetParameter<SignInFlight>(Parameter);

    /// <summary>Lets the step that keeps the session find the flight. A parameter is gone with the request.</summary>
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
    /// <param name="redeem">Redeems it. It is not cancelled with the request of one caller.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>The token response. Each callback reads it for itself, as the application's events may change what was read.</returns>
    public Task<ProviderResponse> RedeemAsync(Func<Task<ProviderResponse>> redeem, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _tokens ??= redeem();
        }

        return _tokens.WaitAsync(cancellationToken);
    }

    /// <summary>Begins the session of a user in a cookie scheme, once for all callbacks of this flight.</summary>
    /// <param name="scheme">The cookie scheme.</param>
    /// <param name="subjectKey">The user: a session is never shared with another one.</param>
    /// <param name="begin">Begins it. It is not cancelled with the request of one caller.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    /// <returns>The key of the session.</returns>
    public Task<string> BeginSessionAsync(string scheme, string subjectKey, Func<Task<string>> begin, CancellationToken cancellationToken)
    {
        Task<string>? session;
        lock (_lock)
        {
            _sessions ??= [];
            if (!_sessions.TryGetValue((scheme, subjectKey), out session))
            {
                _sessions.Add((scheme, subjectKey), session = begin());
            }
        }

        return session.WaitAsync(cancellationToken);
    }
}
