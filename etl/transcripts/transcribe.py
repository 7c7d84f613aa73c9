"""A reading as the rows of a transcript, and these into the file of its document, which a re-read does not spoil."""

from dataclasses import dataclass
from pathlib import Path

from etl.reading import Reading, as_json
from etl.transcripts.columns import COLUMNS, Row, row_hash
from etl.transcripts.file import home_of, read_transcript, write_transcript
from etl.transcripts.reread import reread

LONG_TEXTS = ("steps", "result", "outcome", "suggestion")


def rows_of(reading: Reading) -> list[Row]:
    """The rows of `reading`: its source, measures (plan rows with the results that they pair with), scores and findings."""
    said = as_json(reading)
    document = reading.source.file
    pairs = _pairs(reading)
    rows = [_row("source", document, said["source"] | {"unsure": reading.source.unsure})]
    rows += [_row("measure", document, values | pairs.get(at, {})) for at, values in enumerate(said["measures"])]
    rows += [_row("score", document, score) for score in said["scores"]]
    rows += [_row("finding", document, finding) for finding in said["findings"]]
    for row in rows:
        row["read_hash"] = row_hash(row)
    return rows


def _pairs(reading: Reading) -> dict[int, dict[str, list]]:
    """Index of a plan measure -> the positions of its results in the same document, and how alike they are."""
    sections = {name: [at for at, measure in enumerate(reading.measures) if measure.section == name] for name in ("plan", "result")}
    if not all(sections.values()):
        return {}
    from etl.pairing import Item, pair_measures  # loads DuckDB, which most documents need not wait for

    plan, result = (
        [Item(one.title, one.group_number or one.group_name, one.steps) for one in (reading.measures[at] for at in sections[name])]
        for name in ("plan", "result")
    )
    pairs: dict[int, dict[str, list]] = {}
    for pair in pair_measures(plan, result):
        found = pairs.setdefault(sections["plan"][pair.plan], {"pair_position": [], "pair_similarity": []})
        found["pair_position"].append(reading.measures[sections["result"][pair.result]].position)
        found["pair_similarity"].append(f"{pair.similarity:.4f}".rstrip("0").rstrip("."))
    return pairs


def _row(record: str, document: str, values: dict) -> Row:
    row = dict.fromkeys(COLUMNS, "")
    row |= {column: _written(value) for column, value in values.items() if column != "file"}
    return row | {"record": record, "document": document}


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " | ".join(str(item).replace(" | ", " / ") for item in value)
    return str(value)


def without_long_texts(rows: list[Row]) -> list[Row]:
    """The rows as they ship: the reports' long texts stay with their authors, `evidence` and all facts are kept."""
    short = [row | dict.fromkeys(LONG_TEXTS, "") for row in rows]
    return [row | {"read_hash": row_hash(row)} for row in short]


@dataclass
class Outcome:
    """What became of a reading: its file, whether it was written, what differed, and the corrected rows that were kept."""

    path: Path
    written: bool
    changes: list[str]
    kept: list[str]


def transcribe(reading: Reading, into: Path, force: bool = False, short: bool = False) -> Outcome:
    """Writes `reading` into its file in the folder `into`; where that would change rows that are there, only with `force`.

    `short`: without the long texts. Unreadable: the file that is there is no transcript. OSError: it could not be written.
    """
    new = without_long_texts(rows_of(reading)) if short else rows_of(reading)
    path = home_of(reading.source.file, into, reading.source.sha256, reading.source.agency or "")
    old = read_transcript(path).rows if path.exists() else []
    difference = reread(old, new)
    written = not path.exists() or (difference.rows != old and (force or not difference.changes))
    if written:
        write_transcript(path, difference.rows)
    return Outcome(path, written, difference.changes, difference.kept)
