// The ledger by keyboard: columns are put in order. Every page works without this file.
"use strict";
(() => {
  const ready = (root) => {
    root.querySelectorAll("[data-prints][hidden], [data-with-script][hidden]").forEach((part) => { part.hidden = false; });
    root.querySelectorAll("[data-prints]").forEach((button) => button.addEventListener("click", () => window.print()));
  };
  document.addEventListener("DOMContentLoaded", () => ready(document));
  document.addEventListener("htmx:afterSwap", (event) => ready(event.target));

  // What is ticked: a whole page with one box, a row at the cursor with x (keys.js); how many are is said.
  const MANY = "[name=rows]:not([data-page])";
  const count = (form) => {
    const boxes = [...form.querySelectorAll(MANY)];
    const ticked = boxes.filter((box) => box.checked).length;
    const page = form.querySelector("[data-page]");
    const list = form.querySelector("[data-list]");
    if (page) page.checked = ticked > 0 && ticked === boxes.length;
    const told = document.getElementById("picked");
    const all = list && list.checked ? list.dataset.list : ticked;
    if (told) told.textContent = Number(all) ? `已选 ${all} 件。` : "";
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest("#picking");
    if (!form) return;
    if (event.target.matches("[data-page]")) form.querySelectorAll(MANY).forEach((box) => { box.checked = event.target.checked; });
    count(form);
  });
  window.addEventListener("pageshow", () => { const form = document.getElementById("picking"); if (form) count(form); });

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
