// A calendar that knows workdays beside every field for a date; without this file the browser's own field is all there is.
"use strict";
(() => {
  const WEEKDAYS = "日一二三四五六";
  const FAR = 800;  // days; beyond, a count of workdays says nothing to anybody
  const DAY = 86400000;
  const iso = (day) => day.toISOString().slice(0, 10);
  const parsed = (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null);
  const plus = (day, count) => new Date(day.getTime() + count * DAY);
  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.append(...children);
    return made;
  };

  // The days off and the make-up workdays of each year, asked for once.
  const years = new Map();
  const NOTHING = { off: {}, work: {}, known: false };
  const year = (input, number) => {
    if (!years.has(number)) {
      const address = input.dataset.workdays.replace(/\d+/, number);
      years.set(number, fetch(address).then((answer) => (answer.ok ? answer.json() : NOTHING)).catch(() => NOTHING));
    }
    return years.get(number);
  };
  const loaded = async (input, from, until) => {
    const found = new Map();
    for (let number = from.getUTCFullYear(); number <= until.getUTCFullYear(); number += 1) found.set(number, await year(input, number));
    const of = (day) => found.get(day.getUTCFullYear()) || NOTHING;
    return {
      off: (day) => (of(day).work[iso(day)] ? "" : of(day).off[iso(day)] || (day.getUTCDay() % 6 ? "" : "周末")),
      work: (day) => of(day).work[iso(day)] || "",
      known: (day) => of(day).known,
    };
  };

  const spoken = (day, today) => `${day.getUTCFullYear() === today.getUTCFullYear() ? "" : `${day.getUTCFullYear()}年`}${day.getUTCMonth() + 1}月${day.getUTCDate()}日（星期${WEEKDAYS[day.getUTCDay()]}）`;
  const sentence = async (input) => {
    const day = parsed(input.value);
    const today = parsed(input.dataset.today);
    if (!day || day.getUTCFullYear() < 1990 || day.getUTCFullYear() > 2100) return "";
    const near = Math.abs(day - today) / DAY <= FAR;
    const [first, last] = day < today ? [day, today] : [today, day];
    const days = await loaded(input, near ? first : day, plus(near ? last : day, 20));
    const why = days.off(day);
    let said = `星期${WEEKDAYS[day.getUTCDay()]}，工作日${days.work(day) ? `（${days.work(day)}调休上班）` : ""}`;
    if (why) {
      let next = day;
      while (days.off(next)) next = plus(next, 1);
      said = `星期${WEEKDAYS[day.getUTCDay()]}，休息日（${why}），顺延到${spoken(next, today)}`;
    }
    if (+day === +today) said += "；就是今天";
    else if (near) {
      let count = 0;
      for (let one = plus(first, 1); one <= last; one = plus(one, 1)) if (!days.off(one)) count += 1;
      said += day > today ? `；距今还有${count}个工作日` : `；已过去${count}个工作日`;
    }
    return `${said}。${days.known(day) ? "" : "这一年的放假安排还没有公布，暂按周末和法定节假日推算。"}`;
  };

  // One calendar for all fields of a page: the grid of dates with its keys, in a dialog.
  let field = null;
  let at = null;  // the day that has the focus
  const heading = make("h2", { id: "calendar-month", "aria-live": "polite" });
  const body = make("tbody");
  const button = (label, text, press) => {
    const made = make("button", { type: "button", class: "btn small", "aria-label": label }, text);
    made.addEventListener("click", press);
    return made;
  };
  const choose = (day) => {
    field.value = iso(day);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    dialog.close();
  };
  const months = (count) => {
    const to = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count, 1));
    const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
    return new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth(), Math.min(at.getUTCDate(), last)));
  };
  const grid = make("table", { role: "grid", "aria-labelledby": "calendar-month" },
    make("thead", {}, make("tr", {}, ...[..."一二三四五六日"].map((name) => make("th", { scope: "col", abbr: `星期${name}` }, name)))), body);
  const dialog = make("dialog", { id: "calendar", "aria-label": "选日期" },
    make("div", { class: "calendar-head" },
      button("上一月", "‹", () => show(months(-1), false)), heading, button("下一月", "›", () => show(months(1), false))),
    grid,
    make("p", { class: "quiet" }, "“休”是放假或周末，“班”是调休上班。"),
    make("p", { class: "act" }, button("选今天", "今天", () => choose(parsed(field.dataset.today))), button("不选，关闭日历", "关闭", () => dialog.close())));

  const cell = (day, days) => {
    const why = days.off(day);
    const worked = days.work(day);
    const today = field.dataset.today === iso(day);
    const made = make("td", {
      role: "gridcell", tabindex: "-1", "data-day": iso(day),
      "aria-label": `${day.getUTCMonth() + 1}月${day.getUTCDate()}日，${why ? `休息日，${why}` : worked ? `${worked}调休上班` : "工作日"}${today ? "，今天" : ""}`,
      "aria-selected": String(field.value === iso(day)),
    }, String(day.getUTCDate()));
    if (why || worked) made.append(make("small", {}, why ? "休" : "班"));
    made.classList.toggle("off", Boolean(why));
    made.classList.toggle("other", day.getUTCMonth() !== at.getUTCMonth());
    if (today) made.setAttribute("aria-current", "date");
    return made;
  };
  const show = async (to, focus = true) => {
    at = to;
    const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
    const monday = plus(first, -((first.getUTCDay() + 6) % 7));
    const days = await loaded(field, monday, plus(monday, 41));
    if (at !== to) return;  // another month was asked for in the meantime
    heading.textContent = `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月`;
    const weeks = [];
    for (let week = monday; week.getUTCMonth() === at.getUTCMonth() || week <= first; week = plus(week, 7)) {
      weeks.push(make("tr", {}, ...[0, 1, 2, 3, 4, 5, 6].map((count) => cell(plus(week, count), days))));
    }
    body.replaceChildren(...weeks);
    const here = body.querySelector(`[data-day="${iso(at)}"]`);
    here.tabIndex = 0;
    if (focus) here.focus();
  };
  const KEYS = {
    ArrowLeft: () => plus(at, -1), ArrowRight: () => plus(at, 1), ArrowUp: () => plus(at, -7), ArrowDown: () => plus(at, 7),
    Home: () => plus(at, -((at.getUTCDay() + 6) % 7)), End: () => plus(at, 6 - ((at.getUTCDay() + 6) % 7)),
    PageUp: (shift) => months(shift ? -12 : -1), PageDown: (shift) => months(shift ? 12 : 1),
  };
  body.addEventListener("keydown", (event) => {
    const turn = KEYS[event.key];
    if (turn) { event.preventDefault(); show(turn(event.shiftKey)); }
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(at); }
  });
  body.addEventListener("click", (event) => {
    const day = event.target.closest("[data-day]");
    if (day) choose(parsed(day.dataset.day));
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  let numbered = 0;
  const ready = (root) => root.querySelectorAll("input[data-workdays]:not(.with-calendar)").forEach((input) => {
    const label = input.closest("label");  // a button in it would be part of the field's name: it stands behind it
    input.classList.add("with-calendar");
    numbered += 1;
    const note = make("p", { class: "help workday", id: `workday-${numbered}`, role: "status" });
    const open = button(label ? `打开日历：${label.textContent.trim()}` : "打开日历", "日历", async () => {
      if (!dialog.isConnected) document.body.append(dialog);
      field = input;
      await show(parsed(input.value) || parsed(input.dataset.today), false);
      dialog.showModal();
      body.querySelector("[tabindex='0']").focus();
    });
    if (label) {
      label.after(open);
      return;
    }
    open.setAttribute("aria-describedby", note.id);
    input.after(" ", open, note);
    input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), note.id].filter(Boolean).join(" "));
    let turn = 0;
    const tell = async () => {
      turn += 1;
      const mine = turn;
      const said = await sentence(input);
      if (mine === turn) note.textContent = said;
    };
    input.addEventListener("input", tell);
    input.addEventListener("change", tell);
    tell();
  });
  document.addEventListener("DOMContentLoaded", () => ready(document));
  document.addEventListener("htmx:afterSwap", (event) => ready(event.target));
})();
