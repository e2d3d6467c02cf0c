namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The rows of a topic.</summary>
/// <param name="Title">Its heading on the page.</param>
/// <param name="About">The text that applies to all of its rows.</param>
internal sealed record Topic(string Title, string About)
{
    public required IReadOnlyList<Row> Rows { get; init; }

    public IEnumerable<TheoryDataRow<string>> Names => Rows.Select(row => new TheoryDataRow<string>(row.Id) { TestDisplayName = row.Sentence });

    public Task RunAsync(string id, Stages stages)
    {
        var row = Rows.Single(candidate => candidate.Id == id);
        return row.Ends is DoesNotStart start ? row.ShouldNotStartAsync(start.Reason) : stages.RunAsync(row);
    }
}
