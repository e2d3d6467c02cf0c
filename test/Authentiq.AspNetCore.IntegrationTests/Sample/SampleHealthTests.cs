using System.Net;
using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class SampleHealthTests(SampleApplication site) : IClassFixture<SampleApplication>
{
    [Fact]
    public async Task The_health_page_needs_no_user_and_is_not_cached()
    {
        using var visitor = new Browser(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { FollowsRedirects = false };

        var page = await visitor.GoAsync(site.Address + "/health", TestContext.Current.CancellationToken);

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldBe("Healthy");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }
}
