// "取当前位置" beside a field for a position; without this file the field is written in by hand.
"use strict";
(() => {
  const INSTEAD = "也可以只在“地点”里写明路名、院名。";
  const WHY = {
    1: `手机没有允许取位置。请在浏览器的网站设置里允许使用位置，再点一次；${INSTEAD}`,
    2: `手机现在取不到位置。请打开定位、走到空旷处再点一次；${INSTEAD}`,
    3: `等了二十秒还没有取到位置。请走到空旷处再点一次；${INSTEAD}`,
  };
  const hindrance = () => {
    if (!window.isSecureContext) return `这个网址不是 https 开头的，浏览器不让取位置，请联系系统管理员；${INSTEAD}`;
    return navigator.geolocation ? "" : `这台设备不能取位置；${INSTEAD}`;
  };
  const side = (degrees, positive, negative) => `${Math.abs(degrees).toFixed(4)}°${degrees < 0 ? negative : positive}`;
  const written = ({ latitude, longitude, accuracy }) => `${side(latitude, "N", "S")}, ${side(longitude, "E", "W")}（约±${Math.max(1, Math.round(accuracy))}米）`;

  const ready = (part) => part.querySelectorAll("input[data-position]:not([data-ready])").forEach((input) => {
    input.dataset.ready = "";
    const button = document.createElement("button");
    const note = document.createElement("p");
    Object.assign(button, { type: "button", className: "btn mt-2", textContent: "取当前位置" });
    note.className = "help";
    note.setAttribute("role", "status");
    input.after(button, note);
    const say = (words) => { button.disabled = false; note.textContent = words; };
    button.addEventListener("click", () => {
      const why = hindrance();
      if (why) {
        say(why);
        return;
      }
      button.disabled = true;
      note.textContent = "正在取位置……";
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        input.value = written(coords);
        input.dispatchEvent(new Event("input", { bubbles: true }));
        say("已填好。误差大的，走到空旷处再点一次。");
      }, (error) => say(WHY[error.code] || WHY[2]), { enableHighAccuracy: true, timeout: 20000, maximumAge: 0 });
    });
  });
  document.addEventListener("DOMContentLoaded", () => ready(document));
  document.addEventListener("htmx:afterSwap", (event) => ready(event.target));
})();
