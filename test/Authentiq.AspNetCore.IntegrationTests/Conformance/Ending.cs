using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The result of a row for the user.</summary>
internal abstract record Ending
{
    /// <summary>The text on the page.</summary>
    public abstract string Words { get; }

    public abstract Task ShouldHoldAsync(Scene scene, Page page);
}
