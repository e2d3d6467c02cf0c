namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A farm whose sessions are in the cookies.</summary>
public sealed class CookieFarm() : Farm(sessionsOnServer: false);
