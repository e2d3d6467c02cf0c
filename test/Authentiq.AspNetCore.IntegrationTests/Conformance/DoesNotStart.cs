using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The application does not start, and says why.</summary>
internal sealed record DoesNotStart(string Reason) : Ending
{
    public override string Words => "does not start";

    public override Task ShouldHoldAsync(Scene scene, Page page) => throw new InvalidOperationException("There is no page of an application that does not start.");
}
