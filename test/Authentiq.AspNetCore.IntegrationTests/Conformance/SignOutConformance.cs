using Authentiq.TestSupport;

namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class SignOutConformance(Stages stages) : IClassFixture<Stages>
{
    private static readonly Setup Discovered = new() { IsShared = true, Options = options => options.MetadataMode = AuthentiqMetadataMode.Discovery };

    internal static Topic Topic { get; } = new("Signing out", "The session in the application ends, whether the provider is available or not.")
    {
        Rows =
        [
            new("end-session", "RP-Initiated Logout 2", "the user signs out and the provider has an end-session endpoint", "the sessions in the application and at the provider end, and the browser is redirected to the home page")
            {
                On = Discovered,
                Do = SignOutAsync,
                Ends = new Shows("home, signed out", "nobody"),
                Seen = (scene, _) => scene.Browser.History.ShouldContain(url => url.AbsolutePath == "/end_session"),
            },
            new("no-end-session", "RP-Initiated Logout 2; M13", "the user signs out and the provider has no end-session endpoint", "the session in the application ends, and the browser is redirected to the home page")
            {
                On = new() { Options = options => options.MetadataMode = AuthentiqMetadataMode.BuiltIn },
                Do = SignOutAsync,
                Ends = new Shows("home, signed out", "nobody"),
            },
            new("provider-down", "own rule; M13", "the user signs out and the provider's metadata cannot be read", "the session in the application ends, and the browser is redirected to the home page")
            {
                On = new() { Wire = wire => wire.Cut(Wire.Discovery, always: true) },
                Do = SignOutAsync,
                Ends = new Shows("home, signed out", "nobody"),
            },
            new("signed-out-callback-bookmark", "RP-Initiated Logout 3", "the signed-out callback is opened from a bookmark", "the browser is redirected to the home page, and the session does not change")
            {
                Do = async scene =>
                {
                    await scene.SignInAsync();
                    (await scene.SignInAsync("/signout-callback-authentiq")).Body.ShouldBe("home");
                    return await scene.OpenAsync("/who");
                },
                Ends = new Shows("home, signed in", "Alice Smith"),
            },
            new("logout-token", "Back-Channel Logout 2.6; M1", "the provider posts a logout token for the session of the user", "the session ends")
            {
                On = new(),
                Do = async scene =>
                {
                    await scene.SignInAsync();
                    var token = scene.Provider.IssueLogoutToken(RelyingParty.ClientId, scene.Provider.Phone.Sessions.Single());
                    ((int)(await scene.SendAsync(RelyingParty.Address + "/signout-authentiq", "logout_token", token)).Status).ShouldBe(200);
                    return await scene.OpenAsync("/who");
                },
                Ends = new Shows("signed out", "nobody"),
            },
            .. from body in new[] { "garbage", "" } select new Row(body.Length > 0 ? "logout-garbage" : "logout-empty", "Back-Channel Logout 2.6; M1", $"`{body}` is posted as a logout token", "the response is not 200, and no session ends")
            {
                Do = async scene =>
                {
                    await scene.SignInAsync();
                    ((int)(await scene.SendAsync(RelyingParty.Address + "/signout-authentiq", "logout_token", body)).Status).ShouldBeGreaterThanOrEqualTo(400);
                    return await scene.OpenAsync("/who");
                },
                Ends = new Shows("still signed in", "Alice Smith"),
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static async Task<Page> SignOutAsync(Scene scene)
    {
        await scene.SignInAsync();
        (await scene.SignInAsync("/leave?to=/")).Body.ShouldBe("home");
        return await scene.OpenAsync("/who");
    }
}
