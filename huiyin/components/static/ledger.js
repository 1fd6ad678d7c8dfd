// The ledger by keyboard: columns are put in order. Every page works without this file.
"use strict";
(() => {
  const ready = (root) => {
    root.querySelectorAll("[data-prints][hidden], [data-with-script][hidden]").forEach((part) => { part.hidden = false; });
    root.querySelectorAll("[data-prints]").forEach((button) => button.addEventListener("click", () => window.print()));
  };
  document.addEventListener("DOMContentLoaded", () => ready(document));
  document.addEventListener("htmx:afterSwap", (event) => ready(event.target));

  // A column goes up or down in its place in the list; the cursor goes with it.
  const move = (line, by, focus) => {
    const other = by < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(line); else other.after(line);
    focus.focus();
    line.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".column-list button");
    if (!button) return;
    event.preventDefault();
    move(button.closest("li"), button.name === "up" ? -1 : 1, button);
  });
  document.addEventListener("keydown", (event) => {
    const line = event.target.closest(".column-list li");
    if (!line || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const by = event.key === "ArrowUp" ? -1 : 1;
    if (event.altKey) { move(line, by, event.target); return; }
    const next = by < 0 ? line.previousElementSibling : line.nextElementSibling;
    const to = next && next.querySelector("input[type=checkbox], button");
    if (to) to.focus();
  });
})();
