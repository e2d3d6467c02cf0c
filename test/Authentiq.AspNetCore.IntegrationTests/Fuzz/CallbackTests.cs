using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>
/// Answers as browsers, proxies and attackers may change them. A failure names its case and its seed: put that into <c>Replay</c> to see it again.
/// </summary>
public sealed class CallbackTests(FuzzedApplication application) : IClassFixture<FuzzedApplication>
{
    public static TheoryData<string> Schemes => [.. Shape.All.Select(shape => shape.Scheme)];

    [Theory]
    [MemberData(nameof(Schemes))]
    public Task An_answer_that_nobody_has_changed_signs_in(string scheme) => CheckAsync(new(Shape.All.Single(shape => shape.Scheme == scheme), []));

    [Fact]
    public async Task A_code_that_another_sign_in_has_just_used_is_not_answered_with_its_tokens()
    {
        var shape = Shape.All.Single(shape => shape.Scheme == "PlainOAuth");
        var (attempt, another) = (await application.BeginAsync(shape), await application.BeginAsync(shape));
        await application.CheckAsync(RawRequest.Answer(another), Verdict.SignsIn, another.Subject);
        var callback = new Callback(attempt, another);
        callback.Set("code", another.Code, null);

        await application.CheckAsync(callback.Request, Verdict.Refused, attempt.Subject);
    }

    [Fact]
    public async Task An_access_token_beside_an_error_signs_nobody_in()
    {
        var attempt = await application.BeginAsync(Shape.All.Single(shape => shape.Scheme == "TokenForm"));
        var answer = RawRequest.Answer(attempt);
        answer.Parameters.Add(new("error", "login_required"));

        await application.CheckAsync(answer, Verdict.Refused, attempt.Subject);
    }

    [Property(MaxTest = 12_000, Replay = "(20261124,1)", Parallelism = 2, QuietOnSuccess = true)]
    public Property A_changed_answer_signs_in_only_if_the_change_means_nothing() => Prop.ForAll(Case<Callback>.From(Shape.OfCallbacks, CallbackMutations.Any), changed => application.RunAsync(() => CheckAsync(changed)));

    private async Task CheckAsync(Case<Callback> changed)
    {
        var (attempt, another) = (await application.BeginAsync(changed.Shape), await application.BeginAsync(changed.Shape));
        var callback = new Callback(attempt, another);
        var verdict = changed.Apply(callback);
        if (callback.IsAnotherDone)
        {
            await application.CheckAsync(RawRequest.Answer(another), Verdict.SignsIn, another.Subject);
        }

        await application.CheckAsync(callback.Request, verdict is Verdict.SignsIn && callback.IsUnreadable ? Verdict.Either : verdict, callback.IsSubjectOpen ? null : attempt.Subject);
        application.End(attempt);
        application.End(another);
    }
}
