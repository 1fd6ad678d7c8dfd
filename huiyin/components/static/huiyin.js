// Small helps only: every page works without this file.
"use strict";
(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const theme = () => document.documentElement.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  theme();
  dark.addEventListener("change", theme);

  // What was done is said aloud, stays where it was written and covers nothing; it goes when closed, or after a while in
  // which nobody points at it or has the focus in it. Its place stays empty then, so that nothing slides under the hand.
  const STAYS = 10000;
  const told = (line) => {
    let turn = 0;
    const gone = () => line.classList.add("gone");
    const wait = () => { window.clearTimeout(turn); turn = window.setTimeout(gone, STAYS); };
    const hold = () => window.clearTimeout(turn);
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.setAttribute("aria-label", "关闭这条消息");
    close.textContent = "×";
    close.addEventListener("click", () => { hold(); line.remove(); });
    line.append(close);
    if (line.classList.contains("message-error")) return;
    line.addEventListener("pointerenter", hold);
    line.addEventListener("focusin", hold);
    line.addEventListener("pointerleave", () => { if (!line.contains(document.activeElement)) wait(); });
    line.addEventListener("focusout", () => { if (!line.matches(":hover")) wait(); });
    wait();
  };
  document.addEventListener("DOMContentLoaded", () => {
    const region = document.getElementById("messages");
    const lines = [...region.children];
    lines.forEach(told);
    region.replaceChildren();  // a screen reader hears what comes into the region, not what stood there at first
    region.append(...lines);
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
