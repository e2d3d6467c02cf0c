using System.Globalization;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class SessionLifetimeTests
{
    private readonly FakeTimeProvider _clock = SessionSite.Clock();

    private DateTimeOffset Start => _clock.Start;

    [Fact]
    public async Task A_session_that_is_used_slides_on_and_one_that_is_not_ends()
    {
        await using var app = await StartAsync();
        await app.SignInAsync();

        foreach (var _ in Enumerable.Range(0, 3))
        {
            _clock.Advance(TimeSpan.FromMinutes(40));
            await app.ShouldBeSignedInAsync();
        }

        _clock.Advance(TimeSpan.FromMinutes(61));
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task However_much_it_is_used_a_session_ends_at_its_absolute_lifetime()
    {
        using var store = new ProbedSessionStore(_clock);
        await using var app = await StartAsync(sessions => sessions.AbsoluteLifetime = TimeSpan.FromHours(3), store);
        await app.SignInAsync();

        for (var minutes = 20; minutes < 180; minutes += 20)
        {
            _clock.Advance(TimeSpan.FromMinutes(20));
            await app.ShouldBeSignedInAsync();
        }

        store.Written.Single().ExpiresAt.ShouldBe(Start + TimeSpan.FromHours(3));
        (await ExpiresAsync(app)).ShouldBe(Start + TimeSpan.FromHours(3));
        _clock.Advance(TimeSpan.FromMinutes(20));
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task Near_its_absolute_end_a_session_is_not_renewed_again_and_again()
    {
        using var store = new ProbedSessionStore(_clock);
        await using var app = await StartAsync(sessions => sessions.AbsoluteLifetime = TimeSpan.FromMinutes(80), store);
        await app.SignInAsync();

        for (var minutes = 1; minutes < 80; minutes++)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await app.ShouldBeSignedInAsync();
        }

        store.Written.Single().Revision.ShouldBe(1);
    }

    [Fact]
    public async Task Without_an_absolute_lifetime_a_session_lasts_as_long_as_it_is_used()
    {
        await using var app = await SessionSite.StartAsync(sessions => sessions.AbsoluteLifetime = null, clock: _clock);
        await app.SignInAsync();

        foreach (var _ in Enumerable.Range(0, 5))
        {
            _clock.Advance(TimeSpan.FromDays(9));
            await app.ShouldBeSignedInAsync();
        }
    }

    [Fact]
    public async Task By_default_a_session_lasts_no_longer_than_thirty_days()
    {
        await using var app = await SessionSite.StartAsync(clock: _clock);
        await app.SignInAsync();

        foreach (var _ in Enumerable.Range(0, 3))
        {
            _clock.Advance(TimeSpan.FromDays(9));
            await app.ShouldBeSignedInAsync();
        }

        _clock.Advance(TimeSpan.FromDays(3));
        await app.ShouldBeSignedOutAsync();
    }

    [Fact]
    public async Task That_a_session_is_used_is_noted_at_most_once_in_five_minutes()
    {
        using var store = new ProbedSessionStore(_clock);
        await using var app = await StartAsync(store: store);
        await app.SignInAsync();
        var key = store.Written.Single().Key;

        _clock.Advance(TimeSpan.FromMinutes(4));
        await app.ShouldBeSignedInAsync();
        (await SeenAtAsync()).ShouldBe(Start);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await app.ShouldBeSignedInAsync();
        (await SeenAtAsync()).ShouldBe(Start + TimeSpan.FromMinutes(5));

        async Task<DateTimeOffset> SeenAtAsync() => (await store.FindAsync(key, TestContext.Current.CancellationToken))!.LastSeenAt;
    }

    private Task<RelyingParty> StartAsync(Action<AuthentiqSessionOptions>? sessions = null, ProbedSessionStore? store = null) => SessionSite.StartAsync(
        sessions,
        store,
        _clock,
        services: services => services.Configure<CookieAuthenticationOptions>("Cookies", cookie => cookie.ExpireTimeSpan = TimeSpan.FromHours(1)));

    private static async Task<DateTimeOffset> ExpiresAsync(RelyingParty app) => DateTimeOffset.Parse((await app.OpenAsync("/expires")).Body, CultureInfo.InvariantCulture);
}
