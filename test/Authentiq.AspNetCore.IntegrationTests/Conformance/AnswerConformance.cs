namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class AnswerConformance(Stages stages) : IClassFixture<Stages>
{
    private static readonly Setup ByForm = new() { IsShared = true, Options = options => options.ResponseMode = "form_post" };
    private static readonly Setup ByFragment = new() { IsShared = true, Options = options => options.ResponseMode = "fragment" };
    private static readonly Setup Announced = new()
    {
        IsShared = true,
        Options = options => options.MetadataMode = AuthentiqMetadataMode.Discovery,
        Provider = provider => provider.IssuerParameter = true,
    };

    private static readonly Setup AnnouncedHybrid = new()
    {
        IsShared = true,
        Options = options => (options.MetadataMode, options.ResponseType, options.ResponseMode) = (AuthentiqMetadataMode.Discovery, "code id_token", "form_post"),
        Provider = provider => provider.IssuerParameter = true,
    };

    internal static Topic Topic { get; } = new("The answer: issuer, state and errors", "What is checked before anything in an answer is used. Nothing that it says is shown or logged in its own words.")
    {
        Rows =
        [
            new("iss-right", "RFC 9207 2.4", "`iss` is announced, and is the provider's", "the person is signed in")
            {
                On = Announced,
                Ends = new SignedIn(),
                Twin = "iss-wrong",
            },
            Issuer("iss-wrong", Announced, "`iss` is that of another provider", answer => answer["iss"] = "https://evil.example/"),
            Issuer("iss-without-slash", Announced, "`iss` has lost its slash", answer => answer["iss"] = "https://connect.authentiq.io"),
            Issuer("iss-in-capitals", Announced, "`iss` differs in case", answer => answer["iss"] = "https://CONNECT.authentiq.io/"),
            Issuer("iss-missing", Announced, "`iss` is announced and missing", answer => answer.Remove("iss")),
            Issuer("iss-empty", Announced, "`iss` is announced and empty", answer => answer["iss"] = ""),
            Issuer("iss-wrong-unannounced", Setup.Default, "`iss` is not announced, and that of another provider comes", answer => answer["iss"] = "https://evil.example/"),
            new("iss-right-unannounced", "RFC 9207 2.4", "`iss` is not announced, and the provider's comes all the same", "the person is signed in")
            {
                Given = scene => scene.OnTheWay(answer => answer["iss"] = "https://connect.authentiq.io/"),
                Ends = new SignedIn(),
                Twin = "iss-wrong-unannounced",
            },
            new("iss-in-id-token", "RFC 9207 2.4", "`iss` is announced and missing, and an ID token comes with the answer", "that token's issuer does for it: the person is signed in")
            {
                On = AnnouncedHybrid,
                Given = scene => scene.OnTheWay(answer => answer.Remove("iss")),
                Ends = new SignedIn(),
                Twin = "iss-wrong-beside-id-token",
            },
            Issuer("iss-wrong-beside-id-token", AnnouncedHybrid, "`iss` is that of another provider beside a good ID token", answer => answer["iss"] = "https://evil.example/"),
            new("iss-wrong-in-error", "RFC 9207 2.4", "an error comes with the `iss` of another provider", "it is not believed")
            {
                On = Announced,
                Given = scene => scene.OnTheWay(answer =>
                {
                    answer.Remove("code");
                    answer["error"] = "access_denied";
                    answer["iss"] = "https://evil.example/";
                }),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
            },
            .. from parameter in new[] { "code", "state", "iss", "error", "session_state" } from way in new[] { (Mode: Answer.Query, Setup: Setup.Default), (Mode: Answer.FormPost, Setup: ByForm), (Mode: Answer.Fragment, Setup: ByFragment) }
               select Repeated(parameter, way.Mode, way.Setup),
            new("unknown-parameter", "RFC 6749 4.1.2", "the answer has a parameter that nobody knows", "it is ignored: the person is signed in")
            {
                Given = scene => scene.OnTheWay(answer => answer["acr_values_hint"] = "something"),
                Ends = new SignedIn(),
                Twin = "code-twice-by-query",
            },
            Odd("state-missing", "RFC 6749 10.12", "the state is missing", answer => answer.Remove("state")),
            Odd("state-empty", "RFC 6749 10.12", "the state is empty", answer => answer["state"] = ""),
            Odd("state-garbage", "RFC 6749 10.12", "the state is garbage", answer => answer["state"] = "garbage"),
            Odd("state-changed", "RFC 6749 10.12", "one character of the state is changed", answer => answer["state"] = Flip(answer["state"]!)),
            Odd("code-empty", "RFC 6749 4.1.2", "the code is empty", answer => answer["code"] = ""),
            new("too-many-parameters", "RFC 6749 3.1", "a posted answer has a thousand parameters", "it is refused")
            {
                On = ByForm,
                Given = scene => scene.OnTheWay(answer =>
                {
                    for (var i = 0; i < 1000; i++)
                    {
                        answer.Add("p" + i, "v");
                    }
                }),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("too-long-a-parameter", "RFC 6749 3.1", "a posted answer has a parameter of 100 KB", "it is refused")
            {
                On = ByForm,
                Given = scene => scene.OnTheWay(answer => answer["p"] = new string('p', 100_000)),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            Error("access_denied", AuthentiqErrors.AccessDenied, "; M7"),
            Error("login_required", AuthentiqErrors.InteractionRequired, "; M8"),
            Error("consent_required", AuthentiqErrors.InteractionRequired),
            Error("interaction_required", AuthentiqErrors.InteractionRequired),
            Error("account_selection_required", AuthentiqErrors.InteractionRequired),
            Error("server_error", AuthentiqErrors.ProviderUnavailable),
            Error("temporarily_unavailable", AuthentiqErrors.ProviderUnavailable),
            Error("invalid_scope", AuthentiqErrors.ProviderError),
            Error("unauthorized_client", AuthentiqErrors.ProviderError),
            Error("unsupported_response_type", AuthentiqErrors.ProviderError),
            Error("something_new", AuthentiqErrors.ProviderError),
            new("error-with-markup", "RFC 6749 10.14", "an error and its description hold markup", "nothing of it is shown or logged")
            {
                Given = scene => scene.OnTheWay(answer =>
                {
                    answer.Remove("code");
                    answer["error"] = "<script>alert(1)</script>";
                    answer["error_description"] = "<img src=x onerror=alert(2)>";
                    answer["error_uri"] = "https://evil.example/";
                }),
                Ends = new Refused(AuthentiqErrors.ProviderError),
                Seen = (scene, page) =>
                {
                    page.Body.ShouldNotContain("alert");
                    page.Body.ShouldNotContain("evil.example");
                    scene.Log.Where(entry => entry.Category!.StartsWith("Authentiq", StringComparison.Ordinal)).ShouldAllBe(entry => !entry.Message.Contains("alert"));
                },
            },
            new("error-and-code", "RFC 6749 4.1.2.1", "an error and a code come together", "the error counts and the code goes nowhere")
            {
                Given = scene => scene.OnTheWay(answer => answer["error"] = "access_denied"),
                Ends = new Refused(AuthentiqErrors.AccessDenied),
                Redemptions = 0,
            },
            new("error-without-state", "RFC 6749 4.1.2.1", "an error comes without a state", "it is nobody's answer")
            {
                Given = scene => scene.OnTheWay(answer =>
                {
                    answer.Remove("code", "state");
                    answer["error"] = "access_denied";
                }),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
            },
            new("error-in-query-for-form-post", "RFC 6749 4.1.2.1", "`form_post` was asked for and an error comes in the query", "it is taken: it carries nothing that could leak")
            {
                On = ByForm,
                Given = scene => scene.OnTheWay(answer =>
                {
                    answer.Remove("code");
                    answer["error"] = "access_denied";
                    answer.Mode = Answer.Query;
                }),
                Ends = new Refused(AuthentiqErrors.AccessDenied),
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static Row Issuer(string id, Setup on, string when, Action<Answer> edit) => new(id, "RFC 9207 2.4; RFC 9700 4.4", when, "the answer is refused before the code goes anywhere")
    {
        On = on,
        Given = scene => scene.OnTheWay(edit),
        Ends = new Refused(AuthentiqErrors.InvalidResponse),
        Redemptions = 0,
    };

    private static Row Repeated(string parameter, string mode, Setup on) => new($"{parameter}-twice-by-{mode}", "RFC 6749 3.1", $"`{parameter}` comes twice by `{mode}`", "the answer is refused: which one would count?")
    {
        On = on,
        Given = scene => scene.OnTheWay(answer =>
        {
            answer.Add(parameter, answer[parameter] ?? "first");
            if (answer.Parameters.Count(known => known.Key == parameter) == 1)
            {
                answer.Add(parameter, "second");
            }
        }),
        Ends = new Refused(AuthentiqErrors.InvalidResponse),
        Redemptions = 0,
    };

    private static Row Odd(string id, string source, string when, Action<Answer> edit) => new(id, source, when, "the answer is refused")
    {
        Given = scene => scene.OnTheWay(edit),
        Ends = new Refused(AuthentiqErrors.InvalidResponse),
        Redemptions = 0,
    };

    private static Row Error(string error, string ours, string measured = "") => new("error-" + error.Replace('_', '-'), "RFC 6749 4.1.2.1; OIDC Core 3.1.2.6" + measured, $"the provider answers the error `{error}`", "the person is told what it means")
    {
        Given = scene => scene.OnTheWay(answer =>
        {
            answer.Remove("code");
            answer["error"] = error;
            answer["error_description"] = "The words of the provider.";
        }),
        Ends = new Refused(ours),
        Redemptions = 0,
        Seen = (_, page) => page.Body.ShouldNotContain("The words of the provider"),
    };

    private static string Flip(string state) => state[..40] + (state[40] == 'A' ? 'B' : 'A') + state[41..];
}
