// Responds to "client_id session_state" with unchanged, changed or error (OpenID Connect Session Management 1.0, section 3.2).
// It queries the emulator each time, because a sign-out on the phone does not change a cookie of this browser.
(() => {
  const address = document.querySelector("main").dataset.check;

  addEventListener("message", async ({ data, origin, source }) => {
    const [clientId, sessionState, ...rest] = typeof data === "string" ? data.split(" ") : [];
    if (!clientId || !sessionState || rest.length > 0) {
      source.postMessage("error", origin);
      return;
    }
    try {
      const body = new URLSearchParams({ client_id: clientId, session_state: sessionState, origin });
      const response = await fetch(address, { method: "POST", body, cache: "no-store" });
      source.postMessage((await response.json()).status, origin);
    } catch {
      // The emulator is unavailable. The application queries the frame again.
    }
  });
})();
