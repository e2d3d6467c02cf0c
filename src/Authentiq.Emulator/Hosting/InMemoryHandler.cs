namespace Authentiq.Emulator;

/// <summary>A way to the emulator without a network. What would cut a connection fails as a cut connection does.</summary>
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
