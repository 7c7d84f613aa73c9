"""What a second reading of a document changes in its transcript, and what it keeps: the rows that a person corrected.

`read_hash` is a short hash of what the machine read in a row. A row that no longer agrees with it, or has none, was corrected or added
by a person.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from etl.transcripts.columns import COLUMNS, Row, as_written, row_hash


@dataclass
class Difference:
    """What a re-read would change: lines to show, and whether anything changes at all. `kept` names the corrected rows."""

    rows: list[Row]
    changes: list[str]
    kept: list[str]


def is_corrected(row: Row) -> bool:
    """Whether a person changed or added this row."""
    return row.get("read_hash", "").strip() != row_hash(row)


def reread(old: list[Row], new: list[Row]) -> Difference:
    """The rows of a file after one of its documents was read again: `old` those of the file, `new` those of the document.

    Rows of other documents stay as they are. Uncorrected rows give way to the new ones, corrected ones (also those struck off) are kept
    in their place, with the new `read_hash` and position. A row belongs to the new row with its `read_hash`, else to the one that says the
    same, else to that of the same record, place and order within the place.
    """
    document = new[0]["document"]
    mine = [row for row in old if row["document"] == document]
    counterpart = _counterparts(mine, new)
    after: list[tuple[int | None, Row]] = list(enumerate(new))
    added: list[tuple[int, Row]] = []
    for at, row in enumerate(mine):
        partner = counterpart.get(at)
        if is_corrected(row) and partner is None:
            added.append((max((counterpart[before] for before in range(at) if before in counterpart), default=0), row))
        elif is_corrected(row):
            after[partner] = partner, row | {"read_hash": new[partner]["read_hash"], "position": new[partner]["position"]}
    for at, row in reversed(added):
        after.insert(at + 1, (None, row))
    rows = settled([row for _, row in after])
    read = {partner: row for (partner, _), row in zip(after, rows, strict=True)}
    changes: list[str] = []
    for at, row in enumerate(mine):
        partner = counterpart.get(at)
        if not is_corrected(row):
            changes += [f"~ {_named(read[partner])}: {change}" for change in _changes(row, read[partner])] if partner is not None else []
            changes += [f"- {_named(row)}"] if partner is None else []
        elif partner is not None and new[partner]["read_hash"] != row["read_hash"]:
            changes.append(f"* {_named(row)}: {'; '.join(_changes(row, new[partner]))}")
    known = set(counterpart.values())
    changes += [f"+ {_named(row)}" for at, row in enumerate(new) if mine and at not in known]
    return Difference(replaced(old, document, rows), changes, [_named(row) for row in mine if is_corrected(row)])


def replaced(rows: list[Row], document: str, by: list[Row]) -> list[Row]:
    """The rows of a file where those of one of its documents give way to others, where the first of them stood, else at the end."""
    others = [row for row in rows if row["document"] != document]
    first = next((at for at, row in enumerate(rows) if row["document"] == document), len(rows))
    before = sum(row["document"] != document for row in rows[:first])
    return others[:before] + by + others[before:]


def settled(rows: list[Row]) -> list[Row]:
    """The rows of a document, where its measures are numbered anew if a person added some or moved them, and pairs follow.

    Positions that rise within each section stay: a measure that was struck off leaves a gap, so that all others keep their names. A row
    that nobody corrected is none the more corrected for it.
    """
    rows = [dict(row) for row in rows]
    now: dict[str, str] = {}  # position of a result as it was -> as it is
    for section in ("plan", "result"):
        mine = [row for row in rows if row["record"] == "measure" and row["section"] == section]
        if any(row["position"] and not row["position"].isdecimal() for row in mine):
            continue  # what is no position is for the build to name
        before = [int(row["position"] or 0) for row in mine]
        after = before if all(one < other for one, other in pairwise([0, *before])) else _rising(mine)
        for row, position in sorted(zip(mine, after, strict=True), key=lambda one: not one[0]["read_hash"]):
            if section == "result" and row["position"]:
                now.setdefault(row["position"], str(position))
            _put(row, position=str(position))
    gone = {row["position"] for row in rows if row["record"] == "struck" and row["section"] == "result"} - set(now)
    for row in rows:
        if row["record"] == "measure" and row["pair_position"]:
            pairs = list(zip_longest(row["pair_position"].split(" | "), row["pair_similarity"].split(" | "), fillvalue=""))
            left = [(now.get(position, position), alike) for position, alike in pairs if position not in gone]
            if left != pairs:
                positions, likenesses = zip(*left, strict=True) if left else ((), ())
                _put(row, pair_position=" | ".join(positions), pair_similarity=" | ".join(likenesses))
    return rows


def _rising(rows: list[Row]) -> list[int]:
    """Positions that rise: what was read keeps its own where it can."""
    positions: list[int] = []
    for row in rows:
        own = int(row["position"] or 0) if row["read_hash"] else 0
        positions.append(max(own, positions[-1] + 1 if positions else 1))
    return positions


def _put(row: Row, **cells: str) -> None:
    """Writes cells that the program reckons; the hash of a row that nobody corrected follows."""
    if any(row[name] != value for name, value in cells.items()):
        corrected = is_corrected(row)
        row.update(cells)
        if not corrected:
            row["read_hash"] = row_hash(row)


def _counterparts(old: list[Row], new: list[Row]) -> dict[int, int]:
    """Number of an old row -> number of the new one that it belongs to. Rows that a person added come last: they have no reading of their
    own."""
    found: dict[int, int] = {}
    for keys_of_old, keys_of_new in ((_hashes, _hashes), (_contents, _contents), (_places, _places), (_added, _places)):
        taken = set(found.values())
        free = {key: at for at, key in enumerate(keys_of_new(new)) if key and at not in taken}
        for at, key in enumerate(keys_of_old(old)):
            if at not in found and key in free:
                found[at] = free.pop(key)
    return found


def _hashes(rows: list[Row]) -> list[tuple | None]:
    return _numbered([row["read_hash"] and (row["read_hash"],) for row in rows])


def _contents(rows: list[Row]) -> list[tuple | None]:
    """What rows that nobody corrected say, but for their positions: these follow from the rows before."""
    return _numbered([None if is_corrected(row) else (row_hash(row | {"position": "", "pair_position": ""}),) for row in rows])


def _places(rows: list[Row]) -> list[tuple | None]:
    return _numbered([row["read_hash"] and _place(row) for row in rows])


def _added(rows: list[Row]) -> list[tuple | None]:
    return _numbered([None if row["read_hash"] else _place(row) for row in rows])


def _place(row: Row) -> tuple[str, ...]:
    record = row["record"]
    if record == "struck":
        record = "finding" if row["rule"] else "measure" if row["section"] else "score"
    return record, row["section"], row["rule"], row["place"]


def _numbered(keys: list[tuple | str | None]) -> list[tuple | None]:
    """Each key with its occurrence, so that two measures of one row of the report stay two; what has none stays without."""
    seen: Counter = Counter()
    numbered: list[tuple | None] = []
    for key in keys:
        seen[key] += 1
        numbered.append((*key, seen[key]) if key else None)
    return numbered


def _named(row: Row) -> str:
    what = " ".join(row[column] for column in ("record", "section", "position", "indicator", "rule") if row[column])
    return f"{what} ({row['place']})" if row["place"] else what


def _changes(old: Row, new: Row) -> list[str]:
    return [
        f"{column}: {_short(old[column])} → {_short(new[column])}"
        for column in COLUMNS
        if column not in ("read_hash", "position") and as_written(column, old[column])[0] != as_written(column, new[column])[0]
    ]


def _short(text: str) -> str:
    text = text.replace("\n", " ")
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
