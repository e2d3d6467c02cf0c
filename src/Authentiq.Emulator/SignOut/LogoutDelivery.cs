namespace Authentiq.Emulator;

/// <summary>The result of posting a logout token to a client.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="StatusCode">The status of the response: 200 if the client ended its session; 0 if the client could not be reached.</param>
public sealed record LogoutDelivery(string ClientId, int StatusCode);
