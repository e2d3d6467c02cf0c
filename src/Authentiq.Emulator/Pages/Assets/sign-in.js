// Looks every second whether the phone has decided. Without scripts the buttons of the page do the same.
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

  const look = async () => {
    const answer = await (await fetch(address, { cache: "no-store" })).json();
    if (leaving || answer.status === "pending") {
      return;
    }
    if (answer.status === "decided") {
      end("Done, taking you back");
      location.replace(answer.next);
    } else if (answer.status === "finished") {
      end("Finished in another window");
    } else {
      end("This sign-in has expired. Start again from the application.");
    }
  };

  addEventListener("submit", () => { leaving = true; });
  addEventListener("pageshow", (event) => { if (event.persisted) { location.reload(); } });

  const wait = () => setTimeout(async () => {
    try {
      await look();
    } catch {
      // The emulator may be restarting; ask again.
    }
    if (!leaving) {
      wait();
    }
  }, 1000);
  wait();
})();
