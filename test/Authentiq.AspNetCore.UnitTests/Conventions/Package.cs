using System.Reflection;
using System.Runtime.CompilerServices;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>The types that are written in the package, without those that the compiler adds.</summary>
internal static class Package
{
    public static Assembly Assembly { get; } = typeof(AuthentiqOptions).Assembly;

    public static IReadOnlyList<Type> Types { get; } =
        [.. Assembly.GetTypes().Where(type => !type.IsNested && !type.Name.Contains('<', StringComparison.Ordinal) && type.Namespace is "Authentiq.AspNetCore" or "Microsoft.Extensions.DependencyInjection" or "System.Security.Claims")];

    /// <summary>Methods as they are written: no accessors, no lambdas, nothing of a record's own.</summary>
    public static IEnumerable<MethodInfo> Methods => Types
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsSpecialName && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !method.Name.Contains('<', StringComparison.Ordinal));
}
