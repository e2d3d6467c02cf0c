namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class ServerSessionFarmTests(ServerSessionFarm farm) : FarmTests(farm), IClassFixture<ServerSessionFarm>;
