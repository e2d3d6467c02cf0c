using System.Reflection;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

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
    public static IReadOnlyList<FolderUse> Read(Assembly assembly, string project)
    {
        var folders = Files(project).ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => FolderOf(project, file), StringComparer.Ordinal);
        return [.. ReadCode(assembly).Concat(ReadSource(project, folders.Keys))
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

    private static List<(string User, string Used)> ReadCode(Assembly assembly)
    {
        using var definition = AssemblyDefinition.ReadAssembly(assembly.Location);
        return [.. definition.MainModule.GetTypes().SelectMany(type => Used(type)
            .Where(reference => reference is not null)
            .SelectMany(reference => WithTypeArguments(reference!))
            .Where(reference => reference.Scope == type.Module)
            .Select(reference => (Outermost(type), Outermost(reference))))];
    }

    private static IEnumerable<TypeReference?> Used(TypeDefinition type) =>
        [type.BaseType, .. type.Interfaces.Select(contract => contract.InterfaceType), .. type.Fields.Select(field => field.FieldType), .. type.Methods.SelectMany(Used)];

    private static IEnumerable<TypeReference?> Used(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(Used) : [],
    ];

    private static IEnumerable<TypeReference?> Used(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MemberReference member => [member.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference> WithTypeArguments(TypeReference type) =>
        [type.GetElementType(), .. type is GenericInstanceType generic ? generic.GenericArguments.SelectMany(WithTypeArguments) : type is TypeSpecification { ElementType: { } element } ? WithTypeArguments(element) : []];

    private static string Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type.Name.Split('`')[0];
}
