namespace Authentiq.Emulator;

/// <summary>The sign-in page: the page of the provider on the left, the simulated phone on the right.</summary>
internal sealed class SignInPage(PendingSignIn signIn, IReadOnlyList<Persona> personas, Persona? persona) : HtmlPage
{
    private string Application => signIn.Client.Name;

    protected override string Title => $"Sign in to {Application}";

    protected override string Script => "sign-in.js";

    // Only a modal can be shown inside the application.
    protected override string FrameAncestors => signIn.Request.Parameters["display"] == "modal"
        ? RedirectUri.Origin(signIn.Request.RedirectUri) ?? "'none'"
        : "'none'";

    protected override Html Body() => Html.Of($"""
        <main class="sign-in" data-status="{signIn.Address.AbsolutePath}/{EmulatorPaths.Status}">
          <section class="card" aria-labelledby="title">
            {Brand()}
            <h1 id="title">Sign in to {Application}</h1>
            <p class="lead">Scan the code with Authentiq ID, or use the simulated phone on this page.</p>
            <div class="qr" role="img" aria-label="QR code with the address of this sign-in">{QrCode.Draw(signIn.Address.AbsoluteUri)}</div>
            <p id="status" class="status" role="status"><span class="pulse" aria-hidden="true"></span><span id="status-text">Waiting for your phone</span></p>
            <form method="post" action="{signIn.Address.AbsolutePath}">
              <button class="link" name="decision" value="deny">Cancel and return to {Application}</button>
            </form>
          </section>
          <section class="phone" aria-labelledby="phone">
            <div class="notch" aria-hidden="true"></div>
            <h2 id="phone">Authentiq ID</h2>
            <nav class="people" aria-label="User of this phone">
              <ul>{Html.Join(personas.Select(Choice))}</ul>
            </nav>
            {(persona is null ? Html.Of($"<p class=\"alert\">This emulator has no users.</p>") : new ConsentForm(signIn, persona).Render())}
            <p class="more"><a href="/{EmulatorPaths.Phone}">Active sessions</a></p>
          </section>
        </main>
        """);

    private Html Choice(Persona choice) => Html.Of($"""
        <li><a href="{signIn.Address.AbsolutePath}?person={Uri.EscapeDataString(choice.Id)}"{(choice == persona ? new(" aria-current=\"true\"") : Html.Empty)}>{Avatar.Of(choice)}{choice.Name}</a></li>
        """);
}
