namespace Authentiq.Emulator;

/// <summary>The provider's frame of OIDC Session Management §3.2, which applications embed and ask.</summary>
internal sealed class SessionFramePage : HtmlPage
{
    protected override string Title => "Session";

    protected override string Script => "session-frame.js";

    // Which origin may ask is decided by the session state itself: it fits one origin only.
    protected override string FrameAncestors => "*";

    protected override Html Body() => Html.Of($"""<main data-check="/{EmulatorPaths.SessionCheck}"></main>""");
}
