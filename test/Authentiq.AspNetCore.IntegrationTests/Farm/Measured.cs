namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>What a test has measured and does not judge. The test runner's script shows it.</summary>
internal static class Measured
{
    public static void Write(FormattableString what) => TestContext.Current.TestOutputHelper?.WriteLine("Measured: " + FormattableString.Invariant(what));
}
