using System.Net;

namespace Authentiq.Emulator.Tests;

/// <summary>An application that shows what it was sent.</summary>
internal sealed class Echo : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => new(HttpStatusCode.OK)
    {
        Content = new StringContent(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)),
    };
}
