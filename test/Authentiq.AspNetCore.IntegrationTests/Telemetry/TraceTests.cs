using System.Diagnostics;
using Authentiq.Emulator;

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

    private List<Activity> Stopped()
    {
        lock (_activities)
        {
            return [.. _activities];
        }
    }
}
