using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>Whoever adds an option also says what it is called in configuration, in the README and in editors.</summary>
public sealed class OptionTests
{
    /// <summary>Every key of the section, with a value that is not its default.</summary>
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["AccessDeniedPath"] = "/declined",
        ["AllowShortClientSecrets"] = "true",
        ["AllowSignInByAccessToken"] = "true",
        ["Authority"] = "https://provider.example.test/",
        ["CallbackPath"] = "/back",
        ["CheckSessionPath"] = "/watch",
        ["ClientId"] = "another-client",
        ["ClientSecret"] = "another-secret-of-32-characters!",
        ["Display"] = "popup",
        ["ErrorPath"] = "/problem",
        ["IdTokenSignedResponseAlg"] = "RS256",
        ["MaxAge"] = "00:15:00",
        ["MetadataMode"] = "BuiltIn",
        ["Prompt"] = "login",
        ["RemoteSignOutPath"] = "/remote",
        ["RequireHttpsMetadata"] = "false",
        ["RequireUserInfo"] = "true",
        ["ResponseMode"] = "form_post",
        ["ResponseType"] = "id_token code",
        ["SaveTokens"] = "true",
        ["Scope"] = "openid email",
        ["SignedOutCallbackPath"] = "/gone",
        ["TokenEndpointAuthMethod"] = "client_secret_post",
        ["UiLocales"] = "nl en",
        ["UserInfoMode"] = "Always",
    };

    public static TheoryData<string> Keys => [.. Values.Keys];

    [Fact]
    public void Every_option_of_ours_is_among_these() =>
        typeof(AuthentiqOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Select(property => property.Name).Except(Values.Keys).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Keys))]
    public void An_option_is_read_from_the_section(string key)
    {
        var options = Bind(new(StringComparer.Ordinal) { ["ClientId"] = "the-client", ["ClientSecret"] = "a-client-secret-of-32-characters", ["ResponseMode"] = "form_post", [key] = Values[key] });

        Text(options, key).ShouldBe(Values[key], StringCompareShould.IgnoreCase);
        Text(new AuthentiqOptions(), key).ShouldNotBe(Values[key], StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void An_option_is_in_the_readmes_table(string key) =>
        File.ReadLines(Repository.PathTo("README.md")).ShouldContain(line => line.StartsWith('|') && line.Split('|')[1].Contains($"`{key}`", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Keys))]
    public void An_option_is_in_the_schema_with_its_default(string key)
    {
        var option = Schema().GetProperty(key);

        if (option.TryGetProperty("default", out var value))
        {
            value.ToString().ShouldBe(Text(new AuthentiqOptions(), key), StringCompareShould.IgnoreCase);
        }

        if (option.TryGetProperty("enum", out var choices))
        {
            choices.EnumerateArray().Select(choice => choice.GetString()).ShouldContain(Values[key]);
        }
    }

    [Fact]
    public void The_schema_invents_nothing() => Schema().EnumerateObject().Select(option => option.Name).Except(Values.Keys).ShouldBeEmpty();

    private static JsonElement Schema() =>
        JsonDocument.Parse(File.ReadAllText(Repository.PackageFile("ConfigurationSchema.json"))).RootElement.GetProperty("definitions").GetProperty("AuthentiqScheme").GetProperty("properties");

    private static AuthentiqOptions Bind(Dictionary<string, string?> section)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(section.ToDictionary(entry => "Authentication:Schemes:Authentiq:" + entry.Key, entry => entry.Value, StringComparer.Ordinal)).Build());
        services.AddAuthentication().AddAuthentiq();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<AuthentiqOptions>>().Get(AuthentiqDefaults.AuthenticationScheme);
    }

    private static string? Text(AuthentiqOptions options, string key) => typeof(AuthentiqOptions).GetProperty(key)!.GetValue(options) switch
    {
        string text => text,
        IEnumerable list => string.Join(' ', list.Cast<object>()),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
