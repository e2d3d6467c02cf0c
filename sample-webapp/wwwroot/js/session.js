// Handles a change of the session at the provider: the user signed out, or another user signed in. Submits the recheck form
// immediately, or shows its button if the page has unsaved input.
(() => {
  const recheck = document.getElementById("recheck");
  let isEdited = false;

  document.addEventListener("input", () => { isEdited = true; });
  document.addEventListener("authentiq-session-changed", () => {
    if (isEdited) {
      recheck.hidden = false;
    } else {
      recheck.submit();
    }
  });
})();
