using System.Diagnostics.Metrics;
using System.Net;
using Authentiq.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class MetricsTests
{
    private static readonly string[] KnownTags =
        [Tags.Scheme, Tags.Result, Tags.Error, Tags.Endpoint, Tags.Status, Tags.Channel, Tags.Store, Tags.Operation];

    [Fact]
    public async Task A_sign_in_is_counted_with_its_duration_and_each_request_to_the_provider_with_its_status()
    {
        await using var app = await SessionSite.StartAsync();
        using var signIns = Collect<long>(app, "authentiq.sign_ins");
        using var durations = Collect<double>(app, "authentiq.sign_in.duration");
        using var requests = Collect<double>(app, "authentiq.provider.request.duration");

        await app.SignInAsync();

        signIns.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags.ShouldBe(Expect((Tags.Scheme, "Authentiq"), (Tags.Result, "succeeded")), ignoreOrder: true);
        durations.GetMeasurementSnapshot().ShouldHaveSingleItem().Value.ShouldBeGreaterThanOrEqualTo(0);
        requests.GetMeasurementSnapshot().Where(request => (string?)request.Tags[Tags.Endpoint] == "token")
            .ShouldHaveSingleItem().Tags.ShouldBe(Expect((Tags.Endpoint, "token"), (Tags.Status, 200)), ignoreOrder: true);
    }

    [Fact]
    public async Task A_refused_sign_in_is_counted_by_its_error()
    {
        await using var app = await SessionSite.StartAsync();
        using var signIns = Collect<long>(app, "authentiq.sign_ins");
        using var durations = Collect<double>(app, "authentiq.sign_in.duration");
        app.Provider.Faults.WrongNonce();

        await app.SignInAsync();

        signIns.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags.ShouldBe(Expect((Tags.Scheme, "Authentiq"), (Tags.Result, "failed"), (Tags.Error, "invalid_token")), ignoreOrder: true);
        durations.GetMeasurementSnapshot().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_used_response_of_a_signed_in_user_counts_as_recovered()
    {
        await using var app = await SessionSite.StartAsync();
        await app.SignInAsync();
        using var signIns = Collect<long>(app, "authentiq.sign_ins");

        await app.Browser.GoAsync(app.Browser.History.Last(url => url.AbsolutePath == "/signin-authentiq").AbsoluteUri, TestContext.Current.CancellationToken);

        signIns.GetMeasurementSnapshot().ShouldHaveSingleItem().Tags[Tags.Result].ShouldBe("recovered");
    }

    [Fact]
    public async Task Logouts_are_counted_by_result()
    {
        await using var app = await SessionSite.StartAsync();
        await app.SignInAsync();
        using var logouts = Collect<long>(app, "authentiq.logouts");

        (await app.SendLogoutAsync("not a token")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await app.SignOutOnThePhoneAsync();
        await app.OpenAsync("/signout-authentiq?iss=https://another.example/&sid=x");

        logouts.GetMeasurementSnapshot().Select(logout => $"{logout.Tags[Tags.Channel]} {logout.Tags[Tags.Result]}").ShouldBe(["back refused", "back accepted", "front refused"]);
    }

    [Fact]
    public async Task Sessions_and_the_calls_of_their_store_are_counted()
    {
        await using var app = await SessionSite.StartAsync();
        using var sessions = Collect<int>(app, "authentiq.sessions.active");
        using var calls = Collect<long>(app, "authentiq.store.calls");
        await app.SignInAsync();

        sessions.RecordObservableInstruments();
        await app.OpenAsync("/signout");
        sessions.RecordObservableInstruments();

        sessions.GetMeasurementSnapshot().Select(measurement => measurement.Value).ShouldBe([1, 0]);
        calls.GetMeasurementSnapshot().ShouldAllBe(call => (string?)call.Tags[Tags.Store] == "sessions" && !call.Tags.ContainsKey(Tags.Error));
        calls.GetMeasurementSnapshot().Select(call => (string?)call.Tags[Tags.Operation]).Distinct().ShouldBe(["add", "find", "remove"], ignoreOrder: true);
    }

    [Fact]
    public async Task No_tag_identifies_a_user()
    {
        using var listener = new MeterListener();
        var seen = new List<KeyValuePair<string, object?>>();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == Metrics.MeterName)
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Add(tags));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Add(tags));
        listener.Start();
        await using var app = await SessionSite.StartAsync();
        await app.SignInAsync();
        var session = app.Provider.Phone.Sessions.Single();
        await app.SignOutOnThePhoneAsync();

        lock (seen)
        {
            seen.Count.ShouldBeGreaterThan(5);
            seen.ShouldAllBe(tag => KnownTags.Contains(tag.Key));
            seen.ShouldAllBe(tag => !$"{tag.Value}".Contains(Personas.Alice.Subject) && !$"{tag.Value}".Contains(session.SessionId));
        }

        void Add(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (seen)
            {
                seen.AddRange(tags);
            }
        }
    }

    private static MetricCollector<T> Collect<T>(RelyingParty app, string instrument) where T : struct => new(app.Services.GetRequiredService<IMeterFactory>(), Metrics.MeterName, instrument);

    private static Dictionary<string, object?> Expect(params (string Name, object Value)[] tags) => tags.ToDictionary(tag => tag.Name, object? (tag) => tag.Value, StringComparer.Ordinal);
}
