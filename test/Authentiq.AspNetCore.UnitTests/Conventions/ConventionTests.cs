using System.Reflection;
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
}
