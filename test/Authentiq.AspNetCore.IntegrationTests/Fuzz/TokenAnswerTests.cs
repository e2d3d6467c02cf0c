using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>What a token endpoint may answer when it does not answer well. A failure names its case and its seed: put that into <c>Replay</c> to see it again.</summary>
public sealed class TokenAnswerTests(FuzzedApplication application) : IClassFixture<FuzzedApplication>
{
    [Property(MaxTest = 8_000, Replay = "(20261124,3)", Parallelism = 2, QuietOnSuccess = true)]
    public Property A_changed_token_answer_signs_in_only_if_the_change_means_nothing() => Prop.ForAll(Case<TokenAnswer>.From(Shape.OfTokenAnswers, TokenAnswerMutations.Any), changed => application.RunAsync(() => CheckAsync(changed)));

    private async Task CheckAsync(Case<TokenAnswer> changed)
    {
        var attempt = await application.BeginAsync(changed.Shape);
        var answer = new TokenAnswer(attempt);
        var verdict = changed.Apply(answer);
        attempt.TokenAnswer = answer.Create();

        await application.CheckAsync(RawRequest.Answer(attempt), verdict, answer.IsSubjectOpen ? null : attempt.Subject);
        application.End(attempt);
    }
}
