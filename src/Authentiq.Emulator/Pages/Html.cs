using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>The frame of every page: one style sheet, at most one script, both allowed by their hash and nothing else.</summary>
internal static class Html
{
    private static readonly string Style = Asset("emulator.css");

    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    public static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // No form-action: Chromium applies it to the redirect that follows a form, which leads to the application.
    public static Task WriteAsync(HttpContext http, string title, string body, string? script = null, int status = StatusCodes.Status200OK)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src {Hash(Style)}; img-src data:; base-uri 'none'; frame-ancestors 'none'" + (script is null ? "" : $"; script-src {Hash(script)}; connect-src 'self'");
        return response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Encode(title)}</title><link rel="icon" href="data:,"><style>{Style}</style></head>
            <body>{body}{(script is null ? "" : $"<script>{script}</script>")}</body>
            </html>
            """,
            http.RequestAborted);
    }

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
