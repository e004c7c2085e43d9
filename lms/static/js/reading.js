/* Remembers the heading last reached in a lesson. The page reads the same without this file. */
(() => {
  "use strict";

  const body = document.querySelector("[data-place-url]");
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (!body || !token || !("IntersectionObserver" in window)) return;

  let last = "";
  let waiting;
  const keep = () => {
    const form = new FormData();
    form.append("place", last.replace(/^b-/, ""));
    fetch(body.dataset.placeUrl, { method: "POST", body: form, headers: { "X-CSRFToken": token }, keepalive: true });
  };
  const seen = new IntersectionObserver((entries) => {
    const shown = entries.filter((entry) => entry.isIntersecting).pop();
    if (!shown || shown.target.id === last) return;
    last = shown.target.id;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 2000);
  });
  for (const heading of body.querySelectorAll('h2[id^="b-"]')) seen.observe(heading);
})();
