// The page's half of the explorer: filters, figure, tables, lists. The kernel counts; nothing is fetched. `Plotly` stands above.

const FOCUSED = ["button", "input", "select", "summary", "tr"];

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  // JupyterLab takes single keys for commands on cells wherever the element that has the focus does not say this itself
  if (FOCUSED.includes(tag)) element.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
};

const fill = (element, ...children) => element.replaceChildren(...children.filter((child) => child != null));

function render({ model, el }) {
  const spec = model.get("spec");
  const { words, months } = spec;
  let state = structuredClone(model.get("state"));
  let sent = state.n; // the number of the last state that the kernel was told
  let listed = null; // what the list of cases is of, to be asked again
  let sorting = {}; // by table: [column, 1 or -1]

  // One question at a time: what is chosen while the kernel counts is asked when it has answered.
  const waiting = () => model.get("shown").n < sent;
  const choose = (changes) => {
    Object.assign(state, changes);
    saved.value = ""; // what is seen is that view no more: chosen again it opens again
    paintControls();
    if (!waiting()) tell();
  };
  const tell = () => {
    state.n = sent = sent + 1;
    root.dataset.asked = String(sent);
    root.dataset.begun = String(performance.now());
    root.setAttribute("aria-busy", "true");
    clearTimeout(tell.late);
    tell.late = setTimeout(() => root.classList.add("is-late"), 250); // quick answers do not flicker
    // a message of its own: changes of a model are held back while the kernel is busy
    ask({ do: "choose", state });
    clearTimeout(tell.lost);
    const again = () => { // neither a lost answer nor a drawing that never ended leaves the page waiting
      if (root.getAttribute("aria-busy") === "false") return;
      ask({ do: "choose", state: { ...state, n: sent } });
      tell.lost = setTimeout(again, 20000);
    };
    tell.lost = setTimeout(again, 20000);
  };
  const ask = (content) => model.send(content);

  // -- filters

  const boxes = {};
  const filterOf = ({ name, label, values }) => {
    const rows = values.map((value, at) => {
      const box = make("input", { type: "checkbox", onchange: () => toggle(name, at, box.checked) });
      const bar = make("span", { class: "bar" });
      const count = make("span", { class: "count" });
      return { box, bar, count, row: make("label", { class: "choice", title: value, hidden: !value }, bar, box, make("span", { class: "value" }, value), count), value };
    });
    const all = make("input", { type: "checkbox", onchange: () => setFilter(name, []) });
    const allCount = make("span", { class: "count" });
    const sought = values.length > 8
      ? make("input", { type: "search", placeholder: words.filter, "aria-label": `${label} ${words.filter}`, oninput: () => {
          for (const one of rows) one.row.hidden = !one.value || !one.value.includes(sought.value.trim());
        } })
      : null;
    boxes[name] = { all, allCount, rows };
    const head = make("legend", {}, label);
    const body = make("div", { class: "choices" }, make("label", { class: "choice" }, all, make("span", { class: "value" }, words.all), allCount), ...rows.map((one) => one.row));
    return make("fieldset", { "data-filter": name }, head, sought, body);
  };
  const setFilter = (name, places) => choose({ filters: { ...state.filters, [name]: places } });
  const toggle = (name, at, on) => {
    const before = state.filters[name] ?? [];
    setFilter(name, on ? [...before, at].sort((a, b) => a - b) : before.filter((place) => place !== at));
  };

  // -- the period: a brush over the filings of each month, and the same by two lists

  const WIDTH = 208, HIGH = 44;
  const svgMake = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const brush = svgMake("svg", { width: WIDTH, height: HIGH, class: "brush", "aria-hidden": "true" });
  const step = WIDTH / months.length, most = Math.max(1, ...spec.filed);
  const bars = spec.filed.map((cases, at) => {
    const high = (cases / most) * (HIGH - 4);
    const bar = svgMake("rect", { x: at * step, y: HIGH - high, width: Math.max(0.6, step - 0.5), height: high });
    brush.append(bar);
    return bar;
  });
  let from = null;
  const monthAt = (event) => Math.max(0, Math.min(months.length - 1, Math.floor((event.clientX - brush.getBoundingClientRect().left) / step)));
  brush.addEventListener("pointerdown", (event) => { from = monthAt(event); brush.setPointerCapture(event.pointerId); });
  const marked = (event) => { const to = monthAt(event); return [Math.min(from, to), Math.max(from, to)]; };
  brush.addEventListener("pointermove", (event) => { if (from != null) paintBrush(...marked(event)); });
  brush.addEventListener("pointerup", (event) => { const [start, end] = marked(event); from = null; choose({ start, end }); });
  const paintBrush = (start, end) => bars.forEach((bar, at) => bar.classList.toggle("in", at >= start && at <= end));
  const monthList = (label, change) => {
    const list = make("select", { "aria-label": `${words.period} ${label}`, onchange: () => change(Number(list.value)) }, ...months.map((month, at) => make("option", { value: at }, month)));
    return list;
  };
  const first = monthList(words.from, (start) => choose({ start, end: Math.max(start, state.end) }));
  const last = monthList(words.to, (end) => choose({ end, start: Math.min(end, state.start) }));
  const period = make("fieldset", { "data-filter": "period" }, make("legend", {}, words.period), brush,
    make("div", { class: "row" }, first, "–", last),
    make("button", { type: "button", class: "plain", onclick: () => choose({ start: 0, end: months.length - 1 }) }, words.whole));
  const clear = make("button", { type: "button", class: "plain", onclick: () => choose({ filters: {} }) }, words.clear);
  const filters = make("div", { class: "filters", role: "group", "aria-label": words.filters }, period, clear, ...spec.dimensions.map(filterOf));

  // -- the view

  const tabs = spec.views.map(([name, label]) => make("button", { type: "button", role: "tab", "data-view": name, onclick: () => choose({ view: name, by: 0, indicator: 0 }) }, label));
  const tablist = make("div", { role: "tablist", class: "tabs", "aria-label": words.view, onkeydown: (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + way + tabs.length) % tabs.length];
    next.focus();
    next.click();
  } }, ...tabs);
  const select = (label, change) => {
    const list = make("select", { "aria-label": label, onchange: () => change(list.value) });
    const whole = make("label", { class: "control" }, make("span", {}, label), list);
    return { list, whole };
  };
  const freq = select(words.freq, (value) => choose({ freq: value }));
  const by = select(words.by, (value) => choose({ by: Number(value) }));
  const sets = select(words.definitions, (value) => choose({ definitions: value, indicator: 0 }));
  const indicator = select(words.indicator, (value) => choose({ indicator: Number(value) }));
  const options = (list, pairs) => {
    const now = JSON.stringify(pairs);
    if (list.dataset.now !== now) fill(list, ...pairs.map(([value, label]) => make("option", { value }, label)));
    list.dataset.now = now;
  };
  options(freq.list, spec.freqs);
  options(sets.list, spec.sets);
  const total = make("div", { class: "total", role: "status" });
  const working = make("span", { class: "working", role: "status" }, words.working);
  const title = make("div", { class: "title" });
  const note = make("div", { class: "note" });
  const plot = make("div", { class: "plot", role: "img" });
  const said = make("div", { class: "said" });
  const tables = make("div", { class: "tables" });
  const list = make("section", { class: "list", hidden: true });
  const answer = make("span", { class: "answer", role: "status" });

  // -- what is saved

  const copy = make("button", { type: "button", class: "copy-as-code", onclick: async () => {
    await navigator.clipboard.writeText(model.get("shown").code);
    copy.textContent = words.copied;
    setTimeout(() => { copy.textContent = words.code; }, 1500);
  } }, words.code);
  const pictures = spec.pictures.map((format) => make("button", { type: "button", "data-format": format, onclick: () => ask({ do: "save_picture", format }) }, `${words.picture} ${format.toUpperCase()}`));
  const workbook = make("button", { type: "button", class: "to-excel", onclick: () => ask({ do: "save_tables" }) }, words.workbook);
  const saved = make("select", { class: "saved-views", "aria-label": words.saved_views, onchange: () => { if (saved.value) ask({ do: "open_view", name: saved.value }); } });
  const named = make("input", { type: "text", placeholder: words.view_name, "aria-label": words.view_name });
  const keep = make("button", { type: "button", class: "save-view", onclick: () => ask({ do: "keep_view", name: named.value }) }, words.save_view);
  const drop = make("button", { type: "button", onclick: () => { if (saved.value) ask({ do: "drop_view", name: saved.value }); } }, words.delete_view);
  const actions = make("div", { class: "actions" }, ...pictures, workbook, copy, saved, drop, named, keep, answer);
  const code = make("details", {}, make("summary", {}, words.code), make("pre", { class: "code" }));

  const controls = make("div", { class: "row" }, freq.whole, by.whole, sets.whole, indicator.whole, total, working);
  const main = make("div", { class: "main" }, tablist, controls, title, note, plot, list, said, tables, actions, code);
  const root = make("div", { class: "court-explorer", lang: spec.language === "zh" ? "zh-CN" : "en" }, filters, main);
  fill(el, root);

  // -- painting

  const paintControls = () => {
    first.value = state.start;
    last.value = state.end;
    paintBrush(state.start, state.end);
    tabs.forEach((tab) => {
      const on = tab.dataset.view === state.view;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    });
    freq.list.value = state.freq;
    sets.list.value = state.definitions;
    freq.whole.hidden = state.view !== "flow";
    by.whole.hidden = !spec.grouped.includes(state.view);
    sets.whole.hidden = state.view !== "indicators";
    indicator.whole.hidden = !["indicators", "peers"].includes(state.view);
    for (const [name, { all, rows }] of Object.entries(boxes)) {
      const chosen = state.filters[name] ?? [];
      all.checked = !chosen.length;
      all.disabled = !chosen.length;
      const on = new Set(chosen);
      rows.forEach(({ box }, at) => { if (box.checked !== on.has(at)) box.checked = on.has(at); });
    }
  };
  const number = new Intl.NumberFormat("en-US");
  const paintCounts = () => {
    const counts = model.get("counts");
    total.textContent = counts.total === counts.all ? `${number.format(counts.total)} ${words.cases}` : `${number.format(counts.total)} / ${number.format(counts.all)} ${words.cases}`;
    for (const [name, { allCount, rows }] of Object.entries(boxes)) {
      const found = counts.by[name]; // none where it would say who a pseudonym is
      const high = found ? Math.max(1, ...found) : 1;
      allCount.textContent = found ? number.format(found.reduce((sum, cases) => sum + cases, 0)) : "";
      rows.forEach((one, at) => {
        const now = found ? `${found[at]}/${high}` : "";
        if (one.now === now) return; // of thousands of officers most stay as they are
        one.now = now;
        one.count.textContent = found ? number.format(found[at]) : "";
        one.bar.style.width = found ? `${(100 * found[at]) / high}%` : "0";
        one.row.classList.toggle("empty", Boolean(found) && !found[at]);
      });
    }
  };
  const tableOf = (table, key, open) => {
    const order = table.rows.map((_, at) => at);
    const [column, way] = sorting[key] ?? [];
    if (column != null && column < table.columns.length) {
      const keys = table.keys[column];
      order.sort((a, b) => {
        if (keys[a] == null || keys[b] == null) return (keys[a] == null) - (keys[b] == null);
        return way * (typeof keys[a] === "number" ? keys[a] - keys[b] : String(keys[a]).localeCompare(String(keys[b]), "zh"));
      });
    }
    const heads = table.columns.map((name, at) => make("th", { class: table.numbers[at] ? "n" : "", scope: "col", "aria-sort": at === column ? (way > 0 ? "ascending" : "descending") : false },
      make("button", { type: "button", title: words.sort, onclick: () => { sorting[key] = [at, at === column ? -way : 1]; paintTables(); paintList(); } }, name, at === column ? (way > 0 ? " ▲" : " ▼") : "")));
    const rows = order.map((at) => make("tr", open ? { class: "opens", tabindex: 0, title: words.open_row, onclick: () => open(at), onkeydown: (event) => { if (event.key === "Enter") open(at); } } : {},
      ...table.rows[at].map((cell, place) => make("td", { class: table.numbers[place] ? "n" : cell.length > 18 ? "w" : "" }, cell))));
    const more = table.total > table.rows.length ? make("p", { class: "note" }, words.more_rows.replace("{shown}", table.rows.length).replace("{total}", number.format(table.total))) : null;
    const caption = table.caption ? make("p", { class: "caption" }, table.caption) : null;
    const notes = table.notes.map((note) => make("p", { class: "note" }, note));
    if (!table.rows.length) return make("div", {}, caption, make("p", { class: "note" }, words.no_rows), ...notes);
    return make("div", {}, caption, make("div", { class: "table" }, make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)), more), ...notes);
  };
  const paintTables = () => {
    const shown = model.get("shown");
    fill(tables, ...shown.tables.map((table, at) => tableOf(table, `${state.view} ${table.part}`, table.opens ? (row) => ask({ do: "list", place: { table: at, row } }) : null)));
  };
  const paintList = () => {
    list.hidden = !listed;
    if (!listed) return fill(list);
    const kinds = listed.kinds.map(([kind, label, cases]) => make("button", { type: "button", "aria-pressed": String(kind === listed.kind), onclick: () => ask({ do: "list", place: listed.place, kind }) }, `${label} ${number.format(cases)}`));
    const toExcel = make("button", { type: "button", class: "list-to-excel", onclick: () => ask({ do: "save_list", place: listed.place, kind: listed.kind }) }, words.list_workbook);
    const close = make("button", { type: "button", onclick: () => { listed = null; paintList(); } }, words.close);
    fill(list, make("div", { class: "row" }, make("strong", {}, listed.title), ...kinds, toExcel, close), tableOf(listed, "list", null));
  };
  const paintShown = async () => {
    const shown = model.get("shown");
    if (shown.n < sent) return;
    clearTimeout(tell.late);
    root.classList.remove("is-late");
    options(by.list, shown.by.map((label, at) => [at, label]));
    options(indicator.list, shown.indicators.map((label, at) => [at, label]));
    by.list.value = state.by;
    indicator.list.value = state.indicator;
    title.textContent = shown.title;
    note.textContent = shown.note;
    plot.hidden = !shown.figure;
    for (const button of pictures) button.disabled = !shown.figure;
    workbook.disabled = !shown.tables.length;
    fill(said, ...shown.messages.map((line) => make("p", { class: "message" }, line)), ...shown.sentences.map((line) => make("p", {}, line)));
    code.querySelector("pre").textContent = shown.code;
    if (listed && listed.of !== state.view) listed = null;
    paintList();
    if (shown.figure) await draw(shown);
    paintTables();
    root.setAttribute("aria-busy", "false");
    root.dataset.shown = String(shown.n);
    if (root.dataset.begun) root.dataset.took = String(Math.round(performance.now() - Number(root.dataset.begun)));
    root.dataset.kernel = String(shown.ms);
    if (state.n > shown.n || JSON.stringify({ ...state, n: 0 }) !== JSON.stringify({ ...model.get("state"), n: 0 })) tell();
    else if (listed) ask({ do: "list", place: listed.place, kind: listed.kind });
  };
  // Names of periods under panels narrower than those they were set for: smaller, then in lines; of many some.
  const narrowed = (axis, inside) => {
    const room = ((axis.domain?.[1] ?? 1) - (axis.domain?.[0] ?? 0)) * inside;
    const needed = () => Math.max(...axis.ticktext.flatMap((text) => text.split("<br>")).map((line) => 8 + [...line].reduce((sum, sign) => sum + (sign > "\u2e80" ? 11 : 6.5), 0))) * axis.ticktext.length;
    if ((needed() * 13) / 11 <= room) return;
    axis.tickfont = { size: 11 };
    if (axis.tickangle === 0) {
      for (const end of [/年(?=\d)/, /(至|–)(?!<br>)/]) if (needed() > room) axis.ticktext = axis.ticktext.map((text) => text.replace(end, "$&<br>"));
      return;
    }
    const step = Math.ceil(needed() / room);
    for (const key of ["ticktext", "tickvals"]) axis[key] = [...axis[key]].filter((_, at) => at % step === 0);
  };
  const draw = async (shown) => {
    const { data, layout } = JSON.parse(shown.figure);
    plot.setAttribute("aria-label", shown.alt);
    const inside = plot.offsetWidth - layout.margin.l - layout.margin.r;
    for (const [name, axis] of Object.entries(layout)) if (name.startsWith("xaxis") && axis.ticktext) narrowed(axis, inside);
    for (const note of layout.annotations ?? []) { // headings of narrow panels
      if (note.text.startsWith("<b>") && note.yref === "paper" && note.text.length * 8 > plot.offsetWidth / 3) note.font = { ...note.font, size: 10 };
    }
    draw.breadth = plot.offsetWidth;
    if (layout.hovermode?.startsWith("x")) layout.hoverdistance = -1; // a click anywhere on a broad bar is one on its period
    await Plotly.react(plot, data, { ...layout, autosize: true }, spec.config);
    if (draw.heard) return;
    draw.heard = true;
    plot.on("plotly_click", ({ points }) => {
      const point = points[0], axis = (name) => Number((point[name]?._id ?? "x").slice(1) || 1) - 1;
      ask({ do: "list", place: { x: point.x, y: point.y, panel: axis("yaxis") } });
    });
  };

  // -- what the kernel says

  const paintSaved = () => options(saved, [["", words.saved_views], ...model.get("saved").map((name) => [name, name])]);
  const renewed = () => { // a saved view was opened, or code chose
    const now = model.get("state");
    if (now.n > sent) { sent = now.n; root.dataset.asked = String(sent); state = structuredClone(now); paintControls(); }
  };
  const heard = (content) => {
    if (content.said) {
      answer.textContent = content.said;
    }
    if (content.list) {
      listed = { ...content.list, of: state.view };
      paintList();
    }
  };
  model.on("change:counts", paintCounts);
  model.on("change:shown", paintShown);
  model.on("change:saved", paintSaved);
  model.on("change:state", renewed);
  model.on("msg:custom", heard);
  let fitting;
  const fit = () => { // only where its breadth changed: a click while it is drawn could hit nothing
    if (!plot.hidden && plot.data && plot.offsetWidth > 200 && plot.offsetWidth !== draw.breadth) draw(model.get("shown"));
  };
  const resized = new ResizeObserver(() => { clearTimeout(fitting); fitting = setTimeout(fit, 100); });
  resized.observe(main);
  paintControls();
  paintCounts();
  paintSaved();
  document.fonts.load('13px "Court Sans SC"').finally(paintShown); // plotly measures its texts while it draws
  return () => {
    for (const timer of [tell.late, tell.lost, fitting]) clearTimeout(timer);
    resized.disconnect();
    for (const [event, action] of [["change:counts", paintCounts], ["change:shown", paintShown], ["change:saved", paintSaved], ["change:state", renewed], ["msg:custom", heard]]) model.off(event, action);
    Plotly.purge(plot);
  };
}

export default { render };
