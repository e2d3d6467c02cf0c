namespace Authentiq.Emulator;

/// <summary>Sends requests to an emulator in memory. A connection that a fault cuts fails like a connection on a network.</summary>
internal sealed class InMemoryHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Exception cut) when (IsCut(cut) && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was cut.", cut);
        }
    }

    private static bool IsCut(Exception? exception) =>
        exception is not null && (exception is ConnectionCutException || IsCut(exception.InnerException));
}
