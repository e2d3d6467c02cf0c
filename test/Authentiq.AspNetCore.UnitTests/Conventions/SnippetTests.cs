using System.Text.RegularExpressions;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>Every C# block of a README is a region of a file that is compiled: see the folder Snippets.</summary>
public sealed partial class SnippetTests
{
    private static readonly List<string> Regions =
        [.. Directory.EnumerateFiles(Repository.PathTo("test", "Authentiq.AspNetCore.UnitTests", "Snippets"), "*.cs").SelectMany(file => Region().Matches(File.ReadAllText(file))).Select(match => WithoutIndent(match.Groups["code"].Value))];

    [Theory]
    [InlineData("README.md", 1)]
    [InlineData("src/Authentiq.AspNetCore/README.md", 1)]
    [InlineData("src/Authentiq.AspNetCore/docs/operations.md", 2)]
    [InlineData("src/Authentiq.AspNetCore.Redis/README.md", 3)]
    [InlineData("src/Authentiq.Emulator/README.md", 2)]
    public void A_block_of_the_readme_compiles(string readme, int atLeast)
    {
        var blocks = Block().Matches(File.ReadAllText(Repository.PathTo(readme))).Select(match => match.Groups["code"].Value.TrimEnd()).ToList();

        blocks.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        blocks.Except(Regions, StringComparer.Ordinal).ShouldBeEmpty("these blocks are no region of a file in Snippets");
    }

    private static string WithoutIndent(string code)
    {
        var lines = code.TrimEnd().Split('\n');
        var indent = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length > indent ? line[indent..] : ""));
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^ *#region [^\n]*\n\n?(?<code>.*?)^ *#endregion", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Region();
}
