using System.Globalization;
using Authentiq.AspNetCore;
using Xunit;

namespace Authentiq.TestSupport.Contracts;

/// <summary>What every store of sessions promises, whatever it keeps them in. A store's tests derive from it.</summary>
public abstract class SessionStoreContract
{
    /// <summary>What the store must be configured with as the maximum of sessions of one user.</summary>
    protected const int MaximumPerUser = 300;

    private const int Rounds = 200;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private int _names;

    /// <summary>The store: one for each test.</summary>
    protected abstract IAuthentiqSessionStore Store { get; }

    /// <summary>What the store takes for now.</summary>
    protected abstract DateTimeOffset Now { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_is_found_by_its_key_its_person_and_its_session_at_the_provider()
    {
        var session = Session();
        await Store.AddAsync(session, Ct);

        (await Store.FindAsync(session.Key, Ct)).ShouldBeTheSameAs(session);
        (await Store.FindBySubjectAsync(session.SubjectKey!, 0, int.MaxValue, Ct)).ShouldHaveSingleItem().ShouldBeTheSameAs(session);
        (await Store.FindBySessionIdAsync(session.SessionIdKey!, Ct)).ShouldHaveSingleItem().ShouldBeTheSameAs(session);
    }

    [Fact]
    public async Task A_session_that_did_not_begin_with_the_provider_is_found_by_its_key()
    {
        var session = Session() with { SubjectKey = null, SessionIdKey = null, IssuedAt = null, Device = null, Address = null };
        await Store.AddAsync(session, Ct);

        (await Store.FindAsync(session.Key, Ct)).ShouldBeTheSameAs(session);
    }

    [Fact]
    public async Task Nothing_is_found_by_a_name_that_nobody_has()
    {
        var session = Session();
        await Store.AddAsync(session, Ct);

        (await Store.FindAsync(session.SubjectKey!, Ct)).ShouldBeNull();
        (await Store.FindBySubjectAsync(session.SessionIdKey!, 0, int.MaxValue, Ct)).ShouldBeEmpty();
        (await Store.FindBySessionIdAsync(session.SubjectKey!, Ct)).ShouldBeEmpty();
        (await Store.FindAsync("", Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Every_session_of_a_person_is_found_and_nobody_elses()
    {
        var phone = Session();
        var laptop = Session() with { SubjectKey = phone.SubjectKey };
        await Store.AddAsync(phone, Ct);
        await Store.AddAsync(laptop, Ct);
        await Store.AddAsync(Session(), Ct);

        (await KeysOfAsync(phone.SubjectKey!)).ShouldBe([phone.Key, laptop.Key], ignoreOrder: true);
        (await Store.FindBySessionIdAsync(phone.SessionIdKey!, Ct)).ShouldHaveSingleItem().Key.ShouldBe(phone.Key);
    }

    [Fact]
    public async Task A_session_is_written_anew_and_its_old_names_no_longer_find_it()
    {
        var first = Session();
        await Store.AddAsync(first, Ct);
        var second = Session() with { Key = first.Key, Revision = 1 };

        (await Store.ReplaceAsync(second, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Replaced);

        (await Store.FindAsync(first.Key, Ct)).ShouldBeTheSameAs(second);
        (await KeysOfAsync(second.SubjectKey!)).ShouldBe([first.Key]);
        (await Store.FindBySessionIdAsync(second.SessionIdKey!, Ct)).ShouldHaveSingleItem();
        (await KeysOfAsync(first.SubjectKey!)).ShouldBeEmpty();
        (await Store.FindBySessionIdAsync(first.SessionIdKey!, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_that_is_written_anew_keeps_nothing_that_it_had_before()
    {
        var first = Session();
        await Store.AddAsync(first, Ct);
        var second = first with { Revision = 1, SubjectKey = null, SessionIdKey = null, IssuedAt = null, Device = null, Address = null };

        (await Store.ReplaceAsync(second, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Replaced);

        (await Store.FindAsync(first.Key, Ct)).ShouldBeTheSameAs(second);
        (await KeysOfAsync(first.SubjectKey!)).ShouldBeEmpty();
        (await Store.FindBySessionIdAsync(first.SessionIdKey!, Ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_is_not_written_over_what_another_request_has_written()
    {
        var first = Session();
        await Store.AddAsync(first, Ct);
        var second = first with { Revision = 1, Ticket = [2] };
        (await Store.ReplaceAsync(second, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Replaced);

        (await Store.ReplaceAsync(first with { Revision = 1, Ticket = [3] }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.ChangedMeanwhile);

        (await Store.FindAsync(first.Key, Ct)).ShouldBeTheSameAs(second);
        (await Store.ReplaceAsync(second with { Revision = 2, Ticket = [4] }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Replaced);
    }

    [Fact]
    public async Task A_session_that_never_began_is_not_written_anew()
    {
        var session = Session();

        (await Store.ReplaceAsync(session with { Revision = 1 }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Gone);
        (await Store.ReplaceAsync(session, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Gone);
        await Store.TouchAsync(session.Key, Now, Ct);

        await ShouldBeGoneAsync(session);
    }

    [Fact]
    public async Task Being_seen_changes_nothing_else()
    {
        var session = Session();
        await Store.AddAsync(session, Ct);
        var seen = session.LastSeenAt + TimeSpan.FromMinutes(1);

        await Store.TouchAsync(session.Key, seen, Ct);

        (await Store.FindAsync(session.Key, Ct)).ShouldBeTheSameAs(session with { LastSeenAt = seen });
        (await KeysOfAsync(session.SubjectKey!)).ShouldBe([session.Key]);
        (await Store.ReplaceAsync(session with { Revision = 1 }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Replaced);
    }

    [Fact]
    public async Task A_session_ends_once_and_is_never_brought_back()
    {
        var session = Session();
        var other = Session() with { SubjectKey = session.SubjectKey };
        await Store.AddAsync(session, Ct);
        await Store.AddAsync(other, Ct);

        (await Store.RemoveAsync(session.Key, Ct)).ShouldBeTrue();
        (await Store.RemoveAsync(session.Key, Ct)).ShouldBeFalse();
        (await Store.ReplaceAsync(session with { Revision = 1 }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Gone);
        await Store.TouchAsync(session.Key, Now, Ct);

        await ShouldBeGoneAsync(session, left: other.Key);
        (await Store.FindAsync(other.Key, Ct)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_session_that_has_expired_is_gone_for_good()
    {
        var session = Session() with { ExpiresAt = Now + Short };
        var other = Session() with { SubjectKey = session.SubjectKey, SessionIdKey = session.SessionIdKey };
        await Store.AddAsync(session, Ct);
        await Store.AddAsync(other, Ct);
        (await Store.FindAsync(session.Key, Ct)).ShouldNotBeNull();

        await PassAsync(Short);

        (await Store.ReplaceAsync(session with { Revision = 1, ExpiresAt = Now + Long }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Gone);
        (await Store.RemoveAsync(session.Key, Ct)).ShouldBeFalse();
        await Store.TouchAsync(session.Key, Now, Ct);
        (await Store.FindAsync(session.Key, Ct)).ShouldBeNull();
        (await KeysOfAsync(session.SubjectKey!)).ShouldBe([other.Key]);
        (await Store.FindBySessionIdAsync(session.SessionIdKey!, Ct)).ShouldHaveSingleItem().Key.ShouldBe(other.Key);
    }

    [Fact]
    public async Task A_session_that_is_renewed_outlasts_its_first_end()
    {
        var session = Session() with { ExpiresAt = Now + Short };
        await Store.AddAsync(session, Ct);
        (await Store.ReplaceAsync(session with { Revision = 1, ExpiresAt = Now + Long }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Replaced);

        await PassAsync(Short);

        (await Store.FindAsync(session.Key, Ct)).ShouldNotBeNull();
        (await KeysOfAsync(session.SubjectKey!)).ShouldBe([session.Key]);
    }

    [Fact]
    public async Task Devices_of_one_person_that_sign_in_and_out_at_once_do_not_lose_each_other()
    {
        var person = Name();
        var sessions = Enumerable.Range(0, Rounds).Select(_ => Session() with { SubjectKey = person }).ToList();

        await Task.WhenAll(sessions.Select(session => Task.Run(() => Store.AddAsync(session, Ct), Ct)));
        (await KeysOfAsync(person)).ShouldBe(sessions.Select(session => session.Key), ignoreOrder: true);

        var (leave, stay) = (sessions.Take(Rounds / 2).ToList(), sessions.Skip(Rounds / 2).ToList());
        var late = Enumerable.Range(0, Rounds / 2).Select(_ => Session() with { SubjectKey = person }).ToList();
        await Task.WhenAll([
            .. leave.Select(session => Task.Run(() => Store.RemoveAsync(session.Key, Ct), Ct)),
            .. late.Select(session => Task.Run(() => Store.AddAsync(session, Ct), Ct)),
        ]);

        (await KeysOfAsync(person)).ShouldBe(stay.Concat(late).Select(session => session.Key), ignoreOrder: true);
    }

    [Fact]
    public async Task A_session_that_ends_while_it_is_renewed_and_seen_stays_ended()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var session = Session();
            await Store.AddAsync(session, Ct);

            await Task.WhenAll(
                Task.Run(() => Store.ReplaceAsync(session with { Revision = 1, SubjectKey = session.SubjectKey + "2" }, Ct), Ct),
                Task.Run(() => Store.RemoveAsync(session.Key, Ct), Ct),
                Task.Run(() => Store.TouchAsync(session.Key, Now, Ct), Ct));

            await ShouldBeGoneAsync(session);
            await ShouldBeGoneAsync(session with { SubjectKey = session.SubjectKey + "2" });
        }
    }

    [Fact]
    public async Task Of_requests_that_write_at_once_one_succeeds()
    {
        for (var round = 0; round < Rounds / 10; round++)
        {
            var session = Session();
            await Store.AddAsync(session, Ct);

            var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => Store.ReplaceAsync(session with { Revision = 1, Device = Number(writer) }, Ct), Ct)));

            written.Count(result => result is AuthentiqSessionReplaceResult.Replaced).ShouldBe(1);
            written.Count(result => result is AuthentiqSessionReplaceResult.ChangedMeanwhile).ShouldBe(7);
            (await Store.FindAsync(session.Key, Ct))!.Device.ShouldBe(Number(Array.IndexOf(written, AuthentiqSessionReplaceResult.Replaced)));
        }
    }

    [Fact]
    public async Task A_user_beyond_the_maximum_loses_the_session_that_was_seen_longest_ago_and_no_other_user_does()
    {
        var other = Session();
        await Store.AddAsync(other, Ct);
        var user = Name();
        var sessions = new List<AuthentiqSession>();
        for (var number = 0; number < MaximumPerUser; number++)
        {
            // That a session expires first does not make it the oldest.
            var session = Session() with { SubjectKey = user };
            sessions.Add(session with { LastSeenAt = session.LastSeenAt.AddSeconds(number), ExpiresAt = session.ExpiresAt.AddSeconds(-number) });
            await Store.AddAsync(sessions[^1], Ct);
        }

        await Store.TouchAsync(sessions[0].Key, sessions[^1].LastSeenAt.AddSeconds(1), Ct);
        (await KeysOfAsync(user)).Count().ShouldBe(MaximumPerUser);

        foreach (var _ in Enumerable.Range(0, 3))
        {
            var next = Session() with { SubjectKey = user };
            sessions.Add(next with { LastSeenAt = next.LastSeenAt.AddHours(1) });
            await Store.AddAsync(sessions[^1], Ct);
        }

        (await KeysOfAsync(user)).ShouldBe([sessions[0].Key, .. sessions.Skip(4).Select(session => session.Key)], ignoreOrder: true);
        foreach (var ended in sessions.Skip(1).Take(3))
        {
            (await Store.FindAsync(ended.Key, Ct)).ShouldBeNull();
            (await Store.FindBySessionIdAsync(ended.SessionIdKey!, Ct)).ShouldBeEmpty();
            (await Store.ReplaceAsync(ended with { Revision = 1 }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Gone);
        }

        (await Store.FindAsync(other.Key, Ct)).ShouldBeTheSameAs(other);
    }

    [Fact]
    public async Task However_many_sign_in_at_once_a_user_has_no_more_sessions_than_the_maximum()
    {
        var user = Name();
        await Task.WhenAll(Enumerable.Range(0, MaximumPerUser + 100).Select(_ => Session() with { SubjectKey = user }).Select(session => Task.Run(() => Store.AddAsync(session, Ct), Ct)));

        (await KeysOfAsync(user)).Count().ShouldBe(MaximumPerUser);
    }

    [Fact]
    public async Task Sessions_that_did_not_begin_with_the_provider_are_not_counted()
    {
        var sessions = Enumerable.Range(0, MaximumPerUser + 10).Select(_ => Session() with { SubjectKey = null, SessionIdKey = null, IssuedAt = null }).ToList();
        foreach (var session in sessions)
        {
            await Store.AddAsync(session, Ct);
        }

        foreach (var session in sessions)
        {
            (await Store.FindAsync(session.Key, Ct)).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Sessions_of_a_user_are_paged_with_the_most_recently_used_one_first()
    {
        var user = Name();
        var sessions = new List<AuthentiqSession>();
        for (var number = 0; number < 7; number++)
        {
            // That a session expires later does not make it more recently used, and two have been used at the same time.
            var session = Session() with { SubjectKey = user };
            sessions.Add(session with { LastSeenAt = session.LastSeenAt.AddSeconds(number / 2), ExpiresAt = session.ExpiresAt.AddSeconds(-number) });
            await Store.AddAsync(sessions[^1], Ct);
        }

        await Store.TouchAsync(sessions[0].Key, sessions[^1].LastSeenAt.AddSeconds(1), Ct);
        string[] expected = [sessions[0].Key, .. sessions.Skip(1).OrderByDescending(session => session.LastSeenAt).ThenBy(session => session.Key, StringComparer.Ordinal).Select(session => session.Key)];

        (await PageAsync(0, 3)).ShouldBe(expected[..3]);
        (await PageAsync(3, 3)).ShouldBe(expected[3..6]);
        (await PageAsync(6, 3)).ShouldBe(expected[6..]);
        (await PageAsync(7, 3)).ShouldBeEmpty();

        async Task<IEnumerable<string>> PageAsync(int skip, int take) => (await Store.FindBySubjectAsync(user, skip, take, Ct)).Select(session => session.Key);
    }

    [Fact]
    public async Task A_lease_has_one_owner_until_it_is_released()
    {
        var key = Name();

        (await Store.TryAcquireLeaseAsync(key, "a", Long, Ct)).ShouldBeTrue();
        (await Store.TryAcquireLeaseAsync(key, "b", Long, Ct)).ShouldBeFalse();
        (await Store.TryAcquireLeaseAsync(Name(), "b", Long, Ct)).ShouldBeTrue("another session has another lease");

        await Store.ReleaseLeaseAsync(key, "a", Ct);
        (await Store.TryAcquireLeaseAsync(key, "b", Long, Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task Releasing_the_lease_of_another_owner_does_nothing()
    {
        var key = Name();
        await Store.ReleaseLeaseAsync(key, "a", Ct);
        (await Store.TryAcquireLeaseAsync(key, "a", Long, Ct)).ShouldBeTrue();

        await Store.ReleaseLeaseAsync(key, "b", Ct);

        (await Store.TryAcquireLeaseAsync(key, "b", Long, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lease_that_is_not_released_expires()
    {
        var (key, other) = (Name(), Name());
        (await Store.TryAcquireLeaseAsync(key, "a", Brief, Ct)).ShouldBeTrue();
        (await Store.TryAcquireLeaseAsync(other, "a", Long, Ct)).ShouldBeTrue();

        await PassLeaseAsync(Brief);

        (await Store.TryAcquireLeaseAsync(key, "b", Long, Ct)).ShouldBeTrue();
        (await Store.TryAcquireLeaseAsync(other, "b", Long, Ct)).ShouldBeFalse();

        // The owner that has lost it releases nothing.
        await Store.ReleaseLeaseAsync(key, "a", Ct);
        (await Store.TryAcquireLeaseAsync(key, "a", Long, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Acquiring_a_lease_again_extends_it()
    {
        var key = Name();
        (await Store.TryAcquireLeaseAsync(key, "a", Brief, Ct)).ShouldBeTrue();
        (await Store.TryAcquireLeaseAsync(key, "a", Long, Ct)).ShouldBeTrue();

        await PassLeaseAsync(Brief);

        (await Store.TryAcquireLeaseAsync(key, "b", Long, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_lease_has_a_duration_of_any_positive_length()
    {
        var key = Name();
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Store.TryAcquireLeaseAsync(key, "a", TimeSpan.Zero, Ct));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Store.TryAcquireLeaseAsync(key, "a", TimeSpan.FromSeconds(-1), Ct));

        (await Store.TryAcquireLeaseAsync(key, "a", TimeSpan.FromTicks(1), Ct)).ShouldBeTrue();
        await PassLeaseAsync(Brief);
        (await Store.TryAcquireLeaseAsync(key, "b", TimeSpan.MaxValue, Ct)).ShouldBeTrue();
        (await Store.TryAcquireLeaseAsync(key, "a", Long, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_many_concurrent_owners_exactly_one_acquires_a_lease()
    {
        for (var round = 0; round < Rounds / 10; round++)
        {
            var key = Name();

            var acquired = await Task.WhenAll(Enumerable.Range(0, 20).Select(owner => Task.Run(() => Store.TryAcquireLeaseAsync(key, Number(owner), Long, Ct), Ct)));

            acquired.Count(isOwner => isOwner).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_lease_is_no_part_of_its_session()
    {
        var session = Session();
        await Store.AddAsync(session, Ct);
        (await Store.TryAcquireLeaseAsync(session.Key, "a", Long, Ct)).ShouldBeTrue();
        (await Store.ReplaceAsync(session with { Revision = 1 }, Ct)).ShouldBe(AuthentiqSessionReplaceResult.Replaced);
        (await Store.RemoveAsync(session.Key, Ct)).ShouldBeTrue();

        (await Store.TryAcquireLeaseAsync(session.Key, "b", Long, Ct)).ShouldBeFalse();
        await ShouldBeGoneAsync(session);
    }

    /// <summary>Lets the store's time go on.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    /// <summary>Lets the time go on by which the store measures a lease, which may be that of its server.</summary>
    protected abstract Task PassLeaseAsync(TimeSpan time);

    /// <summary>A session of a person of its own, which every store must give back as it is.</summary>
    protected AuthentiqSession Session()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(Now.ToUnixTimeMilliseconds());
        return new()
        {
            Key = Name(),
            SubjectKey = Name(),
            SessionIdKey = Name(),
            IssuedAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds() - 1),
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = now + Long,
            Device = "Firefox on Linux",
            Address = "203.0.113.0",
            Ticket = [0, 1, 2, 255],
        };
    }

    private string Name() => $"{GetType().Name}-{Number(Interlocked.Increment(ref _names))}-{Number(GetHashCode())}";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private async Task<IEnumerable<string>> KeysOfAsync(string subject) => (await Store.FindBySubjectAsync(subject, 0, int.MaxValue, Ct)).Select(session => session.Key);

    private async Task ShouldBeGoneAsync(AuthentiqSession session, params string[] left)
    {
        (await Store.FindAsync(session.Key, Ct)).ShouldBeNull();
        (await KeysOfAsync(session.SubjectKey!)).ShouldBe(left, ignoreOrder: true);
        (await Store.FindBySessionIdAsync(session.SessionIdKey!, Ct)).ShouldBeEmpty();
    }
}
