namespace Authentiq.Emulator;

/// <summary>Loads the sign-out pages of other applications in hidden frames, and continues when they have loaded.</summary>
internal sealed class SignedOutPage(IReadOnlyList<string> frames, string? next) : HtmlPage
{
    protected override string Title => "You are signed out";

    protected override string? Script => next is null ? null : "signed-out.js";

    protected override string FrameSources => string.Join(' ', frames.Select(Origin).Distinct(StringComparer.Ordinal));

    protected override Html Body() => Html.Of($"""
        <main class="alone">
          <section class="card">
            {Brand()}
            <h1>You are signed out</h1>
            <p class="lead">Authentiq Connect has ended your session and notifies the other applications.</p>
            {(next is null ? Html.Of($"<p class=\"lead\">You can close this page.</p>") : Html.Of($"""<p class="more"><a id="next" href="{next}">Return to the application</a></p>"""))}
          </section>
          {Html.Join(frames.Select(Frame))}
        </main>
        """);

    private static Html Frame(string address) => Html.Of($"""<iframe hidden title="Sign-out of another application" src="{address}"></iframe>""");

    private static string Origin(string address) => RedirectUri.Origin(address) ?? "";
}
