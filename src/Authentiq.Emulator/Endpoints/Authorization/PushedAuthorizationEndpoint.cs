using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Stores an authorization request that a client pushes (RFC 9126 §2).</summary>
internal sealed class PushedAuthorizationEndpoint(EmulatorState state)
{
    private readonly AuthorizationChecks _checks = new(state);

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        if (state.Options.PushedAuthorizationRequests == PushedAuthorizationRequests.NotSupported)
        {
            return JsonResponse.Error("invalid_request", "Pushed authorization requests are not enabled.", StatusCodes.Status404NotFound);
        }

        if (await RequestParameters.FromFormAsync(http) is not { } form)
        {
            return JsonResponse.Error("invalid_request", "The body must be application/x-www-form-urlencoded.");
        }

        if (form.Repeated is [_, ..])
        {
            return JsonResponse.Error("invalid_request", "A parameter is repeated.");
        }

        if (ClientAuthentication.Authenticate(state.Clients, http.Request.Headers.Authorization, form, out var authenticationError) is not { } client)
        {
            return authenticationError!;
        }

        return await FindErrorAsync(form) is { } error ? JsonResponse.Error(error.Error, error.Description) : Store(client, form);
    }

    private async Task<AuthorizationError?> FindErrorAsync(RequestParameters form)
    {
        if (form["request_uri"] is not null)
        {
            return AuthorizationError.InvalidRequest("A pushed request must not contain a request_uri.");
        }

        var request = new AuthorizationRequest(state.Clients, form) { IsPushed = true };
        return AuthorizationChecks.FindPageError(request) ?? await _checks.FindErrorAsync(request);
    }

    private JsonResponse Store(EmulatorClient client, RequestParameters form)
    {
        var address = PushedRequest.NewAddress();
        state.PushedRequests.Add(address, new(client.ClientId, form.Without("client_secret")));
        return new(
            new Dictionary<string, object>(StringComparer.Ordinal) { ["request_uri"] = address, ["expires_in"] = (int)PushedRequest.Lifetime.TotalSeconds },
            StatusCodes.Status201Created);
    }
}
