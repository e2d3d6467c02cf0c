using System.Reflection;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>The folders of a project from the bottom to the top, each with the folders that it uses.</summary>
internal sealed class FolderRules(Assembly assembly, string project, params (string Folder, string[] Uses)[] rules)
{
    private readonly Lazy<IReadOnlyList<FolderUse>> _uses = new(() => FolderUses.Read(assembly, project, withSource: true));

    /// <summary>Every folder has a rule, and every rule has a folder.</summary>
    public void ListEveryFolder() => rules.Select(rule => rule.Folder).ShouldBe(FolderUses.Folders(project), ignoreOrder: true);

    /// <summary>A folder uses only folders above it in the list, so that there are no cycles.</summary>
    public void PointInOneDirection() =>
        rules.SelectMany((rule, index) => rule.Uses.Except(rules.Take(index).Select(earlier => earlier.Folder)).Select(used => $"{rule.Folder} -> {used}")).ShouldBeEmpty();

    /// <summary>No file uses a folder that is not in the rule of its own folder.</summary>
    public void AllowEveryUse()
    {
        _uses.Value.ShouldNotBeEmpty();
        _uses.Value.Where(use => !rules.Any(rule => rule.Folder == use.From && rule.Uses.Contains(use.To))).ShouldBeEmpty();
    }

    /// <summary>Every folder in a rule is used.</summary>
    public void HaveAUseForEveryEdge() =>
        rules.SelectMany(rule => rule.Uses.Where(used => !_uses.Value.Any(use => use.From == rule.Folder && use.To == used)).Select(used => $"{rule.Folder} -> {used}")).ShouldBeEmpty();
}
