using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>Carries an answer to the application as a form (OAuth 2.0 Form Post Response Mode §2).</summary>
internal sealed class FormPostPage(string redirectUri, IReadOnlyList<KeyValuePair<string, string>> fields) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var inputs = string.Concat(fields.Select(field => $"""<input type="hidden" name="{Html.Encode(field.Key)}" value="{Html.Encode(field.Value)}">"""));
        return Html.WriteAsync(
            httpContext,
            "Signing in",
            $"""<main class="message"><div class="card"><h1>Signing in</h1><form method="post" action="{Html.Encode(redirectUri)}">{inputs}<button class="approve">Continue</button></form></div></main>""",
            "document.forms[0].submit()");
    }
}
