using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.UnitTests;

/// <summary>The options that all schemes share: each is bound from its section below <c>Authentication:Schemes:Authentiq</c>, and is in the schema with its default.</summary>
public sealed class ApplicationOptionTests
{
    /// <summary>Every key of every section, with a value that is not its default.</summary>
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["Sessions:AbsoluteLifetime"] = "7.00:00:00",
        ["Sessions:MaxSessions"] = "17",
        ["Sessions:MaxSessionsPerUser"] = "3",
        ["Sessions:KeepDevice"] = "False",
        ["Sessions:KeepAddress"] = "True",
        ["Redis:Configuration"] = "redis.example:6379",
        ["Redis:KeyPrefix"] = "shop:",
        ["Redis:CallTimeout"] = "00:00:05",
        ["Redis:PollInterval"] = "00:00:10",
        ["Revocation:WhenStoreFails"] = "Refuse",
        ["Revocation:TrustFor"] = "00:00:07",
        ["Revocation:CacheCheckInterval"] = "00:00:20",
        ["Revocation:CacheTimeout"] = "00:00:01",
        ["Revocation:ClockTolerance"] = "00:00:09",
    };

    /// <summary>What cannot be text.</summary>
    private static readonly string[] InCodeOnly = ["Redis:ConnectionMultiplexerFactory"];

    private static readonly Dictionary<string, Type> Sections = new(StringComparer.Ordinal)
    {
        ["Sessions"] = typeof(AuthentiqSessionOptions),
        ["Redis"] = typeof(AuthentiqRedisOptions),
        ["Revocation"] = typeof(AuthentiqRevocationOptions),
    };

    public static TheoryData<string> Keys => [.. Values.Keys];

    [Fact]
    public void Every_option_is_among_these() =>
        Sections.SelectMany(section => section.Value.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => $"{section.Key}:{property.Name}"))
            .Except(InCodeOnly).ShouldBe(Values.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Keys))]
    public void An_option_is_read_from_its_section_whatever_the_schemes_are_called(string key)
    {
        foreach (var scheme in (string[])["Authentiq", "Partner"])
        {
            Text(Bind(key, scheme, [(key, Values[key])]), key).ShouldBe(Values[key]);
        }

        Text(Bind(key, "Authentiq", []), key).ShouldNotBe(Values[key]);
        Text(Bind(key, "Authentiq", [(key.ToUpperInvariant(), Values[key])]), key).ShouldBe(Values[key], "keys of the configuration have no case");
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void An_option_is_in_the_schema_with_its_default(string key)
    {
        var option = Schema(key).GetProperty(key.Split(':')[1]);

        var expected = Text(Bind(key, "Authentiq", []), key);
        (option.TryGetProperty("default", out var value) ? value.ToString() : "").ShouldBe(expected, StringCompareShould.IgnoreCase);
        if (option.TryGetProperty("enum", out var choices))
        {
            choices.EnumerateArray().Select(choice => choice.GetString()).ShouldBe(Enum.GetNames<AuthentiqStoreFailureMode>());
        }
    }

    [Fact]
    public void The_schema_invents_nothing_and_refuses_what_is_misspelt()
    {
        foreach (var section in Sections.Keys)
        {
            Schema(section).EnumerateObject().Select(option => $"{section}:{option.Name}").Except(Values.Keys).ShouldBeEmpty();
            Definition(section).GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void An_option_is_in_a_table_of_a_readme(string key) =>
        File.ReadLines(Repository.PackageFile("README.md")).Concat(File.ReadLines(Repository.PathTo("src", "Authentiq.AspNetCore.Redis", "README.md")))
            .ShouldContain(line => line.StartsWith($"| `{key.Split(':')[1]}` |", StringComparison.Ordinal));

    [Fact]
    public void Code_takes_precedence_over_configuration_before_and_after_the_registration()
    {
        void Set(IServiceCollection services)
        {
            services.Configure<AuthentiqSessionOptions>(options => options.MaxSessions = 1);
            services.Configure<AuthentiqRevocationOptions>(options => options.TrustFor = TimeSpan.Zero);
            services.Configure<AuthentiqRedisOptions>(options => options.KeyPrefix = "code:");
        }

        (string, string?)[] configuration = [("Sessions:MaxSessions", "17"), ("Revocation:TrustFor", "00:00:07"), ("Redis:KeyPrefix", "shop:"), ("Redis:Configuration", "redis.example")];
        foreach (var before in new[] { true, false })
        {
            using var services = Build("Authentiq", configuration, before ? Set : _ => { }, before ? _ => { } : Set);

            services.GetRequiredService<IOptions<AuthentiqSessionOptions>>().Value.MaxSessions.ShouldBe(1);
            services.GetRequiredService<IOptions<AuthentiqRevocationOptions>>().Value.TrustFor.ShouldBe(TimeSpan.Zero);
            services.GetRequiredService<IOptions<AuthentiqRedisOptions>>().Value.KeyPrefix.ShouldBe("code:");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_lifetime_without_a_value_sets_no_limit(string? value)
    {
        using var services = Build("Authentiq", [("Sessions:AbsoluteLifetime", value)], _ => { }, _ => { });

        services.GetRequiredService<IOptions<AuthentiqSessionOptions>>().Value.AbsoluteLifetime.ShouldBeNull();
    }

    private static JsonElement Definition(string key) =>
        JsonDocument.Parse(File.ReadAllText(Repository.PackageFile("ConfigurationSchema.json"))).RootElement.GetProperty("definitions").GetProperty("Authentiq" + key.Split(':')[0]);

    private static JsonElement Schema(string key) => Definition(key).GetProperty("properties");

    private static object Bind(string key, string scheme, (string Key, string? Value)[] configuration)
    {
        using var services = Build(scheme, configuration, _ => { }, added => added.AddAuthentiqRedis());
        return key.Split(':')[0] switch
        {
            "Sessions" => services.GetRequiredService<IOptions<AuthentiqSessionOptions>>().Value,
            "Redis" when configuration.All(entry => !entry.Key.Equals("Redis:Configuration", StringComparison.OrdinalIgnoreCase)) => services.GetServices<IConfigureOptions<AuthentiqRedisOptions>>().Aggregate(new AuthentiqRedisOptions(), Configure),
            "Redis" => services.GetRequiredService<IOptions<AuthentiqRedisOptions>>().Value,
            _ => services.GetRequiredService<IOptions<AuthentiqRevocationOptions>>().Value,
        };

        // Without a server the options are not valid.
        static AuthentiqRedisOptions Configure(AuthentiqRedisOptions options, IConfigureOptions<AuthentiqRedisOptions> step)
        {
            step.Configure(options);
            return options;
        }
    }

    private static ServiceProvider Build(string scheme, (string Key, string? Value)[] configuration, Action<IServiceCollection> before, Action<IServiceCollection> after)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration.Select(entry => KeyValuePair.Create("Authentication:Schemes:Authentiq:" + entry.Key, entry.Value))).Build());
        before(services);
        services.AddAuthentication().AddAuthentiq(scheme, _ => { }).AddAuthentiqRedis();
        after(services);
        return services.BuildServiceProvider();
    }

    private static string? Text(object options, string key) => Convert.ToString(options.GetType().GetProperty(key.Split(':')[1])!.GetValue(options), CultureInfo.InvariantCulture);
}
