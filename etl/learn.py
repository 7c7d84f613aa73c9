"""What people corrected in transcripts -> labelled examples of this installation, and the weights that they give with the shipped ones.

A cell that was filled from another column of the document names what that column is; a column that a finding doubts is named in its
`read_as`; a status that was corrected says what its result states; a kind that was corrected says what the title is.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from etl.formats import Document, Unreadable, open_document
from etl.known import Known
from etl.measures import learned, training
from etl.measures.tables import MeasureTable, Row, measure_tables
from etl.printed.budgets import baht
from etl.printed.thai import key
from etl.read import read
from etl.transcripts import columns
from etl.transcripts.file import read_transcript
from etl.transcripts.reread import is_corrected, reread
from etl.transcripts.transcribe import rows_of

ROLES = {
    "title": "title", "steps": "steps", "responsible": "unit", "period_text": "period", "result": "result", "outcome": "outcome",
    "suggestion": "suggestion", "budget_planned": "budget_planned", "budget_spent": "budget_spent", "refs": "refs", "group_name": "group",
}  # fmt: skip
_KINDS = {"plan": "plan", "result": "result", "plan_and_result": "result", "action_plan_result": "result"}
COUNTS = "10"  # what was corrected here counts as often as ten examples from elsewhere


@dataclass
class Lesson:
    """`examples` by file; `changes` in what is already read, a line each; `without`: documents that are not at hand."""

    examples: dict[str, training.Rows] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.examples.values()))


def learn(data: Path, known: Known, bar: Callable[[int, int, str], None]) -> Lesson:
    """Learns from the transcripts in `data`, puts the examples and their weights into `data`/examples, and says what they change."""
    lesson = Lesson()
    transcripts = [(path, read_transcript(path).rows) for path in sorted((data / "transcripts").glob("*.csv"))]
    at_hand = _documents(data, {row["document"] for _, rows in transcripts for row in rows})
    found: dict[str, dict[str, training.Rows]] = {}
    for number, (path, rows) in enumerate(transcripts):
        bar(number, len(transcripts), path.name)
        for name, example in _corrections(rows, at_hand, known, lesson):
            found.setdefault(name, {}).setdefault(str(sorted(example.items())), []).append(example)
    bar(1, 1, "")
    lesson.examples = {name: [same[0] for same in each.values()] for name, each in found.items()}
    own = learned.own(data)
    if lesson.count:
        _write(own.parent, lesson.examples)
    if own.parent.is_dir() and any(own.parent.glob("*.csv")):
        made = training.trained(training.examples(training.EXAMPLES, own.parent))
        before = {name: rows_of(read(document, known)) for name, document in at_hand.items()}
        learned.use(made)
        after = {name: rows_of(read(document, known)) for name, document in at_hand.items()}
        lesson.changes = [f"{name}: {change}" for name in before for change in reread(before[name], after[name]).changes]
        learned.keep(own, made)
    return lesson


def _documents(data: Path, names: set[str]) -> dict[str, Document]:
    """The documents of the transcripts that lie in `data`/documents and can be opened, by name."""
    found = {}
    for path in sorted((data / "documents").rglob("*")):
        if path.name in names and path.name not in found:
            try:
                found[path.name] = open_document(path)
            except Unreadable:
                continue
    return found


def _corrections(rows: list[columns.Row], at_hand: dict[str, Document], known: Known, lesson: Lesson) -> Iterator[tuple[str, dict]]:
    """(file of examples, example) for whatever the corrected rows of a transcript teach."""
    corrected = [row for row in rows if is_corrected(row)]
    for name in dict.fromkeys(row["document"] for row in corrected):
        document = at_hand.get(name)
        if document is None:
            lesson.without.append(name)
        read_as = {row["read_hash"]: row for row in rows_of(read(document, known))} if document else {}
        tables = measure_tables(document)[0] if document else []
        for row in corrected:
            if row["document"] == name:
                yield from _taught(row, read_as.get(row["read_hash"], {}), tables)


def _taught(row: columns.Row, before: columns.Row, tables: list[MeasureTable]) -> Iterator[tuple[str, dict]]:
    source = {"source": row["document"], "counts": COUNTS}
    if row["record"] == "source" and before and row["kind"] != before["kind"]:
        yield "titles", {"kind": _KINDS.get(row["kind"], "other"), "title": row["title"], **source}
    if row["record"] == "finding" and row["rule"] == "unsure_column" and row["read_as"].strip() in learned.of("roles").answers:
        yield "headings", {"role": row["read_as"].strip(), "heading": row["raw"], **source}
    if row["record"] != "measure":
        return
    for name, role in ROLES.items():
        if row[name] and before and row[name] != before[name] and (heading := _heading_of(row[name], row["place"], role, tables)):
            yield "headings", {"role": role, "heading": heading, **source}


def _heading_of(text: str, place: str, role: str, tables: list[MeasureTable]) -> str | None:
    """The heading of the column of another role in which `text` stands, in the row at `place`."""
    for table in tables:
        for row in table.rows:
            if place in {cell.place for cell in row.cells} | {row.place}:
                return next((table.headings.get(at) for at in _columns_of(text, row) if table.roles.get(at) != role), None)
    return None


def _columns_of(text: str, row: Row) -> list[int]:
    letters, amount = key(text), baht(text)

    def is_it(cell: str) -> bool:
        return bool(cell.strip()) and (key(cell) == letters or (amount is not None and baht(cell) == amount))

    return [at for at, cell in enumerate(row.cells) if is_it(cell.text)]


def _write(folder: Path, examples: dict[str, training.Rows]) -> None:
    """The examples added to those of the folder, each once."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = training.examples(folder)
    for name, rows in examples.items():
        every = [*kept[name], *(row for row in rows if row not in kept[name])]
        with open(folder / f"{name}.csv", "w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.DictWriter(handle, list(every[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(every)
