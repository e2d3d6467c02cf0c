namespace Authentiq.AspNetCore.UnitTests;

/// <summary>The folders follow a sign-in. The edges concern internal types: each folder uses those of the folders that are listed for it, and of no other.</summary>
public sealed class FolderTests
{
    /// <summary>Used by every step; they use no step. In this order: each may use those before it.</summary>
    private static readonly string[] Shared = ["Telemetry", "Failures", "Concurrency", "Metadata"];

    /// <summary>The steps of a sign-in and of a sign-out, in order: each may use those before it.</summary>
    private static readonly string[] Steps = ["Challenge", "Callback", "Tokens", "Claims", "Revocation", "Sessions/Stores", "Sessions/Tickets", "Sessions/Cookies", "Sessions", "SignOut"];

    /// <summary>The package as a whole: they may use every folder, and no step uses them.</summary>
    private static readonly string[] Whole = [".", "Configuration", "HealthChecks"];

    /// <summary>What a revocation is does not depend on how a sign-in comes about.</summary>
    private static readonly string[] WithoutSteps = ["Revocation"];

    private const string Project = "src/Authentiq.AspNetCore";

    private static readonly IReadOnlyList<FolderUse> Uses = FolderUses.Read(Package.Assembly, Project, withSource: false);

    [Fact]
    public void Every_folder_has_its_place() =>
        FolderUses.Folders(Project).ShouldBe([.. Shared, .. Steps, .. Whole], ignoreOrder: true, "add a new folder to this test, and to docs/sign-in-flow.md");

    [Fact]
    public void A_folder_uses_only_the_folders_before_it()
    {
        Uses.Count.ShouldBeGreaterThan(100);

        Uses.Where(use => !IsPublic(use.Used) && !MayUse(use.From).Contains(use.To))
            .Select(use => $"{use.From}/{use.User}.cs uses {use.To}/{use.Used}.cs")
            .ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_registration_knows_the_handler() =>
        TypeUses.Read(Package.Assembly, withTypeArguments: false).Where(use => use.Used == nameof(AuthentiqHandler)).Select(use => use.User)
            .ShouldBe([nameof(Microsoft.Extensions.DependencyInjection.AuthentiqExtensions)]);

    [Fact]
    public void The_emulator_never_references_the_package() =>
        typeof(Emulator.AuthentiqEmulator).Assembly.GetReferencedAssemblies().ShouldNotContain(assembly => assembly.Name == "Authentiq.AspNetCore");

    private static IEnumerable<string> MayUse(string folder) =>
        Shared.Contains(folder) ? Before(Shared, folder)
        : WithoutSteps.Contains(folder) ? Shared
        : Steps.Contains(folder) ? [.. Shared, .. Before(Steps, folder)]
        : [.. Shared, .. Steps, .. Whole];

    private static IEnumerable<string> Before(string[] folders, string folder) => folders.TakeWhile(other => other != folder);

    private static bool IsPublic(string type) => type.StartsWith("Authentiq", StringComparison.Ordinal) || type.StartsWith("IAuthentiq", StringComparison.Ordinal);
}
