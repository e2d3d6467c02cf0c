using Microsoft.AspNetCore.Http;

namespace Authentiq.Emulator;

/// <summary>A page with one message.</summary>
internal sealed class MessagePage(string title, string text, int status, string? error = null) : HtmlPage
{
    protected override int Status => status;

    protected override string Title => title;

    public static MessagePage Error(string title, string text, string? error = null, int status = StatusCodes.Status400BadRequest) =>
        new(title, text, status, error);

    /// <summary>The page for a browser that cannot continue the sign-in.</summary>
    public static MessagePage Decided(PendingSignIn signIn) => signIn.Decision?.Persona is { } persona
        ? new("Approved", $"{persona.Name} is signing in to {signIn.Client.Name}. Continue in the browser that started the sign-in. You can close this page.", StatusCodes.Status200OK)
        : new("Denied", $"{signIn.Client.Name} has received no data. You can close this page.", StatusCodes.Status200OK);

    protected override Html Body() => Html.Of($"""
        <main class="alone">
          <section class="card">
            {Brand()}
            <h1>{title}</h1>
            <p class="lead">{text}</p>
            {(error is null ? Html.Empty : Html.Of($"<p class=\"lead\"><code>{error}</code></p>"))}
          </section>
        </main>
        """);
}
