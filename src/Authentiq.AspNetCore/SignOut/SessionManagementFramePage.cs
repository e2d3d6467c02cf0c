using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>
/// The frame of the application (OIDC Session Management 1.0 §3.1). It reports a change only to the page that embeds it, if that has the same origin: by the event <c>authentiq-session-changed</c>, which
/// bubbles from the frame element to the document.
/// </summary>
internal static class SessionManagementFramePage
{
    // In a browser that blocks the provider's cookies in frames, the first response is "changed". A change is therefore reported only if the same state was unchanged before, in this tab.
    private const string Script = """
        (() => {
          const { client, state, origin } = document.body.dataset;
          const frame = document.querySelector("iframe");
          const key = "authentiq-session";
          const poll = () => frame.contentWindow.postMessage(client + " " + state, origin);
          let timer;
          frame.addEventListener("load", () => { poll(); timer ??= setInterval(poll, 4000); });
          addEventListener("message", event => {
            if (event.source !== frame.contentWindow || event.origin !== origin) return;
            if (event.data === "unchanged") { sessionStorage.setItem(key, state); return; }
            clearInterval(timer);
            if (event.data !== "changed" || sessionStorage.getItem(key) !== state) return;
            sessionStorage.removeItem(key);
            frameElement?.dispatchEvent(new CustomEvent("authentiq-session-changed", { bubbles: true }));
          });
        })();
        """;

    private static readonly string ScriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    public static Task WriteAsync(HttpResponse response, HtmlEncoder html, string clientId, string? state, Uri? frame)
    {
        var origin = frame is null ? null : Origin.Of(frame);
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ContentSecurityPolicy = frame is null
            ? "default-src 'none'; base-uri 'none'; frame-ancestors 'self'"
            : $"default-src 'none'; script-src 'sha256-{ScriptHash}'; frame-src {origin}; base-uri 'none'; frame-ancestors 'self'";

        return response.WriteAsync(frame is null
            ? """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Session</title></head><body></body></html>"""
            : $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Session</title></head>
            <body data-client="{html.Encode(clientId)}" data-state="{html.Encode(state!)}" data-origin="{html.Encode(origin!)}">
            <iframe src="{html.Encode(frame.AbsoluteUri)}" title="Session at the provider"></iframe>
            <script>{Script}</script>
            </body>
            </html>
            """);
    }
}
