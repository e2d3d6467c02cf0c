using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The browser is on the requested page, and the user is signed in.</summary>
internal sealed record SignedIn(string Name = "Alice Smith") : Ending
{
    public override string Words => "signed in";

    public override Task ShouldHoldAsync(Scene scene, Page page)
    {
        page.Body.ShouldBe("signed in as " + Name);
        return Task.CompletedTask;
    }
}
