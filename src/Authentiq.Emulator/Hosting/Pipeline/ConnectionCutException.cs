namespace Authentiq.Emulator;

/// <summary>Ends a request without an answer.</summary>
internal sealed class ConnectionCutException() : IOException("The emulator cut the connection, as a fault asked for.");
