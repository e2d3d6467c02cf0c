using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>Nobody is signed in, and the built-in page says so, with the status of one of our error codes.</summary>
internal sealed record Refused(string Error) : Ending
{
    // As AuthentiqErrors documents them, written again.
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
