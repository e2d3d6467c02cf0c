namespace Authentiq.Emulator;

/// <summary>The client that every emulator registers.</summary>
internal static class DefaultClient
{
    public static void Register(EmulatorClients clients) => clients.Register(client =>
    {
        client.ClientId = EmulatorDefaults.ClientId;
        client.ClientSecret = EmulatorDefaults.ClientSecret;
        client.Name = EmulatorDefaults.ClientName;
        client.TestMode = true;
        client.IdTokenSignedResponseAlg = SigningAlgorithms.HS256;
    });
}
