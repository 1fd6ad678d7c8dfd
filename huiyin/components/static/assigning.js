// The assignment workbench by keyboard: units are found while one types; without this file their names are written out.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const bench = document.getElementById("bench");
  document.querySelectorAll("[data-prints]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => window.print()); });
  if (!bench) return;
  const MOST = 8;
  const units = [...document.querySelectorAll("#units li[data-name]")].map((line) => ({ ...line.dataset, line, keys: line.dataset.keys.split(" ") }));
  const lines = [...bench.querySelectorAll("[data-units]")];
  bench.querySelectorAll("[hidden][data-fill], .keys[hidden]").forEach((part) => { part.hidden = false; });

  // The same order as in people/finding.py: so called, begins so, has it inside, does it.
  const rank = (unit, words) => {
    if (unit.keys.includes(words)) return 0;
    if (unit.keys.some((key) => key.startsWith(words))) return 1;
    if (unit.keys.some((key) => key.includes(words))) return 2;
    return unit.duties.includes(words) ? 3 : 4;
  };
  const search = (words) => units.map((unit) => [rank(unit, words), unit]).filter(([place]) => place < 4)
    .sort((one, other) => one[0] - other[0]).map(([, unit]) => unit);

  // The directory itself: what does not fit is hidden.
  const find = document.getElementById("find-units");
  find.addEventListener("input", () => {
    const words = find.value.trim().toLowerCase();
    units.forEach((unit) => { unit.line.hidden = Boolean(words) && rank(unit, words) === 4; });
  });
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });

  // One list of suggestions, under the line that is written in.
  const list = document.createElement("ul");
  list.id = "unit-choices";
  list.className = "choices";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "相近的单位");
  let active = 0, shown = [];
  const piece = (line) => {
    const before = line.value.slice(0, line.selectionStart);
    const from = Math.max(...["、", "，", ",", "；", ";", "\n"].map((mark) => before.lastIndexOf(mark))) + 1;
    return { from, to: line.selectionStart, words: before.slice(from).trim().toLowerCase() };
  };
  // A box of several lines is no combobox to a screen reader; the list works there all the same.
  const told = (line, expanded, active) => {
    if (line.matches("textarea")) return;
    line.setAttribute("aria-expanded", expanded);
    if (active) line.setAttribute("aria-activedescendant", active.id); else line.removeAttribute("aria-activedescendant");
  };
  const close = (line) => {
    shown = [];
    list.remove();
    told(line, "false", null);
  };
  const mark = (line) => {
    [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === active)));
    told(line, "true", list.children[active]);
    list.children[active].scrollIntoView({ block: "nearest" });
  };
  const open = (line) => {
    const { words } = piece(line);
    shown = words && !/[:：]/.test(words) ? search(words).slice(0, MOST) : [];
    if (!shown.length) { close(line); return; }
    list.replaceChildren(...shown.map((unit, place) => {
      const one = document.createElement("li");
      const name = document.createElement("strong");
      const load = document.createElement("span");
      one.id = `unit-choice-${place}`;
      one.setAttribute("role", "option");
      name.textContent = unit.name;
      load.textContent = unit.load;
      one.append(name, " ", load);
      one.addEventListener("mousedown", (event) => { event.preventDefault(); choose(line, place); });
      return one;
    }));
    line.after(list);
    active = 0;
    mark(line);
  };
  const choose = (line, place) => {
    const { from, to } = piece(line);
    const name = shown[place].name + (line.matches("textarea") ? "：" : "、");
    line.setRangeText(name, from, to, "end");
    close(line);
    count();
  };
  const onward = (line) => {
    const visible = lines.filter((one) => one.offsetParent);
    const next = visible[visible.indexOf(line) + 1];
    if (next) next.focus(); else bench.querySelector(".save .btn-primary").focus();
  };
  lines.forEach((line) => {
    if (!line.matches("textarea")) {
      line.setAttribute("role", "combobox");
      line.setAttribute("aria-autocomplete", "list");
      line.setAttribute("aria-controls", list.id);
    }
    told(line, "false", null);
    line.addEventListener("input", (event) => { if (!event.isComposing) open(line); count(); });
    line.addEventListener("compositionend", () => open(line));
    line.addEventListener("blur", () => close(line));
    line.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const many = shown.length;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); bench.requestSubmit(bench.querySelector(".save .btn-primary")); return; }
      if (many && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
        event.preventDefault();
        active = (active + (event.key === "ArrowDown" ? 1 : many - 1)) % many;
        mark(line);
      } else if (many && event.key === "Escape") { event.preventDefault(); close(line); }
      else if (many && event.key === "Tab" && !event.shiftKey) choose(line, active);
      else if (event.key === "Enter" && many) { event.preventDefault(); choose(line, active); }
      else if (event.key === "Enter" && !line.matches("textarea")) { event.preventDefault(); onward(line); }
    });
  });

  // What was done before is filled in when it is pressed, and saved only with the rest.
  bench.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    if (!button) return;
    const of = (name) => document.getElementById(`id_item-${button.dataset.fill}-${name}`);
    of("lead").value = button.dataset.lead;
    of("co").value = button.dataset.co;
    of("lead").focus();
    count();
  });

  // How many rows are written in; leaving with unsaved rows is asked about.
  const written = document.getElementById("written");
  let sending = false;
  const rows = () => [...bench.querySelectorAll(".to-assign > li")].filter((row) => [...row.querySelectorAll("[data-units]")].some((line) => line.value.trim())).length;
  const count = () => { const many = rows(); written.textContent = many ? `已填 ${many} 件，还没有保存。` : ""; };
  bench.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => { if (!sending && rows()) event.preventDefault(); });
  count();
  const first = bench.querySelector(".refused [data-units]") || lines[0];
  if (first) first.focus({ preventScroll: !first.closest(".refused") });
});
