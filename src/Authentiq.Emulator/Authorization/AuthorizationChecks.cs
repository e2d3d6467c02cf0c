namespace Authentiq.Emulator;

/// <summary>The checks of an authorization request, in order. The first that objects decides.</summary>
internal static class AuthorizationChecks
{
    /// <summary>Until these pass nobody knows where an answer may go: a refusal stays on a page of the provider.</summary>
    private static readonly Func<AuthorizationRequest, AuthorizationError?>[] BeforeTheAddressIsKnown =
    [
        LengthCheck.Check,
        ClientCheck.Check,
        RedirectUriCheck.Check,
    ];

    /// <summary>A refusal by one of these goes to the client.</summary>
    private static readonly Func<AuthorizationRequest, AuthorizationError?>[] Afterwards =
    [
        RepeatedParametersCheck.Check,
        PushedRequestCheck.Check,
        StateCheck.Check,
        ResponseTypeCheck.Check,
        ResponseModeCheck.Check,
        RequestObjectCheck.Check,
        ScopeCheck.Check,
        PkceCheck.Check,
        PromptCheck.Check,
        MaxAgeCheck.Check,
        DisplayCheck.Check,
        UiLocalesCheck.Check,
    ];

    public static AuthorizationError? FindWhyNotToAnswer(AuthorizationRequest request) => First(BeforeTheAddressIsKnown, request);

    public static async Task<AuthorizationError?> FindErrorAsync(AuthorizationRequest request) =>
        First(Afterwards, request) ?? await IdTokenHintCheck.CheckAsync(request);

    private static AuthorizationError? First(Func<AuthorizationRequest, AuthorizationError?>[] checks, AuthorizationRequest request) =>
        checks.Select(check => check(request)).FirstOrDefault(error => error is not null);
}
