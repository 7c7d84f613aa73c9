// The checking screen. The whole state of the work is here: the rows as they were read and the changes to them. Nothing waits for the
// server: a change is drawn, kept in this browser's storage, and sent; it leaves the storage when the server says that it is on its disk.
const desks = new WeakMap();

export default function (component) {
  const { data, parentElement } = component;
  const home = parentElement.querySelector(".desk");
  const known = desks.get(home);
  if (known?.epoch === data.epoch) return () => known.end();
  known?.end();
  const desk = makeDesk(home, data);
  desks.set(home, desk);
  return () => desk.end();
}

const KINDS = {
  codes: ["refs"], dates: ["period_start", "fiscal_year", "round"], units: ["responsible"], statuses: ["status"],
  titles: ["title"], numbers: ["score", "budget_planned", "budget_spent", "number"],
};
const MEASURE = ["title", "number", "status", "period_start", "responsible", "refs", "budget_planned", "budget_spent"];
const SHOWN_WHERE_ANY = ["number", "budget_planned", "budget_spent", "steps", "result", "outcome", "suggestion"];
const DOCUMENT = ["title", "agency", "district", "province", "fiscal_year", "round"];
const AMOUNTS = ["budget_planned", "budget_spent", "score", "fiscal_year"];
const STATUSES = ["completed", "in_progress", "not_started", "not_possible", "unknown"];
const OF_KIND = ["plan", "result", "plan_and_result", "action_plan_result", "score_comparison", "score_sheet", "unknown"];
const BASES = ["mark", "phrase", "percent", "inferred", "none"];

