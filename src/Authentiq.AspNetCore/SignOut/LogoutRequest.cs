using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>Reads the logout token from a request (OIDC Back-Channel Logout 1.0 §2.5).</summary>
internal static class LogoutRequest
{
    /// <summary>The maximum size of a request in bytes. A logout token has 1 or 2 KB.</summary>
    public const int MaxBytes = 32 * 1024;

    private const string Parameter = "logout_token";
    private const int MaxParameters = 16;

    /// <exception cref="LogoutRefusedException">The request is not a form with exactly one logout token.</exception>
    public static async Task<string> ReadTokenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var tokens = (await BoundedForm.ReadAsync(request, MaxBytes, MaxParameters, MaxBytes, cancellationToken))[Parameter];
            return tokens is [{ Length: > 0 } token] ? token : throw new LogoutRefusedException("the request does not contain exactly one logout_token");
        }
        catch (FormException exception)
        {
            throw new LogoutRefusedException(exception.Message, exception.Status);
        }
    }
}
