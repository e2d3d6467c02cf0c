using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Invalid responses of the token endpoint. A failure reports its case and its seed: set <c>Replay</c> to the seed to reproduce it.</summary>
public sealed class TokenResponseTests(FuzzedApplication application) : IClassFixture<FuzzedApplication>
{
    [Property(MaxTest = 8_000, Replay = "(20261124,3)", Parallelism = 2, QuietOnSuccess = true)]
    public Property A_changed_token_response_signs_in_only_if_the_change_is_irrelevant() => Prop.ForAll(Case<TokenResponse>.From(Shape.OfTokenResponses, TokenResponseMutations.Any), changed => application.RunAsync(() => CheckAsync(changed)));

    private async Task CheckAsync(Case<TokenResponse> changed)
    {
        var attempt = await application.BeginAsync(changed.Shape);
        var response = new TokenResponse(attempt);
        var verdict = changed.Apply(response);
        attempt.TokenResponse = response.Create();

        await application.CheckAsync(RawRequest.Response(attempt), verdict, response.IsSubjectOpen ? null : attempt.Subject);
        application.End(attempt);
    }
}
