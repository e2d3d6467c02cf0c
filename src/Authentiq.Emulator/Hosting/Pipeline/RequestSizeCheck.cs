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
            return MessagePage.Error("This address is too long", "It exceeds the limit of the emulator.", status: StatusCodes.Status414UriTooLong).ExecuteAsync(http);
        }

        if (request.ContentLength > RequestLimits.MaxBody)
        {
            return MessagePage.Error("This request is too large", "It exceeds the limit of the emulator.", status: StatusCodes.Status413PayloadTooLarge).ExecuteAsync(http);
        }

        // A body without a length. The server in memory does not limit it.
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
