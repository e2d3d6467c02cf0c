using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>An application signs the current user in again, with another claim and without the properties of the session: the session stays one that a logout ends.</summary>
public sealed class CarriedBindingTests
{
    private readonly TaskCompletionSource _inside = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _awaited = 1;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_user_who_is_signed_in_again_without_the_old_properties_is_still_signed_out_on_the_phone(bool onServer)
    {
        await using var app = await StartAsync(onServer);
        await app.SignInAsync();
        (await app.OpenAsync("/rename")).Status.ShouldBe(HttpStatusCode.OK);
        (await app.OpenAsync("/profile")).Body.ShouldBe("signed in as Renamed");

        await app.SignOutOnThePhoneAsync();

        await app.ShouldBeSignedOutAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_logout_while_the_application_signs_the_user_in_again_ends_the_new_session_too(bool onServer)
    {
        await using var app = await StartAsync(onServer);
        await app.SignInAsync();
        var page = app.OpenAsync("/slow-rename");
        await _inside.Task;

        await app.SignOutOnThePhoneAsync();
        _go.SetResult();

        (await page).Status.ShouldBe(HttpStatusCode.OK);
        await app.ShouldBeSignedOutAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_two_requests_that_sign_the_user_in_again_at_once_both_begin_a_session_that_a_logout_ends(bool onServer)
    {
        await using var app = await StartAsync(onServer);
        await app.SignInAsync();
        using var window = app.OpenWindow();
        var page = app.OpenAsync("/slow-rename");
        await _inside.Task;
        (await app.OpenAsync(window, "/rename")).Status.ShouldBe(HttpStatusCode.OK);
        _go.SetResult();
        (await page).Status.ShouldBe(HttpStatusCode.OK);
        await app.ShouldBeSignedInAsync();
        (await app.OpenAsync(window, "/profile")).Status.ShouldBe(HttpStatusCode.OK);

        await app.SignOutOnThePhoneAsync();

        await app.ShouldBeSignedOutAsync();
        (await app.OpenAsync(window, "/profile")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData(false, "/rename-twice")]
    [InlineData(true, "/rename-twice")]
    [InlineData(false, "/sign-out-and-rename")]
    [InlineData(true, "/sign-out-and-rename")]
    public async Task A_user_who_is_signed_in_twice_or_out_and_in_during_one_request_is_still_signed_out_on_the_phone(bool onServer, string path)
    {
        await using var app = await StartAsync(onServer);
        await app.SignInAsync();
        (await app.OpenAsync(path)).Status.ShouldBe(HttpStatusCode.OK);
        (await app.OpenProfileAsync()).Body.ShouldBe("signed in as Renamed");

        await app.SignOutOnThePhoneAsync();

        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task Sessions_of_concurrent_sign_ins_by_the_application_count_as_sessions_of_their_user()
    {
        const int MaxSessionsPerUser = 3;
        using var store = new ProbedSessionStore(perUser: MaxSessionsPerUser);
        await using var app = await StartAsync(onServer: true, store);
        await app.SignInAsync();
        _awaited = 2 * MaxSessionsPerUser;
        var windows = Enumerable.Range(0, _awaited).Select(_ => app.OpenWindow()).ToList();
        var pages = windows.Select(window => app.OpenAsync(window, "/slow-rename")).ToList();
        await _inside.Task;
        _go.SetResult();

        (await Task.WhenAll(pages)).ShouldAllBe(page => page.Status == HttpStatusCode.OK);

        store.Count.Sessions.ShouldBeLessThanOrEqualTo(MaxSessionsPerUser);
        store.Count.Subjects.ShouldBe(1);
        windows.ForEach(window => window.Dispose());
    }

    [Fact]
    public async Task A_read_of_the_store_that_fails_during_the_sign_in_costs_no_facts()
    {
        using var store = new ProbedSessionStore();
        await using var app = await StartAsync(onServer: true, store);
        await app.SignInAsync();
        store.FailNextLookUpAfter = 1;
        (await app.OpenAsync("/rename")).Status.ShouldBe(HttpStatusCode.OK);
        store.FailNextLookUpAfter = null;
        (await app.OpenProfileAsync()).Body.ShouldBe("signed in as Renamed");

        await app.SignOutOnThePhoneAsync();

        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_sign_in_fails_when_the_facts_of_a_session_that_the_request_has_not_read_cannot_be_read()
    {
        using var store = new ProbedSessionStore();
        await using var app = await StartWithExternalCookieAsync(onServer: true, store: store);
        await app.OpenAsync("/begin");

        store.IsDown = true;
        await Should.ThrowAsync<AuthentiqStoreException>(app.OpenAsync("/copy-unread"));
        app.Browser.Cookies.GetCookies(new Uri(RelyingParty.Address))[".AspNetCore.Main"].ShouldBeNull();

        store.IsDown = false;
        (await app.OpenAsync("/copy-unread")).Status.ShouldBe(HttpStatusCode.OK);
        await app.SignOutOnThePhoneAsync();
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_local_account_with_the_identifier_of_the_user_gets_no_facts()
    {
        await using var app = await StartAsync(onServer: false);
        await app.SignInAsync();
        (await app.OpenAsync("/local-account")).Status.ShouldBe(HttpStatusCode.OK);

        await app.SignOutOnThePhoneAsync();

        (await app.OpenProfileAsync()).Body.ShouldBe("signed in as Local account");
    }

    [Fact]
    public async Task A_name_identifier_of_the_provider_is_the_sub_of_the_same_user()
    {
        await using var app = await StartAsync(onServer: false);
        await app.SignInAsync();
        (await app.OpenAsync("/rename-by-name-identifier")).Status.ShouldBe(HttpStatusCode.OK);
        (await app.OpenProfileAsync()).Body.ShouldBe("signed in as Renamed");

        await app.SignOutOnThePhoneAsync();

        await app.ShouldBeSignedOutAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_user_gets_no_facts_of_the_session_that_is_replaced(bool onServer)
    {
        await using var app = await StartAsync(onServer);
        await app.SignInAsync();
        (await app.OpenAsync("/become-another")).Status.ShouldBe(HttpStatusCode.OK);

        await app.SignOutOnThePhoneAsync();

        (await app.OpenAsync("/profile")).Body.ShouldBe("signed in as Another");
    }

    [Theory]
    [InlineData("/copy", false)]
    [InlineData("/copy", true)]
    [InlineData("/forget-and-copy", false)]
    [InlineData("/forget-and-copy", true)]
    public async Task A_user_whose_external_cookie_is_copied_into_another_is_still_signed_out_on_the_phone(string path, bool onServer)
    {
        await using var app = await StartWithExternalCookieAsync(onServer);
        await SignInThroughExternalCookieAsync(app, path);
        (await app.OpenProfileAsync()).Body.ShouldBe("signed in as Copied");
        app.Log.GetSnapshot().ShouldNotContain(entry => entry.Id.Name == "SessionNotLinked");

        await app.SignOutOnThePhoneAsync();

        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_newer_external_cookie_counts_more_than_the_session_that_is_replaced()
    {
        await using var app = await StartWithExternalCookieAsync(onServer: false);
        await SignInThroughExternalCookieAsync(app, "/copy");
        var first = app.Provider.Phone.Sessions.Single();
        app.ForgetCookies("connect.authentiq.io");
        await SignInThroughExternalCookieAsync(app, "/copy");
        var second = app.Provider.Phone.Sessions.Single(session => session.SessionId != first.SessionId);

        await app.Provider.Phone.SignOutAsync(first, TestContext.Current.CancellationToken);
        await app.ShouldBeSignedInAsync();
        await app.Provider.Phone.SignOutAsync(second, TestContext.Current.CancellationToken);
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task An_external_cookie_that_becomes_a_user_of_another_name_is_told_once_with_the_fix()
    {
        await using var app = await StartWithExternalCookieAsync(onServer: false);
        await SignInThroughExternalCookieAsync(app, "/map");
        await SignInThroughExternalCookieAsync(app, "/map");

        var warning = app.Log.GetSnapshot().Where(entry => entry.Id.Name == "SessionNotLinked").ShouldHaveSingleItem();
        warning.Level.ShouldBe(Microsoft.Extensions.Logging.LogLevel.Warning);
        warning.Message.ShouldContain("'Main'");
        warning.Message.ShouldContain("'External'");
        warning.Message.ShouldContain("Events.OnBackChannelLogout");
        warning.Message.ShouldNotContain("local-user");
    }

    [Fact]
    public async Task It_is_not_told_where_the_application_handles_logouts()
    {
        await using var app = await StartWithExternalCookieAsync(onServer: false, options => ((AuthentiqEvents)options.Events).OnBackChannelLogout = _ => Task.CompletedTask);
        await SignInThroughExternalCookieAsync(app, "/map");

        app.Log.GetSnapshot().ShouldNotContain(entry => entry.Id.Name == "SessionNotLinked");
    }

    [Fact]
    public async Task Two_cookies_of_two_users_are_nothing_to_tell()
    {
        var clock = SessionSite.Clock();
        await using var app = await StartWithExternalCookieAsync(onServer: false, clock: clock);
        await app.OpenAsync("/begin");
        clock.Advance(TimeSpan.FromMinutes(15));

        (await app.OpenAsync("/map")).Status.ShouldBe(HttpStatusCode.OK);

        app.Log.GetSnapshot().ShouldNotContain(entry => entry.Id.Name == "SessionNotLinked");
    }

    private static async Task SignInThroughExternalCookieAsync(RelyingParty app, string path)
    {
        await app.OpenAsync("/begin");
        (await app.OpenAsync(path)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<RelyingParty> StartWithExternalCookieAsync(bool onServer, Action<AuthentiqOptions>? options = null, TimeProvider? clock = null, IAuthentiqSessionStore? store = null) => RelyingParty.StartAsync(
        options,
        clock: clock,
        authentication: services =>
        {
            services.AddAuthentication(options => (options.DefaultScheme, options.DefaultChallengeScheme) = ("Main", "Authentiq"))
                .AddCookie("Main").AddCookie("External").AddAuthentiq(options => options.SignInScheme = "External");
            AddStore(services, store);
            if (onServer)
            {
                services.AddAuthentiqSessions();
            }
        },
        map: app =>
        {
            app.MapGet("/begin", () => TypedResults.Challenge(new() { RedirectUri = "/" }, [AuthentiqDefaults.AuthenticationScheme]));
            app.MapGet("/copy", async (HttpContext context) =>
            {
                await context.SignInAsync("Main", Principal(await ExternalSubjectAsync(context), "Copied"));
                await context.SignOutAsync("External");
            });
            app.MapGet("/forget-and-copy", async (HttpContext context) =>
            {
                var subject = await ExternalSubjectAsync(context);
                await context.SignOutAsync("External");
                await context.SignInAsync("Main", Principal(subject, "Copied"));
            });
            app.MapGet("/copy-unread", (HttpContext context) => context.SignInAsync("Main", Principal(Authentiq.Emulator.Personas.Alice.Subject, "Copied")));
            app.MapGet("/map", async (HttpContext context) =>
            {
                (await ExternalSubjectAsync(context)).ShouldNotBeNull();
                await context.SignInAsync("Main", Principal("local-user", "Mapped"));
                await context.SignOutAsync("External");
            });
        });

    private static async Task<string> ExternalSubjectAsync(HttpContext context) => (await context.AuthenticateAsync("External")).Principal!.FindFirstValue("sub")!;

    private Task<RelyingParty> StartAsync(bool onServer, IAuthentiqSessionStore? store = null) => RelyingParty.StartAsync(
        authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq();
            AddStore(services, store);
            if (onServer)
            {
                services.AddAuthentiqSessions();
            }
        },
        map: app =>
        {
            app.MapGet("/rename", [Authorize] (HttpContext context) => RenameAsync(context));
            app.MapGet("/slow-rename", [Authorize] async (HttpContext context) =>
            {
                if (Interlocked.Decrement(ref _awaited) == 0)
                {
                    _inside.SetResult();
                }

                await _go.Task;
                await RenameAsync(context);
            });
            app.MapGet("/rename-twice", [Authorize] async (HttpContext context) =>
            {
                await RenameAsync(context);
                await RenameAsync(context);
            });
            app.MapGet("/sign-out-and-rename", [Authorize] async (HttpContext context) =>
            {
                await context.SignOutAsync("Cookies");
                await RenameAsync(context);
            });
            app.MapGet("/rename-by-name-identifier", [Authorize] (HttpContext context) =>
            {
                var subject = context.User.FindFirst("sub")!;
                return context.SignInAsync("Cookies", Principal(new Claim(ClaimTypes.NameIdentifier, subject.Value, null, subject.Issuer), "Renamed"));
            });
            app.MapGet("/local-account", [Authorize] (HttpContext context) =>
                context.SignInAsync("Cookies", Principal(new Claim(ClaimTypes.NameIdentifier, context.User.FindFirstValue("sub")!), "Local account")));
            app.MapGet("/become-another", [Authorize] (HttpContext context) => context.SignInAsync("Cookies", Principal("another", "Another")));
        });

    private static void AddStore(IServiceCollection services, IAuthentiqSessionStore? store)
    {
        if (store is not null)
        {
            services.AddSingleton(store);
        }
    }

    private static Task RenameAsync(HttpContext context) => context.SignInAsync("Cookies", Principal(context.User.FindFirstValue("sub")!, "Renamed"));

    private static ClaimsPrincipal Principal(string subject, string name) => Principal(new Claim("sub", subject), name);

    private static ClaimsPrincipal Principal(Claim identifier, string name) => new(new ClaimsIdentity([identifier, new("name", name)], "test", "name", "role"));
}
