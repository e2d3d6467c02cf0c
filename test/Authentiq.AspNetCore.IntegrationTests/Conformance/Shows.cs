using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The browser is on a page with this text.</summary>
internal sealed record Shows(string Meaning, string Body) : Ending
{
    public override string Words => Meaning;

    public override Task ShouldHoldAsync(Scene scene, Page page)
    {
        page.Body.ShouldContain(Body);
        return Task.CompletedTask;
    }
}
