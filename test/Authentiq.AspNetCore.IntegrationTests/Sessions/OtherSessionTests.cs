using System.Security.Claims;
using Authentiq.TestSupport;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Sessions that did not begin with Authentiq, in a cookie scheme that keeps those that did.</summary>
public sealed class OtherSessionTests
{
    private const int PerUser = 3;

    [Fact]
    public async Task They_have_a_maximum_for_each_user_too()
    {
        using var store = new ProbedSessionStore(perUser: PerUser);
        await using var app = await StartAsync(store);

        for (var i = 0; i < 2 * PerUser; i++)
        {
            using var browser = new Browser(app.Internet);
            await app.OpenAsync(browser, "/local?user=alice");
        }

        store.Count.Sessions.ShouldBe(PerUser);
        store.Written.ShouldAllBe(session => session.IssuedAt == null && session.SessionIdKey == null);
    }

    [Fact]
    public async Task Users_of_different_handlers_issuers_and_names_are_different_users()
    {
        using var store = new ProbedSessionStore(perUser: PerUser);
        await using var app = await StartAsync(store);

        foreach (var query in (string[])["user=alice", "user=bob", "user=alice&handler=Google", "user=alice&handler=Other", "user=alice&issuer=https://one.example", "user=alice&issuer=https://two.example", "user=e&issuer=alic", "user=ce&issuer=ali"])
        {
            using var browser = new Browser(app.Internet);
            await app.OpenAsync(browser, "/local?" + query);
        }

        store.Count.Subjects.ShouldBe(8);
    }

    [Fact]
    public async Task A_user_without_an_identifier_is_not_counted()
    {
        using var store = new ProbedSessionStore(perUser: PerUser);
        await using var app = await StartAsync(store);

        for (var i = 0; i < 2 * PerUser; i++)
        {
            using var browser = new Browser(app.Internet);
            await app.OpenAsync(browser, "/local");
        }

        store.Count.ShouldBe((2 * PerUser, 0, 0));
    }

    [Fact]
    public async Task A_logout_of_the_provider_and_the_list_of_a_user_leave_them_alone()
    {
        using var store = new ProbedSessionStore();
        await using var app = await StartAsync(store);
        await app.SignInAsync();
        using var browser = new Browser(app.Internet);
        await app.OpenAsync(browser, "/local?user=" + app.Provider.Phone.Sessions.Single().Persona.Subject);
        store.Count.Subjects.ShouldBe(2);

        await app.SignOutOnThePhoneAsync();

        store.Count.Sessions.ShouldBe(1);
    }

    private static Task<RelyingParty> StartAsync(ProbedSessionStore store) => RelyingParty.StartAsync(
        authentication: services =>
        {
            services.AddSingleton<IAuthentiqSessionStore>(store);
            services.AddAuthentication().AddAuthentiq();
            services.AddAuthentiqSessions();
        },
        map: app => app.MapGet("/local", (HttpContext context, string? user, string? handler, string? issuer) =>
        {
            var properties = new AuthenticationProperties();
            if (handler is not null)
            {
                properties.Items[".AuthScheme"] = handler;
            }

            Claim[] claims = user is null ? [] : [new(ClaimTypes.NameIdentifier, user, ClaimValueTypes.String, issuer)];
            return context.SignInAsync("Cookies", new(new ClaimsIdentity(claims, "test")), properties);
        }));
}
