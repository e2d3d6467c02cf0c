using System.Globalization;
using Authentiq.AspNetCore;
using Xunit;

namespace Authentiq.TestSupport.Contracts;

/// <summary>What every store of revocations promises, whatever it keeps them in. A store's tests derive from it.</summary>
public abstract class RevocationStoreContract
{
    private const int Many = 500;
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private int _names;

    /// <summary>The store: one for each test.</summary>
    protected abstract IAuthentiqRevocationStore Store { get; }

    /// <summary>What the store takes for now.</summary>
    protected abstract DateTimeOffset Now { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revocation_is_found_by_its_key_at_once()
    {
        var revocation = Revocation();
        await Store.AddAsync(revocation, Ct);

        (await Store.FindAsync(revocation.Key, Ct)).ShouldBe(revocation);
    }

    [Fact]
    public async Task The_arrival_of_a_logout_is_kept_to_the_tick_and_moves_forward_by_one()
    {
        var first = Revocation();
        first = first with { ReceivedAt = first.ReceivedAt.AddTicks(3) };
        var second = first with { ProcessedTokenId = Name("token"), ReceivedAt = first.ReceivedAt.AddTicks(1) };
        await Store.AddAsync(second, Ct);
        await Store.AddAsync(first, Ct);

        (await Store.FindAsync(first.Key, Ct))!.ReceivedAt.ShouldBe(second.ReceivedAt);
    }

    [Fact]
    public async Task Nothing_is_found_by_another_key()
    {
        var revocation = Revocation();
        (await Store.FindAsync(revocation.Key, Ct)).ShouldBeNull();
        await Store.AddAsync(revocation, Ct);

        (await Store.FindAsync(Name("key"), Ct)).ShouldBeNull();
        (await Store.FindAsync(revocation.ProcessedTokenId!, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_concurrent_callers_exactly_one_consumes_a_key()
    {
        var (key, end) = (Name("consumed"), Now + Long);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await Store.TryConsumeAsync(key, end, Ct))));

        results.Count(isFirst => isFirst).ShouldBe(1);
        (await Store.TryConsumeAsync(key, end, Ct)).ShouldBeFalse();
        (await Store.TryConsumeAsync(Name("consumed"), end, Ct)).ShouldBeTrue("another key is another use");
    }

    [Fact]
    public async Task A_key_whose_time_is_over_is_not_consumed_and_a_mark_is_removed_when_it_expires()
    {
        var key = Name("consumed");
        (await Store.TryConsumeAsync(key, Now, Ct)).ShouldBeFalse();

        (await Store.TryConsumeAsync(key, Now + Short, Ct)).ShouldBeTrue();
        await PassAsync(Short + Short);
        (await Store.TryConsumeAsync(key, Now + Long, Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_later_logout_moves_a_revocation_forward()
    {
        var first = Revocation();
        var second = Later(first);
        await Store.AddAsync(first, Ct);
        await Store.AddAsync(second, Ct);

        (await Store.FindAsync(first.Key, Ct)).ShouldBe(second);
    }

    [Fact]
    public async Task An_older_logout_that_arrives_late_changes_nothing()
    {
        var first = Revocation();
        var second = Later(first);
        await Store.AddAsync(second, Ct);
        await Store.AddAsync(first with { ReceivedAt = second.ReceivedAt.AddSeconds(5) }, Ct);

        (await Store.FindAsync(first.Key, Ct)).ShouldBe(second);
    }

    [Fact]
    public async Task The_same_logout_token_again_changes_nothing()
    {
        var revocation = Revocation();
        await Store.AddAsync(revocation, Ct);
        await Store.AddAsync(revocation with { ReceivedAt = revocation.ReceivedAt.AddSeconds(30) }, Ct);

        (await Store.FindAsync(revocation.Key, Ct)).ShouldBe(revocation);
    }

    [Fact]
    public async Task The_same_logout_token_changes_nothing_after_another_one_either()
    {
        var first = Revocation();
        var second = first with { ProcessedTokenId = Name("token"), ReceivedAt = first.ReceivedAt.AddMilliseconds(100) };
        await Store.AddAsync(first, Ct);
        await Store.AddAsync(second, Ct);
        await Store.AddAsync(first with { ReceivedAt = first.ReceivedAt.AddSeconds(30) }, Ct);

        (await Store.FindAsync(first.Key, Ct)).ShouldBe(second);
    }

    [Fact]
    public async Task A_revocation_without_a_token_id_is_kept_and_the_token_is_not_taken_for_processed()
    {
        var processed = Revocation();
        var first = processed with { ProcessedTokenId = null };
        await Store.AddAsync(first, Ct);
        (await Store.FindAsync(first.Key, Ct)).ShouldBe(first);
        var again = first with { ReceivedAt = first.ReceivedAt.AddTicks(10) };
        await Store.AddAsync(again, Ct);
        (await Store.FindAsync(first.Key, Ct)).ShouldBe(again, "it is remembered by no token, so the second one moves it forward");

        await Store.AddAsync(processed, Ct);
        var other = Revocation() with { ProcessedTokenId = null };
        await Store.AddAsync(other, Ct);

        (await Store.FindAsync(first.Key, Ct)).ShouldBe(again with { ProcessedTokenId = processed.ProcessedTokenId });
        (await Store.FindAsync(other.Key, Ct)).ShouldBe(other);
    }

    [Fact]
    public async Task A_token_that_was_processed_stays_so_when_its_revocation_is_added_again_without_the_token_id()
    {
        var processed = Revocation();
        var again = processed with { ProcessedTokenId = null, ReceivedAt = processed.ReceivedAt.AddTicks(10) };
        await Store.AddAsync(processed, Ct);
        await Store.AddAsync(again, Ct);

        (await Store.FindAsync(processed.Key, Ct)).ShouldBe(again with { ProcessedTokenId = processed.ProcessedTokenId });

        var later = Later(again) with { ProcessedTokenId = null };
        await Store.AddAsync(later, Ct);
        (await Store.FindAsync(processed.Key, Ct)).ShouldBe(later, "a later logout has not been processed yet");
    }

    [Fact]
    public async Task Two_logouts_of_one_second_end_what_either_would()
    {
        var first = Revocation();
        var second = first with { ProcessedTokenId = Name("token"), ReceivedAt = first.ReceivedAt.AddMilliseconds(-100), ExpiresAt = first.ExpiresAt.AddSeconds(-1) };
        await Store.AddAsync(first, Ct);
        await Store.AddAsync(second, Ct);

        var kept = (await Store.FindAsync(first.Key, Ct)).ShouldNotBeNull();
        kept.ReceivedAt.ShouldBe(first.ReceivedAt);
        kept.ExpiresAt.ShouldBe(first.ExpiresAt);
    }

    [Fact]
    public async Task A_revocation_is_kept_until_it_expires_and_no_longer()
    {
        var brief = Revocation() with { ExpiresAt = Now + Short };
        var lasting = Revocation();
        await Store.AddAsync(brief, Ct);
        await Store.AddAsync(lasting, Ct);
        (await Store.FindAsync(brief.Key, Ct)).ShouldNotBeNull();

        await PassAsync(Short + Short);

        (await Store.FindAsync(brief.Key, Ct)).ShouldBeNull();
        (await Store.FindAsync(lasting.Key, Ct)).ShouldBe(lasting);
    }

    [Fact]
    public async Task Many_others_push_no_revocation_out()
    {
        var revocation = Revocation();
        await Store.AddAsync(revocation, Ct);
        for (var i = 0; i < Many; i++)
        {
            await Store.AddAsync(Revocation() with { ExpiresAt = Now + Short }, Ct);
        }

        (await Store.FindAsync(revocation.Key, Ct)).ShouldBe(revocation);
    }

    [Fact]
    public async Task Logouts_at_the_same_time_lose_none()
    {
        var revocations = Enumerable.Range(0, Many).Select(_ => Revocation()).ToList();
        await Task.WhenAll(revocations.Select(revocation => Task.Run(() => Store.AddAsync(revocation, Ct), Ct)));

        foreach (var revocation in revocations)
        {
            (await Store.FindAsync(revocation.Key, Ct)).ShouldBe(revocation);
        }
    }

    [Fact]
    public async Task Of_logouts_of_one_person_one_after_the_other_the_last_stays_whatever_else_happens()
    {
        var first = Revocation();
        var last = first;
        for (var i = 0; i < 20; i++)
        {
            last = Later(last);
            await Task.WhenAll(Store.AddAsync(last, Ct), Store.AddAsync(Revocation(), Ct), Store.FindAsync(first.Key, Ct).AsTask());
        }

        (await Store.FindAsync(first.Key, Ct)).ShouldBe(last);
    }

    /// <summary>Lets time pass: by the clock of the store, or really.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    /// <summary>A revocation of somebody, received just now.</summary>
    protected AuthentiqRevocation Revocation() => new()
    {
        Key = Name("key"),
        ProcessedTokenId = Name("token"),
        IssuedAt = DateTimeOffset.FromUnixTimeSeconds(Now.ToUnixTimeSeconds()),
        ReceivedAt = Now.ToUniversalTime(),
        ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds((Now + Long).ToUnixTimeMilliseconds()),
    };

    private AuthentiqRevocation Later(AuthentiqRevocation revocation) => revocation with
    {
        ProcessedTokenId = Name("token"),
        IssuedAt = revocation.IssuedAt.AddSeconds(1),
        ReceivedAt = revocation.ReceivedAt.AddSeconds(1),
        ExpiresAt = revocation.ExpiresAt.AddSeconds(1),
    };

    // Of the length that real ones have.
    private string Name(string kind) => (kind + Interlocked.Increment(ref _names).ToString(CultureInfo.InvariantCulture) + Guid.NewGuid().ToString("N"))[..22];
}
