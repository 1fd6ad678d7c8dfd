// Keyboard shortcuts. What they are stands in the sheet of the page (components/shortcuts.py); without this file none work.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const sheet = document.getElementById("shortcuts");
  if (!sheet) return;
  const rows = [...sheet.querySelectorAll("[data-keys]")];
  const known = rows.flatMap((row) => row.dataset.keys.split("|").map((way) => ({ row, way, act: row.dataset.act })));

  // Single letters can be turned off, for those who speak to the machine; kept in this browser.
  const KEPT = "single-keys";
  const kept = (value) => {
    try {
      if (value !== undefined) window.localStorage.setItem(KEPT, value);
      return window.localStorage.getItem(KEPT);
    } catch { return value || null; }
  };
  let single = kept() !== "off";
  const switches = [...document.querySelectorAll("[data-single-keys]")];
  switches.forEach((box) => {
    box.closest("[hidden]").hidden = false;
    box.checked = single;
    box.addEventListener("change", () => {
      single = box.checked;
      kept(single ? "on" : "off");
      switches.forEach((other) => { other.checked = single; });
    });
  });

  // Rows of a list: the first link of each that opens it.
  const links = () => [...document.querySelectorAll("[data-row] a.title, [data-row] td.title a, [data-row] .what a, [data-row] .when a")]
    .filter((link, place, all) => all.findIndex((one) => one.closest("[data-row]") === link.closest("[data-row]")) === place);
  const move = (by) => {
    const all = links();
    const at = all.findIndex((link) => link.closest("[data-row]").contains(document.activeElement));
    const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
    if (next) next.focus();
  };
  const carrying = (way) => document.querySelector(`[data-key~="${CSS.escape(way)}"]`);
  const box = () => document.activeElement.closest("[data-row]")?.querySelector("input[type=checkbox][name=rows]");
  const form = () => document.activeElement.closest("form") || document.querySelector("main form.step-form");
  const help = () => {
    const there = { press: (row) => row.dataset.keys.split("|").some(carrying), next: links, previous: links, open: links, tick: () => document.querySelector("[data-row] input[name=rows]"), send: form };
    rows.forEach((row) => {
      const found = there[row.dataset.act] ? there[row.dataset.act](row) : true;
      row.hidden = !found || found.length === 0;
    });
    sheet.showModal();
  };
  const acts = {
    next: () => move(1),
    previous: () => move(-1),
    help,
    go: (row) => { window.location.href = row.dataset.go; },
    press: (row, way) => {
      const target = carrying(way);
      if (!target) return false;
      if (target.matches("input, select, textarea")) { target.focus(); target.select?.(); } else target.click();
      return true;
    },
    tick: () => {
      const found = box();
      found?.click();
      return Boolean(found);
    },
    send: () => {
      const found = form();
      if (!found) return false;
      found.requestSubmit(found.querySelector(".btn-primary"));
      return true;
    },
    close: (row, way) => {
      const open = document.querySelector("details.me[open]");
      if (!open) return acts.press(row, way);
      open.open = false;
      open.querySelector("summary").focus();
      return true;
    },
  };

  const WIDE = { "？": "?", "。": ".", "／": "/" };  // a Chinese keyboard's own
  let before = "";
  let forget = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || event.altKey) return;
    if (["Control", "Shift", "Meta"].includes(event.key) || document.querySelector("dialog[open]")) return;
    const key = WIDE[event.key] || event.key;
    const stroke = event.ctrlKey || event.metaKey ? `Control+${key}` : key;
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (typing && stroke !== "Control+Enter") return;
    if (stroke.length === 1 && !single) return;
    const pressed = before ? `${before} ${stroke}` : stroke;
    window.clearTimeout(forget);
    before = "";
    const found = known.find((one) => one.way === pressed);
    if (found) {
      if (acts[found.act] && acts[found.act](found.row, found.way) !== false) event.preventDefault();
    } else if (known.some((one) => one.way.startsWith(`${pressed} `))) {
      before = pressed;
      forget = window.setTimeout(() => { before = ""; }, 1500);
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-sheet]")) { event.preventDefault(); help(); }
  });
});
