using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>What a userinfo endpoint may answer when it does not answer well. A failure names its case and its seed: put that into <c>Replay</c> to see it again.</summary>
public sealed class UserInfoAnswerTests(FuzzedApplication application) : IClassFixture<FuzzedApplication>
{
    [Property(MaxTest = 6_000, Replay = "(20261124,5)", Parallelism = 2, QuietOnSuccess = true)]
    public Property A_changed_userinfo_answer_costs_what_it_should() => Prop.ForAll(Case<UserInfoAnswer>.From(Shape.OfUserInfoAnswers, UserInfoAnswerMutations.Any), changed => application.RunAsync(() => CheckAsync(changed)));

    private async Task CheckAsync(Case<UserInfoAnswer> changed)
    {
        var attempt = await application.BeginAsync(changed.Shape);
        var answer = new UserInfoAnswer(attempt);
        changed.Apply(answer);
        attempt.UserInfoAnswer = answer.Create();

        await application.CheckAsync(RawRequest.Answer(attempt), answer.Verdict, changed.Shape.HasOpenId ? attempt.Subject : null);
        application.End(attempt);
    }
}
