using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>The habits of the package for Redis, which are those of the package that it extends.</summary>
public sealed class RedisPackageTests
{
    private static readonly Assembly RedisAssembly = typeof(AuthentiqRedisOptions).Assembly;

    private static readonly List<Type> Types =
        [.. RedisAssembly.GetTypes().Where(type => !type.IsNested && !type.Name.Contains('<', StringComparison.Ordinal) && type.Namespace is "Authentiq.AspNetCore" or "Microsoft.Extensions.DependencyInjection")];

    private static readonly List<LoggerMessageAttribute> Messages =
        [.. typeof(RedisLogMessages).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()];

    [Fact]
    public void Public_types_start_with_Authentiq_and_internal_ones_do_not() =>
        Types.Where(type => type.IsPublic != type.Name.StartsWith("Authentiq", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void Every_class_is_sealed() => Types.Where(type => type.IsClass && !type.IsSealed).ShouldBeEmpty();

    [Fact]
    public void Every_log_message_has_an_id_of_this_package_and_no_place_for_a_key()
    {
        Messages.ShouldNotBeEmpty();
        Messages.Select(message => message.EventId).ShouldBeUnique();
        Messages.ShouldAllBe(message => message.EventId / 100 == 8);
        Messages.ShouldAllBe(message => !message.Message.Contains("{Key", StringComparison.OrdinalIgnoreCase) && !message.Message.Contains("{Token", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void It_adds_StackExchange_Redis_to_the_framework_and_nothing_else() =>
        RedisAssembly.GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal) && !name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal) && !name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
            .ShouldBe(["Authentiq.AspNetCore", "StackExchange.Redis"], ignoreOrder: true);

    [Fact]
    public void Every_option_is_in_the_readme()
    {
        var readme = File.ReadAllText(Repository.PathTo("src", "Authentiq.AspNetCore.Redis", "README.md"));

        typeof(AuthentiqRedisOptions).GetProperties().Select(property => property.Name).Where(name => !readme.Contains($"| `{name}` |", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
