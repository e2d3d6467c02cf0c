using System.Globalization;

namespace Authentiq.Emulator;

/// <summary>The simulated phone: the active sessions, with a button to end each.</summary>
internal sealed class PhonePage(EmulatorState state, SignOutReport? report = null) : HtmlPage
{
    protected override string Title => "Phone";

    protected override Html Body() => Html.Of($"""
        <main class="hand">
          <section class="phone" aria-labelledby="title">
            <div class="notch" aria-hidden="true"></div>
            <h1 id="title">Active sessions</h1>
            {report?.Render()}
            {Sessions([.. state.LiveSessions.OrderByDescending(session => session.AuthTime)])}
            <p class="more"><a href="/">About this emulator</a></p>
          </section>
        </main>
        """);

    private Html Sessions(IReadOnlyList<EmulatorSession> sessions) => sessions is []
        ? Html.Of($"<p class=\"lead\">There are no active sessions. Sign in to your application to start one.</p>")
        : Html.Of($"<ul class=\"sessions\">{Html.Join(sessions.Select(Session))}</ul>");

    private Html Session(EmulatorSession session)
    {
        var sites = state.Clients.Where(client => session.ClientIds.Contains(client.ClientId)).Select(client => client.Name).ToList();
        return Html.Of($"""
            <li>
              {Avatar.Of(session.Persona)}
              <div class="what" id="s-{session.PhoneId}"><b>{string.Join(", ", sites)}</b>
              <small>{session.Persona.Name} · since <time datetime="{session.AuthTime.ToString("O", CultureInfo.InvariantCulture)}">{Local(session.AuthTime)}</time></small></div>
              <form method="post" action="/{EmulatorPaths.Phone}">
                <input type="hidden" name="session" value="{session.PhoneId}">
                <button class="danger" aria-describedby="s-{session.PhoneId}">Sign out {(sites.Count > 1 ? "these sites" : "this site")}</button>
              </form>
            </li>
            """);
    }

    // The browser is on this machine, so that it has the same time zone.
    private string Local(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, state.Clock.LocalTimeZone).ToString("d MMM, HH:mm", CultureInfo.InvariantCulture);
}