function makeDesk(home, data) {
  const said = (key, values = {}) => (data.words[key] ?? key).replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (_, name, one, many) =>
    one === undefined ? inDigits(values[name] ?? "") : values[name] === 1 ? one : many);
  const inDigits = (value) => (data.thai && /^[\d.,/%+-]+$/.test(String(value)) ? String(value).replace(/\d/g, (digit) => "๐๑๒๓๔๕๖๗๘๙"[digit]) : String(value));
  const stored = `ita_desk ${data.draft}`;
  const rowsRead = data.rows.map((row) => ({ ...row }));
  let changes = [...data.changes], kept = changes.length, mine = data.mine;
  let rows = [], byId = new Map(), states = new Map(), now = null, filter = "all", editing = null, timer = 0, pagesWanted = [], serial = 0, saving = false, late = false;

  const $ = (selector) => home.querySelector(selector);
  const write = (one, text) => { if (one.textContent !== text) one.textContent = text; };
  home.classList.remove("ready");
  $(".filter").replaceChildren(); // where the page is drawn anew, the buttons before belong to a screen that is gone
  home.lang = data.lang;
  const paper = makePaper($(".view"), data.pages, {
    want: (numbers) => { pagesWanted.push(...numbers); flush(); },
    chosen: choosePlace,
    said: (page) => said("page", { n: page }),
  });

  // --- changes, and that none is lost ---------------------------------------------------------------------------------------

  // What this browser has that the server has not: of a page that closed, or a server that stopped. It goes on behind what is kept.
  function recover() {
    let left = [];
    try { left = JSON.parse(localStorage.getItem(stored) ?? "[]"); } catch { left = []; }
    if (!mine || !Array.isArray(left)) return;
    const ids = new Set(changes.map((change) => change.id)), named = new Map();
    for (const change of left) {
      if (ids.has(change.id)) continue;
      const n = changes.length + 1;
      named.set(change.n, n);
      changes.push({ ...change, n, ...(change.did === "back" ? { of: named.get(change.of) ?? change.of } : {}) });
    }
  }
  const remember = () => {
    const left = changes.slice(kept);
    try { left.length ? localStorage.setItem(stored, JSON.stringify(left)) : localStorage.removeItem(stored); } catch { /* full or shut: the server has all but these */ }
  };
  function change(what) {
    if (!mine) return;
    changes.push({ n: changes.length + 1, id: crypto.getRandomValues(new Uint32Array(3)).join("-"), ...what });
    remember();
    clearTimeout(timer);
    timer = setTimeout(flush, 40); // first what the eye waits for
    work(what);
  }

  const wire = (window.itaDesk ??= {});
  function flush() {
    if (!home.classList.contains("ready")) return;
    clearTimeout(timer);
    const left = mine ? changes.slice(kept).map(({ when, who, ...one }) => one) : [];
    tellKept();
    if (!wire.send || (!left.length && !pagesWanted.length)) return;
    wire.send({ draft: data.draft, changes: left.slice(0, 200), pages: pagesWanted.slice(0, 4), serial: ++serial });
    timer = setTimeout(() => { late = true; paper.again(); flush(); }, 4000);
  }
  function hear(answer) {
    if (!answer || answer.draft !== data.draft || answer.epoch !== data.epoch) return;
    const ours = changes[answer.kept - 1];
    late = false;
    if (mine && answer.kept > kept && ours) { kept = answer.kept; remember(); }
    for (const page of answer.pages ?? []) { paper.arrived(page); pagesWanted = pagesWanted.filter((number) => number !== page.page); }
    if (answer.register) editing?.heard?.(answer.register);
    if (answer.refused) { mine = false; $(".told").textContent = answer.refused; $(".told").hidden = false; drawBar(); }
    tellKept();
    const left = changes.length - kept;
    clearTimeout(timer);
    if ((mine && left) || pagesWanted.length) timer = setTimeout(flush, answer.serial === serial ? 0 : 4000);
    else if (saving && mine) wire.send?.({ draft: data.draft, save: true, serial: ++serial });
  }
  function tellKept() {
    const left = changes.length - kept;
    write($(".kept"), mine ? (left ? said(late ? "late" : "keeping", { n: left }) : changes.length ? said("kept", { n: changes.length }) : said("no_change")) : said("reading_only"));
  }
  const beat = setInterval(() => mine && wire.send?.({ draft: data.draft, beat: true, serial: ++serial }), 20000);

  // --- what is shown of a row -------------------------------------------------------------------------------------------------

  const doubtsAt = (row, column) => data.doubts.filter((doubt) => doubt.row === row && homeOf(doubt.column) === column);
  const columnsOf = (row) => {
    const base = row.record === "source" ? DOCUMENT : row.record === "score" ? ["score"] : MEASURE.concat(LONG_TEXTS.filter((name) => row[name]));
    const any = base.filter((name) => !(name === "status" && row.section === "plan") && (row.record !== "measure" || !SHOWN_WHERE_ANY.includes(name) || row[name]
      || doubtsAt(row.row, name).length || states.has(`${row.row} ${name}`)));
    const more = data.doubts.filter((doubt) => doubt.row === row.row).map((doubt) => homeOf(doubt.column)).filter((name) => !any.includes(name));
    return [...any, ...new Set(more)];
  };
  const monthName = (iso) => {
    const [year, month] = iso.split("-").map(Number);
    return `${data.months[month - 1]} ${inDigits(data.lang === "th" ? year + 543 : year)}`;
  };
  const written = (row, column) => {
    const value = row[column] ?? "";
    if (column === "period_start") {
      const ends = [row.period_start, row.period_end].filter(Boolean).map(monthName);
      return [row.period_text, ends.length ? `(${[...new Set(ends)].join(" – ")})` : ""].filter(Boolean).join(" ");
    }
    if (column === "status" && value) return said(`status.${value}`) + (value !== "unknown" && row.status_basis ? ` (${said(`status_basis.${row.status_basis}`)})` : "");
    if (["round", "kind"].includes(column) && value) return said(`${column}.${value}`);
    if (column === "fiscal_year" && value) return data.lang === "th" ? inDigits(value) : `${Number(value) - 543} (${value})`;
    if (["responsible", "refs"].includes(column)) return value.split(" | ").join(", ");
    if (AMOUNTS.includes(column)) return inDigits(value);
    return value;
  };
  const label = (row, column) => row.record === "score" && column === "score" ? scoreLabel(row)
    : said(column === "period_start" ? "column.period" : row.record === "source" && column === "title" ? "document_title" : `column.${column}`);
  const scoreKey = (row) => data.by_agency ? row.agency || "" : row.indicator;
  const scoreName = (row) => data.by_agency ? row.agency || said("own_agency") : indicatorName(row.indicator);
  const scoreLabel = (row) => [...(data.by_agency ? [indicatorName(row.indicator)] : []), ...(data.years > 1 || !data.by_agency ? [written(row, "fiscal_year")] : [])].join(" · ");
  const indicatorName = (code) => data.indicators[code] ?? code;
  const stateOf = (row, column) => states.get(`${row} ${column}`) ?? "sure";
  const why = (row, column) => [...new Set(doubtsAt(row, column).map((doubt) => said(`why.${doubt.why}`)))].join(", ");

  // --- drawing ----------------------------------------------------------------------------------------------------------------

  function drawCell(cell, row, column) {
    const state = stateOf(row.row, column), value = written(row, column);
    cell.className = `cell ${state} of-${column}${now?.row === row.row && now.column === column ? " now" : ""}`;
    const text = make("span", "value");
    text.textContent = value || said("empty");
    if (!value) text.classList.add("nothing");
    const name = make("span", "label"), sign = make("span", state === "sure" ? "sign sr" : "sign");
    name.textContent = label(row, column);
    sign.textContent = state === "doubtful" ? `? ${why(row.row, column)}` : said(state);
    cell.replaceChildren(name, text, sign);
    cell.setAttribute("aria-readonly", String(!mine));
  }
  function drawLine(line, list) { // a line of the grid: a measure, the document, or the scores of one indicator or agency
    line.replaceChildren();
    const [first] = list;
    line.classList.toggle("struck", list.every((row) => row.record === STRUCK));
    if (first.record === "score" || first.was === "score") {
      const head = make("div", "cell head", { textContent: scoreName(first) });
      head.setAttribute("role", "rowheader");
      line.append(head);
    }
    for (const row of list) {
      if (row.record === STRUCK && list.length === 1) {
        const cell = make("div", "cell gone");
        Object.assign(cell.dataset, { row: row.row, column: "title" });
        cell.setAttribute("role", "gridcell");
        cell.tabIndex = -1;
        cell.textContent = said("struck", { title: row.title || scoreLabel(row) });
        line.append(cell);
        continue;
      }
      for (const column of columnsOf(row)) {
        const cell = make("div", "");
        Object.assign(cell.dataset, { row: row.row, column });
        cell.setAttribute("role", "gridcell");
        cell.tabIndex = -1;
        drawCell(cell, row, column);
        line.append(cell);
      }
    }
  }
  let lines = new Map(); // id of a row -> its line in the grid
  function draw() {
    const grid = $(".grid");
    grid.replaceChildren();
    lines = new Map();
    const groups = new Map();
    for (const row of rows) {
      const kind = row.was ?? (row.record !== STRUCK ? row.record : row.indicator ? "score" : "measure");
      if (!["source", "measure", "score"].includes(kind)) continue;
      const name = kind === "source" ? said("document") : kind === "score" ? said("scores")
        : [said(`section.${row.section || "result"}`), [row.group_number, row.group_name].filter(Boolean).map(inDigits).join(" ")].filter(Boolean).join(" · ");
      const group = groups.get(name) ?? groups.set(name, []).get(name);
      const before = kind === "score" && group.find(([one]) => scoreKey(one) === scoreKey(row));
      before ? before.push(row) : group.push([row]);
    }
    for (const [name, list] of groups) {
      const part = make("div", "part"), title = make("div", "title"), cell = make("span", "");
      part.setAttribute("role", "rowgroup");
      title.setAttribute("role", "row");
      cell.setAttribute("role", "rowheader");
      cell.textContent = name;
      title.append(cell);
      part.append(title);
      for (const line of list) {
        const made = make("div", line[0].record === "score" ? "line scores" : "line");
        made.setAttribute("role", "row");
        drawLine(made, line);
        line.forEach((row) => lines.set(row.row, [made, line.map((one) => one.row)]));
        part.append(made);
      }
      grid.append(part);
    }
    drawFilter();
  }
  function redraw(id) {
    const [line, ids] = lines.get(id) ?? [];
    if (line) drawLine(line, ids.map((one) => byId.get(one)).filter(Boolean));
  }
  const cellOf = (row, column) => $(`.grid [data-row="${CSS.escape(row)}"][data-column="${CSS.escape(column)}"]`);
  const cells = () => [...home.querySelectorAll(".grid [role=gridcell]")].filter((cell) => !cell.closest("[hidden]"));

  function compute() {
    rows = applied(rowsRead, changes);
    byId = new Map(rows.map((row) => [row.row, row]));
    states = statesOf(data.doubts, changes);
  }
  // After a change: what it touched is drawn anew. What only sets or confirms a cell leaves the list as it is.
  function work(what) {
    compute();
    if (["set", "confirm"].includes(what.did)) redraw(what.row); else draw();
    drawFilter();
    drawEdge();
    drawBar();
  }

  const isDoubtful = (cell) => stateOf(cell.dataset.row, cell.dataset.column) === "doubtful";
  const inFilter = (column, kind) => kind === "all" || kind === "doubtful" || (KINDS[kind] ?? []).includes(column);
  const openDoubts = () => [...states].filter(([at, state]) => state === "doubtful" && byId.get(at.split(" ")[0]) && byId.get(at.split(" ")[0]).record !== STRUCK).map(([at]) => at.split(" "));
  function drawFilter() {
    const open = openDoubts();
    const options = ["all", "doubtful", ...Object.keys(KINDS)];
    const box = $(".filter");
    if (box.childElementCount !== options.length) {
      box.replaceChildren(...options.map((kind) => {
        const one = make("button", "", { type: "button" });
        one.dataset.kind = kind;
        one.onclick = () => { filter = kind; stays(); drawFilter(); (cells().find(isDoubtful) ?? cells()[0]) && choose(cells().find(isDoubtful) ?? cells()[0]); };
        return one;
      }));
    }
    for (const one of box.children) {
      const kind = one.dataset.kind, n = kind === "all" ? rows.filter((row) => ["measure", "score"].includes(row.record)).length : open.filter(([, column]) => inFilter(column, kind)).length;
      write(one, said(`filter.${kind}`, { n }));
      one.ariaPressed = String(filter === kind);
      one.hidden = !n && !["all", "doubtful"].includes(kind) && filter !== kind;
    }
    // Confirmed and corrected cells of the kind stay in sight: one looks at them together.
    const touched = new Set([...states.keys()].filter((at) => inFilter(at.split(" ")[1], filter)).map((at) => at.split(" ")[0]));
    for (const [line, ids] of new Set(lines.values())) line.hidden = filter !== "all" && !ids.some((id) => touched.has(id));
    for (const part of home.querySelectorAll(".part")) part.hidden = ![...part.querySelectorAll(".line")].some((line) => !line.hidden);
  }

  // What rests on the rows: as it was read, and as it is now.
  const before = countsOf(rowsRead);
  function drawEdge() {
    const after = countsOf(rows), open = openDoubts();
    const parts = [];
    const tell = (key, from, to) => parts.push(JSON.stringify(from) === JSON.stringify(to) ? said(`edge.${key}`, to) : `${said(`edge.${key}`, from)} → ${said(`edge.${key}_to`, to)}`);
    if (after.results || before.results) {
      tell("completed", { n: before.completed, of: before.decided }, { n: after.completed, of: after.decided });
      tell("unknown", { n: before.unknown }, { n: after.unknown });
    }
    if (after.scores || before.scores) tell("scores", { n: before.scores }, { n: after.scores });
    if (after.measures !== before.measures) tell("measures", { n: before.measures }, { n: after.measures });
    parts.push(open.length ? said("edge.doubtful", { n: open.length }) : said("edge.none_doubtful"));
    write($(".sentences"), parts.join(" · "));
    const disagreeing = data.doubts.filter((doubt) => ["sum", "number"].includes(doubt.why) && stateOf(doubt.row, homeOf(doubt.column)) === "doubtful" && byId.has(doubt.row));
    $(".disagree").replaceChildren(...disagreeing.map((doubt) => {
      const item = make("li", ""), go = make("button", "", { type: "button" }), accept = make("button", "", { type: "button" });
      const row = byId.get(doubt.row);
      go.textContent = disagreement(doubt, row);
      go.onclick = () => choose(cellOf(doubt.row, homeOf(doubt.column)));
      accept.textContent = said("accept");
      accept.disabled = !mine;
      accept.onclick = () => { change({ did: "confirm", row: doubt.row, column: homeOf(doubt.column), from: row[doubt.column] ?? "", why: "as printed" }); $(".grid").querySelector(".now")?.focus(); };
      item.append(go, accept);
      return item;
    }));
  }
  // Of a score: whose it is, and what was noted of its cell, which says what was computed; else why, what and how much.
  function disagreement(doubt, row) {
    const whose = row.record === "score" && data.by_agency ? [scoreName(row)] : [], noted = data.notes[row.place] ?? [];
    if (row.record === "score" && noted.length === 1) return [...whose, ...noted].join(": ");
    const what = row.record === "score" ? indicatorName(row.indicator) : row.title;
    return [...whose, `${said(`why.${doubt.why}`)}: ${[what, written(row, homeOf(doubt.column))].filter(Boolean).join(" ")}`].join(": ");
  }
  const ACTS = { confirm: confirmNow, edit: () => edit(), back: takeBack, add: addRow, split: splitRow, join: joinNext, move: moveRow, strike: strikeRow };
  function drawBar() {
    const row = now && byId.get(now.row);
    for (const [name, act] of Object.entries(ACTS)) {
      const one = $(`.acts .${name}`);
      one.onclick = act;
      write(one, said(name === "strike" && row?.record === STRUCK ? "unstrike" : name));
      const measure = row?.record === "measure";
      one.disabled = !mine || (name === "back" ? !standing(changes).length : !row || (["split", "join", "move"].includes(name) && !measure)
        || (name === "strike" && row.record === "source") || (["confirm", "edit"].includes(name) && row.record === STRUCK));
    }
    $(".save").disabled = !mine || saving;
    write($(".where"), row ? [label(row, now.column), stateOf(now.row, now.column) === "doubtful" ? `? ${why(now.row, now.column)}` : said(stateOf(now.row, now.column)),
      row.place ? data.placed[row.place] ?? row.place : "", ...(doubtsAt(now.row, now.column).some((doubt) => ["finding", "sum"].includes(doubt.why)) ? data.notes[row.place] ?? [] : []),
    ].filter(Boolean).join(" · ") : "");
    tellKept();
  }

  // --- choosing ---------------------------------------------------------------------------------------------------------------

  // Where the page is drawn anew, one goes on where one was.
  const stays = () => { wire.at = { draft: data.draft, now, filter }; };
  function choose(cell, focus = true) {
    if (!cell || editing) return;
    const last = $(".grid .now");
    if (last && last !== cell) { last.classList.remove("now"); last.tabIndex = -1; last.removeAttribute("aria-selected"); }
    now = { row: cell.dataset.row, column: cell.dataset.column };
    stays();
    cell.classList.add("now");
    cell.tabIndex = 0;
    cell.setAttribute("aria-selected", "true");
    if (focus) cell.focus({ preventScroll: true });
    drawBar(); // all that is written comes before the first that is measured: the page is laid out once
    inView(cell);
    stayInView(cell);
    const row = byId.get(now.row);
    const at = data.cells[row.row] ?? {}, own = [now.column, ...Object.keys(HOME).filter((name) => HOME[name] === now.column)].map((name) => at[name]);
    paper.show([...own, at.row, row.place, rowsRead[0]?.place].filter(Boolean), now.column === "period_start" ? row.period_text : row[now.column] || (now.column === "status" ? row.evidence : ""));
  }
  // Lines that were out of sight get their height in the frame after the one that brings them near, and push the cell on: three frames.
  function stayInView(cell, frames = 3) {
    requestAnimationFrame(() => {
      if (!cell.isConnected || !cell.classList.contains("now")) return;
      inView(cell);
      if (frames > 1) stayInView(cell, frames - 1);
    });
  }
  function inView(cell) {
    const list = $(".list");
    if (getComputedStyle(list).overflowY === "visible") return cell.scrollIntoView({ block: "center" }); // a phone: the page itself scrolls
    const box = cell.getBoundingClientRect(), room = list.getBoundingClientRect();
    if (box.top < room.top + 36) list.scrollTop -= room.top + 36 - box.top;
    else if (box.bottom > room.bottom - 8) list.scrollTop += Math.min(box.bottom - room.bottom + 8, box.top - room.top - 36);
  }
  // Where on the page each field stands, the other way round.
  const fields = new Map(Object.entries(data.cells).flatMap(([row, at]) => Object.entries(at).filter(([column]) => column !== "row")
    .map(([column, place]) => [place, [row, homeOf(column)]])));
  function choosePlace(places, text) {
    const flat = (one) => (one ?? "").replace(/\s+/g, "");
    const bases = places.flatMap((place) => [place, place.split("#")[0]]);
    const field = places.map((place) => fields.get(place)).find((one) => one && lines.has(one[0]));
    if (field && columnsOf(byId.get(field[0])).includes(field[1])) {
      if (cellOf(...field)?.closest("[hidden]")) { filter = "all"; drawFilter(); }
      return choose(cellOf(...field));
    }
    const row = bases.map((place) => rows.find((one) => one.place === place && lines.has(one.row))).find(Boolean);
    if (!row) return;
    const columns = columnsOf(row), heard = flat(text);
    const of = (column) => flat(column === "period_start" ? row.period_text : row[column]);
    const column = columns.find((one) => of(one) && heard === of(one)) ?? columns.find((one) => of(one).length > 2 && heard.includes(of(one)))
      ?? columns.find((one) => stateOf(row.row, one) === "doubtful") ?? columns[0];
    if (cellOf(row.row, column)?.closest("[hidden]")) { filter = "all"; drawFilter(); }
    choose(cellOf(row.row, column));
  }
  function nextDoubtful() {
    const order = [...lines.keys()], here = order.indexOf(now?.row), mineFirst = cellOf(now?.row ?? "", now?.column ?? "");
    const open = new Map();
    for (const [row, column] of openDoubts()) if (inFilter(column, filter)) open.set(row, [...(open.get(row) ?? []), column]);
    const inLine = (row, after) => [...lines.get(row)[0].querySelectorAll(`[data-row="${CSS.escape(row)}"]`)]
      .find((cell) => open.get(row).includes(cell.dataset.column) && (!after || mineFirst?.compareDocumentPosition(cell) & Node.DOCUMENT_POSITION_FOLLOWING));
    const next = (open.has(now?.row) && inLine(now.row, true)) || [...order.slice(here + 1), ...order.slice(0, here + 1)].filter((row) => open.has(row)).map((row) => inLine(row)).find(Boolean);
    if (next) return choose(next);
    if (filter !== "all" && openDoubts().length) { filter = "all"; drawFilter(); return nextDoubtful(); }
    choose(mineFirst ?? cells()[0]);
    $(".told").hidden = true;
    tell(said("edge.none_doubtful"));
  }
  const tell = (text) => { $(".spoken").textContent = ""; $(".spoken").textContent = text; };
  function confirmNow() {
    if (!now) return choose(cells()[0]);
    const row = byId.get(now.row);
    if (mine && row?.record !== STRUCK && stateOf(now.row, now.column) === "doubtful") change({ did: "confirm", row: now.row, column: now.column, from: row[now.column] ?? "" });
    nextDoubtful();
  }
  function takeBack() {
    const last = standing(changes).at(-1);
    if (!last || !mine) return;
    change({ did: "back", of: last.n });
    draw();
    choose(cellOf(last.row, homeOf(last.column ?? "title")) ?? cellOf(now?.row ?? "0", now?.column ?? "title") ?? cells()[0]);
    tell(said("taken_back"));
  }

  // --- editing ----------------------------------------------------------------------------------------------------------------

  const optionList = (options, value) => {
    const box = make("select", "");
    for (const [name, text] of options) box.append(make("option", "", { value: name, textContent: text, selected: name === value }));
    return box;
  };
  const named = (box, name) => { box.ariaLabel = name; return box; };
  // Of a cell: elements to edit it with, and `value()`: the columns to set, or a sentence that says what is wrong.
  function editorOf(row, column) {
    const name = label(row, column);
    if (column === "status") {
      const box = named(optionList([...(row.status ? [] : [["", said("empty")]]), ...STATUSES.map((one) => [one, said(`status.${one}`)])], row.status ?? ""), name);
      const basis = named(optionList(BASES.map((one) => [one, said(`status_basis.${one}`)]), row.status_basis || "none"), said("column.status_basis"));
      // What a person chooses is inferred until the person says that the document states it.
      box.onchange = () => { if (box.value === "unknown") basis.value = "none"; else if (basis.value === "none") basis.value = "inferred"; };
      return { boxes: [box, basis], value: () => ({ status: box.value, status_basis: box.value === "unknown" ? "none" : basis.value }) };
    }
    if (["round", "kind"].includes(column)) {
      const options = column === "kind" ? OF_KIND : ["six_month", "annual"];
      const box = named(optionList([["", said("empty")], ...options.map((one) => [one, said(`${column}.${one}`)])], row[column] ?? ""), name);
      return { boxes: [box], value: () => ({ [column]: box.value }) };
    }
    if (column === "period_start") return periodEditor(row);
    if (column === "agency") return agencyEditor(row);
    const long = ["title", ...LONG_TEXTS].includes(column);
    const box = named(make(long ? "textarea" : "input", "", long ? { rows: 4 } : { type: "text" }), name);
    box.value = ["responsible", "refs"].includes(column) ? (row[column] ?? "").split(" | ").join(", ") : row[column] ?? "";
    if (column === "responsible") box.value = (row.responsible ?? "").split(" | ").map((one) => data.mended[one] ?? one).join(", "); // as a person put it right before
    const known = column === "responsible" ? data.units : column === "refs" ? data.questions : null;
    const list = known && make("datalist", "", { id: "known" });
    if (list) { for (const one of known) list.append(make("option", "", { value: one })); box.setAttribute("list", "known"); }
    if (AMOUNTS.includes(column)) box.inputMode = "decimal";
    return {
      boxes: [box, ...(list ? [list] : [])],
      value: () => {
        const text = box.value.trim().replace(/[๐-๙]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit));
        if (column === "refs") {
          const codes = box.value.toUpperCase().split(/[\s,|]+/).filter(Boolean).map((one) => one.replace(/[๐-๙]/g, (digit) => "๐๑๒๓๔๕๖๗๘๙".indexOf(digit)));
          const wrong = codes.filter((code) => data.questions.length && !data.questions.includes(code));
          return wrong.length ? said("no_code", { code: wrong.join(", ") }) : { refs: codes.join(" | ") };
        }
        if (column === "responsible") return { responsible: box.value.split(/\s*[,|]\s*/).map((one) => one.trim()).filter(Boolean).join(" | ") };
        if (AMOUNTS.includes(column) && (column !== "score" || /\d/.test(text))) {
          const number = text.replace(/,/g, "");
          if (number && !/^\d+(\.\d+)?$/.test(number)) return said("no_number");
          if (column === "fiscal_year" && number && !(number > 2400 && number < 2700)) return said("no_year");
          if (column === "score" && number && Number(number) > Number(row.max || 100)) return said("too_high", { max: row.max || 100 });
          return { [column]: number };
        }
        return { [column]: long ? box.value.trim() : box.value.replace(/\s+/g, " ").trim() };
      },
    };
  }
  // The name is looked up in the register while it is typed; who chooses from it has district and province, too.
  function agencyEditor(row) {
    const box = named(make("input", "", { type: "text", value: row.agency ?? "" }), label(row, "agency"));
    const list = make("datalist", "", { id: "known" }), note = make("div", "note");
    note.setAttribute("role", "status");
    box.setAttribute("list", "known");
    let register = [], sought = null, wait = 0;
    const seen = new Map();
    const plain = (text) => text.replace(/\s+/g, " ").trim();
    const placed = (one) => [one.agency, [one.district, one.province].filter(Boolean).join(", ")].filter(Boolean).join(" – ");
    // What was typed: one of the list, or a name that the register has once only.
    const meant = () => {
      const text = plain(box.value), alike = sought === text ? register.filter((one) => one.agency === text) : [];
      return seen.get(text) ?? (alike.length === 1 ? alike[0] : null);
    };
    const tellOf = () => {
      const one = meant(), answered = sought === plain(box.value);
      note.textContent = one ? said("register_one", { name: placed(one) }) : !answered ? "" : register.length ? said("register_many", { n: register.length }) : said("register_none");
    };
    const look = () => { if (plain(box.value) && !meant()) wire.send?.({ draft: data.draft, find: plain(box.value), serial: ++serial }); };
    box.oninput = () => { tellOf(); clearTimeout(wait); wait = setTimeout(look, 250); };
    const heard = (answer) => {
      answer.found.forEach((one) => seen.set(placed(one), one));
      if (answer.sought !== plain(box.value)) return;
      register = answer.found;
      sought = answer.sought;
      list.replaceChildren(...[...register.map(placed), ...data.agencies].map((one) => make("option", "", { value: one })));
      tellOf();
    };
    if (plain(box.value)) wire.send?.({ draft: data.draft, find: plain(box.value), serial: ++serial });
    return { boxes: [box, list, note], heard, value: () => { const one = meant(); return one ? { ...one } : { agency: plain(box.value) }; } };
  }
  function periodEditor(row) {
    const year = Number(rows.find((one) => one.record === "source")?.fiscal_year || 0) - 543;
    const month = (at) => { const first = new Date(Date.UTC(year - 1, 9 + at, 1)), last = new Date(Date.UTC(year - 1, 10 + at, 0)); return [first.toISOString().slice(0, 10), last.toISOString().slice(0, 10)]; };
    const months = year > 1400 ? [...Array(12).keys()].map(month) : [];
    const spans = [["year", 0, 11], ["q1", 0, 2], ["q2", 3, 5], ["q3", 6, 8], ["q4", 9, 11], ["h1", 0, 5], ["h2", 6, 11]];
    const own = (name, at) => row[name] && !months.some((one) => one[at] === row[name]) ? [[row[name], monthName(row[name])]] : [];
    const start = named(optionList([["", said("empty")], ...own("period_start", 0), ...months.map(([first]) => [first, monthName(first)])], row.period_start ?? ""), said("column.period_start"));
    const end = named(optionList([["", said("empty")], ...own("period_end", 1), ...months.map(([, last]) => [last, monthName(last)])], row.period_end ?? ""), said("column.period_end"));
    const same = () => months.length && spans.find(([, from, to]) => start.value === months[from][0] && end.value === months[to][1])?.[0];
    const span = named(optionList([["", said("span.own")], ...(months.length ? spans.map(([name]) => [name, said(`span.${name}`)]) : [])], same() || ""), said("span"));
    span.onchange = () => { const one = spans.find(([name]) => name === span.value); if (one) { start.value = months[one[1]][0]; end.value = months[one[2]][1]; } };
    start.onchange = end.onchange = () => { span.value = same() || ""; };
    return { boxes: [span, start, end], value: () => start.value && end.value && start.value > end.value ? said("ends_before") : { period_start: start.value, period_end: end.value } };
  }
  function edit() {
    if (!now || !mine || editing) return;
    const row = byId.get(now.row), cell = cellOf(now.row, now.column);
    if (!cell || row.record === STRUCK) return;
    const { boxes, value, heard } = editorOf(row, now.column);
    const form = make("div", "editor"), wrong = make("div", "wrong");
    wrong.setAttribute("role", "alert");
    const done = make("button", "", { type: "button", textContent: said("done") }), leave = make("button", "", { type: "button", textContent: said("leave_edit") });
    form.append(...boxes, done, leave, wrong);
    editing = { cell, row: row.row, column: now.column, heard };
    cell.append(form);
    cell.classList.add("editing");
    const close = () => { editing = null; redraw(row.row); choose(cellOf(now.row, now.column)); };
    const commit = () => {
      const given = value();
      if (typeof given === "string") { wrong.textContent = given; boxes[0].setAttribute("aria-invalid", "true"); boxes[0].focus(); return; }
      const { [now.column]: to, ...also } = given;
      const same = (row[now.column] ?? "") === to && Object.entries(also).every(([name, text]) => (row[name] ?? "") === text);
      editing = null;
      const at = now;
      if (!same) change({ did: "set", row: row.row, column: at.column, from: row[at.column] ?? "", to, ...(Object.keys(also).length ? { also } : {}) });
      else redraw(row.row);
      choose(cellOf(at.row, at.column));
      if (same) confirmNow(); else nextDoubtful();
    };
    done.onclick = commit;
    leave.onclick = close;
    form.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !event.shiftKey && event.target !== leave) { event.preventDefault(); commit(); }
      if (event.key === "Escape") { event.preventDefault(); close(); }
    };
    boxes[0].focus();
    boxes[0].select?.();
    form.scrollIntoView({ block: getComputedStyle($(".list")).overflowY === "visible" ? "center" : "nearest" });
  }

  // --- whole rows ---------------------------------------------------------------------------------------------------------------

  const drawn = () => [...Uint32Array.from(crypto.getRandomValues(new Uint32Array(2)))].map((one) => one.toString(36)).join("");
  // A question in a box over the page: `parts` its elements, `answer()` after Enter; a sentence keeps it open.
  function ask(title, parts, answer) {
    const box = $("dialog"), wrong = make("div", "wrong"), held = now;
    wrong.setAttribute("role", "alert");
    const yes = make("button", "first", { type: "button", textContent: said("done") }), no = make("button", "", { type: "button", textContent: said("leave_edit") });
    const head = make("h2", "", { textContent: title });
    const back = () => { box.close(); choose((held && cellOf(held.row, held.column)) ?? cells()[0]); };
    const go = () => { const problem = answer(); if (problem) { wrong.textContent = problem; return; } if (box.open) box.close(); };
    yes.onclick = go;
    no.onclick = back;
    box.ariaLabel = title;
    box.replaceChildren(head, ...parts, wrong, ...(answer ? [yes, no] : [Object.assign(no, { textContent: said("close") })]));
    box.oncancel = (event) => { event.preventDefault(); back(); };
    box.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Escape") { event.preventDefault(); back(); }
      if (answer && event.key === "Enter" && !event.shiftKey && !["BUTTON"].includes(event.target.tagName)) { event.preventDefault(); go(); }
    };
    box.showModal();
    (box.querySelector("textarea, input, select") ?? no).focus();
  }
  const labelled = (name, box) => { const one = make("label", ""); one.append(make("span", "", { textContent: name }), box); return one; };
  const area = (value, lines_ = 3) => make("textarea", "", { value, rows: lines_ });
  function addRow() {
    const after = byId.get(now?.row);
    const title = area("");
    const groups = groupsOf();
    const section = optionList(["result", "plan"].map((one) => [one, said(`section.${one}`)]), after?.section || "result");
    ask(said("add"), [labelled(said("column.title"), title), labelled(said("column.section"), section)], () => {
      if (!title.value.trim()) return said("no_title");
      const group = after?.record === "measure" ? Object.fromEntries(["group_kind", "group_number", "group_name"].map((name) => [name, after[name] ?? ""])) : groups[0]?.[2] ?? {};
      const id = drawn();
      change({ did: "add", row: after?.row ?? "", new: id, to: { record: "measure", section: section.value, ...group, title: title.value.trim(), place: after?.place ?? "",
        ...(section.value === "result" ? { status: "unknown", status_basis: "none" } : {}) } });
      choose(cellOf(id, "title"));
    });
  }
  function splitRow() {
    const row = byId.get(now?.row);
    if (row?.record !== "measure") return;
    const text = row.title ?? "", middle = text.indexOf(" ", text.length / 2);
    const box = area(middle > 0 ? `${text.slice(0, middle)}\n${text.slice(middle + 1)}` : text, 6);
    const note = make("p", "", { textContent: said("split_note") });
    ask(said("split"), [note, labelled(said("column.title"), box)], () => {
      const parts = box.value.split("\n").map((one) => one.trim()).filter(Boolean);
      if (parts.length !== 2) return said("split_two");
      const by = text === parts.join(" ") ? " " : text === parts.join("") ? "" : " ", id = drawn();
      change({ did: "split", row: row.row, column: "title", new: id, from: text, to: parts, by });
      choose(cellOf(id, "title"));
    });
    box.onkeydown = (event) => { if (event.key === "Enter" && !event.ctrlKey) event.stopPropagation(); }; // a new line is what parts the two
  }
  function joinNext() {
    const list = rows.filter((row) => row.record === "measure"), at = list.findIndex((row) => row.row === now?.row), row = list[at], next = list[at + 1];
    if (!row || !next || row.section !== next.section) return tell(said("no_next"));
    const parted = standing(changes).find((one) => one.did === "split" && one.row === row.row && one.new === next.row);
    change({ did: "join", row: row.row, column: "title", with: next.row, by: parted?.by ?? " ", from: row.title ?? "" });
    choose(cellOf(row.row, "title"));
  }
  const groupsOf = () => [...new Map(rows.filter((row) => row.record === "measure").map((row) => [
    JSON.stringify([row.group_kind ?? "", row.group_number ?? "", row.group_name ?? ""]),
    { group_kind: row.group_kind ?? "", group_number: row.group_number ?? "", group_name: row.group_name ?? "" }]))].map(([key, group]) =>
    [key, [group.group_number, group.group_name].filter(Boolean).join(" ") || said("no_group"), group]);
  function moveRow() {
    const row = byId.get(now?.row);
    if (row?.record !== "measure") return;
    const groups = groupsOf(), mineNow = JSON.stringify([row.group_kind ?? "", row.group_number ?? "", row.group_name ?? ""]);
    const box = optionList([...groups.map(([key, name]) => [key, name]), ["other", said("other_group")]], mineNow);
    const other = make("input", "", { type: "text" });
    ask(said("move"), [labelled(said("group"), box), labelled(said("other_group"), other)], () => {
      const to = other.value.trim() ? { group_kind: row.group_kind || "none", group_number: "", group_name: other.value.trim() } : groups.find(([key]) => key === box.value)?.[2];
      if (!to) return said("no_group_given");
      if (JSON.stringify(Object.values(to)) !== mineNow) change({ did: "move", row: row.row, column: "title", from: [row.group_number, row.group_name].filter(Boolean).join(" "), to });
      choose(cellOf(row.row, "title"));
    });
  }
  function strikeRow() {
    const row = byId.get(now?.row);
    if (!row || row.record === "source") return;
    if (row.record === STRUCK) { change({ did: "unstrike", row: row.row }); choose(cellOf(row.row, "title") ?? cellOf(row.row, "score")); return; }
    const box = area("", 2);
    ask(said("strike"), [make("p", "", { textContent: row.title || scoreLabel(row) }), labelled(said("reason"), box)], () => {
      if (!box.value.trim()) return said("no_reason");
      change({ did: "strike", row: row.row, why: box.value.trim() });
      choose(cellOf(row.row, "title") ?? cells()[0]);
    });
  }
  function keys() {
    const list = make("dl", "keys");
    for (const [key, name] of [["Enter", "confirm"], ["Tab", "tab"], ["F2", "edit"], ["Ctrl+Z", "back"], ["↑ ↓ ← →", "arrows"], ["A", "add"], ["S", "split"], ["J", "join"], ["M", "move"], ["X", "strike"], ["?", "keys"], ["Esc", "escape"]]) {
      list.append(make("dt", "", { textContent: key }), make("dd", "", { textContent: said(`key.${name}`) }));
    }
    ask(said("keys"), [list], null);
  }

  // --- the keyboard and the pointer -----------------------------------------------------------------------------------------------

  const LETTERS = { KeyA: addRow, KeyS: splitRow, KeyJ: joinNext, KeyM: moveRow, KeyX: strikeRow };
  $(".grid").onkeydown = (event) => {
    const cell = event.target.closest?.("[role=gridcell]");
    if (!cell || editing) return;
    const step = (by) => { const list = cells(), to = list[list.indexOf(cell) + by]; if (to) { event.preventDefault(); choose(to); } };
    const over = (by) => { // the same column of another line, or its nearest
      const list = [...home.querySelectorAll(".grid .line")].filter((one) => !one.closest("[hidden]"));
      const line = list[list.indexOf(cell.closest(".line")) + by];
      event.preventDefault();
      if (line) choose(line.querySelector(`[role=gridcell][data-column="${cell.dataset.column}"]`) ?? line.querySelector("[role=gridcell]"));
    };
    const plainKey = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Enter") { event.preventDefault(); confirmNow(); }
    else if (event.key === "F2") { event.preventDefault(); edit(); }
    else if (event.key === "Tab") step(event.shiftKey ? -1 : 1);
    else if (event.key === "ArrowRight") step(1);
    else if (event.key === "ArrowLeft") step(-1);
    else if (event.key === "ArrowDown") over(1);
    else if (event.key === "ArrowUp") over(-1);
    else if (event.key === "Home") { event.preventDefault(); choose(cells()[0]); }
    else if (event.key === "End") { event.preventDefault(); choose(cells().at(-1)); }
    else if (event.key === "Escape") { event.preventDefault(); $(".save").focus(); }
    else if (plainKey && event.key !== "?" && LETTERS[event.code]) { event.preventDefault(); LETTERS[event.code](); }
  };
  $(".grid").onclick = (event) => {
    const cell = event.target.closest("[role=gridcell]");
    if (!cell || editing?.cell === cell || event.target.closest(".editor")) return;
    const again = cell.classList.contains("now");
    if (editing) { editing = null; redraw(now.row); }
    choose(cellOf(cell.dataset.row, cell.dataset.column));
    if (again) edit();
  };
  home.onkeydown = (event) => {
    event.stopPropagation(); // Streamlit has keys of its own
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyZ" && !event.shiftKey && !event.target.closest?.("input, textarea")) { event.preventDefault(); takeBack(); }
    if (event.key === "?" && !event.target.closest?.("input, textarea")) { event.preventDefault(); keys(); }
  };
  for (const [style, act] of [["larger", () => paper.larger()], ["smaller", () => paper.smaller()], ["help", keys]]) {
    $(`.${style}`).onclick = act;
    $(`.${style}`).ariaLabel = $(`.${style}`).title = said(style);
  }
  $(".save").textContent = said("save");
  $(".save").onclick = () => {
    saving = true;
    drawBar();
    changes.length > kept ? flush() : wire.send?.({ draft: data.draft, save: true, serial: ++serial });
  };
  $(".view").ariaLabel = said("paper");
  $(".list").ariaLabel = said("list");
  $(".grid").ariaLabel = said("list");
  $(".acts").ariaLabel = said("acts");
  $(".filter").ariaLabel = said("filter");
  $(".edge").ariaLabel = said("edge");
  $(".told").hidden = !data.told;
  $(".told").textContent = data.told ?? "";
  home.ariaLabel = data.name;

  recover();
  if (mine) remember();
  compute();
  const left = wire.at?.draft === data.draft ? wire.at : {};
  filter = left.filter ?? "all";
  draw();
  drawEdge();
  drawBar();
  // Whose keyboard is nowhere begins here: at once, or when the button that led here is taken away, which may come seconds later.
  const nowhere = () => [document.body, null].includes(document.activeElement);
  const before_ = left.now && cellOf(left.now.row, left.now.column);
  choose(before_ && !before_.closest("[hidden]") ? before_ : cells().find(isDoubtful) ?? cells()[0], nowhere());
  let looks = 80;
  const begin = setInterval(() => {
    if (nowhere()) $(".grid .now")?.focus({ preventScroll: true });
    else if (looks-- && !home.contains(document.activeElement)) return;
    clearInterval(begin);
  }, 250);
  wire.hear = hear;
  if (wire.last) hear(wire.last);
  home.classList.add("ready");
  timer = setTimeout(flush, 300); // not in one batch with what the page's other components have to say first
  return {
    epoch: data.epoch,
    end: () => { paper.end(); clearInterval(beat); clearInterval(begin); clearTimeout(timer); if (wire.hear === hear) wire.hear = null; },
  };
}
