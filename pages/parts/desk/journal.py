"""A draft's rows and the changes that a person made to them: pure, and once more in journal.js, which the browser runs (a test holds the
two together).

A row is a row of a transcript (column -> text) with `row`, an id that never changes; where it stands in its section (`position`) is for the
builder to say. A change:
{"n": 17, "id": "k3x...", "when": ISO, "who": "...", "did": ..., "row": id, "column": ..., "from": ..., "to": ..., "why": ...}
n counts from 1 without a gap; `id` is drawn by the browser, so that what was sent twice is kept once.

did       means
set       the cell `column` of `row` is `to`; `also` {column: text}: further cells that go with it (the two ends of a period)
confirm   the cell is right as it stands
add       a new row `new` after `row`, with the cells of `to`
split     `row` becomes two: `to` [first, second] are their titles, `by` what stood between; the second is a new row `new` after it
join      `row` takes in the row `with`: titles joined by `by`, other cells from the first that has any; `with` is struck off
move      `row` belongs to another group: `to` {column: text}
strike    `row` does not count, and `why`; unstrike: it counts again
back      the change `of` is taken back
"""

from collections.abc import Iterable

Row = dict[str, str]
Change = dict

DID = ("set", "confirm", "add", "split", "join", "move", "strike", "unstrike", "back")
STRUCK = "struck"
LONG_TEXTS = ("steps", "result", "outcome", "suggestion")
OWN_OF_A_PART = ("title", *LONG_TEXTS, "evidence", "number", "position", "pair_position", "pair_similarity", "read_hash")
# Cells that stand or fall together: the home of a column is the one that is shown, set and confirmed for all of them.
# (A doubt about a whole row has no column.)
HOME = {"period_end": "period_start", "period_text": "period_start", "status_basis": "status", "evidence": "status", "": "title"}


def standing(changes: Iterable[Change]) -> list[Change]:
    """The changes that count: without those taken back, in their order."""
    changes = list(changes)
    gone = {change["of"] for change in changes if change["did"] == "back"}
    return [change for change in changes if change["did"] != "back" and change["n"] not in gone]


def last_to_take_back(changes: Iterable[Change]) -> Change | None:
    """What Ctrl+Z would take back."""
    counting = standing(changes)
    return counting[-1] if counting else None


def applied(rows: list[Row], changes: Iterable[Change]) -> list[Row]:
    """The rows after the changes. A change to a row that is not there (its making was taken back) is none. `rows` stay as they are."""
    found = [dict(row) for row in rows]
    for change in standing(changes):
        _apply(found, change)
    read = {row["row"] for row in rows}
    return [row for row in found if row["record"] != STRUCK or row["row"] in read]  # what was made and struck off never was


def _apply(rows: list[Row], change: Change) -> None:
    at = next((at for at, row in enumerate(rows) if row["row"] == change["row"]), None)
    did, to = change["did"], change.get("to")
    if did == "add":
        rows.insert(len(rows) if at is None else at + 1, _blank(rows) | to | {"row": change["new"]})
    if at is None:
        return
    row = rows[at]
    if did == "set":
        row |= {change["column"]: to} | change.get("also", {})
        _sure(row, [change["column"], *change.get("also", {})])
    elif did == "confirm":
        _sure(row, [change["column"]])
    elif did == "split":
        second = row | dict.fromkeys(OWN_OF_A_PART, "") | {"row": change["new"], "title": to[1]}
        row["title"] = to[0]
        rows.insert(at + 1, second)
    elif did == "join":
        _join(rows, row, change)
    elif did == "move":
        row |= to
    elif did == "strike" and row["record"] != STRUCK:
        row |= {"record": STRUCK, "was": row["record"]}
    elif did == "unstrike" and row["record"] == STRUCK:
        row["record"] = row.pop("was", "score" if row.get("indicator") else "measure")  # struck off in an earlier work


def _blank(rows: list[Row]) -> Row:
    return {column: rows[0].get(column, "") if column == "document" else "" for column in rows[0]} if rows else {}


