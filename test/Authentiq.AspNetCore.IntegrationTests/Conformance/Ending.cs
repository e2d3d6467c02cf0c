using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>How a row ends for the person.</summary>
internal abstract record Ending
{
    /// <summary>As the page says it.</summary>
    public abstract string Words { get; }

    public abstract Task ShouldHoldAsync(Scene scene, Page page);
}
