/* Videos hosted elsewhere play in the page once pressed. Without this file the link leads to their host. */
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-player]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.src = link.dataset.player;
    frame.title = link.dataset.title;
    frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin"; // YouTube refuses to play for nobody
    link.closest(".media").replaceChildren(frame);
    frame.focus();
  });
})();
