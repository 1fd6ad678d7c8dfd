// Small helps only: every page works without this file.
"use strict";
(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const theme = () => document.documentElement.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  theme();
  dark.addEventListener("change", theme);

  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input, select, textarea")) target.focus(); else target.click();
  });
})();
