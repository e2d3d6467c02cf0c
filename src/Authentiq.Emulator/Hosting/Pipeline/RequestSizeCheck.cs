using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Authentiq.Emulator;

/// <summary>Rejects requests above <see cref="RequestLimits"/>.</summary>
internal static class RequestSizeCheck
{
    private static readonly FormOptions Form = new() { ValueCountLimit = 128, KeyLengthLimit = 256, ValueLengthLimit = RequestLimits.MaxBody };

    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if ((request.Path.Value?.Length ?? 0) + (request.QueryString.Value?.Length ?? 0) > RequestLimits.MaxAddress)
        {
            return MessagePage.Refusal("This address is too long", "The emulator does not read it.", status: StatusCodes.Status414UriTooLong).ExecuteAsync(http);
        }

        if (request.ContentLength > RequestLimits.MaxBody)
        {
            return MessagePage.Refusal("This request is too large", "The emulator does not read it.", status: StatusCodes.Status413PayloadTooLarge).ExecuteAsync(http);
        }

        // A body without a length. The server in memory has no limit of its own.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = RequestLimits.MaxBody;
        }
        else
        {
            request.Body = new BoundedBody(request.Body, RequestLimits.MaxBody);
        }

        http.Features.Set<IFormFeature>(new FormFeature(request, Form));
        return next(http);
    }
}
