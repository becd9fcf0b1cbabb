"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const cards = all(".card");
  const path = document.querySelector("#join path");
  let chosen = null;
  let place = -1;

  // The marks of each conflict, so that nothing is searched for on every step.
  const marks = new Map();
  for (const mark of all("a.figure")) {
    for (const number of mark.dataset.conflicts.split(" ")) {
      if (!marks.has(number)) marks.set(number, []);
      marks.get(number).push(mark);
    }
  }
  const lit = () => (chosen && marks.get(chosen.dataset.number)) || [];
  const places = () => lit().filter((mark) => mark.querySelector("sup"));

  // A line from each figure of the chosen conflict to the next.
  const join = () => {
    if (!path) return;
    const text = document.getElementById("text").getBoundingClientRect();
    const boxes = places().map((mark) => mark.getClientRects()[0]).filter(Boolean);
    let line = "";
    for (let i = 1; i < boxes.length; i++) {
      const [a, b] = [boxes[i - 1], boxes[i]];
      const level = Math.abs(a.top - b.top) < 4;
      const [x1, x2] = [a.left + a.width / 2 - text.left, b.left + b.width / 2 - text.left];
      const down = a.top <= b.top;
      const y1 = (level ? a.top : down ? a.bottom : a.top) - text.top;
      const y2 = (level ? b.top : down ? b.top : b.bottom) - text.top;
      const bend = level ? -18 : (y2 - y1) / 2;
      line += `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${level ? y2 + bend : y2 - bend} ${x2} ${y2}`;
    }
    path.setAttribute("d", line);
  };

  const choose = (card) => {
    for (const mark of lit()) mark.classList.remove("lit");
    if (chosen) chosen.classList.remove("chosen");
    chosen = card;
    place = -1;
    if (!card) return join();
    card.classList.add("chosen");
    for (const mark of lit()) mark.classList.add("lit");
    join();
  };

  const step = (by) => {
    const shown = cards.filter((card) => !card.hidden);
    if (!shown.length) return;
    const at = shown.indexOf(chosen);
    const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(at + by, 0), shown.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  const open = () => {
    const found = places();
    if (!found.length) return;
    place = (place + 1) % found.length;
    found[place].closest("details").open = true;
    join();
    found[place].scrollIntoView({ block: "center" });
  };

  for (const card of cards) {
    card.addEventListener("focusin", () => { if (card !== chosen) choose(card); });
    card.addEventListener("click", (event) => {
      if (!event.target.closest("a, input, button, label")) { choose(card); open(); }
    });
  }
  for (const mark of all("a.figure")) {
    mark.addEventListener("click", (event) => {
      event.preventDefault();
      const card = document.getElementById(`c${mark.dataset.conflicts.split(" ")[0]}`);
      card.hidden = false;
      card.scrollIntoView({ block: "nearest" });
      card.focus({ preventScroll: true });
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, button, a, summary")) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "Enter" && chosen) { event.preventDefault(); open(); }
    else if (event.key === "Escape") choose(null);
  });
  window.addEventListener("resize", join);
  all("details").forEach((one) => one.addEventListener("toggle", join));

  const filters = document.getElementById("filters");
  if (filters) {
    filters.addEventListener("submit", (event) => event.preventDefault());
    filters.addEventListener("change", () => {
      const levels = new Set(all("[name=severity]:checked", filters).map((box) => box.value));
      const rule = filters.elements.rule.value;
      for (const card of cards) {
        card.hidden = !levels.has(card.dataset.severity) || (rule !== "" && card.dataset.rule !== rule);
      }
      if (chosen && chosen.hidden) choose(null);
    });
  }
})();
