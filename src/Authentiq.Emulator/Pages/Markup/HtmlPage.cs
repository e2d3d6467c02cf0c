using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>A page of the emulator, without external resources and with a strict content security policy.</summary>
internal abstract class HtmlPage : IResult
{
    protected virtual int Status => StatusCodes.Status200OK;

    protected abstract string Title { get; }

    /// <summary>The origins that can show the page in a frame.</summary>
    protected virtual string FrameAncestors => "'none'";

    /// <summary>The origins that the page can show in frames.</summary>
    protected virtual string FrameSources => "'none'";

    /// <summary>The name of the script of the page, if there is one.</summary>
    protected virtual string? Script => null;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var nonce = RandomKey.Create(16);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";

        // With no-referrer, a browser posts a form with the origin "null".
        response.Headers["Referrer-Policy"] = "same-origin";

        // Without form-action: browsers also apply it to the redirect after the form, which leads to the application.
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; img-src data:; frame-src {FrameSources}; base-uri 'none'; frame-ancestors {FrameAncestors}";
        await response.WriteAsync(Document(nonce).ToString(), httpContext.RequestAborted);
    }

    protected abstract Html Body();

    protected static Html Brand() => Html.Of($"""
        <p class="brand"><span class="hex" aria-hidden="true"></span>Authentiq Connect <span class="tag">Emulator</span></p>
        """);

    private Html Document(string nonce) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>{Title} · Authentiq Connect emulator</title>
        <style nonce="{nonce}">{PageAssets.Read("page.css")}</style>
        </head>
        <body>
        {Body()}
        {(Script is null ? Html.Empty : Html.Of($"""<script nonce="{nonce}">{PageAssets.Read(Script)}</script>"""))}
        </body>
        </html>

        """);
}
