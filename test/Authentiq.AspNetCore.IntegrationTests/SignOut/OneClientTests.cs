using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Two schemes of one client at one provider: the provider delivers a logout to one path, and it applies to the sessions of both.</summary>
public sealed class OneClientTests
{
    private const string Other = "Other";

    [Theory]
    [InlineData("/signout-authentiq", true)]
    [InlineData("/signout-other", true)]
    [InlineData("/signout-authentiq", false)]
    [InlineData("/signout-other", false)]
    public async Task A_logout_at_either_path_runs_the_event_of_the_scheme_that_has_one_and_ends_the_session_of_the_other(string path, bool ofUser)
    {
        var events = new List<string>();
        await using var app = await StartAsync(events, [Other]);
        await app.SignInAsync();

        (await SendAsync(app, path, ofUser)).ShouldBe(HttpStatusCode.OK);

        events.ShouldBe([Other]);
        await app.ShouldBeSignedOutAsync();
    }

    [Theory]
    [InlineData("/signout-authentiq")]
    [InlineData("/signout-other")]
    public async Task Each_scheme_has_its_event_once(string path)
    {
        var events = new List<string>();
        await using var app = await StartAsync(events, [AuthentiqDefaults.AuthenticationScheme, Other]);
        await app.SignInAsync();
        var token = Token(app, ofUser: true);

        foreach (var at in (string[])[path, "/signout-authentiq", "/signout-other"])
        {
            (await SendAsync(app, at, token)).ShouldBe(HttpStatusCode.OK);
        }

        events.ShouldBe([AuthentiqDefaults.AuthenticationScheme, Other], ignoreOrder: true);
    }

    [Theory]
    [InlineData("/signout-authentiq")]
    [InlineData("/signout-other")]
    public async Task Where_nothing_ends_the_sessions_of_one_scheme_the_response_is_400_at_either_path(string path)
    {
        await using var app = await StartAsync([], []);
        await app.SignInAsync();

        (await SendAsync(app, path, ofUser: true)).ShouldBe(HttpStatusCode.BadRequest);

        await app.ShouldBeSignedOutAsync();
        app.Log.GetSnapshot().Single(entry => entry.Id.Name == "LogoutNotPossible").Message.ShouldContain($"'{Other}'");
    }

    [Fact]
    public async Task A_scheme_of_another_client_has_no_part_in_it()
    {
        var events = new List<string>();
        await using var app = await StartAsync(events, [Other], otherClient: "another-client");
        await app.SignInAsync();

        (await SendAsync(app, "/signout-authentiq", ofUser: true)).ShouldBe(HttpStatusCode.OK);

        events.ShouldBeEmpty();
    }

    private static Task<HttpStatusCode> SendAsync(RelyingParty app, string path, bool ofUser) => SendAsync(app, path, Token(app, ofUser));

    private static async Task<HttpStatusCode> SendAsync(RelyingParty app, string path, string token)
    {
        using var response = await app.SendLogoutAsync(new FormUrlEncodedContent([new("logout_token", token)]), path);
        return response.StatusCode;
    }

    private static string Token(RelyingParty app, bool ofUser)
    {
        var session = app.Provider.Phone.Sessions.Single();
        return app.Provider.IssueLogoutToken(RelyingParty.ClientId, session.Persona.Subject, ofUser ? null : session.SessionId);
    }

    // The handler does not manage the sessions of the second scheme, as with ASP.NET Core Identity.
    private static Task<RelyingParty> StartAsync(List<string> events, string[] withEvent, string otherClient = RelyingParty.ClientId) => RelyingParty.StartAsync(authentication: services =>
    {
        services.AddAuthentication(options => (options.DefaultScheme, options.DefaultChallengeScheme) = ("Cookies", AuthentiqDefaults.AuthenticationScheme))
            .AddCookie("Cookies").AddCookie("Identity.External").AddAuthentiq(options => options.SignInScheme = "Cookies")
            .AddAuthentiq(Other, options => (options.ClientId, options.ClientSecret, options.SignInScheme) = (otherClient, RelyingParty.ClientSecret, "Identity.External"));
        foreach (var scheme in withEvent)
        {
            services.Configure<AuthentiqOptions>(scheme, options => ((AuthentiqEvents)options.Events).OnBackChannelLogout = context =>
            {
                context.Options.ClientId.ShouldBe(RelyingParty.ClientId);
                events.Add(context.Scheme.Name);
                return Task.CompletedTask;
            });
        }
    });
}
