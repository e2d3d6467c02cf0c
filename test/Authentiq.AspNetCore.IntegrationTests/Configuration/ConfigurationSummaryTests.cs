using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class ConfigurationSummaryTests
{
    private static readonly string[] Names =
    [
        "Authority", "ClientId", "ResponseType", "ResponseMode", "signature algorithms", "TokenEndpointAuthMethod", "MetadataMode", "Scope", "CallbackPath", "SignedOutCallbackPath", "RemoteSignOutPath",
        "ErrorPath", "CheckSessionPath", "SignInScheme", "SaveTokens", "sessions", "revocations",
    ];

    [Fact]
    public async Task One_entry_contains_the_effective_configuration_and_not_the_client_secret()
    {
        await using var app = await RelyingParty.StartAsync(options =>
        {
            options.IdTokenSignedResponseAlg = "HS256";
            options.ErrorPath = "/failed";
            options.SaveTokens = true;
        });

        var entry = app.Log.GetSnapshot().Single(entry => entry.Id.Id == 104);
        entry.Level.ShouldBe(LogLevel.Information);
        var settings = Settings(entry.Message);
        settings.Keys.ShouldBe(Names);
        settings["ClientId"].ShouldBe(RelyingParty.ClientId);
        settings["Authority"].TrimEnd('/').ShouldBe(app.Provider.Issuer.AbsoluteUri.TrimEnd('/'));
        settings["ResponseType"].ShouldBe("code");
        settings["signature algorithms"].ShouldBe("HS256");
        settings["TokenEndpointAuthMethod"].ShouldBe("client_secret_basic");
        settings["Scope"].Split(' ').ShouldContain("openid");
        settings["CallbackPath"].ShouldBe("/signin-authentiq");
        settings["ErrorPath"].ShouldBe("/failed");
        settings["CheckSessionPath"].ShouldBe("none");
        settings["SaveTokens"].ShouldBe("True");
        settings["sessions"].ShouldBe("cookie");
        settings["revocations"].ShouldBe("memory");
        settings.Values.ShouldAllBe(value => value.Length > 0);
        entry.Message.ShouldNotContain(RelyingParty.ClientSecret);
    }

    [Fact]
    public async Task Each_scheme_has_an_entry_with_its_store_of_sessions()
    {
        await using var app = await RelyingParty.StartAsync(authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq().AddAuthentiq("Partner", options => (options.ClientId, options.ClientSecret, options.CallbackPath, options.SignedOutCallbackPath, options.RemoteSignOutPath)
                = ("partner", "another-secret-of-32-characters!", "/signin-partner", "/signout-callback-partner", "/signout-partner"));
            services.AddAuthentiqSessions();
        });

        var entries = app.Log.GetSnapshot().Where(entry => entry.Id.Id == 104).Select(entry => entry.Message).ToList();
        entries.Count.ShouldBe(2);
        entries[1].ShouldContain("'Partner'");
        Settings(entries[1])["ClientId"].ShouldBe("partner");
        Settings(entries[1])["signature algorithms"].ShouldBe("HS256 RS256 PS256 ES256");
        entries.ShouldAllBe(entry => Settings(entry)["sessions"] == "memory" && !entry.Contains("another-secret"));
    }

    private static Dictionary<string, string> Settings(string message) => message[(message.IndexOf(". ", StringComparison.Ordinal) + 2)..].Split("; ")
        .Select(setting => setting.Split(": ", 2)).ToDictionary(setting => setting[0], setting => setting[1], StringComparer.Ordinal);
}
