namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class SampleStartTests
{
    [Fact]
    public async Task The_sample_reports_configuration_errors_and_exits()
    {
        await using var node = new SampleNode(new Dictionary<string, string>(StringComparer.Ordinal) { ["ConnectionStrings__Redis"] = "localhost:6379,nonsense=1" });

        await Should.ThrowAsync<InvalidOperationException>(node.StartAsync(TestContext.Current.CancellationToken));

        await Eventually.BecomesTrueAsync(() => Task.FromResult(node.Output.Contains("Configuration of AddAuthentiqRedis cannot be read at 'nonsense'", StringComparison.Ordinal)), "the last mistake is told");
        node.Output.ShouldContain("ClientId is missing");
        node.Output.ShouldNotContain("Exception");
    }
}
