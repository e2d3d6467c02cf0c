namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A farm whose sessions are in Redis.</summary>
public sealed class ServerSessionFarm() : Farm(sessionsOnServer: true);
