namespace Authentiq.Emulator;

/// <summary>The logout pages of the clients, which a browser loads in frames (OIDC Front-Channel Logout §3).</summary>
internal static class FrontChannelLogout
{
    /// <summary>The addresses for all clients of the sessions, except one client.</summary>
    public static IReadOnlyList<string> Addresses(EmulatorState state, IEnumerable<EmulatorSession> sessions, EmulatorClient? except) =>
    [
        .. from session in sessions
           from client in state.Clients
           where client != except && client.FrontChannelLogoutUri is not null && session.ClientIds.Contains(client.ClientId)
           select RedirectUri.WithQuery(
               client.FrontChannelLogoutUri!,
               $"iss={Uri.EscapeDataString(state.Issuer.AbsoluteUri)}&sid={Uri.EscapeDataString(session.SessionId)}"),
    ];
}
