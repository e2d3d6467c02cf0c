using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A sign-in scheme that forwards to a cookie: the sessions of that cookie are kept on the server.</summary>
public sealed class PolicySchemeTests
{
    [Theory]
    [InlineData("default", false)]
    [InlineData("default", true)]
    [InlineData("sign-in", false)]
    [InlineData("two", false)]
    public async Task Sessions_of_the_cookie_behind_a_policy_scheme_are_kept_on_the_server(string forward, bool isRegisteredFirst)
    {
        using var store = new ProbedSessionStore();
        await using var app = await SessionSite.StartCustomAsync(services =>
        {
            services.AddSingleton<IAuthentiqSessionStore>(store);
            if (isRegisteredFirst)
            {
                services.AddAuthentiqSessions();
            }

            services.AddAuthentication(options => (options.DefaultScheme, options.DefaultChallengeScheme) = ("Smart", "Authentiq"))
                .AddPolicyScheme("Smart", null, options => _ = forward switch
                {
                    "sign-in" => (options.ForwardSignIn, options.ForwardDefaultSelector) = ("Cookies", _ => "Cookies"),
                    "two" => (options.ForwardDefault, options.ForwardDefaultSelector) = ("Second", null),
                    _ => (options.ForwardDefault, options.ForwardDefaultSelector) = ("Cookies", null),
                })
                .AddPolicyScheme("Second", null, options => options.ForwardDefault = "Cookies")
                .AddCookie("Cookies").AddAuthentiq();
            services.AddAuthentiqSessions();
        });

        await app.SignInAsync();

        store.Count.Sessions.ShouldBe(1);
        app.Log.GetSnapshot().ShouldNotContain(entry => entry.Id.Name == "ConfigurationAdvice");
        (await app.OpenAsync("/sessions")).Body.ShouldEndWith(" this");
        var cookie = app.SessionCookie()!;
        await app.SignOutOnThePhoneAsync();
        store.Count.Sessions.ShouldBe(0);
        (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }
}
