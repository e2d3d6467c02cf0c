using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authentiq.Emulator;

/// <summary>Records every request that passes the host and size checks, before the response starts. The recorded size is limited.</summary>
internal sealed class RequestJournal(EmulatorState state)
{
    /// <summary>The maximum length of a recorded value, in characters.</summary>
    public const int MaxValue = 8 * 1024;

    private const int MaxName = 256;
    private const int MaxPairs = 100;

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (EmulatorPaths.Find(http.Request) is not { } endpoint || IsPostFromAnotherSite(http.Request, endpoint))
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
                state.Requests.Add(Record(endpoint, http.Request, parameters, status));
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

    // The endpoint rejects such a request.
    private static bool IsPostFromAnotherSite(HttpRequest request, EmulatorEndpoint endpoint) =>
        HttpMethods.IsPost(request.Method) && endpoint is EmulatorEndpoint.SignIn or EmulatorEndpoint.Phone && !SameOrigin.IsAssured(request);

    private static RecordedRequest Record(EmulatorEndpoint endpoint, HttpRequest request, IReadOnlyDictionary<string, string> parameters, int status) => new(
        endpoint,
        Truncate(request.Method, MaxName),
        new(Truncate(request.GetEncodedUrl(), RequestLimits.MaxAddress)),
        Truncate(request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())), StringComparer.OrdinalIgnoreCase),
        Truncate(parameters, StringComparer.Ordinal),
        status);

    private static Dictionary<string, string> Truncate(IEnumerable<KeyValuePair<string, string>> pairs, StringComparer names)
    {
        var all = new Dictionary<string, string>(names);
        foreach (var (name, value) in pairs.Take(MaxPairs))
        {
            all[Truncate(name, MaxName)] = Truncate(value, MaxValue);
        }

        return all;
    }

    private static string Truncate(string text, int length) => text.Length > length ? text[..length] : text;
}
