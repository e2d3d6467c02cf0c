namespace Authentiq.Emulator;

/// <summary>The checks of an authorization request, in order. The first error is returned.</summary>
internal sealed class AuthorizationChecks(EmulatorState state)
{
    /// <summary>Until these checks pass there is no trusted redirect URI: an error is shown on a page of the provider.</summary>
    private static readonly Func<AuthorizationRequest, AuthorizationError?>[] BeforeRedirectUri =
    [
        LengthCheck.Check,
        ClientCheck.Check,
        RedirectUriCheck.Check,
    ];

    /// <summary>An error of one of these checks is returned to the client.</summary>
    private readonly Func<AuthorizationRequest, AuthorizationError?>[] _afterRedirectUri =
    [
        RepeatedParametersCheck.Check,
        request => PushedRequestCheck.Check(request, state.Options),
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

    /// <summary>Finds an error that must not be sent to the redirect URI.</summary>
    public static AuthorizationError? FindPageError(AuthorizationRequest request) => First(BeforeRedirectUri, request);

    /// <summary>Finds an error that is sent to the redirect URI. Reads the <see cref="AuthorizationRequest.Hint"/>.</summary>
    public async Task<AuthorizationError?> FindErrorAsync(AuthorizationRequest request) =>
        First(_afterRedirectUri, request) ?? await IdTokenHintCheck.CheckAsync(request, state);

    private static AuthorizationError? First(Func<AuthorizationRequest, AuthorizationError?>[] checks, AuthorizationRequest request) =>
        checks.Select(check => check(request)).FirstOrDefault(error => error is not null);
}
