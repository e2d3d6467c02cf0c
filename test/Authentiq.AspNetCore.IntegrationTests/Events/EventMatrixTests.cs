namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The actions of an application in its events and their results, for each of the three ways to handle events.</summary>
public sealed class EventMatrixTests(EventApplications applications) : IClassFixture<EventApplications>
{
    public static TheoryData<string, string> Rows => [.. EventMatrix.Rows.Select(row => (row.Hook, row.Outcome))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_hook_ends_its_step_as_the_table_defines(string hook, string outcome)
    {
        var row = EventMatrix.Rows.Single(row => row.Hook == hook && row.Outcome == outcome);
        foreach (var application in applications.All)
        {
            var (end, ran) = await application.RunAsync(hook, outcome);
            end.ShouldBe(row.End);
            ran.ShouldBe(row.Ran);
        }
    }

    [Fact]
    public void Every_hook_has_a_row_for_every_outcome_that_its_context_offers()
    {
        var possible = typeof(AuthentiqEvents).GetMethods().Where(method => method is { IsVirtual: true, IsFinal: false } && method.ReturnType == typeof(Task))
            .SelectMany(hook => EventRecorder.Outcomes
                .Where(outcome => outcome is "throws" || EventRecorder.Find(hook.GetParameters().Single().ParameterType, outcome) is not null)
                .Select(outcome => $"{hook.Name} {outcome}"));

        EventMatrix.Rows.Select(row => $"{row.Hook} {row.Outcome}").ShouldBe(possible, ignoreOrder: true);
    }
}
