namespace Authentiq.Emulator;

/// <summary>The provider frame of OIDC Session Management §3.2, which applications embed and query.</summary>
internal sealed class SessionFramePage : HtmlPage
{
    protected override string Title => "Session";

    protected override string Script => "session-frame.js";

    // Every origin can query the frame, because a session state is valid for one origin only.
    protected override string FrameAncestors => "*";

    protected override Html Body() => Html.Of($"""<main data-check="/{EmulatorPaths.SessionCheck}"></main>""");
}
