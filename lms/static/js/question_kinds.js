/* In the editor a question shows the fields of its kind. Without this file it shows all, and each says what it is for. */
(() => {
  "use strict";

  const FIELDS = {
    options: ["single", "multiple", "true_false"],
    answers: ["numeric"],
    unit: ["numeric"],
    other_reason: ["numeric"],
    steps: ["ordering"],
  };

  /* What was filled in stays in sight, since it has to be taken out before the page can be saved. */
  const isFilled = (field) =>
    [...field.querySelectorAll("[data-contentpath]")].some((part) => part.offsetParent !== null) ||
    [...field.querySelectorAll("input:not([type=hidden]), textarea")].some((input) => input.value.trim() !== "");

  const fit = (question) => {
    const kind = question.querySelector('select[name$="-kind"]')?.value;
    if (!kind) return;
    for (const [name, kinds] of Object.entries(FIELDS)) {
      const field = [...question.querySelectorAll(`[data-contentpath="${name}"]`)].find(
        (found) => found.closest(".question-block") === question,
      );
      if (!field) continue;
      field.hidden = false;
      field.hidden = !kinds.includes(kind) && !isFilled(field);
    }
  };

  const fitAll = () => document.querySelectorAll(".question-block").forEach(fit);

  document.addEventListener("change", (event) => {
    const question = event.target.closest?.(".question-block");
    if (question && event.target.name?.endsWith("-kind")) fit(question);
  });

  /* Blocks are drawn by script, and added and copied later. */
  let waiting;
  const watch = () => {
    fitAll();
    new MutationObserver((changes) => {
      if (!changes.some((change) => change.addedNodes.length)) return;
      clearTimeout(waiting);
      waiting = setTimeout(fitAll, 50);
    }).observe(document.body, { childList: true, subtree: true });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
