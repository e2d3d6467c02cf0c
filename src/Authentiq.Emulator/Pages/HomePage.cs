namespace Authentiq.Emulator;

/// <summary>Describes the emulator, its clients and its users. It shows no secrets: a client can have the secret of a real application.</summary>
internal sealed class HomePage(EmulatorState state) : HtmlPage
{
    protected override string Title => "Home";

    protected override Html Body() => Html.Of($"""
        <main class="wide">
          <section class="card left">
            {Brand()}
            <h1>A local OpenID provider</h1>
            <p class="lead">An OpenID Connect provider for development and tests on this machine. Start a sign-in in your application, and approve it here with a simulated phone.</p>
            <dl class="facts">
              <dt>Issuer</dt><dd><code>{state.Issuer.AbsoluteUri}</code></dd>
              <dt>Metadata</dt><dd><a href="/{EmulatorPaths.Discovery}">{EmulatorPaths.Discovery}</a></dd>
              <dt>Signing keys</dt><dd><a href="/{EmulatorPaths.Keys}">{EmulatorPaths.Keys}</a></dd>
              <dt>Phone</dt><dd><a href="/{EmulatorPaths.Phone}">Active sessions</a>, with a button to end each</dd>
            </dl>
          </section>
          <section class="card left">
            <h2>Applications</h2>
            <ul class="rows">{Html.Join(state.Clients.Select(Client))}</ul>
          </section>
          <section class="card left">
            <h2>Users</h2>
            <ul class="rows">{Html.Join(state.Personas.Select(User))}</ul>
          </section>
        </main>
        """);

    private static Html Client(EmulatorClient client) => Html.Of($"""
        <li><span class="what"><b>{client.Name}</b> {(client.TestMode ? Html.Of($"<span class=\"tag\">Test mode</span>") : Html.Empty)}
        <small><code>{client.ClientId}</code> · {client.TokenEndpointAuthMethod} · {client.IdTokenSignedResponseAlg}</small></span></li>
        """);

    private static Html User(Persona persona) => Html.Of($"""
        <li>{Avatar.Of(persona)}<span class="what"><b>{persona.Name}</b>
        <small>{persona.Text("email") ?? "No email address"}{(persona.Text("email") is not null && !persona.IsTrue("email_verified") ? ", not verified" : "")}</small></span></li>
        """);
}
