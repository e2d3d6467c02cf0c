using System.Diagnostics;
using Authentiq.Emulator;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Activities are shared in the process, so these tests run alone.</summary>
[Collection(nameof(TraceTests))]
[CollectionDefinition(nameof(TraceTests), DisableParallelization = true)]
public sealed class TraceTests : IDisposable
{
    private readonly List<Activity> _activities = [];
    private readonly ActivityListener _listener;

    public TraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Traces.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (_activities)
                {
                    _activities.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task The_steps_of_a_sign_in_and_a_sign_out_are_activities()
    {
        await using var app = await SessionSite.StartAsync(options: options => options.UserInfoMode = AuthentiqUserInfoMode.Always);
        await app.SignInAsync();
        await app.SignOutOnThePhoneAsync();

        var steps = Stopped().Where(activity => activity.OperationName is not ("authentiq.discovery_request" or "authentiq.keys_request")).ToList();
        steps.Select(activity => activity.OperationName).ShouldBe(["authentiq.challenge", "authentiq.token_request", "authentiq.userinfo_request", "authentiq.callback", "authentiq.logout"]);
        steps.ShouldAllBe(activity => activity.Status == ActivityStatusCode.Unset);
        steps[1].ParentSpanId.ShouldBe(steps[3].SpanId);
    }

    [Fact]
    public async Task A_failed_sign_in_has_the_reference_that_the_log_and_the_page_have()
    {
        await using var app = await SessionSite.StartAsync();
        app.Provider.Faults.WrongNonce();

        var page = await app.SignInAsync();

        var callback = Stopped().Single(activity => activity.OperationName == "authentiq.callback");
        callback.Status.ShouldBe(ActivityStatusCode.Error);
        callback.GetTagItem(Tags.Error).ShouldBe("invalid_token");
        var reference = callback.GetTagItem(Tags.Reference).ShouldBeOfType<string>();
        page.Body.ShouldContain(reference);
        app.Log.GetSnapshot().ShouldContain(entry => entry.Id.Id == 401 && entry.Message.Contains(reference));
    }

    [Fact]
    public async Task No_tag_identifies_a_user()
    {
        await using var app = await SessionSite.StartAsync();
        await app.SignInAsync();
        var session = app.Provider.Phone.Sessions.Single();

        await app.SignOutOnThePhoneAsync();

        var tags = Stopped().SelectMany(activity => activity.TagObjects).ToList();
        tags.Count.ShouldBeGreaterThan(5);
        tags.Select(tag => $"{tag.Value}").ShouldAllBe(value => !value.Contains(Personas.Alice.Subject) && !value.Contains(session.SessionId));
        tags.Select(tag => tag.Key).Distinct().ShouldBeSubsetOf([Tags.Scheme, Tags.Endpoint, Tags.Status]);
    }

    [Fact]
    public async Task Calls_of_stores_outside_the_process_are_activities_with_the_operation_only()
    {
        using var store = new ProbedSessionStore();
        var cache = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        await using var app = await SessionSite.StartAsync(store: store, services: services => services.AddSingleton<IDistributedCache>(new ForwardingCache(cache)));
        await app.SignInAsync();
        await app.SignOutOnThePhoneAsync();
        store.IsDown = true;
        await app.OpenAsync("/profile");

        var calls = Stopped().Where(activity => activity.OperationName is Traces.SessionStore or Traces.RevocationStore).ToList();
        Operations(Traces.SessionStore).ShouldBeSubsetOf(["add", "find", "find_of_user", "find_of_session_id", "remove"]);
        Operations(Traces.SessionStore).ShouldContain("add");
        Operations(Traces.RevocationStore).ShouldBe(["add", "consume", "find"], ignoreOrder: true);
        calls.ShouldAllBe(call => call.Kind == ActivityKind.Client);
        calls.SelectMany(call => call.TagObjects).Select(tag => tag.Key).Distinct().ShouldBeSubsetOf([Tags.Operation, Tags.Error]);

        IEnumerable<string?> Operations(string name) => calls.Where(call => call.OperationName == name).Select(call => (string?)call.GetTagItem(Tags.Operation)).Distinct();
    }

    [Fact]
    public async Task A_call_of_a_store_that_fails_is_an_error()
    {
        using var store = new ProbedSessionStore { IsDown = true };
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var sessions = new LiveSessions(
            store,
            Options.Create(new AuthentiqSessionOptions()),
            TimeProvider.System,
            new Metrics(services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()),
            new SessionChangeMarks(new MemoryRevocationStore(TimeProvider.System), TimeProvider.System),
            NullLogger<LiveSessions>.Instance);

        await Should.ThrowAsync<AuthentiqStoreException>(async () => await sessions.FindAsync("a-key", TestContext.Current.CancellationToken));
        await Should.ThrowAsync<AuthentiqStoreException>(() => sessions.EndAsync("a-key", TestContext.Current.CancellationToken));

        var calls = Stopped().Where(activity => activity.OperationName == Traces.SessionStore).ToList();
        calls.Select(call => $"{call.GetTagItem(Tags.Operation)} {call.Status} {call.GetTagItem(Tags.Error)}").ShouldBe(["find Error AuthentiqStoreException", "remove Error AuthentiqStoreException"]);
    }

    private List<Activity> Stopped()
    {
        lock (_activities)
        {
            return [.. _activities];
        }
    }

    /// <summary>A cache that counts as one that nodes share.</summary>
    private sealed class ForwardingCache(MemoryDistributedCache inner) : IDistributedCache
    {
        public byte[]? Get(string key) => inner.Get(key);

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => inner.GetAsync(key, token);

        public void Refresh(string key) => inner.Refresh(key);

        public Task RefreshAsync(string key, CancellationToken token = default) => inner.RefreshAsync(key, token);

        public void Remove(string key) => inner.Remove(key);

        public Task RemoveAsync(string key, CancellationToken token = default) => inner.RemoveAsync(key, token);

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => inner.Set(key, value, options);

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) => inner.SetAsync(key, value, options, token);
    }
}
