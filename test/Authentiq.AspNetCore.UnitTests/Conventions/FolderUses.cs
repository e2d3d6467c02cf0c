using System.Reflection;
using System.Text.RegularExpressions;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>
/// Reads which folder of a project uses which other folder. A use is a type in a compiled signature or method body, including type arguments and lambdas, or the name of a type in the source,
/// which includes constants. Comments do not count. A subfolder is a folder of its own, and the files of a project belong to the folder <c>.</c>.
/// </summary>
internal static class FolderUses
{
    /// <summary>The folders of a project that hold source files, relative to the project.</summary>
    public static IReadOnlyList<string> Folders(string project) => [.. Files(project).Select(file => FolderOf(project, file)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The uses of a project, one per pair of files.</summary>
    /// <param name="assembly">The compiled project.</param>
    /// <param name="project">Its folder.</param>
    /// <param name="withSource">Whether names in the source count. In a project with members that have the name of a type they would be taken for the type.</param>
    public static IReadOnlyList<FolderUse> Read(Assembly assembly, string project, bool withSource)
    {
        var folders = Files(project).ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => FolderOf(project, file), StringComparer.Ordinal);
        return [.. TypeUses.Read(assembly, withTypeArguments: true).Concat(withSource ? ReadSource(project, folders.Keys) : [])
            .Distinct()
            .Where(use => folders.ContainsKey(use.User) && folders.ContainsKey(use.Used))
            .Select(use => new FolderUse(folders[use.User], folders[use.Used], use.User, use.Used))
            .Where(use => use.From != use.To)];
    }

    private static IEnumerable<string> Files(string project) => Repository.SourceFiles(project);

    private static string FolderOf(string project, string file) => Path.GetRelativePath(Repository.PathTo(project), Path.GetDirectoryName(file)!).Replace('\\', '/');

    private static IEnumerable<(string User, string Used)> ReadSource(string project, IEnumerable<string> types)
    {
        var name = new Regex($@"(?<![\w.])(?:{string.Join('|', types.Select(Regex.Escape))})(?!\w)", RegexOptions.None, TimeSpan.FromSeconds(10));
        return Files(project).SelectMany(file => File.ReadLines(file)
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => name.Matches(line))
            .Select(match => (Path.GetFileNameWithoutExtension(file), match.Value)));
    }
}
