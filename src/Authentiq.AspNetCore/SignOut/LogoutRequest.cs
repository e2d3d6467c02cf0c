using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

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
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            throw new LogoutRefusedException("the request is not of the type application/x-www-form-urlencoded");
        }

        Limit(request);
        var tokens = (await ReadFormAsync(request, cancellationToken))[Parameter];
        return tokens is [{ Length: > 0 } token] ? token : throw new LogoutRefusedException("the request does not hold exactly one logout_token");
    }

    private static void Limit(HttpRequest request)
    {
        if (request.ContentLength > MaxBytes)
        {
            throw TooLarge();
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBytes;
        }
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(new FormOptions { ValueCountLimit = MaxParameters, ValueLengthLimit = MaxBytes }, cancellationToken);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new LogoutRefusedException("the request cannot be read as a form");
        }
    }

    private static LogoutRefusedException TooLarge() => new("the request is larger than any logout token", StatusCodes.Status413PayloadTooLarge);
}
