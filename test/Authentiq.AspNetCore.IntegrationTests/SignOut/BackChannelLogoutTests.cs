using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Authentiq.Emulator;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class BackChannelLogoutTests
{
    [Theory]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task A_sign_out_on_the_phone_signs_out_here(string algorithm)
    {
        await using var app = await RelyingParty.StartAsync(client: client => client.IdTokenSignedResponseAlg = algorithm);
        await app.SignInAsync();
        await app.ShouldBeSignedInAsync();

        (await SignOutOnThePhoneAsync(app)).ShouldBe(200);

        var page = await app.OpenProfileAsync();
        page.Status.ShouldBe(HttpStatusCode.Redirect);
        page.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith(".AspNetCore.Cookies=;", StringComparison.Ordinal));
        app.Browser.Cookies.GetAllCookies().ShouldNotContain(cookie => cookie.Name == ".AspNetCore.Cookies");
    }

    [Fact]
    public async Task A_copy_of_the_cookie_is_of_no_use_either()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();
        var copies = app.Browser.Cookies.GetAllCookies().Select(cookie => new Cookie(cookie.Name, cookie.Value, cookie.Path, cookie.Domain) { Secure = cookie.Secure }).ToList();
        await SignOutOnThePhoneAsync(app);
        await app.ShouldBeSignedOutAsync();

        copies.ForEach(app.Browser.Cookies.Add);

        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task Anonymous_pages_remain_available_with_an_ended_session()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();
        await SignOutOnThePhoneAsync(app);

        (await app.Browser.GoAsync(RelyingParty.Address + "/", TestContext.Current.CancellationToken)).Body.ShouldBe("home");
    }

    [Fact]
    public async Task The_next_sign_in_works_with_the_same_session_at_the_provider()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();
        var session = app.Provider.Phone.Sessions.Single();
        (await app.SendLogoutAsync(app.Provider.IssueLogoutToken(RelyingParty.ClientId, session))).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await app.SignInAsync()).Body.ShouldBe("signed in as Alice Smith");

        app.Provider.Phone.Sessions.Single().SessionId.ShouldBe(session.SessionId);
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task A_failing_event_does_not_keep_a_user_signed_in()
    {
        await using var app = await RelyingParty.StartAsync(options => ((AuthentiqEvents)options.Events).OnBackChannelLogout = _ => throw new InvalidOperationException("The database is away."));
        await app.SignInAsync();

        (await app.SendLogoutAsync(LogoutToken(app))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task Each_scheme_ends_its_own_sessions()
    {
        await using var app = await RelyingParty.StartAsync(
            client: client => client.RedirectUris.Add(RelyingParty.Address + "/signin-partner"),
            authentication: services => services.AddAuthentication().AddAuthentiq().AddAuthentiq("Partner", options =>
            {
                options.ClientId = "the-partner";
                options.ClientSecret = RelyingParty.ClientSecret;
            }),
            map: application => application.MapGet("/partner", () => TypedResults.Challenge(new() { RedirectUri = "/profile" }, ["Partner"])));
        app.Provider.Clients.Register(client =>
        {
            client.ClientId = "the-partner";
            client.ClientSecret = RelyingParty.ClientSecret;
            client.RedirectUris.Add(RelyingParty.Address + "/signin-partner");
            client.IdTokenSignedResponseAlg = SigningAlgorithms.HS256;
        });
        await app.Browser.GoAsync(RelyingParty.Address + "/partner", TestContext.Current.CancellationToken);
        var session = app.Provider.Phone.Sessions.Single();

        // The session was created with the other client, whose logouts are sent to its own registration.
        (await app.SendLogoutAsync(app.Provider.IssueLogoutToken(RelyingParty.ClientId, session))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.ShouldBeSignedInAsync();
        using var wrongPath = await app.SendLogoutAsync(app.Provider.IssueLogoutToken("the-partner", session));
        wrongPath.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await app.ShouldBeSignedInAsync();

        using var response = await app.SendLogoutAsync(Form(app.Provider.IssueLogoutToken("the-partner", session)), "/signout-partner");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.ShouldBeSignedOutAsync();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task What_is_not_a_form_is_refused(string? contentType)
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();
        using var content = Form(LogoutToken(app));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        (await app.SendLogoutAsync(content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task A_form_must_hold_exactly_one_token()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();
        var token = LogoutToken(app);

        foreach (var form in (string[])["", "logout_token=", "other=1", $"logout_token={token}&logout_token={token}", $"LOGOUT={token}", "logout_token=garbage", "logout_token=a.b.c"])
        {
            using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
            (await app.SendLogoutAsync(content)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, form.Replace(token, "…"));
        }

        await app.ShouldBeSignedInAsync();
        using var good = new StringContent($"state=x&logout_token={token}", Encoding.UTF8, "application/x-www-form-urlencoded");
        (await app.SendLogoutAsync(good)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.ShouldBeSignedOutAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_form_that_is_larger_than_any_token_is_refused(bool isLengthKnown)
    {
        await using var app = await RelyingParty.StartAsync();
        var bytes = Encoding.ASCII.GetBytes("logout_token=" + new string('x', 33 * 1024));
        using HttpContent content = isLengthKnown ? new ByteArrayContent(bytes) : new StreamContent(new MemoryStream(bytes));
        content.Headers.ContentType = new("application/x-www-form-urlencoded");
        content.Headers.ContentLength = isLengthKnown ? bytes.Length : null;

        (await app.SendLogoutAsync(content)).StatusCode.ShouldBeOneOf(HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_token_in_the_address_is_ignored()
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();
        using var content = new StringContent("", Encoding.UTF8, "application/x-www-form-urlencoded");

        (await app.SendLogoutAsync(content, AuthentiqDefaults.RemoteSignOutPath + "?logout_token=" + LogoutToken(app))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await app.ShouldBeSignedInAsync();
    }

    [Theory]
    [InlineData("GET", 400)]
    [InlineData("HEAD", 405)]
    [InlineData("PUT", 405)]
    [InlineData("DELETE", 405)]
    [InlineData("OPTIONS", 405)]
    public async Task Another_method_ends_nothing(string method, int status)
    {
        await using var app = await RelyingParty.StartAsync();
        await app.SignInAsync();
        using var way = new HttpMessageInvoker(app.Internet, disposeHandler: false);
        using var request = new HttpRequestMessage(new HttpMethod(method), RelyingParty.Address + AuthentiqDefaults.RemoteSignOutPath);
        request.Headers.Add("Cookie", app.Browser.Cookies.GetCookieHeader(new Uri(RelyingParty.Profile)));

        using var response = await way.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(status);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task Events_of_the_application_are_called_and_cannot_let_an_ended_session_in()
    {
        var asked = 0;
        await using var app = await RelyingParty.StartAsync(authentication: services => services.AddAuthentication().AddAuthentiq().AddCookie(options => options.Events.OnValidatePrincipal = _ =>
        {
            asked++;
            return Task.CompletedTask;
        }));
        await app.SignInAsync();
        asked.ShouldBe(1);

        await SignOutOnThePhoneAsync(app);

        await app.ShouldBeSignedOutAsync();
        asked.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Events_of_a_type_are_called_and_cannot_let_an_ended_session_in(bool cookieFirst)
    {
        await using var app = await RelyingParty.StartAsync(authentication: services =>
        {
            services.AddScoped<CountingEvents>().AddSingleton<Counter>();
            var authentication = services.AddAuthentication();
            _ = cookieFirst
                ? authentication.AddCookie(options => options.EventsType = typeof(CountingEvents)).AddAuthentiq()
                : authentication.AddAuthentiq().AddCookie(options => options.EventsType = typeof(CountingEvents));
        });
        await app.SignInAsync();
        var counter = app.Services.GetRequiredService<Counter>();
        counter.Validated.ShouldBe(1);
        counter.SignedIn.ShouldBe(1);

        await SignOutOnThePhoneAsync(app);

        await app.ShouldBeSignedOutAsync();
        counter.Validated.ShouldBe(1);
        counter.SignedOut.ShouldBe(1);
    }

    [Fact]
    public async Task Post_configured_delegates_of_the_application_are_called()
    {
        await using var app = await RelyingParty.StartAsync(authentication: services =>
        {
            services.AddAuthentication().AddAuthentiq();
            services.PostConfigure<CookieAuthenticationOptions>("Cookies", options => options.Events.OnValidatePrincipal = context =>
            {
                context.HttpContext.Response.Headers["X-Validated"] = "yes";
                return Task.CompletedTask;
            });
        });
        await app.SignInAsync();
        (await app.OpenProfileAsync()).Headers.Contains("X-Validated").ShouldBeTrue();

        await SignOutOnThePhoneAsync(app);

        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_ticket_that_would_outlive_a_stored_revocation_is_shortened()
    {
        await using var app = await RelyingParty.StartAsync(authentication: services => services.AddAuthentication().AddAuthentiq().AddCookie(options =>
        {
            options.ExpireTimeSpan = TimeSpan.FromHours(2);
            options.Events.OnSigningIn = context =>
            {
                context.Properties.IsPersistent = true;
                context.Properties.ExpiresUtc = DateTimeOffset.UtcNow.AddYears(1);
                return Task.CompletedTask;
            };
        }));
        await app.SignInAsync();
        app.Browser.Cookies.GetAllCookies().ToList().ForEach(cookie => cookie.Expired = true);
        await app.SignInAsync();

        app.Browser.Cookies.GetAllCookies().Single(cookie => cookie.Name == ".AspNetCore.Cookies").Expires.ToUniversalTime().ShouldBeLessThan(DateTime.UtcNow.AddHours(2.1));
        app.Log.GetSnapshot().Count(entry => entry.Id.Name == "TicketCapped").ShouldBe(1);
    }

    private static async Task<int> SignOutOnThePhoneAsync(RelyingParty app) =>
        (await app.Provider.Phone.SignOutAsync(app.Provider.Phone.Sessions.Single(), TestContext.Current.CancellationToken)).Single().StatusCode;

    private static string LogoutToken(RelyingParty app) => app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single());

    private static FormUrlEncodedContent Form(string token) => new([new("logout_token", token)]);

    private sealed class Counter
    {
        public int Validated { get; set; }

        public int SignedIn { get; set; }

        public int SignedOut { get; set; }
    }

    private sealed class CountingEvents(Counter counter) : CookieAuthenticationEvents
    {
        public override Task ValidatePrincipal(CookieValidatePrincipalContext context)
        {
            counter.Validated++;
            return Task.CompletedTask;
        }

        public override Task SignedIn(CookieSignedInContext context)
        {
            counter.SignedIn++;
            return Task.CompletedTask;
        }

        public override Task SigningOut(CookieSigningOutContext context)
        {
            counter.SignedOut++;
            return Task.CompletedTask;
        }
    }
}
