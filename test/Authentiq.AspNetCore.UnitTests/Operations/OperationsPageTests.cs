using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class OperationsPageTests
{
    /// <summary>Set in the environment, it writes the table instead of comparing it.</summary>
    public const string Switch = "AUTHENTIQ_WRITE_OPERATIONS_PAGE";

    private static readonly string PagePath = Repository.PackageFile("docs/operations.md");

    [Fact]
    public void The_table_of_the_page_is_that_of_the_code()
    {
        var page = Read();
        if (Environment.GetEnvironmentVariable(Switch) is { Length: > 0 })
        {
            File.WriteAllText(PagePath, page = LogEvents.WriteTo(page));
        }

        page.ShouldBe(LogEvents.WriteTo(page), $"Write the table again: the comment above it says how ({Switch}).");
        page.ShouldContain(Switch);
    }

    [Fact]
    public void Every_warning_and_error_has_an_action() =>
        LogEvents.All.Where(message => message.Level >= LogLevel.Warning && string.IsNullOrEmpty(LogEventActions.ById.GetValueOrDefault(message.EventId))).Select(message => message.EventId)
            .ShouldBeEmpty("say in LogEventActions what an operator does");

    [Fact]
    public void Every_action_is_for_a_warning_or_an_error() =>
        LogEventActions.ById.Keys.Except(LogEvents.All.Where(message => message.Level >= LogLevel.Warning).Select(message => message.EventId)).ShouldBeEmpty();

    [Fact]
    public void Both_packages_have_events_and_no_id_occurs_twice()
    {
        LogEvents.All.ShouldContain(message => message.EventId == 401);
        LogEvents.All.ShouldContain(message => message.EventId == 801);
        LogEvents.All.Select(message => message.EventId).ShouldBeUnique();
    }

    [Fact]
    public void No_action_breaks_the_table() => LogEventActions.ById.Values.Where(action => action.IndexOfAny(['|', '\n']) >= 0).ShouldBeEmpty();

    [Theory]
    [InlineData("Correlation failed")]
    [InlineData("Redirect loop")]
    [InlineData("401 from the token endpoint")]
    [InlineData("A logout does not arrive")]
    [InlineData("signed out after a deployment")]
    [InlineData("one node only")]
    [InlineData("431")]
    [InlineData("Cookies are too large behind a proxy")]
    [InlineData("`http` instead of `https` in `redirect_uri`")]
    public void The_page_has_the_symptom(string symptom) => Read().Split('\n').ShouldContain(line => line.StartsWith('|') && line.Split('|')[1].Contains(symptom, StringComparison.Ordinal));

    [Fact]
    public void The_page_names_only_events_that_are_there()
    {
        var text = Read()[..Read().IndexOf(LogEvents.Begin, StringComparison.Ordinal)];
        var known = LogEvents.All.Select(message => message.EventId).ToHashSet();

        EventIds.In(text).Where(id => !known.Contains(id)).ShouldBeEmpty();
    }

    [Fact]
    public void The_readme_links_to_the_page() => File.ReadAllText(Repository.PackageFile("README.md")).ShouldContain("(docs/operations.md)");

    private static string Read() => File.ReadAllText(PagePath).ReplaceLineEndings("\n");
}
