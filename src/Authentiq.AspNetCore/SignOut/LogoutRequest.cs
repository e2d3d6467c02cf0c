using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>Takes the logout token out of the provider's request (OIDC Back-Channel Logout 1.0 §2.5).</summary>
internal static class LogoutRequest
{
    /// <summary>What a request may be in bytes; a logout token takes one of them or two.</summary>
    public const int MaxBytes = 32 * 1024;

    private const string Parameter = "logout_token";
    private const int MaxParameters = 16;

    /// <exception cref="LogoutRefusedException">The request is no form with one logout token.</exception>
    public static async Task<string> ReadTokenAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var tokens = (await BoundedForm.ReadAsync(request, MaxBytes, MaxParameters, MaxBytes, cancellationToken))[Parameter];
            return tokens is [{ Length: > 0 } token] ? token : throw new LogoutRefusedException("the request does not hold exactly one logout_token");
        }
        catch (FormException refused)
        {
            throw new LogoutRefusedException(refused.Message, refused.Status);
        }
    }
}
