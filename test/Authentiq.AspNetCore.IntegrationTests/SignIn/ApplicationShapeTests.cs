using System.Net;
using Authentiq.Emulator;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class ApplicationShapeTests
{
    [Fact]
    public async Task An_application_under_a_path_base_signs_in_there()
    {
        await using var app = await RelyingParty.StartAsync(client: client => client.RedirectUris.Add(RelyingParty.Address + "/shop/signin-authentiq"), map: UseShop);

        var page = await app.Browser.GoAsync(RelyingParty.Address + "/shop/profile", TestContext.Current.CancellationToken);

        page.Body.ShouldBe("signed in as Alice Smith");
        page.Url.AbsolutePath.ShouldBe("/shop/profile");
    }

    [Fact]
    public async Task Two_schemes_sign_in_side_by_side()
    {
        await using var app = await RelyingParty.StartAsync(
            client: client => client.RedirectUris.Add(RelyingParty.Address + "/signin-partner"),
            authentication: services => services.AddAuthentication().AddAuthentiq().AddAuthentiq("Partner", "Our partner", options =>
            {
                options.ClientId = RelyingParty.ClientId;
                options.ClientSecret = RelyingParty.ClientSecret;
            }),
            map: application => application.MapGet("/partner", () => TypedResults.Challenge(new() { RedirectUri = "/profile" }, ["Partner"])));

        (await app.Browser.GoAsync(RelyingParty.Address + "/partner", TestContext.Current.CancellationToken)).Body.ShouldBe("signed in as Alice Smith");
        app.Browser.History.ShouldContain(url => url.AbsolutePath == "/signin-partner");
    }

    [Fact]
    public async Task Beside_a_bearer_default_a_challenge_by_name_signs_in_and_the_API_keeps_its_401()
    {
        await using var app = await RelyingParty.StartAsync(
            authentication: services => services.AddAuthentication("Bearer").AddJwtBearer().AddAuthentiq(),
            map: application => application.MapGet("/login", () => TypedResults.Challenge(new() { RedirectUri = "/who" }, [AuthentiqDefaults.AuthenticationScheme])));
        app.Browser.FollowsRedirects = false;

        (await app.SignInAsync()).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Browser.GoAsync(RelyingParty.Address + "/login", TestContext.Current.CancellationToken)).Headers.Location!.Host.ShouldBe("connect.authentiq.io");
    }

    [Fact]
    public async Task An_error_page_with_a_fallback_policy_does_not_cause_a_redirect_loop()
    {
        await using var app = await RelyingParty.StartAsync(
            options => options.ErrorPath = "/problem",
            authentication: services =>
            {
                services.AddAuthentication().AddAuthentiq();
                services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            },
            map: application => application.MapGet("/problem", () => "never seen"));
        app.Provider.Faults.WrongNonce();

        var page = await app.SignInAsync();

        page.Url.AbsolutePath.ShouldBe("/problem");
        ((int)page.Status).ShouldBe(400);
        page.Body.ShouldContain("could not be trusted");
    }

    [Fact]
    public async Task The_error_page_of_the_application_receives_the_error_and_the_return_URL()
    {
        await using var app = await RelyingParty.StartAsync(options => options.ErrorPath = "/problem", map: application => application.MapGet("/problem", () => "our own page"));
        app.Provider.Faults.WrongNonce();

        var page = await app.SignInAsync();

        page.Body.ShouldBe("our own page");
        var query = QueryHelpers.ParseQuery(page.Url.Query);
        query["error"].ToString().ShouldBe(AuthentiqErrors.InvalidToken);
        query["returnUrl"].ToString().ShouldBe("/profile");
        query["reference"].ToString().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_user_who_declines_is_redirected_to_AccessDeniedPath_before_ErrorPath()
    {
        await using var app = await RelyingParty.StartAsync(
            options =>
            {
                options.AccessDeniedPath = "/declined";
                options.ErrorPath = "/problem";
            },
            provider: provider => provider.ApproveAs = null,
            map: application => application.MapGet("/declined", () => "declined"));
        var page = await app.SignInAsync();

        (await app.Browser.PostAsync(page.Url.AbsoluteUri, new Dictionary<string, string>(StringComparer.Ordinal) { ["decision"] = "deny" }, TestContext.Current.CancellationToken)).Body.ShouldBe("declined");
    }

    [Fact]
    public async Task A_challenge_overrides_the_options()
    {
        await using var app = await RelyingParty.StartAsync(map: application => application.MapGet("/ask", () => TypedResults.Challenge(new AuthentiqChallengeProperties
        {
            RedirectUri = "https://evil.example/",
            LoginHint = "alice@example.test",
            Prompt = "consent",
            Display = "modal",
            UiLocales = "nl",
            MaxAge = TimeSpan.FromMinutes(1),
            AdditionalScopes = [new AuthentiqScope(AuthentiqScopes.Phone).Required()],
        })));

        (await app.Browser.GoAsync(RelyingParty.Address + "/ask", TestContext.Current.CancellationToken)).Body.ShouldBe("home");

        var request = (await app.Provider.Requests.TakeAsync(EmulatorEndpoint.Authorize, cancellationToken: TestContext.Current.CancellationToken)).Parameters;
        request["login_hint"].ShouldBe("alice@example.test");
        request["prompt"].ShouldBe("consent");
        request["display"].ShouldBe("modal");
        request["ui_locales"].ShouldBe("nl");
        request["max_age"].ShouldBe("60");
        request["scope"].ShouldBe("openid aq:name email~rs aq:push phone~r");
    }

    [Fact]
    public async Task A_sign_in_that_the_application_refuses_is_not_restarted()
    {
        await using var app = await RelyingParty.StartAsync(options => options.Events.OnTokenValidated = context =>
        {
            context.Fail("not a member");
            return Task.CompletedTask;
        });

        var page = await app.SignInAsync();

        ((int)page.Status).ShouldBe(403);
        page.Body.ShouldContain("You cannot sign in here");
        page.Body.ShouldNotContain("not a member");
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task An_exception_of_the_application_is_not_hidden_behind_an_error_page()
    {
        await using var app = await RelyingParty.StartAsync(options => options.Events.OnTokenValidated = _ => throw new InvalidOperationException("a mistake"));

        (await Should.ThrowAsync<AuthenticationFailureException>(app.SignInAsync)).InnerException!.Message.ShouldContain("'TokenValidated' event");
    }

    [Fact]
    public async Task An_authenticated_user_without_permission_gets_a_403_page()
    {
        await using var app = await RelyingParty.StartAsync(map: application => application.MapGet("/admin", [Authorize(Roles = "admin")] () => "secret"));
        await app.SignInAsync();

        var page = await app.Browser.GoAsync(RelyingParty.Address + "/admin", TestContext.Current.CancellationToken);

        page.Status.ShouldBe(HttpStatusCode.Forbidden);
        page.Body.ShouldContain("No access");
    }

    private static void UseShop(WebApplication application)
    {
        application.UsePathBase("/shop");
        application.UseRouting();
        application.UseAuthentication();
        application.UseAuthorization();
    }
}
