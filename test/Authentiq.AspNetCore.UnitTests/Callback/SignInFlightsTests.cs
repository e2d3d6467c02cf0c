using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Authentiq.AspNetCore.UnitTests;

public sealed class SignInFlightsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly TaskCompletionSource<ProviderResponse> _tokens = new();
    private readonly SignInFlights _flights;
    private int _redemptions;

    public SignInFlightsTests() => _flights = new(_clock);

    public void Dispose() => _flights.Dispose();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_callbacks_with_the_same_response_redeem_once_and_read_the_same_response()
    {
        var (first, second) = (Join(), Join());
        var responses = Task.WhenAll(RedeemAsync(first), RedeemAsync(second));
        _tokens.SetResult(Response("""{"access_token":"token","token_type":"Bearer"}"""));

        (await responses).ShouldAllBe(response => TokenEndpoint.Read(response).AccessToken == "token");
        _redemptions.ShouldBe(1);
    }

    [Theory]
    [InlineData("another", "attempt", "code", null)]
    [InlineData("scheme", "another", "code", null)]
    [InlineData("scheme", "attempt", "another", null)]
    [InlineData("scheme", "attempt", null, "code")]
    [InlineData("scheme", "attempt", "code", "token")]
    public void Another_scheme_attempt_or_response_shares_nothing(string scheme, string attempt, string? code, string? idToken) =>
        _flights.Join(scheme, attempt, new() { Code = code, IdToken = idToken }, _clock.GetUtcNow()).ShouldNotBeSameAs(Join());

    [Fact]
    public void No_part_of_a_response_runs_into_the_next() =>
        _flights.Join("scheme", "attempt", new() { Code = "x\ny" }, _clock.GetUtcNow()).ShouldNotBeSameAs(_flights.Join("scheme", "attempt", new() { Code = "x", IdToken = "y\n" }, _clock.GetUtcNow()));

    [Fact]
    public void A_flight_is_removed_after_ten_seconds_without_any_further_sign_in()
    {
        var first = Join();
        first.IsShared.ShouldBeFalse();
        Join().ShouldBeSameAs(first);
        first.IsShared.ShouldBeTrue();

        _clock.Advance(SignInFlights.MaxAge);

        _flights.Count.ShouldBe(0);
        Join().ShouldNotBeSameAs(first);
    }

    [Fact]
    public void The_number_of_flights_is_bounded()
    {
        for (var i = 0; i < SignInFlights.Capacity + 10; i++)
        {
            _flights.Join("scheme", $"{i}", new() { Code = "code" }, _clock.GetUtcNow());
        }

        _flights.Count.ShouldBe(SignInFlights.Capacity);
    }

    [Fact]
    public async Task A_session_is_shared_with_the_same_user_and_cookie_scheme_only()
    {
        var flight = Join();
        var keys = 0;
        Task<string> BeginAsync(string scheme, string subject) => flight.BeginSessionAsync(scheme, subject, () => Task.FromResult($"{++keys}"), Ct);

        (await BeginAsync("Cookies", "alice")).ShouldBe("1");
        (await BeginAsync("Cookies", "alice")).ShouldBe("1");
        (await BeginAsync("Cookies", "bob")).ShouldBe("2");
        (await BeginAsync("Other", "alice")).ShouldBe("3");
    }

    [Fact]
    public async Task A_caller_that_stops_waiting_stops_no_other()
    {
        using var impatience = new CancellationTokenSource();
        var flight = Join();
        var first = flight.RedeemAsync(TokensAsync, impatience.Token);
        var second = RedeemAsync(flight);
        await impatience.CancelAsync();
        _tokens.SetResult(Response("{}"));

        await Should.ThrowAsync<OperationCanceledException>(first);
        await second;
        _redemptions.ShouldBe(1);
    }

    private static ProviderResponse Response(string body) => new(HttpStatusCode.OK, "application/json", Encoding.UTF8.GetBytes(body));

    private SignInFlight Join() => _flights.Join("scheme", "attempt", new() { Code = "code" }, _clock.GetUtcNow());

    private Task<ProviderResponse> RedeemAsync(SignInFlight flight) => flight.RedeemAsync(TokensAsync, Ct);

    private Task<ProviderResponse> TokensAsync()
    {
        Interlocked.Increment(ref _redemptions);
        return _tokens.Task;
    }
}
