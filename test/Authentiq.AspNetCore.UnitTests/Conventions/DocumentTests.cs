using System.Text.RegularExpressions;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>What the documents name is there.</summary>
public sealed partial class DocumentTests
{
    private static readonly ILookup<string, string> TestClasses = Repository.SourceFiles("test").ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText, StringComparer.Ordinal);

    [Theory]
    [InlineData("docs/sign-in-flow.md")]
    [InlineData("docs/threat-model.md")]
    public void A_document_names_only_files_that_are_there(string document)
    {
        var files = FileName().Matches(Read(document)).Select(match => match.Value).ToList();

        files.Count.ShouldBeGreaterThan(10);
        files.Where(file => !File.Exists(Repository.PackageFile(file))).ShouldBeEmpty();
    }

    [Fact]
    public void The_threat_model_names_only_tests_that_are_there()
    {
        var tests = TestName().Matches(Read("docs/threat-model.md")).Select(match => (Class: match.Groups["class"].Value, Test: match.Groups["test"].Value)).ToList();

        tests.Count.ShouldBeGreaterThan(10);
        tests.Where(test => !TestClasses[test.Class].Any(text => text.Contains($" {test.Test}(", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static string Read(string document) => File.ReadAllText(Repository.PackageFile(document));

    [GeneratedRegex(@"[\w/]+\.cs\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<test>\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName();
}
