using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Authentiq.Emulator;

/// <summary>How large a request can be, on a port and in memory alike. Any page in a browser of this machine can send requests here.</summary>
internal static class RequestLimits
{
    /// <summary>The largest body, in bytes.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>The longest address, and the longest authorization request, in characters.</summary>
    public const int MaxAddress = 16 * 1024;

    private static readonly FormOptions Form = new() { ValueCountLimit = 128, KeyLengthLimit = 256, ValueLengthLimit = MaxBody };

    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if ((request.Path.Value?.Length ?? 0) + (request.QueryString.Value?.Length ?? 0) > MaxAddress)
        {
            return MessagePage.Refusal("This address is too long", "The emulator does not read it.", status: StatusCodes.Status414UriTooLong).ExecuteAsync(http);
        }

        if (request.ContentLength > MaxBody)
        {
            return MessagePage.Refusal("This request is too large", "The emulator does not read it.", status: StatusCodes.Status413PayloadTooLarge).ExecuteAsync(http);
        }

        // A body without a length. The server in memory has no limit of its own.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBody;
        }
        else
        {
            request.Body = new BoundedBody(request.Body, MaxBody);
        }

        http.Features.Set<IFormFeature>(new FormFeature(request, Form));
        return next(http);
    }
}
