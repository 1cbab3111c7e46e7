// What the page does beyond being read: the values under a pointer, and tables sorted by a column.
// Without it the page is whole: a browser shows the same values as titles. Its words are the page's (data-… of body).
"use strict";
(() => {
  const words = document.body.dataset;

  // -- values: unseen shapes over a chart, each with a title of its own
  const tip = document.body.appendChild(document.createElement("div"));
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "status");
  let shown = null;

  const hide = () => {
    shown?.classList.remove("shown");
    shown = null;
    tip.hidden = true;
  };

  const show = (shape, x, y) => {
    if (shape !== shown) {
      hide();
      shown = shape;
      shape.classList.add("shown");
      tip.textContent = shape.dataset.told;
      tip.hidden = false;
    }
    const beside = x + 14 + tip.offsetWidth > innerWidth - 8 ? x - 14 - tip.offsetWidth : x + 14;
    tip.style.left = `${Math.max(8, beside)}px`;
    tip.style.top = `${Math.max(8, Math.min(y + 14, innerHeight - tip.offsetHeight - 8))}px`;
  };

  const told = (chart) => {
    const shapes = [...chart.querySelectorAll(".told > *")];
    for (const shape of shapes) {
      const title = shape.querySelector("title");
      shape.dataset.told = title.textContent;
      title.remove(); // else the browser shows it a second time
    }
    if (!shapes.length) return;
    let at = -1; // where the keys are; scrolling hides the values and not the place
    const under = (event) => {
      const shape = event.target.closest("[data-told]");
      if (shape) show(shape, event.clientX, event.clientY);
      else hide();
    };
    chart.addEventListener("pointermove", under);
    chart.addEventListener("pointerdown", under);
    chart.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hide());
    chart.addEventListener("blur", () => {
      hide();
      at = -1;
    });
    chart.tabIndex = 0;
    chart.addEventListener("keydown", (event) => {
      if (shapes.includes(shown)) at = shapes.indexOf(shown);
      const to = { ArrowRight: at + 1, ArrowLeft: at < 0 ? shapes.length - 1 : at - 1, Home: 0, End: shapes.length - 1 };
      if (event.key === "Escape") hide();
      if (!(event.key in to)) return;
      event.preventDefault();
      at = Math.max(0, Math.min(to[event.key], shapes.length - 1));
      const shape = shapes[at];
      const box = shape.getBoundingClientRect();
      show(shape, box.x + box.width / 2, box.y + box.height / 3);
    });
  };
  document.querySelectorAll(".chart > svg").forEach(told);
  document.addEventListener("scroll", hide, { passive: true });

  // -- the other language opens where this one is read
  document.querySelector(".language a")?.addEventListener("click", (event) => {
    const begun = [...document.querySelectorAll("main section[id]")].filter((s) => s.getBoundingClientRect().top < innerHeight / 2);
    event.currentTarget.hash = scrollY > 0 ? (begun.at(-1)?.id ?? "") : "";
  });

  // -- tables: a heading sorts upwards, then downwards, then as it was; what is missing stays at the end
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };

  const value = (cell) => {
    const text = cell.textContent.trim();
    if (text === "—" || text === "") return null;
    const number = Number(text.replace(/[,%\s]/g, "").replace("−", "-"));
    return Number.isNaN(number) ? text : number;
  };

  const compare = (a, b, sign) => {
    if (a === null || b === null) return (a === null) - (b === null);
    return sign * (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b));
  };

  const sortable = (table) => {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    if (rows.length < 3) return;
    const headings = [...table.tHead.rows[0].cells];
    headings.forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = words.sort;
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const way = NEXT[heading.getAttribute("aria-sort") ?? "none"];
        headings.forEach((other) => other.removeAttribute("aria-sort"));
        if (way !== "none") heading.setAttribute("aria-sort", way);
        const sign = way === "descending" ? -1 : 1;
        const by = (a, b) => compare(value(a.cells[column]), value(b.cells[column]), sign);
        body.append(...(way === "none" ? rows : [...rows].sort(by)));
      });
    });
  };
  document.querySelectorAll("table").forEach(sortable);
})();
