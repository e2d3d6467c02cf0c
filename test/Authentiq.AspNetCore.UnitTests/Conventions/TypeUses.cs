using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>Which type of the package uses which other one, read from the compiled package: signatures and bodies, lambdas included.</summary>
internal static class TypeUses
{
    /// <summary>Pairs of type names. What a type uses only as a type argument, such as the category of a logger, is not one of them.</summary>
    public static IReadOnlyList<(string User, string Used)> Read()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(Package.Assembly.Location);
        return [.. assembly.MainModule.GetTypes()
            .SelectMany(type => Used(type).Select(used => (User: Outermost(type), Used: Outermost(used))))
            .Where(use => use.User != use.Used)
            .Distinct()];
    }

    private static IEnumerable<TypeReference> Used(TypeDefinition type) =>
        new[] { type.BaseType }
            .Concat(type.Interfaces.Select(contract => contract.InterfaceType))
            .Concat(type.Fields.Select(field => field.FieldType))
            .Concat(type.Methods.SelectMany(Used))
            .OfType<TypeReference>()
            .Select(reference => reference.GetElementType())
            .Where(reference => reference.Scope == type.Module);

    private static IEnumerable<TypeReference> Used(MethodDefinition method) =>
        method.Parameters.Select(parameter => parameter.ParameterType)
            .Append(method.ReturnType)
            .Concat(method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [])
            .Concat(method.HasBody ? method.Body.Instructions.Select(Used).OfType<TypeReference>() : []);

    private static TypeReference? Used(Instruction instruction) => instruction.Operand switch
    {
        MemberReference { DeclaringType: { } declaring } and not TypeReference => declaring,
        TypeReference type => type,
        _ => null,
    };

    private static string Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type.Name.Split('`')[0];
}
