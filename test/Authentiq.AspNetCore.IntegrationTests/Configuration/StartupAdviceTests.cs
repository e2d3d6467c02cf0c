using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class StartupAdviceTests
{
    [Fact]
    public async Task A_cookie_as_the_only_default_gets_the_line_to_add()
    {
        await using var app = await RelyingParty.StartAsync(authentication: services => services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie().AddAuthentiq());

        Advice(app).ShouldContain("options.DefaultChallengeScheme = \"Authentiq\"");
    }

    [Fact]
    public async Task A_short_secret_is_told_while_the_algorithm_is_open()
    {
        await using var app = await RelyingParty.StartAsync(options => options.ClientSecret = "short");

        Advice(app).ShouldContain("ClientSecret has 40 bits");
    }

    [Fact]
    public async Task Sessions_on_the_server_that_would_hold_nobody_are_told()
    {
        void Add(IServiceCollection services) => services.AddAuthentication("Identity.Application").AddCookie("Identity.Application").AddCookie("Identity.External")
            .AddAuthentiq(options => options.SignInScheme = "Identity.External");

        await using var with = await RelyingParty.StartAsync(authentication: services =>
        {
            Add(services);
            services.AddAuthentiqSessions();
        });
        await using var without = await RelyingParty.StartAsync(authentication: Add);

        Advice(with).ShouldContain("AddAuthentiqSessions() has no effect");
        Advice(without).ShouldNotContain("AddAuthentiqSessions()");
    }

    [Fact]
    public async Task A_good_application_gets_no_advice()
    {
        await using var app = await RelyingParty.StartAsync();

        Advice(app).ShouldBeEmpty();
    }

    private static string Advice(RelyingParty app) =>
        string.Join('\n', app.Log.GetSnapshot().Where(entry => entry.Id.Name == "ConfigurationAdvice" && entry.Level == LogLevel.Warning).Select(entry => entry.Message));
}
