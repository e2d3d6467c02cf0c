using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class StoreFailureTests
{
    private readonly FragileStore _store = new();

    [Fact]
    public async Task A_logout_that_cannot_be_stored_returns_503_and_succeeds_on_retry()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        var token = app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single());
        _store.IsDown = true;

        using var response = await app.SendLogoutAsync(token);

        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.RetryAfter.ShouldNotBeNull();
        app.Log.GetSnapshot().ShouldContain(entry => entry.Id.Name == "LogoutNotKept");
        _store.IsDown = false;
        await app.ShouldBeSignedInAsync();
        (await app.SendLogoutAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task A_session_that_cannot_be_checked_returns_503_and_is_preserved()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        _store.IsDown = true;

        var page = await app.OpenProfileAsync();

        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Body.ShouldContain("You have not been signed out");
        page.Body.ShouldContain("href=\"/profile\"");
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
        page.Headers.RetryAfter.ShouldNotBeNull();
        _store.IsDown = false;
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task Anonymous_pages_remain_available()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        _store.IsDown = true;

        var page = await app.Browser.GoAsync(RelyingParty.Address + "/", TestContext.Current.CancellationToken);

        page.Body.ShouldBe("home");
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task A_script_gets_503_without_a_page()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();
        _store.IsDown = true;
        app.Browser.Headers["Sec-Fetch-Dest"] = "empty";

        var response = await app.OpenProfileAsync();

        response.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        response.Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_login_page_does_not_challenge_an_authenticated_user()
    {
        await using var app = await StartAsync(services => services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie().AddAuthentiq());
        (await app.OpenProfileAsync()).Headers.Location!.AbsolutePath.ShouldBe("/Account/Login");
        await app.Browser.GoAsync(RelyingParty.Address + "/login", TestContext.Current.CancellationToken);
        await app.ShouldBeSignedInAsync();
        _store.IsDown = true;

        (await app.OpenProfileAsync()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_sign_in_with_a_new_key_succeeds()
    {
        await using var app = await StartAsync();
        _store.IsDown = true;

        (await app.SignInAsync()).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        _store.IsDown = false;
        await app.ShouldBeSignedInAsync();
    }

    [Fact]
    public async Task A_message_of_a_custom_store_is_logged_as_one_line_of_limited_length()
    {
        var hostile = new AuthentiqStoreException("down\r\ninfo: a forged entry\u001b[2J\u202e" + new string('x', 1000));
        using var sessions = new ProbedSessionStore { Failure = hostile };
        _store.Failure = hostile;
        await using var app = await StartAsync(services => services.AddAuthentication().AddAuthentiq());
        await using var other = await SessionSite.StartAsync(store: sessions);
        await app.SignInAsync();
        await other.SignInAsync();
        other.DiscardReadyTickets();
        (_store.IsDown, sessions.IsDown) = (true, true);

        await app.OpenProfileAsync();
        await app.SendLogoutAsync(app.Provider.IssueLogoutToken(RelyingParty.ClientId, app.Provider.Phone.Sessions.Single()));
        await other.OpenProfileAsync();

        foreach (var (log, id) in new[] { (app.Log, 702), (app.Log, 604), (other.Log, 755) })
        {
            var message = log.GetSnapshot().Where(record => record.Id.Id == id).ShouldHaveSingleItem().Message;
            message.ShouldContain("down\ufffd\ufffdinfo");
            message.ShouldNotContain(character => char.IsControl(character) || character == '\u202e');
            message.Length.ShouldBeLessThan(500);
        }
    }

    private Task<RelyingParty> StartAsync(Action<IServiceCollection>? authentication = null) => RelyingParty.StartAsync(
        authentication: services =>
        {
            (authentication ?? (s => s.AddAuthentication().AddAuthentiq()))(services);
            services.AddSingleton<IAuthentiqRevocationStore>(_store);
        },
        map: application => application.MapGet("/login", () => TypedResults.Challenge(new() { RedirectUri = "/" }, [AuthentiqDefaults.AuthenticationScheme])));

    private sealed class FragileStore : IAuthentiqRevocationStore
    {
        private readonly MemoryRevocationStore _inner = new(TimeProvider.System);

        public bool IsDown { get; set; }

        public AuthentiqStoreException Failure { get; set; } = new();

        public Task AddAsync(AuthentiqRevocation revocation, CancellationToken cancellationToken) =>
            IsDown ? Task.FromException(Failure) : _inner.AddAsync(revocation, cancellationToken);

        public ValueTask<bool> TryConsumeAsync(string key, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
            IsDown ? ValueTask.FromException<bool>(Failure) : _inner.TryConsumeAsync(key, expiresAt, cancellationToken);

        public ValueTask<AuthentiqRevocation?> FindAsync(string key, CancellationToken cancellationToken) =>
            IsDown ? ValueTask.FromException<AuthentiqRevocation?>(Failure) : _inner.FindAsync(key, cancellationToken);
    }
}
