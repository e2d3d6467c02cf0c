using System.Net;

namespace Authentiq.AspNetCore.IntegrationTests;

/// <summary>A provider with pushed authorization requests (RFC 9126) and a fixed response.</summary>
internal sealed class PushedProvider : HttpMessageHandler
{
    public const string Authority = "https://push.example.test/";

    private const string Metadata = $$"""
        {"issuer":"{{Authority}}","authorization_endpoint":"{{Authority}}authorize","token_endpoint":"{{Authority}}token","jwks_uri":"{{Authority}}keys",
         "pushed_authorization_request_endpoint":"{{Authority}}par"}
        """;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(request.RequestUri!.AbsolutePath switch
    {
        "/.well-known/openid-configuration" => Respond(HttpStatusCode.OK, Metadata),
        "/par" => Respond(HttpStatusCode.Created, """{"request_uri":"urn:said-by-the-provider","expires_in":60}"""),
        _ => Respond(HttpStatusCode.NotFound, ""),
    });

    private static HttpResponseMessage Respond(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };
}
