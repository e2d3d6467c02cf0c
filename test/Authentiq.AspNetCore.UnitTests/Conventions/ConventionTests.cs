using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class ConventionTests
{
    private static readonly Assembly Package = typeof(AuthentiqOptions).Assembly;

    private static readonly Type[] OpenForInheritance = [typeof(AuthentiqOptions), typeof(AuthentiqEvents), typeof(AuthentiqHandler), typeof(AuthentiqChallengeProperties)];

    private static IEnumerable<Type> Types => Package.GetTypes().Where(type => !type.IsNested && !type.Name.Contains('<', StringComparison.Ordinal) && type.Namespace is not null && !type.Namespace.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) && !type.Namespace.StartsWith("System.Runtime", StringComparison.Ordinal));

    [Fact]
    public void Public_types_start_with_Authentiq_and_internal_ones_do_not() =>
        Types.Where(type => type.IsPublic != (type.Name.StartsWith("Authentiq", StringComparison.Ordinal) || type.Name.StartsWith("IAuthentiq", StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void Classes_are_sealed_unless_the_application_may_derive_from_them() =>
        Types.Where(type => type.IsClass && !type.IsSealed && !OpenForInheritance.Contains(type)).ShouldBeEmpty();

    [Fact]
    public void Every_log_message_has_an_id_and_a_name_of_its_own_and_no_place_for_a_secret()
    {
        var messages = typeof(LogMessages).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>().ToList();

        messages.ShouldNotBeEmpty();
        messages.Select(message => message.EventId).ShouldBeUnique();
        messages.Select(message => message.EventName).ShouldBeUnique();
        foreach (var word in (string[])["{Token", "{Code", "{Secret", "{Nonce", "{State", "{Sub", "{Sid", "{Key"])
        {
            messages.ShouldAllBe(message => !message.Message.Contains(word, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void The_adapter_passes_every_event_of_the_framework_on()
    {
        var events = typeof(OpenIdConnectEvents).GetMethods().Where(method => method.IsVirtual && method.ReturnType == typeof(Task));

        events.Where(method => typeof(EventsAdapter).GetMethod(method.Name)!.DeclaringType != typeof(EventsAdapter)).ShouldBeEmpty();
    }

    [Fact]
    public void The_emulator_never_references_the_package() =>
        typeof(Emulator.AuthentiqEmulator).Assembly.GetReferencedAssemblies().ShouldNotContain(assembly => assembly.Name == "Authentiq.AspNetCore");

    [Fact]
    public void The_drawing_of_the_flow_names_only_files_that_are_there()
    {
        var package = Path.Combine(Repository(), "src", "Authentiq.AspNetCore");
        var named = Regex.Matches(File.ReadAllText(Path.Combine(package, "docs", "sign-in-flow.md")), @"[\w/]+\.cs", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => match.Value).ToList();

        named.Count.ShouldBeGreaterThan(10);
        named.Where(file => !File.Exists(Path.Combine(package, file))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_option_of_ours_is_in_the_readme()
    {
        var readme = File.ReadAllText(Path.Combine(Repository(), "README.md"));

        typeof(AuthentiqOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(property => property.Name)
            .Where(name => !readme.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Authentiq.AspNetCore.sln")))
        {
            folder = folder.Parent;
        }

        return folder!.FullName;
    }
}
