using Authentiq.Emulator;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class EmulatorFolderTests
{
    private static readonly FolderRules Rules = new(
        typeof(AuthentiqEmulator).Assembly,
        "src/Authentiq.Emulator",
        ("Personas", []),
        ("Storage", []),
        ("Options", ["Personas"]),
        ("Scopes", ["Personas"]),
        ("Signing", ["Storage"]),
        ("Clients", ["Options", "Signing"]),
        ("Requests", ["Storage"]),
        ("Journal", ["Storage", "Requests"]),
        ("Faults", ["Signing", "Requests"]),
        ("Authorization", ["Storage", "Scopes", "Clients", "Requests"]),
        ("Sessions", ["Personas", "Storage", "Clients", "Requests", "Authorization"]),
        ("SignIns", ["Personas", "Storage", "Scopes", "Clients", "Requests", "Authorization"]),
        ("State", ["Personas", "Storage", "Options", "Signing", "Clients", "Requests", "Journal", "Faults", "Authorization", "Sessions", "SignIns"]),
        ("Tokens", ["Personas", "Storage", "Options", "Scopes", "Signing", "Clients", "Faults", "Authorization", "Sessions", "State"]),
        ("Authorization/Checks", ["Options", "Scopes", "Clients", "Requests", "Authorization", "State", "Tokens"]),
        ("SignOut", ["Clients", "Sessions", "State", "Tokens"]),
        ("Phone", ["Personas", "Storage", "Options", "Scopes", "Sessions", "SignIns", "State", "SignOut"]),
        ("Browsers", ["Storage", "Sessions", "SignIns", "State"]),
        ("Responses", []),
        ("Pages/Markup", ["Storage"]),
        ("Pages", ["Personas", "Scopes", "Clients", "Requests", "Authorization", "Sessions", "SignIns", "State", "SignOut", "Pages/Markup"]),
        ("Authorization/Responses", ["Personas", "Storage", "Options", "Scopes", "Clients", "Requests", "Faults", "Authorization", "Sessions", "SignIns", "State", "Tokens", "Browsers", "Responses", "Pages"]),
        ("Endpoints/Metadata", ["Options", "Scopes", "Signing", "Clients", "Requests", "Authorization", "State", "Responses", "Pages"]),
        ("Endpoints/Token", ["Personas", "Storage", "Scopes", "Clients", "Requests", "Faults", "Sessions", "State", "Tokens", "Responses"]),
        ("Endpoints/Authorization", ["Personas", "Storage", "Options", "Clients", "Requests", "Authorization", "SignIns", "State", "Authorization/Checks", "Phone", "Browsers", "Responses", "Pages", "Authorization/Responses", "Endpoints/Token"]),
        ("Endpoints/SignIn", ["Personas", "Storage", "Scopes", "Requests", "Authorization", "SignIns", "State", "Phone", "Browsers", "Responses", "Pages", "Authorization/Responses"]),
        ("Endpoints/Session", ["Personas", "Clients", "Requests", "Authorization", "Sessions", "State", "Tokens", "SignOut", "Phone", "Browsers", "Responses", "Pages"]),
        ("Endpoints", ["Requests", "State", "SignOut", "Phone", "Browsers", "Authorization/Responses", "Endpoints/Metadata", "Endpoints/Token", "Endpoints/Authorization", "Endpoints/SignIn", "Endpoints/Session"]),
        ("Hosting/Pipeline", ["Requests", "Journal", "Faults", "State", "Browsers", "Pages/Markup", "Pages"]),
        ("Hosting", ["Options", "Requests", "State", "Endpoints", "Hosting/Pipeline"]),
        (".", ["Personas", "Options", "Signing", "Clients", "Journal", "Faults", "Sessions", "State", "Tokens", "SignOut", "Phone", "Endpoints", "Hosting"]),
        ("Application", ["Options", "Signing", "Clients", "Hosting", "."]),
        ("Program", ["Options", "Clients", "."]));

    [Fact]
    public void Every_folder_has_a_rule() => Rules.ListEveryFolder();

    [Fact]
    public void Folders_use_only_folders_that_are_listed_before_them() => Rules.PointInOneDirection();

    [Fact]
    public void Files_use_only_the_folders_of_their_rule() => Rules.AllowEveryUse();

    [Fact]
    public void Every_folder_in_a_rule_is_used() => Rules.HaveAUseForEveryEdge();
}
