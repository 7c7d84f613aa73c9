"""What a second reading of a document changes in its transcript, and what it keeps: the rows that a person corrected.

`read_hash` is a short hash of what the machine read in a row. A row that no longer agrees with it, or has none, was corrected or added
by a person.
"""

from collections import Counter
from dataclasses import dataclass

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

    Rows of other documents stay as they are. Uncorrected rows give way to the new ones, corrected ones are kept in
    their place, with the new `read_hash` and position. A row belongs to the new row with its `read_hash`, else to that
    of the same record, place and order within the place.
    """
    document = new[0]["document"]
    others = [row for row in old if row["document"] != document]
    mine = [row for row in old if row["document"] == document]
    counterpart = _counterparts(mine, new)
    after: list[Row] = [dict(row) for row in new]
    changes, kept, added = [], [], []
    for at, row in enumerate(mine):
        partner = counterpart.get(at)
        if not is_corrected(row):
            if partner is None:
                changes.append(f"- {_named(row)}")
            else:
                changes += [f"~ {_named(new[partner])}: {change}" for change in _changes(row, new[partner])]
            continue
        kept.append(_named(row))
        if partner is None:
            added.append((max((counterpart[before] for before in range(at) if before in counterpart), default=0), row))
        else:
            if new[partner]["read_hash"] != row["read_hash"]:
                changes.append(f"* {_named(row)}: {'; '.join(_changes(row, new[partner]))}")
            after[partner] = row | {"read_hash": new[partner]["read_hash"], "position": new[partner]["position"]}
    known = set(counterpart.values())
    changes += [f"+ {_named(row)}" for at, row in enumerate(new) if mine and at not in known]
    for at, row in reversed(added):
        after.insert(at + 1, row)
    first = next((at for at, row in enumerate(old) if row["document"] == document), len(old))
    before = sum(row["document"] != document for row in old[:first])
    return Difference(others[:before] + after + others[before:], changes, kept)


def _counterparts(old: list[Row], new: list[Row]) -> dict[int, int]:
    found: dict[int, int] = {}
    for keys_old, keys_new in ((_hashes(old), _hashes(new)), (_places(old), _places(new))):
        taken = set(found.values())
        free = {key: at for at, key in enumerate(keys_new) if at not in taken}
        for at, key in enumerate(keys_old):
            if at not in found and key in free:
                found[at] = free.pop(key)
    return found


def _hashes(rows: list[Row]) -> list[tuple]:
    return _numbered([(row["record"], row["read_hash"]) for row in rows])


def _places(rows: list[Row]) -> list[tuple]:
    return _numbered([(row["record"], row["section"], row["rule"], row["place"]) for row in rows])


def _numbered(keys: list[tuple]) -> list[tuple]:
    """Each key with its occurrence, so that two measures of one row of the report stay two."""
    seen: Counter = Counter()
    numbered = []
    for key in keys:
        seen[key] += 1
        numbered.append((*key, seen[key]))
    return numbered


def _named(row: Row) -> str:
    what = " ".join(row[column] for column in ("record", "section", "position", "indicator", "rule") if row[column])
    return f"{what} ({row['place']})" if row["place"] else what


def _changes(old: Row, new: Row) -> list[str]:
    return [
        f"{column}: {_short(old[column])} → {_short(new[column])}"
        for column in COLUMNS
        if column != "read_hash" and as_written(column, old[column])[0] != as_written(column, new[column])[0]
    ]


def _short(text: str) -> str:
    text = text.replace("\n", " ")
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"
