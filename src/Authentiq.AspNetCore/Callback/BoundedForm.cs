using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Authentiq.AspNetCore;

/// <summary>Reads the form of an anonymous request, up to a maximum size. Only URL-encoded forms are read, because they are not written to disk.</summary>
internal static class BoundedForm
{
    private const string MediaType = "application/x-www-form-urlencoded";

    /// <exception cref="FormException">The body is of another type or encoding, too large, or cannot be read.</exception>
    public static async Task<IFormCollection> ReadAsync(HttpRequest request, int maxBytes, int maxParameters, int maxParameterLength, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase) || !IsUtf8(type.Charset))
        {
            throw new FormException($"the content type of the request is not {MediaType} in UTF-8");
        }

        if (request.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes);
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = maxBytes;
        }

        try
        {
            return await request.ReadFormAsync(new FormOptions { ValueCountLimit = maxParameters, ValueLengthLimit = maxParameterLength }, cancellationToken);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode is StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(maxBytes);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new FormException("the request cannot be read as a form");
        }
    }

    // A form is UTF-8 (WHATWG URL §5). ASP.NET Core throws for UTF-7.
    private static bool IsUtf8(StringSegment charset) => !charset.HasValue || HeaderUtilities.RemoveQuotes(charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static FormException TooLarge(int maxBytes) => new($"the request is larger than {maxBytes / 1024} KB", StatusCodes.Status413PayloadTooLarge);
}
