namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A measurement that is not asserted. The script of the test runner displays it.</summary>
internal static class Measured
{
    public static void Write(FormattableString what) => TestContext.Current.TestOutputHelper?.WriteLine("Measured: " + FormattableString.Invariant(what));
}
