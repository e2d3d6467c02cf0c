using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>ASP.NET Core Identity has its own cookie, which is validated by the security stamp of the user. The application updates the stamp when the provider sends a logout.</summary>
public sealed class IdentityTests
{
    [Fact]
    public async Task A_new_security_stamp_ends_the_session_of_Identity()
    {
        await using var app = await StartAsync(RenewStampAsync);
        await SignInAsync(app);
        await app.ShouldBeSignedInAsync();

        (await SignOutOnThePhoneAsync(app)).ShouldBe(200);

        await app.ShouldBeSignedOutAsync();
        await SignInAsync(app);
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task Without_the_event_a_sign_out_on_the_phone_returns_400_and_is_logged()
    {
        await using var app = await StartAsync(hook: null);
        await SignInAsync(app);
        var token = app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single());

        (await app.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "it is not taken for processed either");

        await app.ShouldBeSignedInAsync();
        var error = app.Log.GetSnapshot().First(entry => entry.Id.Name == "LogoutNotPossible");
        error.Level.ShouldBe(Microsoft.Extensions.Logging.LogLevel.Error);
        error.Message.ShouldContain("Set Events.OnBackChannelLogout");
        app.Log.GetSnapshot().Single(entry => entry.Id.Name == "ConfigurationAdvice").Message.ShouldContain("OnBackChannelLogout");
    }

    [Fact]
    public async Task With_the_event_no_warning_is_logged_at_startup()
    {
        await using var app = await StartAsync(RenewStampAsync);

        app.Log.GetSnapshot().ShouldNotContain(entry => entry.Id.Name == "ConfigurationAdvice");
    }

    [Fact]
    public async Task A_logout_between_the_callback_and_the_account_ends_the_session()
    {
        RelyingParty app = null!;
        await using var _ = app = await StartAsync(RenewStampAsync, beforeAccount: async () => await SignOutOnThePhoneAsync(app));

        var page = await SignInAsync(app);

        page.ShouldBe("nobody came");
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_failing_event_is_invoked_again_when_the_provider_retries()
    {
        var calls = 0;
        var clock = SessionSite.Clock();
        await using var app = await StartAsync(context => ++calls == 1 ? throw new InvalidOperationException("The database is away.") : RenewStampAsync(context), clock: clock);
        await SignInAsync(app);
        var token = app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single());

        (await app.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        await app.ShouldBeSignedInAsync();
        using var soon = await app.SendLogoutAsync(token);
        soon.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        clock.Advance(soon.Headers.RetryAfter!.Delta!.Value);

        (await app.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        calls.ShouldBe(2);
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task The_event_receives_the_user_the_session_and_the_time()
    {
        AuthentiqBackChannelLogoutContext? seen = null;
        await using var app = await StartAsync(context =>
        {
            seen = context;
            return Task.CompletedTask;
        });
        await SignInAsync(app);
        var session = app.Provider.Phone.Sessions.Single();
        await SignOutOnThePhoneAsync(app);

        seen.ShouldNotBeNull();
        seen.SubjectId.ShouldBe(session.Persona.Subject);
        seen.SessionId.ShouldBe(session.SessionId);
        seen.IssuedAt.ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        seen.Scheme.Name.ShouldBe(AuthentiqDefaults.AuthenticationScheme);
    }

    private static async Task RenewStampAsync(AuthentiqBackChannelLogoutContext context)
    {
        var users = context.HttpContext.RequestServices.GetRequiredService<UserManager<IdentityUser>>();
        if (context.SubjectId is { } subject && await users.FindByLoginAsync(context.Scheme.Name, subject) is { } user)
        {
            await users.UpdateSecurityStampAsync(user);
        }
    }

    private static Task<RelyingParty> StartAsync(Func<AuthentiqBackChannelLogoutContext, Task>? hook, Func<Task>? beforeAccount = null, TimeProvider? clock = null) => RelyingParty.StartAsync(
        options =>
        {
            if (hook is not null)
            {
                ((AuthentiqEvents)options.Events).OnBackChannelLogout = hook;
            }
        },
        clock: clock,
        authentication: services =>
        {
            services.AddAuthentication(options =>
            {
                options.DefaultScheme = IdentityConstants.ApplicationScheme;
                options.DefaultSignInScheme = IdentityConstants.ExternalScheme;
            }).AddAuthentiq().AddIdentityCookies();
            services.AddHttpContextAccessor();
            services.AddIdentityCore<IdentityUser>().AddSignInManager();
            services.AddSingleton<IUserStore<IdentityUser>, MemoryUsers>();
            services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.Zero);
        },
        map: application =>
        {
            application.MapGet("/login", (SignInManager<IdentityUser> signIns) => TypedResults.Challenge(
                signIns.ConfigureExternalAuthenticationProperties(AuthentiqDefaults.AuthenticationScheme, "/account"), [AuthentiqDefaults.AuthenticationScheme]));
            application.MapGet("/account", async (SignInManager<IdentityUser> signIns, UserManager<IdentityUser> users) =>
            {
                await (beforeAccount?.Invoke() ?? Task.CompletedTask);
                if (await signIns.GetExternalLoginInfoAsync() is not { } login)
                {
                    return "nobody came";
                }

                if (await users.FindByLoginAsync(login.LoginProvider, login.ProviderKey) is null)
                {
                    var user = new IdentityUser("alice");
                    await users.CreateAsync(user);
                    await users.AddLoginAsync(user, login);
                }

                return (await signIns.ExternalLoginSignInAsync(login.LoginProvider, login.ProviderKey, isPersistent: false)).Succeeded ? "welcome" : "refused";
            });
        });

    private static async Task<string> SignInAsync(RelyingParty app) => (await app.Browser.GoAsync(RelyingParty.Address + "/login", TestContext.Current.CancellationToken)).Body;

    private static async Task<int> SignOutOnThePhoneAsync(RelyingParty app) =>
        (await app.Provider.Phone.SignOutAsync(app.Provider.Phone.Sessions.Single(), TestContext.Current.CancellationToken)).Single().StatusCode;
}
