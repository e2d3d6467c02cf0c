namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class CookieFarmTests(CookieFarm farm) : FarmTests(farm), IClassFixture<CookieFarm>;
