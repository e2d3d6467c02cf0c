namespace Authentiq.AspNetCore.IntegrationTests;

public sealed class AuthorizationResponseConformance(Stages stages) : IClassFixture<Stages>
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

    internal static Topic Topic { get; } = new("The authorization response: issuer, state and errors", "The authorization response is validated before any of its values is used. Text of the provider is not shown or logged.")
    {
        Rows =
        [
            new("iss-right", "RFC 9207 2.4", "`iss` is announced, and is that of the provider", "the user is signed in")
            {
                On = Announced,
                Ends = new SignedIn(),
                Twin = "iss-wrong",
            },
            Issuer("iss-wrong", Announced, "`iss` is that of another provider", response => response["iss"] = "https://evil.example/"),
            Issuer("iss-without-slash", Announced, "`iss` has no trailing slash", response => response["iss"] = "https://connect.authentiq.io"),
            Issuer("iss-in-capitals", Announced, "`iss` differs in case", response => response["iss"] = "https://CONNECT.authentiq.io/"),
            Issuer("iss-missing", Announced, "`iss` is announced and missing", response => response.Remove("iss")),
            Issuer("iss-empty", Announced, "`iss` is announced and empty", response => response["iss"] = ""),
            Issuer("iss-wrong-unannounced", Setup.Default, "`iss` is not announced, and the response contains that of another provider", response => response["iss"] = "https://evil.example/"),
            new("iss-right-unannounced", "RFC 9207 2.4", "`iss` is not announced, and the response contains that of the provider", "the user is signed in")
            {
                Given = scene => scene.OnTheWay(response => response["iss"] = "https://connect.authentiq.io/"),
                Ends = new SignedIn(),
                Twin = "iss-wrong-unannounced",
            },
            new("iss-in-id-token", "RFC 9207 2.4", "`iss` is announced and missing, and the response contains an ID token", "the issuer of the ID token is used: the user is signed in")
            {
                On = AnnouncedHybrid,
                Given = scene => scene.OnTheWay(response => response.Remove("iss")),
                Ends = new SignedIn(),
                Twin = "iss-wrong-beside-id-token",
            },
            Issuer("iss-wrong-beside-id-token", AnnouncedHybrid, "`iss` is that of another provider and the ID token is valid", response => response["iss"] = "https://evil.example/"),
            new("iss-wrong-in-error", "RFC 9207 2.4", "an error response has the `iss` of another provider", "the error is ignored, and the response is refused")
            {
                On = Announced,
                Given = scene => scene.OnTheWay(response =>
                {
                    response.Remove("code");
                    response["error"] = "access_denied";
                    response["iss"] = "https://evil.example/";
                }),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
            },
            .. from parameter in new[] { "code", "state", "iss", "error", "session_state" } from way in new[] { (Mode: CallbackResponse.Query, Setup: Setup.Default), (Mode: CallbackResponse.FormPost, Setup: ByForm), (Mode: CallbackResponse.Fragment, Setup: ByFragment) }
               select Repeated(parameter, way.Mode, way.Setup),
            new("unknown-parameter", "RFC 6749 4.1.2", "the response has an unknown parameter", "it is ignored: the user is signed in")
            {
                Given = scene => scene.OnTheWay(response => response["acr_values_hint"] = "something"),
                Ends = new SignedIn(),
                Twin = "code-twice-by-query",
            },
            Odd("state-missing", "RFC 6749 10.12", "the state is missing", response => response.Remove("state")),
            Odd("state-empty", "RFC 6749 10.12", "the state is empty", response => response["state"] = ""),
            Odd("state-garbage", "RFC 6749 10.12", "the state is invalid", response => response["state"] = "garbage"),
            Odd("state-changed", "RFC 6749 10.12", "one character of the state is changed", response => response["state"] = Flip(response["state"]!)),
            Odd("code-empty", "RFC 6749 4.1.2", "the code is empty", response => response["code"] = ""),
            new("too-many-parameters", "RFC 6749 3.1", "a posted response has a thousand parameters", "it is refused")
            {
                On = ByForm,
                Given = scene => scene.OnTheWay(response =>
                {
                    for (var i = 0; i < 1000; i++)
                    {
                        response.Add("p" + i, "v");
                    }
                }),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
                Redemptions = 0,
            },
            new("too-long-a-parameter", "RFC 6749 3.1", "a posted response has a parameter of 100 KB", "it is refused")
            {
                On = ByForm,
                Given = scene => scene.OnTheWay(response => response["p"] = new string('p', 100_000)),
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
            new("error-with-markup", "RFC 6749 10.14", "an error and its description contain markup", "the text is not shown or logged")
            {
                Given = scene => scene.OnTheWay(response =>
                {
                    response.Remove("code");
                    response["error"] = "<script>alert(1)</script>";
                    response["error_description"] = "<img src=x onerror=alert(2)>";
                    response["error_uri"] = "https://evil.example/";
                }),
                Ends = new Refused(AuthentiqErrors.ProviderError),
                Seen = (scene, page) =>
                {
                    page.Body.ShouldNotContain("alert");
                    page.Body.ShouldNotContain("evil.example");
                    scene.Log.Where(entry => entry.Category!.StartsWith("Authentiq", StringComparison.Ordinal)).ShouldAllBe(entry => !entry.Message.Contains("alert"));
                },
            },
            new("error-and-code", "RFC 6749 4.1.2.1", "the response contains an error and a code", "the error is used, and the code is not redeemed")
            {
                Given = scene => scene.OnTheWay(response => response["error"] = "access_denied"),
                Ends = new Refused(AuthentiqErrors.AccessDenied),
                Redemptions = 0,
            },
            new("error-without-state", "RFC 6749 4.1.2.1", "an error response has no state", "it belongs to no sign-in, and is refused")
            {
                Given = scene => scene.OnTheWay(response =>
                {
                    response.Remove("code", "state");
                    response["error"] = "access_denied";
                }),
                Ends = new Refused(AuthentiqErrors.InvalidResponse),
            },
            new("error-in-query-for-form-post", "RFC 6749 4.1.2.1", "`form_post` was requested, and an error is sent in the query", "it is accepted: it contains nothing that could leak")
            {
                On = ByForm,
                Given = scene => scene.OnTheWay(response =>
                {
                    response.Remove("code");
                    response["error"] = "access_denied";
                    response.Mode = CallbackResponse.Query;
                }),
                Ends = new Refused(AuthentiqErrors.AccessDenied),
            },
        ],
    };

    public static IEnumerable<TheoryDataRow<string>> Names => Topic.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Holds(string row) => Topic.RunAsync(row, stages);

    private static Row Issuer(string id, Setup on, string when, Action<CallbackResponse> edit) => new(id, "RFC 9207 2.4; RFC 9700 4.4", when, "the response is refused before the code is redeemed")
    {
        On = on,
        Given = scene => scene.OnTheWay(edit),
        Ends = new Refused(AuthentiqErrors.InvalidResponse),
        Redemptions = 0,
    };

    private static Row Repeated(string parameter, string mode, Setup on) => new($"{parameter}-twice-by-{mode}", "RFC 6749 3.1", $"`{parameter}` is repeated, with `{mode}`", "the response is refused, because it is ambiguous")
    {
        On = on,
        Given = scene => scene.OnTheWay(response =>
        {
            response.Add(parameter, response[parameter] ?? "first");
            if (response.Parameters.Count(known => known.Key == parameter) == 1)
            {
                response.Add(parameter, "second");
            }
        }),
        Ends = new Refused(AuthentiqErrors.InvalidResponse),
        Redemptions = 0,
    };

    private static Row Odd(string id, string source, string when, Action<CallbackResponse> edit) => new(id, source, when, "the response is refused")
    {
        Given = scene => scene.OnTheWay(edit),
        Ends = new Refused(AuthentiqErrors.InvalidResponse),
        Redemptions = 0,
    };

    private static Row Error(string error, string ours, string measured = "") => new("error-" + error.Replace('_', '-'), "RFC 6749 4.1.2.1; OIDC Core 3.1.2.6" + measured, $"the provider returns the error `{error}`", "an error page is shown")
    {
        Given = scene => scene.OnTheWay(response =>
        {
            response.Remove("code");
            response["error"] = error;
            response["error_description"] = "The words of the provider.";
        }),
        Ends = new Refused(ours),
        Redemptions = 0,
        Seen = (_, page) => page.Body.ShouldNotContain("The words of the provider"),
    };

    private static string Flip(string state) => state[..40] + (state[40] == 'A' ? 'B' : 'A') + state[41..];
}
