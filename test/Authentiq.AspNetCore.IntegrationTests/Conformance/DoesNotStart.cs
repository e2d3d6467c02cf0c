using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The application does not start, and reports the reason.</summary>
internal sealed record DoesNotStart(string Reason) : Ending
{
    public override string Words => "does not start";

    public override Task ShouldHoldAsync(Scene scene, Page page) => throw new InvalidOperationException("An application that does not start has no page.");
}
