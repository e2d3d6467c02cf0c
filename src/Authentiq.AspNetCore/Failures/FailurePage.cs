using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>The built-in page for a failed sign-in, used when the application has no error page. It contains no text from the provider or from the request.</summary>
internal static class FailurePage
{
    private static readonly Dictionary<string, Text> Texts = new(StringComparer.Ordinal)
    {
        [AuthentiqErrors.AccessDenied] = new(403, "Sign-in cancelled", "You did not approve the sign-in, so nothing was shared. You can try again at any time."),
        [AuthentiqErrors.ScopeNotGranted] = new(403, "More details are needed", "This application needs a detail that was not shared, or that is not verified yet. Try again and share the details that are marked as required."),
        [AuthentiqErrors.Refused] = new(403, "You cannot sign in here", "This application does not let you sign in. If you think that you should have access, contact its support."),
        [AuthentiqErrors.Expired] = new(400, "This sign-in has expired", "It was open for too long, or has already been used. Please try again."),
        [AuthentiqErrors.BrowserMismatch] = new(400, "Please sign in again", "This sign-in was started in another browser, or the browser has lost its cookie. If it happens again, allow cookies for this site."),
        [AuthentiqErrors.InvalidResponse] = new(400, "Please sign in again", "This address is part of a sign-in and cannot be opened by itself."),
        [AuthentiqErrors.InvalidToken] = new(400, "Sign-in did not complete", "The response of the sign-in service could not be trusted, so you were not signed in. Please try again."),
        [AuthentiqErrors.SignedOut] = new(403, "You were signed out", "You were signed out before the sign-in was complete. You can sign in again."),
        [AuthentiqErrors.InteractionRequired] = new(400, "Please sign in", "The sign-in service requires you to approve the sign-in."),
        [AuthentiqErrors.ProviderError] = new(502, "Sign-in is not possible right now", "The sign-in service refused the request of this application. Please contact the support of this application."),
        [AuthentiqErrors.ProviderUnavailable] = new(503, "Sign-in is not possible right now", "The sign-in service is unavailable. Please try again in a moment."),
        [AuthentiqErrors.SessionTooLarge] = new(502, "Sign-in did not complete", "This application cannot store everything that the sign-in service sent about you, so you were not signed in. Please contact the support of this application."),
        [AuthentiqErrors.SessionsUnavailable] = new(503, "Sign-in is not possible right now", "This application cannot store your session at the moment. Please try again in a moment."),
    };

    private const string Style = """
        :root{color-scheme:light dark;--back:#edf2f6;--card:#fff;--line:#d5dee7;--ink:#0b1e33;--soft:#4a5d70;--brand:#0b6d5c;--on-brand:#fff}
        @media(prefers-color-scheme:dark){:root{--back:#0c151e;--card:#16222e;--line:#2b3b4b;--ink:#eef4f9;--soft:#a5b5c4;--brand:#3ecdb4;--on-brand:#0c151e}}
        *{box-sizing:border-box}
        body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--back);color:var(--ink);font:17px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
        main{max-width:460px;width:100%;background:var(--card);border:1px solid var(--line);border-radius:18px;padding:40px 36px}
        h1{margin:0 0 12px;font-size:1.5em;line-height:1.25}
        p{margin:0 0 24px;color:var(--soft)}
        a{display:inline-block;padding:12px 24px;border-radius:10px;background:var(--brand);color:var(--on-brand);font-weight:600;text-decoration:none}
        a:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
        small{display:block;margin-top:28px;padding-top:16px;border-top:1px solid var(--line);color:var(--soft);overflow-wrap:anywhere}
        """;

    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; frame-ancestors 'none'";

    public static bool IsKnown(string? error) => error is not null && Texts.ContainsKey(error);

    public static Task WriteAsync(HttpResponse response, HtmlEncoder html, string error, string returnUrl, string reference) =>
        WriteAsync(response, html, Texts[error], $"""<a href="{html.Encode(returnUrl)}">Try again</a>""", reference);

    /// <summary>Writes the page for an authenticated user without permission.</summary>
    public static Task WriteForbiddenAsync(HttpResponse response, HtmlEncoder html, string homeUrl, string reference) =>
        WriteAsync(response, html, new Text(403, "No access", "You are signed in, but you do not have access to this page. If you think that you should have access, contact the support of this application."),
            $"""<a href="{html.Encode(homeUrl)}">Back to the start page</a>""", reference);

    /// <summary>Writes the page for a user whose session cannot be checked.</summary>
    public static Task WriteUnavailableAsync(HttpResponse response, HtmlEncoder html, string url, string reference) =>
        WriteAsync(response, html, new Text(503, "Not available right now", "This application cannot check right now whether you are still signed in. You have not been signed out. Please try again in a moment."),
            $"""<a href="{html.Encode(url)}">Try again</a>""", reference);

    private static Task WriteAsync(HttpResponse response, HtmlEncoder html, Text text, string link, string reference)
    {
        response.StatusCode = text.Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";

        return response.WriteAsync($"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{html.Encode(text.Title)}</title><style>{Style}</style></head>
            <body><main><h1>{html.Encode(text.Title)}</h1><p>{html.Encode(text.Body)}</p>{link}<small>Reference for support: {html.Encode(reference)}</small></main></body>
            </html>
            """);
    }

    private sealed record Text(int Status, string Title, string Body);
}
