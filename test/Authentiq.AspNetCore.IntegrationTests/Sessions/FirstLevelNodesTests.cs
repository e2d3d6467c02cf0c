using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Two nodes with one session store elsewhere, with a revocation store in common or one each.</summary>
public sealed class FirstLevelNodesTests : IDisposable
{
    private readonly FakeTimeProvider _clock = SessionSite.Clock();
    private readonly ProbedSessionStore _store;
    private readonly FirstLevelHeldStore _held;

    public FirstLevelNodesTests()
    {
        _store = new(_clock);
        _held = new(_store);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_node_without_marks_refuses_an_ended_session_after_half_a_minute()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync(beside: a);
        var cookie = await SignInAsync(a, b);

        await EndAllAsync(a);

        (await a.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
        _clock.Advance(TimeSpan.FromSeconds(29));
        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_node_that_uses_its_copy_all_the_time_still_refuses_after_half_a_minute()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync(beside: a);
        var cookie = await SignInAsync(a, b);
        await EndAllAsync(a);

        for (var second = 0; second < 30; second++)
        {
            (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_node_that_receives_the_mark_refuses_at_once()
    {
        var revocations = new MemoryRevocationStore(_clock);
        await using var a = await StartAsync(revocations);
        await using var b = await StartAsync(revocations, beside: a);
        var cookie = await SignInAsync(a, b);

        await EndAllAsync(a);

        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_copy_is_not_looked_up_and_is_read_again_after_half_a_minute()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync(beside: a);
        var cookie = await SignInAsync(a, b);
        var lookUps = _store.LookUps;

        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);
        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);
        _store.LookUps.ShouldBe(lookUps);

        _clock.Advance(TimeSpan.FromSeconds(30));
        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);
        _store.LookUps.ShouldBe(lookUps + 1);
    }

    [Fact]
    public async Task A_copy_never_outlives_the_end_that_the_store_has_for_the_session()
    {
        await using var a = await StartAsync();
        var cookie = await SignInAsync(a);
        var end = _clock.GetUtcNow().AddSeconds(40);
        await _store.TamperAsync(session => session with { ExpiresAt = end });
        _clock.Advance(TimeSpan.FromSeconds(32));
        await WarmAsync(a, cookie);
        var lookUps = _store.LookUps;

        _clock.Advance(TimeSpan.FromSeconds(7));
        (await a.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);
        _store.LookUps.ShouldBe(lookUps);
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await a.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_sign_out_whose_mark_cannot_be_stored_takes_effect_on_its_own_node()
    {
        await using var a = await StartAsync(new NoMarks());
        var cookie = await SignInAsync(a);
        await WarmAsync(a, cookie);

        await a.OpenAsync("/signout");

        (await a.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_session_that_ends_on_another_node_while_it_is_read_becomes_no_copy_that_is_used()
    {
        var revocations = new MemoryRevocationStore(_clock);
        await using var a = await StartAsync(revocations);
        await using var b = await StartAsync(revocations, beside: a);
        var cookie = await SignInAsync(a, b);
        _clock.Advance(TimeSpan.FromSeconds(30));

        _held.AfterNextFind(() => EndAllAsync(a));
        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);

        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
        _clock.Advance(TimeSpan.FromSeconds(29));
        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task The_half_minute_starts_before_a_slow_look_up()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync(beside: a);
        var cookie = await SignInAsync(a, b);
        _clock.Advance(TimeSpan.FromSeconds(30));

        _held.AfterNextFind(async () =>
        {
            await EndAllAsync(a);
            _clock.Advance(TimeSpan.FromSeconds(20));
        });
        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);

        _clock.Advance(TimeSpan.FromSeconds(10));
        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_session_in_the_process_that_ends_while_it_is_read_is_refused_in_the_next_request()
    {
        await using var site = await FirstLevelSite.StartAsync(FirstLevelSite.InProcess);
        await site.SignInAsync();
        await site.VisitAsync("/who", times: 3);
        var store = site.App.Services.GetRequiredService<IAuthentiqSessionStore>();
        await store.RemoveAsync(SessionKeys.Hash("Cookies", site.App.SessionCookie()!), Ct);

        (await site.VisitWithAsync(site.App.SessionCookie()!)).ShouldStartWith("200 none");
    }

    [Fact]
    public async Task A_session_in_the_process_that_changes_is_read_again_in_the_next_request()
    {
        await using var site = await FirstLevelSite.StartAsync(FirstLevelSite.InProcess);
        await site.SignInAsync("alice");
        await site.VisitAsync("/who", times: 3);
        var alice = site.App.SessionCookie()!;
        var store = site.App.Services.GetRequiredService<IAuthentiqSessionStore>();
        var session = (await store.FindAsync(SessionKeys.Hash("Cookies", alice), Ct))!;
        site.App.ForgetCookies();
        await site.SignInAsync("bob");
        var another = (await store.FindAsync(SessionKeys.Hash("Cookies", site.App.SessionCookie()!), Ct))!;

        (await store.ReplaceAsync(session with { Ticket = another.Ticket, Revision = session.Revision + 1 }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Replaced);

        (await site.VisitWithAsync(alice)).ShouldStartWith("200 bob");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_served_from_a_copy_finishes_and_does_not_bring_back_the_session_that_ends_meanwhile(bool isMarked)
    {
        var revocations = new MemoryRevocationStore(_clock);
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously), released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        void Map(WebApplication app) => app.MapGet("/slow", async (ClaimsPrincipal user) =>
        {
            arrived.SetResult();
            await released.Task;
            return user.Identity!.Name;
        });
        await using var a = await StartAsync(isMarked ? revocations : null);
        await using var b = await StartAsync(isMarked ? revocations : null, beside: a, map: Map);
        var cookie = await SignInAsync(a);
        _clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(10));
        await WarmAsync(b, cookie);
        _clock.Advance(TimeSpan.FromSeconds(15));
        b.Browser.Cookies.Add(a.Browser.Cookies.GetAllCookies());

        var slow = b.OpenAsync("/slow");
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        await EndAllAsync(a);
        released.SetResult();

        var page = await slow;
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Body.ShouldBe("Alice Smith");
        page.Headers.Contains("Set-Cookie").ShouldBeFalse();
        _store.Count.Sessions.ShouldBe(0);
        (await b.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.Redirect);
    }

    private static async Task WarmAsync(RelyingParty app, string cookie)
    {
        for (var i = 0; i < 3; i++)
        {
            (await app.TryCookieAsync(cookie)).ShouldBe(HttpStatusCode.OK);
        }
    }

    private static async Task EndAllAsync(RelyingParty app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<AuthentiqSessionManager>().EndAllAsync(app.Provider.Phone.Sessions.Single().Persona.Subject, cancellationToken: Ct)).ShouldBe(1);
    }

    private static async Task<string> SignInAsync(RelyingParty app, RelyingParty? warm = null)
    {
        (await app.SignInAsync()).Status.ShouldBe(HttpStatusCode.OK);
        var cookie = app.SessionCookie()!;
        if (warm is not null)
        {
            await WarmAsync(warm, cookie);
        }

        return cookie;
    }

    private Task<RelyingParty> StartAsync(IAuthentiqRevocationStore? revocations = null, RelyingParty? beside = null, Action<WebApplication>? map = null) => RelyingParty.StartAsync(
        clock: _clock,
        beside: beside,
        map: map,
        authentication: services =>
        {
            services.AddSingleton<IAuthentiqSessionStore>(_held);
            if (revocations is not null)
            {
                services.AddSingleton(revocations);
            }

            services.AddAuthentication().AddAuthentiq();
            services.AddAuthentiqSessions();
            services.Configure<CookieAuthenticationOptions>("Cookies", cookie => cookie.ExpireTimeSpan = TimeSpan.FromHours(1));
        });

    private sealed class NoMarks : IAuthentiqRevocationStore
    {
        public Task AddAsync(AuthentiqRevocation revocation, CancellationToken cancellationToken) => throw new AuthentiqStoreException();

        public ValueTask<AuthentiqRevocation?> FindAsync(string key, CancellationToken cancellationToken) => default;

        public ValueTask<bool> TryConsumeAsync(string key, DateTimeOffset expiresAt, CancellationToken cancellationToken) => new(true);
    }
}
