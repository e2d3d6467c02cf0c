// Continues when all frames have loaded, or after three seconds if one does not load.
(() => {
  const go = () => location.replace(document.getElementById("next").href);
  addEventListener("load", go);
  setTimeout(go, 3000);
})();
