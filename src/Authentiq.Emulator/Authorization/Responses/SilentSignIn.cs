using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Responds to <c>prompt=none</c>: with the session of the browser, or with an error (OIDC Core §3.1.2.6).</summary>
internal static class SilentSignIn
{
    public static IResult Respond(EmulatorState state, AuthorizationRequest request, EmulatorSession? session)
    {
        if (session is null || IsTooOld(state.Clock, request, session) || IsAnotherUser(request, session))
        {
            return AuthorizationResponse.Error(state, request, new("login_required", "The user must sign in."));
        }

        if (session.GrantedTo(request.Client.ClientId) is not { } granted || !Covers(granted, request))
        {
            return AuthorizationResponse.Error(state, request, new("consent_required", "The user must consent to the requested scopes."));
        }

        string[] scopes = [.. request.Scopes.Select(scope => scope.Name).Where(granted.Contains)];
        return AuthorizationResponse.Success(state, request, new(request.Client, session, scopes, request));
    }

    private static bool IsTooOld(TimeProvider clock, AuthorizationRequest request, EmulatorSession session) =>
        request.MaxAge is { } maxAge && clock.GetUtcNow() - session.AuthTime > maxAge;

    private static bool IsAnotherUser(AuthorizationRequest request, EmulatorSession session) =>
        request.Hint is { } hint && hint.SubjectId != session.Persona.Subject;

    private static bool Covers(IReadOnlyList<string> granted, AuthorizationRequest request) =>
        request.Scopes.All(scope => granted.Contains(scope.Name) || (!scope.Required && scope.Name != ScopeCatalog.OpenId));
}
