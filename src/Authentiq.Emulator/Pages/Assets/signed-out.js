// Goes on when all frames have loaded, or after a while: one application that hangs must not keep the person here.
(() => {
  const go = () => location.replace(document.getElementById("next").href);
  addEventListener("load", go);
  setTimeout(go, 3000);
})();
