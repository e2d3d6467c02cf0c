using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class HealthEndpointTests
{
    [Fact]
    public async Task A_provider_that_is_available_is_healthy()
    {
        await using var app = await StartAsync();

        (await CheckAsync(app)).ShouldBe((HttpStatusCode.OK, "Healthy"));
    }

    [Fact]
    public async Task A_hosted_provider_that_is_down_is_degraded_and_the_node_goes_on()
    {
        await using var app = await StartAsync(Down);

        (await CheckAsync(app)).ShouldBe((HttpStatusCode.OK, "Degraded"));
    }

    [Fact]
    public async Task A_provider_that_is_down_and_was_never_reached_is_unhealthy_where_its_endpoints_are_not_built_in()
    {
        await using var app = await StartAsync(options =>
        {
            Down(options);
            options.MetadataMode = AuthentiqMetadataMode.Discovery;
        });

        (await CheckAsync(app)).ShouldBe((HttpStatusCode.ServiceUnavailable, "Unhealthy"));
    }

    [Fact]
    public async Task A_session_store_that_is_down_is_unhealthy_and_recovers()
    {
        using var store = new ProbedSessionStore();
        await using var app = await StartAsync(services: services => services.AddAuthentiqSessions().AddSingleton<IAuthentiqSessionStore>(store));

        store.IsDown = true;
        (await CheckAsync(app)).ShouldBe((HttpStatusCode.ServiceUnavailable, "Unhealthy"));

        store.IsDown = false;
        (await CheckAsync(app)).ShouldBe((HttpStatusCode.OK, "Healthy"));
    }

    private static void Down(AuthentiqOptions options) => options.BackchannelHttpHandler = new UnreachableProvider();

    private static Task<RelyingParty> StartAsync(Action<AuthentiqOptions>? options = null, Action<IServiceCollection>? services = null) => RelyingParty.StartAsync(
        options: options,
        authentication: collection =>
        {
            collection.AddAuthentication().AddAuthentiq();
            collection.AddHealthChecks().AddAuthentiq();
            services?.Invoke(collection);
        },
        map: app => app.MapHealthChecks("/health"));

    private static async Task<(HttpStatusCode Status, string Body)> CheckAsync(RelyingParty app)
    {
        var page = await app.Browser.GoAsync(RelyingParty.Address + "/health", TestContext.Current.CancellationToken);
        return (page.Status, page.Body);
    }

    private sealed class UnreachableProvider : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new HttpRequestException("down");
    }
}
