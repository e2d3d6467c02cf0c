using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class ApplicationSectionTests
{
    [Fact]
    public async Task All_errors_of_all_sections_are_reported_at_once_with_those_of_the_scheme()
    {
        var message = await StartAsync(
            [
                ("ClientId", ""),
                ("Sessions:MaxSession", "10"),
                ("Sessions:MaxSessionsPerUser", "many"),
                ("Sessions:AbsoluteLifetime", "a month"),
                ("Sessions:KeepDevice", "perhaps"),
                ("Revocation:CheckInterval", "00:00:10"),
                ("Revocation:WhenStoreFails", "1"),
                ("Revocation:TrustFor", "-00:00:01"),
                ("Redis:PollIntervall", "00:00:10"),
                ("Redis:CallTimeout", "soon"),
                ("Redis:KeyPrefix", " "),
            ],
            services => services.AddAuthentication().AddAuthentiq().AddAuthentiqSessions().AddAuthentiqRedis());

        message.ShouldNotBeNull();
        foreach (var expected in (string[])
        [
            "ClientId is missing",
            "Sessions:MaxSession is in the configuration, and there is no such option: use one of AbsoluteLifetime, MaxSessions,",
            "Sessions:MaxSessionsPerUser is 'many' in the configuration, which is not a whole number.",
            "Sessions:AbsoluteLifetime is 'a month' in the configuration, which is not a time span",
            "Sessions:KeepDevice is 'perhaps' in the configuration, which is not true or false.",
            "Revocation:CheckInterval is in the configuration, and there is no such option: use one of WhenStoreFails,",
            "Revocation:WhenStoreFails is '1' in the configuration, which is not one of TrustLastKnown, Refuse.",
            "TrustFor is -00:00:01",
            "Redis:PollIntervall is in the configuration, and there is no such option: use one of Configuration,",
            "Redis:CallTimeout is 'soon' in the configuration, which is not a time span",
            "KeyPrefix of AddAuthentiqRedis is empty",
            "AddAuthentiqRedis has no Redis connection",
        ])
        {
            message.ShouldContain(expected);
        }
    }

    [Fact]
    public async Task A_value_that_is_not_read_is_not_repeated_because_it_may_be_a_password()
    {
        foreach (var key in (string[])["Redis", "Redis:Password", "Redis:Configuration:Password", "Redis:ConnectionMultiplexerFactory"])
        {
            var message = await StartAsync([(key, "hunter2")], services => services.AddAuthentication().AddAuthentiq().AddAuthentiqRedis());

            message.ShouldNotBeNull();
            message.ShouldContain(key.Split(':')[0]);
            message.ShouldNotContain("hunter2");
        }
    }

    [Theory]
    [InlineData("Sessions", "true", "Sessions is a value in the configuration, and not a section: set Sessions:<option>, where <option> is one of AbsoluteLifetime,")]
    [InlineData("Sessions:MaxSessions:Value", "1", "Sessions:MaxSessions is a section in the configuration, and not a value.")]
    [InlineData("Sessions:MaxSessions", "0", "MaxSessions is 0")]
    [InlineData("Sessions:Sessions:MaxSessions", "1", "Sessions:Sessions is in the configuration, and there is no such option")]
    [InlineData("Revocation:TrustFor", "long", "Revocation:TrustFor is 'long' in the configuration")]
    [InlineData("Revocation", "on", "Revocation is a value in the configuration")]
    public async Task An_error_is_reported_also_when_the_section_has_no_effect(string key, string value, string expected) =>
        (await StartAsync([(key, value)], services => services.AddAuthentication().AddAuthentiq()))!.ShouldContain(expected);

    [Fact]
    public async Task Sections_that_are_right_are_accepted_and_switch_nothing_on()
    {
        (string, string?)[] right = [("Sessions:MaxSessions", "17"), ("Sessions:AbsoluteLifetime", "1.00:00:00"), ("Redis:Configuration", "127.0.0.1:1"), ("Revocation:WhenStoreFails", "refuse")];

        (await StartAsync(right, services => services.AddAuthentication().AddAuthentiq(), services =>
        {
            services.GetRequiredService<IOptions<AuthentiqSessionOptions>>().Value.IsOn.ShouldBeFalse();
            services.GetService<AuthentiqSessionManager>().ShouldBeNull();
            services.GetRequiredService<IAuthentiqRevocationStore>().ShouldBeOfType<MemoryRevocationStore>();
        })).ShouldBeNull();
        (await StartAsync(right, services => services.AddAuthentication().AddAuthentiq().AddAuthentiqSessions().AddAuthentiqRedis(), services =>
            services.GetRequiredService<IOptions<AuthentiqRedisOptions>>().Value.Configuration.ShouldBe("127.0.0.1:1"))).ShouldBeNull();
    }

    private static async Task<string?> StartAsync((string Key, string? Value)[] configuration, Action<IServiceCollection> services, Action<IServiceProvider>? started = null)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ClientId"] = "the-client", ["ClientSecret"] = "a-client-secret-of-32-characters" };
        foreach (var (key, value) in configuration)
        {
            values[key] = value;
        }

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(values.Select(entry => KeyValuePair.Create("Authentication:Schemes:Authentiq:" + entry.Key, entry.Value)));
        services(builder.Services);
        using var app = builder.Build();
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            started?.Invoke(app.Services);
            await app.StopAsync(TestContext.Current.CancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is OptionsValidationException or AggregateException)
        {
            return exception.Message;
        }
    }
}
