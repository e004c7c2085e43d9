/* Small comforts. Every page works without this file. */
(() => {
  "use strict";

  const TOAST_MS = 10000;

  /* Menus close on Escape and on a click elsewhere ------------------------- */
  const openMenus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    }
  });

  /* A question first, then one submit --------------------------------------- */
  const element = (tag, properties, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  const ask = (sentence, label) =>
    new Promise((answer) => {
      const yes = element("button", { value: "yes", textContent: label, className: "danger" });
      const no = element("button", { value: "no", textContent: "Cancel", className: "quiet" });
      const text = element("p", { textContent: sentence, id: "confirm-text" });
      const form = element("form", { method: "dialog", className: "cluster" }, yes, no);
      const dialog = element("dialog", { className: "confirm" }, element("div", { className: "card" }, text, form));
      dialog.setAttribute("aria-labelledby", "confirm-text");
      dialog.addEventListener("close", () => {
        answer(dialog.returnValue === "yes");
        dialog.remove();
      });
      document.body.append(dialog);
      dialog.showModal();
      no.focus();
    });

  /* Capture, so that htmx's own listener on the form does not run first. */
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const button = event.submitter;
      if (form.method !== "post") return;
      const source = button?.dataset.confirm ? button : form;
      if (source.dataset.confirm && !form.dataset.confirmed) {
        event.preventDefault();
        event.stopPropagation();
        const label = source.dataset.confirmButton || button?.textContent.trim() || "Continue";
        ask(source.dataset.confirm, label).then((agreed) => {
          if (!agreed) return;
          form.dataset.confirmed = "1";
          form.requestSubmit(button);
        });
        return;
      }
      delete form.dataset.confirmed;
      if ("repeat" in form.dataset) return;
      if (form.dataset.sent) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
      form.dataset.sent = "1";
      /* aria-disabled keeps the focus and still sends the button's own name and value */
      button?.setAttribute("aria-disabled", "true");
    },
    true,
  );
  const rearm = (root) => {
    for (const form of [root, ...root.querySelectorAll("form[data-sent]")]) {
      if (!form.dataset?.sent) continue;
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
    }
  };
  window.addEventListener("pageshow", () => rearm(document));

  /* Copy --------------------------------------------------------------------- */
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    const what = button.dataset.copy;
    const from = what.startsWith("#") ? document.querySelector(what) : null;
    try {
      await navigator.clipboard.writeText(from ? (from.value ?? from.textContent).trim() : what);
      toast(button.dataset.copied || "Copied");
    } catch {
      toast("Your browser did not allow copying. Select the text and copy it.", "error");
    }
  });

  /* Toasts: they can be closed, and leave by themselves unless they report a problem */
  const toasts = document.getElementById("toasts");
  const toast = (text, level = "success") => {
    const made = element("div", { className: "toast" }, element("p", { textContent: text }));
    made.dataset.level = level;
    toasts?.append(made);
  };
  const furnish = (item) => {
    if (!item.matches?.(".toast") || item.dataset.ready) return;
    item.dataset.ready = "1";
    const close = element("button", { type: "button", textContent: "Close" });
    close.addEventListener("click", () => item.remove());
    item.append(close);
    if (/error|warning/.test(item.dataset.level || "")) return;
    const leave = () => (item.matches(":hover, :focus-within") ? setTimeout(leave, 2000) : item.remove());
    setTimeout(leave, TOAST_MS);
  };
  if (toasts) {
    for (const item of toasts.children) furnish(item);
    new MutationObserver((changes) => {
      for (const change of changes) change.addedNodes.forEach(furnish);
    }).observe(toasts, { childList: true });
  }

  /* htmx ---------------------------------------------------------------------- */
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (token) event.detail.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:afterRequest", (event) => rearm(event.target));
  document.addEventListener("htmx:afterSettle", (event) => {
    event.target.querySelector?.(".error-summary")?.focus();
  });
  document.addEventListener("htmx:sendError", () =>
    toast("We couldn’t reach the program. You may be offline. What you typed is still here; try again.", "error"),
  );
  document.addEventListener("htmx:responseError", () =>
    toast("That did not work. What you typed is still here: copy longer texts, reload the page and try again.", "error"),
  );

  /* A page that came back with errors: say so first */
  document.querySelector(".error-summary")?.focus();
})();
