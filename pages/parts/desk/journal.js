// A draft's rows and the changes to them, as in journal.py, where it is explained; a test holds the two together.
const STRUCK = "struck";
const LONG_TEXTS = ["steps", "result", "outcome", "suggestion"];
const OWN_OF_A_PART = ["title", ...LONG_TEXTS, "evidence", "number", "position", "pair_position", "pair_similarity", "read_hash"];
// Cells that stand or fall together: the home of a column is the one that is shown, set and confirmed for all of them.
const HOME = { period_end: "period_start", period_text: "period_start", status_basis: "status", evidence: "status", "": "title" };
const homeOf = (column) => HOME[column] ?? column;

function standing(changes) {
  const gone = new Set(changes.filter((change) => change.did === "back").map((change) => change.of));
  return changes.filter((change) => change.did !== "back" && !gone.has(change.n));
}

function applied(rows, changes) {
  const found = rows.map((row) => ({ ...row }));
  for (const change of standing(changes)) applyChange(found, change);
  const read = new Set(rows.map((row) => row.row));
  return found.filter((row) => row.record !== STRUCK || read.has(row.row));
}

function applyChange(rows, change) {
  const at = rows.findIndex((row) => row.row === change.row);
  const row = rows[at], to = change.to;
  if (change.did === "add") {
    const blank = Object.fromEntries(Object.keys(rows[0] ?? {}).map((column) => [column, column === "document" ? rows[0].document : ""]));
    rows.splice(at < 0 ? rows.length : at + 1, 0, { ...blank, ...to, row: change.new });
  }
  if (!row) return;
  if (change.did === "set") {
    Object.assign(row, { [change.column]: to }, change.also);
    madeSure(row, [change.column, ...Object.keys(change.also ?? {})]);
  } else if (change.did === "confirm") {
    madeSure(row, [change.column]);
  } else if (change.did === "split") {
    const cleared = Object.fromEntries(OWN_OF_A_PART.map((column) => [column, ""]));
    rows.splice(at + 1, 0, { ...row, ...cleared, row: change.new, title: to[1] });
    row.title = to[0];
  } else if (change.did === "join") {
    joinRows(rows, row, change);
  } else if (change.did === "move") {
    Object.assign(row, to);
  } else if (change.did === "strike" && row.record !== STRUCK) {
    Object.assign(row, { record: STRUCK, was: row.record });
  } else if (change.did === "unstrike" && row.record === STRUCK) {
    row.record = row.was ?? (row.indicator ? "score" : "measure");
    delete row.was;
  }
}

function joinRows(rows, row, change) {
  const other = rows.find((one) => one.row === change.with);
  if (!other || other.record === STRUCK || other === row) return;
  for (const column of Object.keys(other)) {
    if (["row", "record", "was", "place", "position", "read_hash"].includes(column)) continue;
    const parts = [row[column], other[column]].filter(Boolean);
    if (column === "title") row.title = parts.join(change.by ?? " ");
    else if (LONG_TEXTS.includes(column)) row[column] = [...new Set(parts)].join("\n");
    else row[column] = parts[0] ?? "";
  }
  Object.assign(other, { record: STRUCK, was: other.record });
}

function madeSure(row, columns) {
  const homes = new Set(columns.map(homeOf));
  const with_them = Object.keys(HOME).filter((name) => name && homes.has(HOME[name]));
  const names = [...(row.confirmed ?? "").split(" | ").filter(Boolean), ...[...new Set([...homes, ...with_them])].sort()];
  row.confirmed = [...new Set(names)].join(" | ");
  if (row.unsure) row.unsure = row.unsure.split(" | ").filter((name) => !homes.has(homeOf(name))).join(" | ");
}

function statesOf(doubts, changes) {
  const found = new Map(doubts.map((doubt) => [`${doubt.row} ${homeOf(doubt.column)}`, "doubtful"]));
  for (const change of standing(changes)) {
    if (change.did === "set") found.set(`${change.row} ${homeOf(change.column)}`, "corrected");
    if (change.did === "confirm") found.set(`${change.row} ${homeOf(change.column)}`, "confirmed");
  }
  return found;
}

function countsOf(rows) {
  const results = rows.filter((row) => row.record === "measure" && row.section === "result");
  const decided = results.filter((row) => row.status && row.status !== "unknown");
  return {
    measures: rows.filter((row) => row.record === "measure").length,
    scores: rows.filter((row) => row.record === "score").length,
    struck: rows.filter((row) => row.record === STRUCK).length,
    results: results.length,
    decided: decided.length,
    completed: decided.filter((row) => row.status === "completed").length,
    inferred: decided.filter((row) => row.status_basis === "inferred").length,
    unknown: results.length - decided.length,
  };
}
