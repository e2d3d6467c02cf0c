using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Invalid responses of the userinfo endpoint. A failure reports its case and its seed: set <c>Replay</c> to the seed to reproduce it.</summary>
public sealed class UserInfoResponseTests(FuzzedApplication application) : IClassFixture<FuzzedApplication>
{
    [Property(MaxTest = 6_000, Replay = "(20261124,5)", Parallelism = 2, QuietOnSuccess = true)]
    public Property A_changed_userinfo_response_has_the_expected_result() => Prop.ForAll(Case<UserInfoResponse>.From(Shape.OfUserInfoResponses, UserInfoResponseMutations.Any), changed => application.RunAsync(() => CheckAsync(changed)));

    private async Task CheckAsync(Case<UserInfoResponse> changed)
    {
        var attempt = await application.BeginAsync(changed.Shape);
        var response = new UserInfoResponse(attempt);
        changed.Apply(response);
        attempt.UserInfoResponse = response.Create();

        await application.CheckAsync(RawRequest.Response(attempt), response.Verdict, changed.Shape.HasOpenId ? attempt.Subject : null);
        application.End(attempt);
    }
}
