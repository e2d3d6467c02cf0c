using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>
/// Responses that browsers, proxies and attackers change. A failure reports its case and its seed: set <c>Replay</c> to the seed to reproduce it.
/// </summary>
public sealed class CallbackTests(FuzzedApplication application) : IClassFixture<FuzzedApplication>
{
    public static TheoryData<string> Schemes => [.. Shape.All.Select(shape => shape.Scheme)];

    [Theory]
    [MemberData(nameof(Schemes))]
    public Task An_unchanged_response_signs_in(string scheme) => CheckAsync(new(Shape.All.Single(shape => shape.Scheme == scheme), []));

    [Fact]
    public async Task A_code_that_another_sign_in_has_just_used_returns_no_tokens()
    {
        var shape = Shape.All.Single(shape => shape.Scheme == "PlainOAuth");
        var (attempt, another) = (await application.BeginAsync(shape), await application.BeginAsync(shape));
        await application.CheckAsync(RawRequest.Response(another), Verdict.SignsIn, another.Subject);
        var callback = new Callback(attempt, another);
        callback.Set("code", another.Code, null);

        await application.CheckAsync(callback.Request, Verdict.Refused, attempt.Subject);
    }

    [Fact]
    public async Task An_access_token_in_an_error_response_is_refused()
    {
        var attempt = await application.BeginAsync(Shape.All.Single(shape => shape.Scheme == "TokenForm"));
        var response = RawRequest.Response(attempt);
        response.Parameters.Add(new("error", "login_required"));

        await application.CheckAsync(response, Verdict.Refused, attempt.Subject);
    }

    [Property(MaxTest = 12_000, Replay = "(20261124,1)", Parallelism = 2, QuietOnSuccess = true)]
    public Property A_changed_response_signs_in_only_if_the_change_is_irrelevant() => Prop.ForAll(Case<Callback>.From(Shape.OfCallbacks, CallbackMutations.Any), changed => application.RunAsync(() => CheckAsync(changed)));

    private async Task CheckAsync(Case<Callback> changed)
    {
        var (attempt, another) = (await application.BeginAsync(changed.Shape), await application.BeginAsync(changed.Shape));
        var callback = new Callback(attempt, another);
        var verdict = changed.Apply(callback);
        if (callback.IsAnotherDone)
        {
            await application.CheckAsync(RawRequest.Response(another), Verdict.SignsIn, another.Subject);
        }

        await application.CheckAsync(callback.Request, verdict is Verdict.SignsIn && callback.IsUnreadable ? Verdict.Either : verdict, callback.IsSubjectOpen ? null : attempt.Subject);
        application.End(attempt);
        application.End(another);
    }
}
