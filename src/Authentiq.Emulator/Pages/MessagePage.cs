using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>A page that says one thing.</summary>
internal sealed class MessagePage(string title, string text, int status = StatusCodes.Status400BadRequest) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) =>
        Html.WriteAsync(httpContext, title, $"""<main class="message"><div class="card"><p class="brand">Authentiq Connect <span class="tag">Emulator</span></p><h1>{Html.Encode(title)}</h1><p>{Html.Encode(text)}</p></div></main>""", status: status);
}
