using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Authentiq.AspNetCore;

/// <summary>
/// Browsers do not send the fragment to the server. This constant page posts it to its own address as a form (OAuth 2.0 Multiple Response Type Encoding Practices §2.1). The origin is the same, so that
/// the browser sends Lax cookies. The page removes the fragment from the address first.
/// </summary>
internal static class FragmentPage
{
    private const string Script = """
        const response = new URLSearchParams(location.hash.slice(1));
        history.replaceState(null, '', location.pathname);
        const form = document.createElement('form');
        form.method = 'post';
        form.action = location.pathname;
        for (const [name, value] of response) {
          const input = document.createElement('input');
          input.type = 'hidden';
          input.name = name;
          input.value = value;
          form.append(input);
        }
        document.body.append(form);
        HTMLFormElement.prototype.submit.call(form);
        """;

    private const string Page = $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Signing in</title></head>
        <body><p>Signing you in …</p><noscript><p>This step of the sign-in requires JavaScript. Please allow it for this site, and try again.</p></noscript><script>{Script}</script></body>
        </html>
        """;

    // No form-action: Chromium applies it to the redirect after the form as well, which may lead to another site.
    private static readonly string ContentSecurityPolicy =
        $"default-src 'none'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}'; base-uri 'none'; frame-ancestors 'none'";

    public static Task WriteAsync(HttpResponse response)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response.WriteAsync(Page);
    }
}
