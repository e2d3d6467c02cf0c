namespace Authentiq.AspNetCore.UnitTests;

public sealed class VisibilityTests
{
    private static readonly Type[] OpenForInheritance = [typeof(AuthentiqOptions), typeof(AuthentiqEvents), typeof(AuthentiqHandler), typeof(AuthentiqChallengeProperties), typeof(AuthentiqSessionManager)];

    [Fact]
    public void Public_types_start_with_Authentiq_and_internal_ones_do_not() =>
        Package.Types.Where(type => type.IsPublic != (type.Name.StartsWith("Authentiq", StringComparison.Ordinal) || type.Name.StartsWith("IAuthentiq", StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void Classes_are_sealed_unless_the_application_may_derive_from_them() =>
        Package.Types.Where(type => type.IsClass && !type.IsSealed && !OpenForInheritance.Contains(type)).ShouldBeEmpty();
}
