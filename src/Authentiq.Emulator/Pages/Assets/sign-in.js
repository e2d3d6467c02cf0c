// Polls the status of the sign-in every second. Without scripts, the buttons of the page continue the sign-in.
(() => {
  const address = document.querySelector("main").dataset.status;
  const status = document.getElementById("status");
  const text = document.getElementById("status-text");
  let leaving = false;

  const end = (message) => {
    leaving = true;
    text.textContent = message;
    status.classList.add("done");
  };

  const poll = async () => {
    const body = await (await fetch(address, { cache: "no-store" })).json();
    if (leaving || body.status === "pending") {
      return;
    }
    if (body.status === "decided") {
      end("Done. Returning to the application");
      location.replace(body.next);
    } else if (body.status === "finished") {
      end("Finished in another window");
    } else {
      end("This sign-in has expired. Start again from the application.");
    }
  };

  addEventListener("submit", () => { leaving = true; });
  addEventListener("pageshow", (event) => { if (event.persisted) { location.reload(); } });

  const wait = () => setTimeout(async () => {
    try {
      await poll();
    } catch {
      // The emulator may be restarting. Poll again.
    }
    if (!leaving) {
      wait();
    }
  }, 1000);
  wait();
})();
