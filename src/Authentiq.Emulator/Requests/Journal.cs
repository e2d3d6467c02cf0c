using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authentiq.Emulator;

/// <summary>Writes down every request, at the latest when the caller learns the status.</summary>
internal sealed class Journal(EmulatorState state)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (EmulatorPaths.Find(http.Request) is not { } endpoint)
        {
            await next(http);
            return;
        }

        var parameters = await RequestParameters.ReadAllAsync(http);
        var written = 0;
        void Write(int status)
        {
            if (Interlocked.Exchange(ref written, 1) == 0)
            {
                state.Requests.Add(new(endpoint, http.Request.Method, new(http.Request.GetEncodedUrl()), Headers(http.Request), parameters, status));
            }
        }

        http.Response.OnStarting(() =>
        {
            Write(http.Response.StatusCode);
            return Task.CompletedTask;
        });

        try
        {
            await next(http);
            Write(http.RequestAborted.IsCancellationRequested ? 0 : http.Response.StatusCode);
        }
        catch (Exception failure)
        {
            Write(failure is ConnectionCutException ? 0 : StatusCodes.Status500InternalServerError);
            throw;
        }
    }

    private static Dictionary<string, string> Headers(HttpRequest request) =>
        request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