def _join(rows: list[Row], row: Row, change: Change) -> None:
    other = next((one for one in rows if one["row"] == change["with"]), None)
    if other is None or other["record"] == STRUCK or other is row:
        return
    for column in other:
        if column in ("row", "record", "was", "place", "position", "read_hash"):
            continue
        parts = [part for part in (row.get(column, ""), other[column]) if part]
        if column == "title":
            row[column] = change.get("by", " ").join(parts)
        elif column in LONG_TEXTS:
            row[column] = "\n".join(dict.fromkeys(parts))
        else:
            row[column] = parts[0] if parts else ""
    other |= {"record": STRUCK, "was": other["record"]}


def _sure(row: Row, columns: list[str]) -> None:
    """What a person set or confirmed, and what stands with it, is no longer unsure: `confirmed` names it."""
    homes = {HOME.get(name, name) for name in columns}
    names = [
        *(name for name in row.get("confirmed", "").split(" | ") if name),
        *sorted({*homes, *(name for name in HOME if HOME[name] in homes and name)}),
    ]
    row["confirmed"] = " | ".join(dict.fromkeys(names))
    if row.get("unsure"):
        row["unsure"] = " | ".join(name for name in row["unsure"].split(" | ") if HOME.get(name, name) not in homes)


def states(doubts: Iterable[dict], changes: Iterable[Change]) -> dict[tuple[str, str], str]:
    """(row, home of the column) -> doubtful, confirmed or corrected; every other cell is sure."""
    found = {(doubt["row"], HOME.get(doubt["column"], doubt["column"])): "doubtful" for doubt in doubts}
    for change in standing(changes):
        if change["did"] in ("set", "confirm"):
            column = HOME.get(change["column"], change["column"])
            found[change["row"], column] = "corrected" if change["did"] == "set" else "confirmed"
    return found


def counts(rows: Iterable[Row]) -> dict[str, int]:
    """What rests on the rows: of the measures that report a result: completed, the ones that decide nothing, and all; and the scores."""
    rows = list(rows)
    results = [row for row in rows if row["record"] == "measure" and row.get("section") == "result"]
    decided = [row for row in results if row.get("status", "") not in ("", "unknown")]
    return {
        "measures": sum(row["record"] == "measure" for row in rows),
        "scores": sum(row["record"] == "score" for row in rows),
        "struck": sum(row["record"] == STRUCK for row in rows),
        "results": len(results),
        "decided": len(decided),
        "completed": sum(row["status"] == "completed" for row in decided),
        "inferred": sum(row.get("status_basis") == "inferred" for row in decided),
        "unknown": len(results) - len(decided),
    }


TEXTS = ("id", "row", "column", "from", "why", "new", "by", "with")
KNOWN = {"n", "id", "did", "of", "to", "also", *TEXTS}
FIXED = {"row", "record", "was", "document", "sha256", "place", "read_hash"}  # cells that no change may set
OF_A_GROUP = {"group_kind", "group_number", "group_name", "section"}


def accepts(changes: list[Change], new: dict) -> bool:
    """Whether `new`, which comes from a browser, is a change that may follow `changes`: numbered on, and with every part of its kind."""
    did, to, also = new.get("did"), new.get("to"), new.get("also", {})
    if new.get("n") != (changes[-1]["n"] if changes else 0) + 1 or did not in DID or not set(new) <= KNOWN:
        return False
    if not all(isinstance(new.get(name, ""), str) for name in TEXTS) or new.get("column") in FIXED or not _cells(also):
        return False
    made = bool(new.get("new")) and new["new"] not in {change.get("new") for change in changes}
    return {
        "set": isinstance(to, str) and bool(new.get("row") and new.get("column")),
        "confirm": bool(new.get("row") and new.get("column")),
        "add": made and _cells(to, "record") and to.get("record") in ("measure", "score"),
        "split": made and isinstance(to, list) and len(to) == 2 and all(isinstance(one, str) for one in to),
        "join": bool(new.get("with")) and new["with"] != new.get("row"),
        "move": _cells(to) and set(to) <= OF_A_GROUP,
        "strike": bool(new.get("why", "").strip()),
        "unstrike": bool(new.get("row")),
        "back": any(change["n"] == new.get("of") for change in standing(changes)),
    }[did]


def _cells(given, *may_be: str) -> bool:
    return isinstance(given, dict) and all(isinstance(text, str) for text in given.values()) and not FIXED - set(may_be) & set(given)
