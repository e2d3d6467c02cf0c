using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Authentiq.AspNetCore;

/// <summary>Converts an exception or an error response of a callback into a <see cref="SignInFailure"/>.</summary>
internal static class CallbackFailure
{
    /// <summary>Whether the browser closed the connection while a step was waiting, so that no response can be sent.</summary>
    public static bool IsAborted(Exception? exception, CancellationToken requestAborted) => requestAborted.IsCancellationRequested && Find<OperationCanceledException>(exception) is not null;

    /// <summary>The failure, or <see langword="null"/> for an exception of the application, which must be rethrown.</summary>
    public static SignInFailure? Explain(SignInCallback callback, Exception? exception) => callback switch
    {
        _ when Find<ApplicationEventException>(exception) is not null => null,
        _ when Find<SignInException>(exception) is { } known => known.Failure,
        { IsRefusedByApplication: true } => new(AuthentiqErrors.Refused, "an event handler of the application called Fail", exception),
        { IsSameBrowser: null } => new(AuthentiqErrors.InvalidResponse, "the state is missing or cannot be decrypted: compare the Data Protection keys of all nodes", exception),
        { IsSameBrowser: false } => new(AuthentiqErrors.BrowserMismatch, "the browser did not send the cookie of this sign-in", exception),
        { IsExpired: true } => new(AuthentiqErrors.Expired, "the sign-in took longer than RemoteAuthenticationTimeout", exception),
        { Response.Error: { } error } => ProviderErrors.ToFailure(error),
        _ => Classify(exception ?? new InvalidOperationException("The callback failed without an exception.")),
    };

    private static SignInFailure Classify(Exception exception) => exception switch
    {
        SecurityTokenException or SecurityTokenMalformedException or OpenIdConnectProtocolException => new(AuthentiqErrors.InvalidToken, "the ID token is invalid: " + FailureReasons.Of(exception), exception),
        HttpRequestException or TaskCanceledException or IOException and not BadHttpRequestException => new(AuthentiqErrors.ProviderUnavailable, "the provider cannot be reached", exception),
        _ => new(AuthentiqErrors.InvalidResponse, $"the response cannot be read ({exception.GetType().Name})", exception),
    };

    private static T? Find<T>(Exception? exception) where T : Exception
    {
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (current is T found)
            {
                return found;
            }
        }

        return null;
    }
}
