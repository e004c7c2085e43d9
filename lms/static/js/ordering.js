/* Items of an ordering move up and down by buttons. Without this file each item's position is picked in its list. */
(() => {
  "use strict";

  const label = (item) => item.querySelector("label").textContent.trim();

  /* The rows stand in an order from the start, but nothing counts as answered until somebody moves or picks. */
  const number = (list) => {
    [...list.children].forEach((item, index) => {
      item.querySelector("select").value = String(index + 1);
    });
  };

  const say = (list, text) => {
    list.parentElement.querySelector("[data-order-status]").textContent = text;
  };

  const move = (item, by) => {
    const list = item.parentElement;
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(item);
    else other.after(item);
    number(list);
    const place = [...list.children].indexOf(item) + 1;
    say(list, `${label(item)}: position ${place} of ${list.children.length}`);
  };

  const button = (item, by, text, sign) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "outline";
    made.textContent = sign;
    made.setAttribute("aria-label", `${text}: ${label(item)}`);
    made.addEventListener("click", () => {
      move(item, by);
      made.focus();
    });
    return made;
  };

  /* Rows follow the positions that were picked, once each is picked once. */
  const sort = (list) => {
    const places = new Map([...list.children].map((item) => [Number(item.querySelector("select").value), item]));
    if (places.size !== list.children.length || places.has(0)) return;
    const focused = document.activeElement;
    for (const place of [...places.keys()].sort((a, b) => a - b)) list.append(places.get(place));
    focused?.focus();
  };

  const furnish = (root) => {
    for (const list of root.querySelectorAll("[data-order]")) {
      if (list.dataset.ready) continue;
      list.dataset.ready = "1";
      const status = document.createElement("p");
      status.className = "sr";
      status.setAttribute("role", "status");
      status.dataset.orderStatus = "";
      list.after(status);
      for (const item of list.children) {
        item.append(button(item, -1, "Move up", "↑"), button(item, 1, "Move down", "↓"));
      }
      list.addEventListener("change", () => sort(list));
      sort(list);
    }
  };

  furnish(document);
  document.addEventListener("htmx:afterSettle", () => furnish(document));
})();
