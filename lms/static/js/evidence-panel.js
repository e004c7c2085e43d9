/* Fills the editor's panel "Evidence" when it is opened. The link in it leads to the same as a page of its own. */
(() => {
  "use strict";

  const LOADING = "Loading the evidence …";
  const FAILED = "The evidence could not be loaded.";

  const fill = async (evidence) => {
    if (evidence.dataset.evidenceState) return; // on its way, or there
    const status = evidence.querySelector("[data-evidence-status]");
    const content = evidence.querySelector("[data-evidence-content]");
    const again = evidence.querySelector("[data-evidence-again]");
    evidence.dataset.evidenceState = "loading";
    content.setAttribute("aria-busy", "true");
    status.textContent = LOADING;
    again.hidden = true;
    try {
      const answer = await fetch(evidence.dataset.evidence, { headers: { Accept: "text/html" } });
      // Whoever was signed out meanwhile is led to the sign-in page, which does not belong here.
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      content.innerHTML = await answer.text();
      status.textContent = "";
      evidence.dataset.evidenceState = "loaded";
    } catch {
      status.textContent = FAILED;
      again.hidden = false;
      delete evidence.dataset.evidenceState;
    } finally {
      content.removeAttribute("aria-busy");
    }
  };

  const begin = () => {
    const evidence = document.querySelector("[data-evidence]");
    const panel = evidence?.closest("[data-side-panel]");
    if (!panel) return;
    panel.addEventListener("show", () => fill(evidence));
    evidence.querySelector("[data-evidence-again]").addEventListener("click", () => fill(evidence));
    if (!panel.hidden) fill(evidence); // it was left open the last time
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
