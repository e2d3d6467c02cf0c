namespace Authentiq.Emulator;

/// <summary>Asks the user to confirm a sign-out (OpenID Connect RP-Initiated Logout 1.0 §2). The button posts the same request from this page.</summary>
internal sealed class ConfirmSignOutPage(EmulatorSession session, EmulatorClient? client, RequestParameters parameters) : HtmlPage
{
    private static readonly string[] Repeated = ["id_token_hint", "client_id", "post_logout_redirect_uri", "state"];

    protected override string Title => "Sign out?";

    protected override Html Body() => Html.Of($"""
        <main class="alone">
          <section class="card" aria-labelledby="title">
            {Brand()}
            <h1 id="title">Sign out?</h1>
            <p class="lead" id="who">{client?.Name ?? "Another site"} asks to end the session of <b>{session.Persona.Name}</b> at Authentiq Connect.</p>
            <form method="post" action="/{EmulatorPaths.EndSession}">
              {Html.Join(Repeated.Where(name => parameters[name] is not null).Select(Field))}
              <div class="actions"><button class="primary" aria-describedby="who">Sign out</button></div>
              <p class="note">To stay signed in, close this page.</p>
            </form>
          </section>
        </main>
        """);

    private Html Field(string name) => Html.Of($"""<input type="hidden" name="{name}" value="{parameters[name]!}">""");
}
