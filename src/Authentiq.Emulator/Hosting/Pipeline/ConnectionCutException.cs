namespace Authentiq.Emulator;

/// <summary>Ends a request without a response.</summary>
internal sealed class ConnectionCutException() : IOException("A fault of the emulator cut the connection.");
