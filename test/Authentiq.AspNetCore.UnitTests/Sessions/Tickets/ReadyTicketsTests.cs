using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class ReadyTicketsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly KeysThatChange _keys = new();
    private readonly ReadyTickets<string> _tickets;

    public ReadyTicketsTests() => _tickets = new(new KeyRing(_keys, _clock), _clock);

    public void Dispose()
    {
        _tickets.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public void A_ticket_is_found_by_its_whole_cookie()
    {
        var end = new string('x', 100);
        Add("a" + end, "of a");
        Add("b" + end, "of b");

        Find("a" + end).ShouldBe("of a");
        Find("b" + end).ShouldBe("of b");
        Find("c" + end).ShouldBeNull();
        Find(end).ShouldBeNull();
    }

    [Fact]
    public void A_ticket_is_used_for_thirty_seconds_from_its_reading()
    {
        Add("a", "of a");
        _clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        Find("a").ShouldBe("of a");

        _clock.Advance(TimeSpan.FromTicks(1));
        Find("a").ShouldBeNull();
    }

    [Fact]
    public void A_ticket_that_was_read_long_before_it_was_added_is_not_used_for_longer()
    {
        var readAt = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(20));
        _tickets.Add(new("a"), "of a", bytes: 1, readAt);

        _clock.Advance(TimeSpan.FromSeconds(10));
        Find("a").ShouldBeNull();
    }

    [Fact]
    public void A_removed_ticket_is_gone_whatever_its_age()
    {
        Add("a", "of a");
        _clock.Advance(TimeSpan.FromSeconds(29));
        Add("b", "of b");

        _tickets.Remove(new("a"));
        _tickets.Remove(new("b"));

        Find("a").ShouldBeNull();
        Find("b").ShouldBeNull();
    }

    [Fact]
    public void The_number_of_tickets_is_bounded()
    {
        for (var i = 0; i < 5 * ReadyTickets<string>.Capacity; i++)
        {
            Add($"{i}", "a ticket");
        }

        _tickets.Count.ShouldBeLessThanOrEqualTo(2 * ReadyTickets<string>.Capacity);
        Find($"{(5 * ReadyTickets<string>.Capacity) - 1}").ShouldNotBeNull();
        Find("0").ShouldBeNull();
    }

    [Fact]
    public void The_size_of_the_tickets_is_bounded()
    {
        for (var i = 0; i < 100; i++)
        {
            _tickets.Add(new($"{i}"), "a ticket", ReadyTickets<string>.CapacityBytes / 10, _clock.GetTimestamp());
        }

        _tickets.Count.ShouldBeLessThanOrEqualTo(20);
    }

    [Fact]
    public void An_idle_application_keeps_no_ticket()
    {
        Add("a", "of a");
        _clock.Advance(TimeSpan.FromSeconds(15));
        Add("b", "of b");

        _clock.Advance(TimeSpan.FromSeconds(30));
        _clock.Advance(TimeSpan.FromSeconds(30));

        _tickets.Count.ShouldBe(0);
    }

    [Fact]
    public void A_ticket_is_worth_keeping_from_the_second_reading_on()
    {
        _tickets.ShouldAdd(new("a")).ShouldBeFalse();
        _tickets.ShouldAdd(new("a")).ShouldBeTrue();
        _tickets.ShouldAdd(new("b")).ShouldBeFalse();
    }

    [Fact]
    public void A_change_of_the_keys_discards_every_ticket()
    {
        Add("a", "of a");
        _clock.Advance(TimeSpan.FromSeconds(20));
        Add("b", "of b");

        _keys.Change();

        Find("a").ShouldBeNull();
        Find("b").ShouldBeNull();
        _tickets.Count.ShouldBe(0);
    }

    [Fact]
    public void Tickets_are_kept_again_once_the_new_keys_are_in_use()
    {
        _tickets.ShouldAdd(new("a"));
        _keys.Change();
        Find("a").ShouldBeNull();

        _tickets.ShouldAdd(new("a")).ShouldBeFalse("it may have been decrypted with the previous keys");
        _clock.Advance(KeyRing.ReloadTime);
        _tickets.ShouldAdd(new("a")).ShouldBeTrue();
        Add("a", "of a");
        Find("a").ShouldBe("of a");
    }

    [Fact]
    public void A_ticket_that_replaces_itself_does_not_count_twice()
    {
        Add("another", "ticket");
        for (var i = 0; i < 100; i++)
        {
            _tickets.Add(new("a"), "of a", ReadyTickets<string>.CapacityBytes / 10, _clock.GetTimestamp());
        }

        _tickets.Count.ShouldBe(2, "one user who is read again and again must not push out the others");
        Find("another").ShouldBe("ticket");
    }

    private void Add(string cookie, string ticket) => _tickets.Add(new(cookie), ticket, bytes: 1, _clock.GetTimestamp());

    private string? Find(string cookie) => _tickets.TryGet(new(cookie), out var ticket) ? ticket : null;

    private sealed class KeysThatChange : IKeyManager, IDisposable
    {
        private CancellationTokenSource _source = new();

        public void Change()
        {
            var changed = _source;
            _source = new();
            changed.Cancel();
            changed.Dispose();
        }

        public CancellationToken GetCacheExpirationToken() => _source.Token;

        public IKey CreateNewKey(DateTimeOffset activationDate, DateTimeOffset expirationDate) => throw new NotSupportedException();

        public IReadOnlyCollection<IKey> GetAllKeys() => throw new NotSupportedException();

        public void RevokeAllKeys(DateTimeOffset revocationDate, string? reason = null) => throw new NotSupportedException();

        public void RevokeKey(Guid keyId, string? reason = null) => throw new NotSupportedException();

        public void Dispose() => _source.Dispose();
    }
}
