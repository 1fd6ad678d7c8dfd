// Small helps only: every page works without this file.
"use strict";
(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const theme = () => document.documentElement.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  theme();
  dark.addEventListener("change", theme);

  // j and k move through the rows of a list, Enter opens one; other keys stand on what they press (data-key).
  const rows = () => [...document.querySelectorAll("[data-row] a.title, [data-row] td.title a, [data-row] .what a, [data-row] .when a")]
    .filter((link, place, all) => all.findIndex((one) => one.closest("[data-row]") === link.closest("[data-row]")) === place);
  const move = (by) => {
    const all = rows();
    const at = all.findIndex((link) => link.closest("[data-row]").contains(document.activeElement));
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next) next.focus();
  };
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "j" || event.key === "k") { move(event.key === "j" ? 1 : -1); return; }
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input, select, textarea")) target.focus(); else target.click();
  });

  // A line that looks names up and adds them to the box above it.
  const ready = (root) => root.querySelectorAll(".adding[hidden]").forEach((line) => {
    line.hidden = false;
    const input = line.querySelector("input");
    const area = document.getElementById(input.dataset.addsTo);
    const add = () => {
      const name = input.value.trim();
      if (name) area.value = area.value.trim() ? `${area.value.trim()}\n${name}` : name;
      input.value = "";
      input.focus();
    };
    line.querySelector("button").addEventListener("click", add);
    input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); add(); } });
  });
  document.addEventListener("DOMContentLoaded", () => ready(document));

  // A form is sent once, however often the button is pressed.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  document.addEventListener("focusin", (event) => { if (event.target.matches("input.copy")) event.target.select(); });
})();
