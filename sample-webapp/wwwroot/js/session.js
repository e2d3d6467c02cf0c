// The session at the provider has changed: somebody signed out there, or somebody else signed in. The server is asked to look again,
// at once, or, where somebody has begun to fill in a form, when they press the button.
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
