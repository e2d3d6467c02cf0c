using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>Which type of an assembly uses which other one, read from the compiled code: signatures and bodies, lambdas included.</summary>
internal static class TypeUses
{
    /// <summary>Pairs of type names.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="withTypeArguments">Whether a type argument counts, such as the category of a logger.</param>
    public static IReadOnlyList<(string User, string Used)> Read(Assembly assembly, bool withTypeArguments)
    {
        using var definition = AssemblyDefinition.ReadAssembly(assembly.Location);
        return [.. definition.MainModule.GetTypes()
            .SelectMany(type => Used(type, withTypeArguments)
                .Where(reference => reference is not null)
                .SelectMany(reference => withTypeArguments ? WithTypeArguments(reference!) : [reference!.GetElementType()])
                .Where(reference => reference.Scope == type.Module)
                .Select(reference => (User: Outermost(type), Used: Outermost(reference))))
            .Where(use => use.User != use.Used)
            .Distinct()];
    }

    private static IEnumerable<TypeReference?> Used(TypeDefinition type, bool withTypeArguments) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(contract => contract.InterfaceType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Methods.SelectMany(method => Used(method, withTypeArguments)),
    ];

    private static IEnumerable<TypeReference?> Used(MethodDefinition method, bool withTypeArguments) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(instruction => Used(instruction, withTypeArguments)) : [],
    ];

    private static IEnumerable<TypeReference?> Used(Instruction instruction, bool withTypeArguments) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method when withTypeArguments => [method.DeclaringType, .. method.GenericArguments],
        MemberReference member => [member.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference> WithTypeArguments(TypeReference type) =>
        [type.GetElementType(), .. type is GenericInstanceType generic ? generic.GenericArguments.SelectMany(WithTypeArguments) : type is TypeSpecification { ElementType: { } element } ? WithTypeArguments(element) : []];

    private static string Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type.Name.Split('`')[0];
}
