namespace Authentiq.Emulator;

/// <summary>What became of a logout token that was posted to a client.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="StatusCode">The status it answered: 200 where it signed the person out; 0 where it could not be reached.</param>
public sealed record LogoutDelivery(string ClientId, int StatusCode);
