namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class ConformancePageTests
{
    /// <summary>Set in the environment, it writes the page instead of comparing it.</summary>
    public const string Switch = "AUTHENTIQ_WRITE_CONFORMANCE_PAGE";

    private static IEnumerable<Row> Rows => ConformancePage.Topics.SelectMany(topic => topic.Rows);

    [Fact]
    public async Task The_page_matches_the_rows()
    {
        var path = Path.Combine(Root(), "src", "Authentiq.AspNetCore", "docs", "conformance.md");
        if (Environment.GetEnvironmentVariable(Switch) is { Length: > 0 })
        {
            await File.WriteAllTextAsync(path, ConformancePage.Write(), TestContext.Current.CancellationToken);
        }

        var page = (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        page.ShouldBe(ConformancePage.Write(), $"Regenerate the page: see its first lines ({Switch}).");
    }

    [Fact]
    public void Every_row_of_a_topic_has_a_name_of_its_own() => ConformancePage.Topics.ShouldAllBe(topic => topic.Rows.DistinctBy(row => row.Id).Count() == topic.Rows.Count);

    [Fact]
    public void Every_acceptance_has_a_twin_that_is_refused() =>
        ConformancePage.Topics
            .SelectMany(topic => topic.Rows.Where(row => row.Ends is SignedIn && !topic.Rows.Any(twin => twin.Id == row.Twin && twin.Ends is not SignedIn)))
            .Select(row => row.Id)
            .ShouldBeEmpty();

    [Fact]
    public void Every_topic_refuses_as_well() => ConformancePage.Topics.Where(topic => topic.Rows.All(row => row.Ends is SignedIn)).ShouldBeEmpty();

    [Fact]
    public void Every_measured_situation_has_a_row() => ConformancePage.Situations.Keys.Where(situation => !ConformancePage.RowsOf(situation).Any()).ShouldBeEmpty();

    [Fact]
    public void No_row_contains_text_that_breaks_the_page() => Rows.Where(row => (row.When + row.Then + row.Source + row.Ends.Words).IndexOfAny(['|', '\n']) >= 0).ShouldBeEmpty();

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Authentiq.AspNetCore.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
