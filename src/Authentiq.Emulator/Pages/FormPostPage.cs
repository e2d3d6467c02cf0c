namespace Authentiq.Emulator;

/// <summary>Sends an authorization response in a form (OAuth 2.0 Form Post Response Mode), with a button for browsers without scripts.</summary>
internal sealed class FormPostPage(string action, IReadOnlyList<KeyValuePair<string, string>> fields) : HtmlPage
{
    protected override string Title => "Returning to the application";

    protected override string Script => "form-post.js";

    // A silent sign-in responds in a hidden frame of the application.
    protected override string FrameAncestors => RedirectUri.Origin(action) ?? "'none'";

    protected override Html Body() => Html.Of($"""
        <main class="alone">
          <form class="card" id="answer" method="post" action="{action}">
            {Brand()}
            <h1>Returning to the application</h1>
            {Html.Join(fields.Select(field => Html.Of($"""<input type="hidden" name="{field.Key}" value="{field.Value}">""")))}
            <noscript><button class="primary">Continue</button></noscript>
          </form>
        </main>
        """);
}
