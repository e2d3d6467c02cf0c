using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.Emulator.Tests.State;

public sealed class BoundedStoreTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_value_is_stored_for_its_lifetime()
    {
        var store = new BoundedStore<string>(_clock, TimeSpan.FromMinutes(1), capacity: 10);
        store.Add("key", "value");

        _clock.Advance(TimeSpan.FromSeconds(59));
        store.TryGet("key", out var value).ShouldBeTrue();
        value.ShouldBe("value");

        _clock.Advance(TimeSpan.FromSeconds(1));
        store.TryGet("key", out _).ShouldBeFalse();
        store.Values.ShouldBeEmpty();
    }

    [Fact]
    public void The_oldest_value_is_removed()
    {
        var store = new BoundedStore<string>(_clock, TimeSpan.FromMinutes(1), capacity: 2);
        store.Add("1", "one");
        store.Add("2", "two");
        store.Add("3", "three");

        store.Values.ShouldBe(["two", "three"]);
        store.TryGet("1", out _).ShouldBeFalse();
        store.TryGet(null, out _).ShouldBeFalse();
    }

    [Fact]
    public void Large_values_are_removed_below_the_maximum_number()
    {
        var store = new BoundedStore<string>(_clock, TimeSpan.FromMinutes(1), capacity: 1000, value => value.Length);
        for (var i = 0; i < 100; i++)
        {
            store.Add($"{i}", new string('x', 100_000));
        }

        store.Bytes.ShouldBeLessThanOrEqualTo(4 * 1024 * 1024);
        store.Count.ShouldBeInRange(30, 42);
        store.TryGet("99", out _).ShouldBeTrue();
        store.TryGet("0", out _).ShouldBeFalse();

        _clock.Advance(TimeSpan.FromMinutes(1));
        store.Values.ShouldBeEmpty();
        store.Bytes.ShouldBe(0);
    }

    [Fact]
    public async Task An_emulator_stores_a_limited_number_of_sign_ins()
    {
        await using var lab = await Lab.StartAsync(options => options.Capacity = 2);
        var first = await lab.GoAsync();
        await lab.GoAsync();
        await lab.GoAsync();

        (await lab.Browser.GoAsync(first.Url.AbsoluteUri, TestContext.Current.CancellationToken)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_session_expires()
    {
        await using var lab = await Lab.StartApprovingAsync();
        await lab.SignInAsync();

        lab.Clock.Advance(TimeSpan.FromHours(12));

        lab.Emulator.Phone.Sessions.ShouldBeEmpty();
        (await lab.AuthorizeAsync(("prompt", "none")))["error"].ShouldBe("login_required");
    }
}
