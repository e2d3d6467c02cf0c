namespace Authentiq.Emulator;

/// <summary>The validated content of an <c>id_token_hint</c>.</summary>
/// <param name="Client">The client that the ID token was issued to.</param>
/// <param name="SubjectId">Its <c>sub</c>.</param>
/// <param name="SessionId">Its <c>sid</c>.</param>
internal sealed record IdTokenHint(EmulatorClient Client, string SubjectId, string SessionId);
