using System.Net.Security;

namespace Authentiq.Emulator;

/// <summary>Posts logout tokens to the clients of a session that has ended (OIDC Back-Channel Logout §2.5).</summary>
internal sealed class BackChannelLogout(EmulatorState state) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly SocketsHttpHandler _network = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = AcceptOnThisMachine },
    };

    private HttpMessageInvoker? _invoker;

    /// <summary>Posts over the network, to the registered addresses. Redirects are not followed.</summary>
    public void UseNetwork() => Use(_network);

    /// <summary>Posts through a handler, which is not disposed.</summary>
    public void Use(HttpMessageHandler handler) => Interlocked.Exchange(ref _invoker, new(handler, disposeHandler: false))?.Dispose();

    public void Dispose()
    {
        _invoker?.Dispose();
        _network.Dispose();
    }

    /// <summary>Posts a logout token to all clients of a session except one, and waits up to five seconds for the responses.</summary>
    public async Task<IReadOnlyList<LogoutDelivery>> SendAsync(EmulatorSession session, EmulatorClient? except, CancellationToken cancellationToken)
    {
        var deliveries = state.Clients
            .Where(client => client != except && client.BackChannelLogoutUri is not null && session.ClientIds.Contains(client.ClientId))
            .Select(client => DeliverAsync(client, LogoutTokenIssuer.Issue(state, client, session), cancellationToken));
        return await Task.WhenAll(deliveries.ToArray());
    }

    private async Task<LogoutDelivery> DeliverAsync(EmulatorClient client, string logoutToken, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Timeout, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, client.BackChannelLogoutUri)
        {
            Content = new FormUrlEncodedContent([new("logout_token", logoutToken)]),
        };
        try
        {
            using var response = _invoker is null ? null : await _invoker.SendAsync(request, either.Token);
            return new(client.ClientId, (int?)response?.StatusCode ?? 0);
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new(client.ClientId, 0);
        }
    }

    // Often only the browser trusts a development certificate, so certificates of this machine are accepted.
    private static bool AcceptOnThisMachine(object sender, object? certificate, object? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None || (sender is SslStream stream && IsLoopback(stream.TargetHostName));

    private static bool IsLoopback(string host) => Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var address) && address.IsLoopback;
}
