using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Authentiq.AspNetCore.UnitTests;

internal static class HealthReportAssertions
{
    /// <summary>Neither the description nor the data of a result holds a text.</summary>
    public static void ShouldSayNothingOf(this HealthReportEntry entry, string text) => $"{entry.Description} {string.Join(' ', entry.Data)} {entry.Exception}".ShouldNotContain(text);
}
