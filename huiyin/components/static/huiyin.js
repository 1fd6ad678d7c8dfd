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
  document.addEventListener("htmx:afterSwap", (event) => ready(event.target));

  // After a new log-in in another window the token of this page is old; the cookie holds the present one.
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1];
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb === "post" && token()) event.detail.parameters.set("csrfmiddlewaretoken", token());
  });
  // What was typed stays where it is when it could not be sent; a page without a form goes to the log-in.
  const NOT_SENT = "没有存上。可能是登录已经失效或者网络断了：请另开一页登录，再回到这里接着办，写的字都还在。";
  const failed = (event) => {
    const form = event.target.closest("form");
    if (form) {
      const line = form.querySelector(".keeping");
      if (line) line.textContent = NOT_SENT;
      delete form.dataset.sent;
    } else if (event.detail.xhr.status === 401) window.location.reload();
  };
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);

  // A form is sent once, however often the button is pressed.
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  document.addEventListener("focusin", (event) => { if (event.target.matches("input.copy")) event.target.select(); });
})();
