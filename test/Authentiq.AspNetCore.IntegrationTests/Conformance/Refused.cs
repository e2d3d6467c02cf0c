using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>The sign-in fails, and the built-in page is shown with the status code of an error code.</summary>
internal sealed record Refused(string Error) : Ending
{
    // As documented in AuthentiqErrors.
    private static readonly Dictionary<string, int> Statuses = new(StringComparer.Ordinal)
    {
        [AuthentiqErrors.AccessDenied] = 403,
        [AuthentiqErrors.ScopeNotGranted] = 403,
        [AuthentiqErrors.Refused] = 403,
        [AuthentiqErrors.Expired] = 400,
        [AuthentiqErrors.BrowserMismatch] = 400,
        [AuthentiqErrors.InvalidResponse] = 400,
        [AuthentiqErrors.InvalidToken] = 400,
        [AuthentiqErrors.InteractionRequired] = 400,
        [AuthentiqErrors.ProviderError] = 502,
        [AuthentiqErrors.ProviderUnavailable] = 503,
    };

    public override string Words => $"{Statuses[Error]} `{Error}`";

    public override async Task ShouldHoldAsync(Scene scene, Page page)
    {
        scene.Errors.ShouldBe([Error], string.Join('\n', scene.Log.Where(entry => entry.Id.Name is "SignInFailed" or "SignInRecovered").Select(entry => entry.Message)));
        ((int)page.Status).ShouldBe(Statuses[Error]);
        page.Body.ShouldContain("Reference for support");
        (await scene.OpenAsync("/who")).Body.ShouldBe("nobody");
    }
}
