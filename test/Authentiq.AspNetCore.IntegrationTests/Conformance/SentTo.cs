using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The browser is redirected to an address.</summary>
internal sealed record SentTo(string Address) : Ending
{
    public override string Words => $"sent to `{Address}`";

    public override Task ShouldHoldAsync(Scene scene, Page page)
    {
        page.Headers.Location.ShouldNotBeNull(page.Body);
        page.Headers.Location.OriginalString.ShouldBe(Address);
        return Task.CompletedTask;
    }
}
