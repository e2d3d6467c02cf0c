using System.Net;

namespace Authentiq.Emulator.Tests;

/// <summary>An application that returns the request.</summary>
internal sealed class Echo : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)),
    };
}
