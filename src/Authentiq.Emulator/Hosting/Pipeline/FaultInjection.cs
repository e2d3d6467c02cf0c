using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Applies the faults that are queued for endpoints.</summary>
internal sealed class FaultInjection(EmulatorState state, bool inMemory)
{
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (EmulatorPaths.Find(http.Request) is not { } endpoint || state.Faults.Take(endpoint) is not { } fault)
        {
            await next(http);
            return;
        }

        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, state.Clock, http.RequestAborted);
        }

        if (fault.IsAborted)
        {
            CutConnection(http);
            return;
        }

        if (fault.Body is not null)
        {
            http.Response.StatusCode = fault.Status;
            http.Response.ContentType = fault.ContentType;
            await http.Response.WriteAsync(fault.Body, http.RequestAborted);
        }
        else if (fault.IsTruncated)
        {
            await TruncateAsync(http, next);
        }
        else
        {
            await next(http);
        }
    }

    // There is no connection in memory: the handler of the caller translates the exception.
    private void CutConnection(HttpContext http)
    {
        if (inMemory)
        {
            throw new ConnectionCutException();
        }

        http.Abort();
    }

    // Sends half of the body and ends the response normally, like a failing proxy.
    private static async Task TruncateAsync(HttpContext http, RequestDelegate next)
    {
        var real = http.Response.Body;
        using var buffer = new MemoryStream();
        http.Response.Body = buffer;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = real;
        }

        http.Response.ContentLength = null;
        await real.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length / 2), http.RequestAborted);
    }
}
