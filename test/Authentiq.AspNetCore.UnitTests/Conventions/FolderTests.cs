namespace Authentiq.AspNetCore.UnitTests;

/// <summary>Folders follow a sign-in, and what is internal to one is used by those only that are named here.</summary>
public sealed class FolderTests
{
    /// <summary>What every folder may use, besides what is public.</summary>
    private static readonly string[] SharedFolders = ["Concurrency", "Metadata", "Telemetry"];

    /// <summary>The words that every step speaks: why a sign-in fails, and how the protocol writes a list.</summary>
    private static readonly string[] SharedTypes = [nameof(SignInException), nameof(SpaceSeparated)];

    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        // In the order of a sign-in: a step may know those before it.
        ["Challenge"] = [],
        ["Callback"] = ["Challenge", "Tokens"],
        ["Tokens"] = ["Challenge", "Callback", "Sessions"],
        ["Claims"] = ["Challenge", "Callback", "Tokens"],
        ["Sessions"] = ["Challenge", "Callback"],
        ["SignOut"] = ["Challenge", "Callback", "Tokens", "Sessions"],

        // Beside it.
        ["Authorization"] = [],
        ["Concurrency"] = [],
        ["Configuration"] = ["Tokens"],
        ["HealthChecks"] = ["Authorization", "Callback", "Challenge", "Claims", "Concurrency", "Configuration", "Metadata", "Sessions", "SignOut", "Telemetry", "Tokens"],
        ["Metadata"] = ["Tokens", "Configuration"],
        ["Telemetry"] = [],
    };

    /// <summary>Files that may use more than their folder.</summary>
    private static readonly Dictionary<string, string[]> Exceptions = new(StringComparer.Ordinal)
    {
        // A request of ours to the provider, before the browser goes there (RFC 9126).
        ["PushedAuthorization"] = ["Tokens", "Callback"],

        // Start-up asks every folder what to say.
        ["AuthentiqSessionsExtensions"] = ["Configuration"],
        ["StartupMistakes"] = ["Sessions"],
        ["StartupAdvice"] = ["Sessions", "SignOut"],

        // Which cookies keep a session of ours follows from the schemes that there are.
        ["SessionSchemes"] = ["Configuration"],

        // A logout concerns every scheme of its client.
        ["ClientSchemes"] = ["Configuration"],

        // Whether 'openid' is among the scopes decides what the answer must hold.
        ["SignInAttempt"] = ["Claims"],
    };

    private static readonly Dictionary<string, string> FolderOf = Repository.SourceFiles("src/Authentiq.AspNetCore")
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => Path.GetFileName(Path.GetDirectoryName(file)!), StringComparer.Ordinal);

    private static readonly IReadOnlyList<(string User, string Used)> Uses = TypeUses.Read();

    [Fact]
    public void Every_folder_has_its_place_in_the_flow() =>
        FolderOf.Values.Distinct().Where(folder => folder != "Authentiq.AspNetCore" && !MayUse.ContainsKey(folder)).ShouldBeEmpty("say in this test what the new folder may use");

    [Fact]
    public void A_folder_uses_only_what_it_may()
    {
        Uses.Count.ShouldBeGreaterThan(100);

        Uses.Where(use => FolderOf.ContainsKey(use.User) && FolderOf.ContainsKey(use.Used) && !IsShared(use.Used))
            .Select(use => (From: FolderOf[use.User], To: FolderOf[use.Used], use.User, use.Used))
            .Where(use => use.From != use.To && MayUse.TryGetValue(use.From, out var allowed) && !allowed.Concat(Exceptions.GetValueOrDefault(use.User, [])).Contains(use.To))
            .Select(use => $"{use.From}/{use.User}.cs uses {use.To}/{use.Used}.cs")
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_other_folder_uses_the_health_checks() =>
        Uses.Where(use => FolderOf.GetValueOrDefault(use.Used) == "HealthChecks" && FolderOf.GetValueOrDefault(use.User) != "HealthChecks").ShouldBeEmpty();

    [Fact]
    public void Only_the_registration_knows_the_handler() =>
        Uses.Where(use => use.Used == nameof(AuthentiqHandler)).Select(use => use.User)
            .ShouldBe([nameof(Microsoft.Extensions.DependencyInjection.AuthentiqExtensions), nameof(SchemeNames)], ignoreOrder: true, "SchemeNames tells our schemes from others by it");

    [Fact]
    public void The_emulator_never_references_the_package() =>
        typeof(Emulator.AuthentiqEmulator).Assembly.GetReferencedAssemblies().ShouldNotContain(assembly => assembly.Name == "Authentiq.AspNetCore");

    private static bool IsShared(string type) =>
        type.StartsWith("Authentiq", StringComparison.Ordinal) || type.StartsWith("IAuthentiq", StringComparison.Ordinal) || SharedTypes.Contains(type) || SharedFolders.Contains(FolderOf[type]);
}
