using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Says what this is, and whom and what it knows.</summary>
internal sealed class HomePage(EmulatorState state) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var clients = string.Concat(state.Clients.Select(client =>
            $"<li><strong>{Html.Encode(client.Name)}</strong><br><code>{Html.Encode(client.ClientId)}</code>, {Html.Encode(client.IdTokenSignedResponseAlg)}, {Html.Encode(client.TokenEndpointAuthMethod)}</li>"));
        var people = string.Concat(state.Personas.Select(persona => $"<li>{Html.Encode(persona.Name)}</li>"));
        return Html.WriteAsync(
            httpContext,
            "Authentiq emulator",
            $"""
            <main class="message"><div class="card">
            <p class="brand">Authentiq Connect <span class="tag">Emulator</span></p>
            <h1>A local provider, for development and tests</h1>
            <p>Applications on this machine sign people in here instead of at the hosted Authentiq Connect. Issuer: <code>{Html.Encode(state.Issuer.AbsoluteUri)}</code></p>
            <h2>Clients</h2><ul>{clients}</ul>
            <h2>People</h2><ul>{people}</ul>
            </div></main>
            """);
    }
}
