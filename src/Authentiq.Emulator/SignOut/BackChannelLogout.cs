using System.Net.Security;

namespace Authentiq.Emulator;

/// <summary>Tells the clients of a session that it has ended (OIDC Back-Channel Logout §2.5).</summary>
internal sealed class BackChannelLogout(EmulatorState state) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SocketsHttpHandler _network = new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = AcceptOnThisMachine },
    };

    private HttpMessageInvoker? _way;

    /// <summary>Over the network, to the registered addresses themselves and to nowhere that those redirect to.</summary>
    public void UseNetwork() => Use(_network);

    /// <summary>Through a handler that stays its owner's.</summary>
    public void Use(HttpMessageHandler handler) => Interlocked.Exchange(ref _way, new(handler, disposeHandler: false))?.Dispose();

    public void Dispose()
    {
        _way?.Dispose();
        _network.Dispose();
    }

    /// <summary>Tells all clients of a session but one, and waits a few seconds for what they say.</summary>
    public async Task<IReadOnlyList<LogoutDelivery>> AnnounceAsync(EmulatorSession session, EmulatorClient? except, CancellationToken cancellationToken)
    {
        var told = state.Clients
            .Where(client => client != except && client.BackChannelLogoutUri is not null && session.ClientIds.Contains(client.ClientId))
            .Select(client => DeliverAsync(client, LogoutTokenIssuer.Issue(state, client, session), cancellationToken));
        return await Task.WhenAll(told.ToArray());
    }

    private async Task<LogoutDelivery> DeliverAsync(EmulatorClient client, string logoutToken, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, client.BackChannelLogoutUri)
        {
            Content = new FormUrlEncodedContent([new("logout_token", logoutToken)]),
        };
        try
        {
            using var response = _way is null ? null : await _way.SendAsync(request, either.Token);
            return new(client.ClientId, (int?)response?.StatusCode ?? 0);
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new(client.ClientId, 0);
        }
    }

    // A development certificate is often trusted by the browser only. What is on this machine need not prove it.
    private static bool AcceptOnThisMachine(object sender, object? certificate, object? chain, SslPolicyErrors errors) =>
        errors == SslPolicyErrors.None || (sender is SslStream stream && IsLoopback(stream.TargetHostName));

    private static bool IsLoopback(string host) => Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var address) && address.IsLoopback;
}
