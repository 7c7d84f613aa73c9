"""One document is opened beside its pages: a folder with its reading, what is doubtful in it, and the pages themselves.

The folder is a draft of a person's work (docs/develop.md says what lies in it). Nothing outside of it is written.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from etl.account import LOST, READ, in_words
from etl.desk.cells import cells
from etl.desk.doubts import doubts
from etl.desk.history import History
from etl.desk.pages import write_pages
from etl.desk.shelf import document_name
from etl.desk.whole import sha256_of, write_whole
from etl.formats import Unreadable, open_document, watch
from etl.known import Known
from etl.messages import message
from etl.read import read
from etl.reading import Reading, as_json
from etl.transcripts.columns import Row
from etl.transcripts.file import documents_in, home_of, read_transcript
from etl.transcripts.reread import reread
from etl.transcripts.transcribe import rows_of

READING = "reading.json"
MOST_PAGES = 500  # as the reader itself takes
MOST_ROWS = 20_000  # of a reading: 1 kilobyte each, and more than anybody looks over; a nation's scores are a sheet for data/scores

Tell = Callable[[int, int], None]


def open_into(path: Path, into: Path, data: Path, known: Known, name: str, most_pages: int, most_megabytes: int, tell: Tell) -> dict:
    """Reads the file at `path`, as the document `name`, into the folder `into`; returns what its reading.json says.

    `data`: the folder whose transcripts and documents it is going to join. `tell(done, of)`: as it gets on. Raises formats.Unreadable as
    reading does. reading.json is written last: a folder that has it is whole.
    """
    _check(path, most_megabytes)
    data_of_file = path.read_bytes() if path.is_file() else b""
    _check_pages(data_of_file, most_pages)
    sha256 = hashlib.sha256(data_of_file).hexdigest()
    tell(0, 1)
    with watch.listening(lambda page, of: tell(page, 2 * of)):
        document = replace(open_document(path), file=document_name(data, name, sha256))
        reading = read(document, known)
    if (rows := len(reading.measures) + len(reading.scores)) > MOST_ROWS:
        raise Unreadable(*message("too_many_rows_to_check", rows=f"{rows:,}", limit=f"{MOST_ROWS:,}"))
    said = _said(reading, data, known)
    said["cells"] = cells(document, said["rows"])
    into.mkdir(parents=True, exist_ok=True)
    for left in [into / READING, *into.glob("page-*.webp"), *into.glob("page-*.html")]:
        left.unlink(missing_ok=True)
    places = dict.fromkeys(row["place"] for row in said["rows"] if row["place"])
    watch.rewind(watch.SECONDS)
    write_pages(document, data_of_file, path.suffix.lower(), places, into, lambda page, of: _drawn(page, of, tell))
    write_whole(into / READING, json.dumps(said, ensure_ascii=False))
    return said


def _drawn(page: int, of: int, tell: Tell) -> None:
    watch.rewind(watch.SECONDS)
    tell(of + page, 2 * of)


def _check(path: Path, most: int) -> None:
    size = path.stat().st_size / 1e6 if path.is_file() else 0
    if size > most:
        raise Unreadable(*message("too_large", size=f"{size:.0f}", limit=most))


def _check_pages(data: bytes, most: int) -> None:
    """Fewer pages than the reader itself takes may be allowed; what is no PDF, or a damaged one, is the reader's to say."""
    if most >= MOST_PAGES or b"%PDF-" not in data[:2048]:
        return
    import pypdfium2

    try:
        pages = len(pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError:
        return
    if pages > most:
        raise Unreadable(*message("too_many_pages", pages=pages, limit=most))


# --- what the reading says, for a page ----------------------------------------------------------------------------------


def _said(reading: Reading, data: Path, known: Known) -> dict:
    source = reading.source
    transcripts = data / "transcripts"
    home = home_of(source.file, transcripts, source.sha256, source.agency or "")
    rows = _with_corrections(rows_of(reading), home)
    numbered = [{"row": str(at)} | row for at, row in enumerate(rows)]
    own = dict(_of_agency(transcripts, source.agency)) if source.agency else {}
    units = sorted({unit for each in own.values() for row in each for unit in row["responsible"].split(" | ") if unit})
    year = known.rules.get(source.fiscal_year)
    questions = [row["code"] for row in year.questions] if year else []
    found = doubts(numbered, questions, units)
    here = dict.fromkeys(unit for row in rows for unit in row["responsible"].split(" | ") if unit)
    findings = [row for row in numbered if row["record"] == "finding"]
    return {
        "source": as_json(reading)["source"],
        "counts": {
            "measures": sum(row["record"] == "measure" for row in rows),
            "scores": sum(row["record"] == "score" for row in rows),
            "findings": len(findings),
            "doubtful": len({(doubt["row"], doubt["column"]) for doubt in found}),
        },
        "account": _account(reading),
        "rows": numbered,
        "doubts": found,
        "findings": [{name: row[name] for name in ("row", "severity", "rule", "place", "message", "raw", "read_as")} for row in findings],
        "exists": list(_exists(numbered[0], own)),
        "questions": questions,
        "units": list(dict.fromkeys([*units, *here])),
        "mended": _mended(data, source.agency),
        "transcript": {"file": home.name, "sha256": sha256_of(home)},
    }


def _with_corrections(rows: list[Row], home: Path) -> list[Row]:
    """The rows of a reading; where its transcript is there already, with what a person corrected in it."""
    if not home.exists():
        return rows
    return [row for row in reread(read_transcript(home).rows, rows).rows if row["document"] == rows[0]["document"]]


def _of_agency(transcripts: Path, agency: str) -> Iterator[tuple[str, list[Row]]]:
    """(file, rows) of the transcripts that hold documents of an agency, each with the rows of these only."""
    for path, sources in documents_in(transcripts):
        documents = {source["document"] for source in sources if source["agency"] == agency}
        if documents:
            yield path.name, [row for row in read_transcript(path).rows if row["document"] in documents]


def _exists(source: Row, own: dict[str, list[Row]]) -> Iterator[dict]:
    """What is there of the agency, year, round and family of a document."""
    alike = ("fiscal_year", "round", "family")
    for file, rows in own.items():
        for one in rows:
            if one["record"] == "source" and all(one[name] == source[name] for name in alike):
                counts = {f"{kind}s": sum(row["record"] == kind and row["document"] == one["document"] for row in rows)
                          for kind in ("measure", "score")}  # fmt: skip
                yield {"document": one["document"], "file": file, **counts, "same": one["sha256"] == source["sha256"]}


def _mended(data: Path, agency: str | None) -> dict[str, str]:
    """Names of units as they were read -> as a person put them right in a document of the same agency, the last time counting."""
    found = {}
    for entry in History(data).entries():
        for change in entry["changes"] if agency and entry.get("agency") == agency else []:
            if change["did"] == "set" and change.get("column") == "responsible":
                before, after = change.get("from", "").split(" | "), change["to"].split(" | ")
                found |= (
                    {old: new for old, new in zip(before, after, strict=False) if old and new != old} if len(before) == len(after) else {}
                )
    return found


def _account(reading: Reading) -> dict:
    account = reading.account
    letters = {"letters": account.total, "read": account.letters[READ], "lost": account.letters[LOST]}
    return letters | {
        "said": in_words(account)._asdict(),
        "losses": [{"place": one.place, "text": one.text[:200]} for one in account.lost[:50]],
    }
