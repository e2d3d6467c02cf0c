namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class MaxAgeConformance(Stages stages) : IClassFixture<Stages>
{
    private const string Core = "OIDC Core 3.1.3.7 (13)";

    private static readonly Setup TenMinutes = new() { IsShared = true, Options = options => options.MaxAge = TimeSpan.FromMinutes(10) };
    private static readonly Setup JustNow = new() { IsShared = true, Options = options => options.MaxAge = TimeSpan.Zero };

    internal static Topic Topic { get; } = new("`max_age` and `prompt=none`", "`max_age` is validated against `auth_time`, with a clock skew of one minute. `prompt=none` is a silent check, which does not change the page or the session.")
    {
        Rows =
        [
            Signed("auth-time-now", "the user signed in just now", _ => { }),
            Signed("auth-time-recent", "the user signed in nine minutes ago", payload => payload["auth_time"] = Ago(TimeSpan.FromMinutes(9))),
            Signed("auth-time-within-skew", "the user signed in ten and a half minutes ago, within the clock skew", payload => payload["auth_time"] = Ago(TimeSpan.FromMinutes(10.5))),
            Refused("auth-time-too-old", "the user signed in an hour ago", payload => payload["auth_time"] = Ago(TimeSpan.FromHours(1))),
            Refused("auth-time-missing", "`auth_time` is missing", payload => payload["auth_time"] = null!),
            Refused("auth-time-in-words", "`auth_time` is a text", payload => payload["auth_time"] = "yesterday"),
            Refused("auth-time-object", "`auth_time` is an object", payload => payload["auth_time"] = new { seconds = 1 }),
            Refused("auth-time-negative", "`auth_time` is negative", payload => payload["auth_time"] = -1),
            Refused("auth-time-absurd", "`auth_time` is 1e300", payload => payload["auth_time"] = 1e300),
            Refused("auth-time-milliseconds", "`auth_time` is in milliseconds, which would let any age pass", payload => payload["auth_time"] = Ago(TimeSpan.FromHours(1)) * 1000),
            Refused("auth-time-tomorrow", "`auth_time` is tomorrow", payload => payload["auth_time"] = Ago(TimeSpan.FromDays(-1))),
            new("zero-now", Core, "`max_age` is 0 and the user signed in just now", "the user is signed in")
            {
                On = JustNow,
                Ends = new SignedIn(),
                Twin = "zero-earlier",
            },
            new("zero-earlier", Core, "`max_age` is 0 and the user signed in two minutes ago", "the sign-in fails")
            {
                On = JustNow,
                Given = scene => scene.IdToken(payload => payload["auth_time"] = Ago(TimeSpan.FromMinutes(2))),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("unasked", Core, "no `max_age` was requested and `auth_time` is missing", "the user is signed in")
            {
                Given = scene => scene.IdToken(payload => payload["auth_time"] = null!),
                Ends = new SignedIn(),
                Twin = "auth-time-missing",
            },
            new("one-challenge", Core, "a single challenge requests `max_age` and the user signed in within it", "the user is signed in")
            {
                Do = scene => scene.SignInAsync("/recent?seconds=60"),
                Ends = new SignedIn(),
                Twin = "one-challenge-too-old",
            },
            new("one-challenge-too-old", Core, "a single challenge requests `max_age` and the user signed in long before", "the sign-in fails")
            {
                Given = scene => scene.IdToken(payload => payload["auth_time"] = Ago(TimeSpan.FromHours(1))),
                Do = scene => scene.SignInAsync("/recent?seconds=60"),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("hybrid-second-too-old", Core, "the ID token of the authorization response is recent and that of the token endpoint is not", "the sign-in fails")
            {
                On = new() { Options = options => (options.ResponseType, options.ResponseMode, options.MaxAge) = ("code id_token", "form_post", TimeSpan.FromMinutes(10)) },
                Given = scene => scene.SecondIdToken(payload => payload["auth_time"] = Ago(TimeSpan.FromHours(1))),
                Ends = new Refused(AuthentiqErrors.InvalidToken),
            },
            new("max-age-negative", "OIDC Core 3.1.2.1", "`MaxAge` is negative", "the application does not start")
            {
                On = new() { Options = options => options.MaxAge = TimeSpan.FromSeconds(-1) },
                Ends = new DoesNotStart("cannot be negative"),
            },
            new("none-and-login", "OIDC Core 3.1.2.1", "`Prompt` is `none login`", "the application does not start")
            {
                On = new() { Options = options => options.Prompt = "none login" },
                Ends = new DoesNotStart("Prompt is 'none login'"),
            },
            new("silent-known", "OIDC Core 3.1.2.1", "a silent check finds a user who is signed in at the provider", "the user is signed in without a page of the provider")
            {
                Do = async scene =>
                {
                    await scene.SignInAsync();
                    scene.ForgetCookies("app.example.test");
                    return await scene.SignInAsync("/check");
                },
                Ends = new Shows("signed in", "Alice Smith"),
                Twin = "silent-forged",
                Redemptions = 2,
            },
            new("silent-no-user", "OIDC Core 3.1.2.6; M8", "a silent check finds no user", "the browser returns to its page without a session")
            {
                Do = scene => scene.SignInAsync("/check"),
                Ends = new Shows("back on the page", "nobody"),
                Seen = (scene, _) => scene.Errors.ShouldBeEmpty(),
                Redemptions = 0,
            },
            new("silent-no-user-signed-in", "OIDC Core 3.1.2.6; M8", "a silent check finds no user at the provider, and the user has a session in the application", "the session does not change")
            {
                Do = async scene =>
                {
                    await scene.SignInAsync();
                    scene.ForgetCookies("connect.authentiq.io");
                    return await scene.SignInAsync("/check");
                },
                Ends = new Shows("back on the page, signed in", "Alice Smith"),
                Seen = (scene, _) => scene.Errors.ShouldBeEmpty(),
            },
            .. from error in new[] { "consent_required", "interaction_required", "account_selection_required", "server_error", "access_denied" } select Silent(error),
            new("silent-forged", "OIDC Core 3.1.3.7", "a silent check returns a forged ID token", "the sign-in fails, and the browser returns to its page")
            {
                Do = async scene =>
                {
                    await scene.SignInAsync();
                    scene.ForgetCookies("app.example.test");
                    scene.Provider.Faults.ForeignKey();
                    return await scene.SignInAsync("/check");
                },
                Ends = new Shows("back on the page, signed out", "nobody"),
            },
            new("silent-elsewhere", "RFC 6749 10.12", "the response to a silent check is opened in another browser", "the sign-in fails with an error page")
            {
                Do = async scene =>
                {
                    var response = await scene.ReadResponseAsync("/check");
                    scene.TakeAnotherBrowser();
                    return await scene.DeliverAsync(response);
                },
                Ends = new Refused(AuthentiqErrors.BrowserMismatch),
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static long Ago(TimeSpan time) => (DateTimeOffset.UtcNow - time).ToUnixTimeSeconds();

    private static Row Signed(string id, string when, Action<IDictionary<string, object>> edit) => new(id, Core, "`max_age` is ten minutes and " + when, "the user is signed in")
    {
        On = TenMinutes,
        Given = scene => scene.IdToken(edit),
        Ends = new SignedIn(),
        Twin = "auth-time-too-old",
    };

    private static Row Refused(string id, string when, Action<IDictionary<string, object>> edit) => new(id, Core, "`max_age` is ten minutes and " + when, "the sign-in fails")
    {
        On = TenMinutes,
        Given = scene => scene.IdToken(edit),
        Ends = new Refused(AuthentiqErrors.InvalidToken),
    };

    private static Row Silent(string error) => new("silent-" + error.Replace('_', '-'), "OIDC Core 3.1.2.6; M8", $"a silent check returns `{error}`", "the browser returns to its page")
    {
        Given = scene => scene.OnTheWay(response => response["error"] = error),
        Do = scene => scene.SignInAsync("/check"),
        Ends = new Shows("back on the page", "nobody"),
        Seen = (scene, _) => scene.Errors.ShouldBeEmpty(),
    };
}
