namespace Authentiq.AspNetCore.UnitTests;

public sealed class RedisFolderTests
{
    private static readonly FolderRules Rules = new(
        typeof(AuthentiqRedisOptions).Assembly,
        "src/Authentiq.AspNetCore.Redis",
        ("Telemetry", []),
        ("Configuration", ["Telemetry"]),
        ("Connection", ["Configuration", "Telemetry"]),
        ("Revocations", ["Configuration", "Connection", "Telemetry"]),
        ("Sessions", ["Connection", "Telemetry"]),
        ("HealthChecks", ["Connection", "Revocations"]),
        (".", ["Configuration", "Connection", "Revocations", "Sessions", "Telemetry"]));

    [Fact]
    public void Every_folder_has_a_rule() => Rules.ListEveryFolder();

    [Fact]
    public void Folders_use_only_folders_that_are_listed_before_them() => Rules.PointInOneDirection();

    [Fact]
    public void Files_use_only_the_folders_of_their_rule() => Rules.AllowEveryUse();

    [Fact]
    public void Every_folder_in_a_rule_is_used() => Rules.HaveAUseForEveryEdge();
}
