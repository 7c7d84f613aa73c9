"""What a person made of a draft is kept: the transcript with the corrections, the document itself, the pictures of its pages, the history.

The transcript is what counts, and it comes last: a process that is killed leaves the old state or the new one. Whoever saves what was
opened before somebody else saved the same is refused, and told so.
"""

import json
import re
from pathlib import Path

from etl.desk.history import History
from etl.desk.pages import INDEX
from etl.desk.shelf import document_name
from etl.desk.whole import sha256_of, write_whole
from etl.messages import Said, message
from etl.transcripts.columns import COLUMNS, Row, row_hash
from etl.transcripts.file import home_of, read_transcript
from etl.transcripts.reread import is_corrected, replaced, settled

READING, ROWS, JOURNAL, NAME = "reading.json", "rows.json", "changes.jsonl", "name.txt"
_RECORDS = ("source", "measure", "score", "finding", "struck")
_TAKEN = ("set", "confirm", "add", "split", "join", "move", "strike", "unstrike", "back")
_PAGE = re.compile(r"page-\d{4,6}\.(?:webp|html)")


class NotKept(Exception):
    """Why nothing was kept, and what to do: `said`. All is as it was."""

    def __init__(self, key: str, **words: object):
        self.said: Said = message(key, **words)
        super().__init__(self.said.en)


def keep(draft: Path, data: Path, who: str) -> dict:
    """Keeps a draft in the folder `data`; returns the entry of the history, or what is there already where nothing changed.

    NotKept: the draft is not whole, or the transcript changed since it was opened. OSError: something could not be written.
    """
    said = _read(draft / READING)
    wanted = _read(draft / ROWS)
    wanted = wanted.get("rows") if isinstance(wanted, dict) else wanted
    source = said["source"]
    file = next(iter(sorted(draft.glob("document.*"))), None)
    if file is None or sha256_of(file) != source["sha256"]:
        raise NotKept("draft_not_whole", name=draft.name)
    with History(data).held() as history:
        name = document_name(data, source["file"], source["sha256"])
        read = [_named(row, name) for row in said["rows"]]
        rows = settled(_kept_rows(read, _checked(wanted, name, draft), source))
        home = home_of(name, data / "transcripts", source["sha256"], source["agency"] or "")
        opened = said["transcript"]["sha256"] if home.name == said["transcript"]["file"] else None
        if sha256_of(home) not in (opened, _own(history, draft.name)):
            raise NotKept("draft_overtaken", name=home.name)
        journal = _journal(draft / JOURNAL)
        _keep_document(file, data, name, source["sha256"])
        _keep_pages(draft, data, source["sha256"])
        old = read_transcript(home).rows if home.exists() else []
        facts = {"did": "keep", "who": who, "draft": draft.name, "document": name, "sha256": source["sha256"],
                 "agency": rows[0]["agency"], "fiscal_year": rows[0]["fiscal_year"],
                 "changes": _standing(journal, said.get("kept", 0))}  # fmt: skip
        entry = history.put(home, replaced(old, name, rows), facts)
        said |= {"transcript": {"file": home.name, "sha256": sha256_of(home)}, "kept": max((one["n"] for one in journal), default=0)}
        write_whole(draft / READING, json.dumps(said, ensure_ascii=False))
        return entry or {"n": None, "document": name, "transcript": home.name}


def back(data: Path, number: int, who: str) -> dict:
    """Puts the document of an entry of the history back as it was before that entry; this is an entry, too. NotKept: no such entry."""
    with History(data).held() as history:
        found = history.as_before(number)
        if found is None:
            raise NotKept("no_such_entry", number=number)
        then, home, rows = found
        facts = {name: then[name] for name in ("document", "sha256", "agency", "fiscal_year")}
        entry = history.put(home, rows, {"did": "back", "who": who, "of": number} | facts | {"changes": []})
        return entry or {"n": None, "document": then["document"], "transcript": home.name}


def _own(history: History, draft: str) -> str | None:
    """The hash of the transcript as this draft itself left it, where nobody changed it since: its own process may have been killed before
    it noted that."""
    last = next((entry for entry in reversed(history.entries()) if entry.get("draft") == draft), {})
    return last.get("after") or "-"


# --- rows ---------------------------------------------------------------------------------------------------------------


def _checked(rows: object, document: str, draft: Path) -> list[Row]:
    """The rows that the page wrote: texts by their columns, of this document."""
    if not isinstance(rows, list) or not rows:
        raise NotKept("draft_not_whole", name=draft.name)
    made = []
    for row in rows:
        if not isinstance(row, dict) or row.get("record") not in _RECORDS or not all(isinstance(cell, str) for cell in row.values()):
            raise NotKept("draft_not_whole", name=draft.name)
        made.append(dict.fromkeys(COLUMNS, "") | row | {"document": document})
    if made[0]["record"] != "source" or sum(row["record"] == "source" for row in made) != 1:
        raise NotKept("draft_not_whole", name=draft.name)
    return made


def _named(row: dict, document: str) -> dict:
    """A row as it was opened, of a document that is kept under another name than it was opened with."""
    if row["document"] == document:
        return row
    renamed = row | {"document": document}
    return renamed if is_corrected(row) else renamed | {"read_hash": row_hash(renamed)}


def _kept_rows(read: list[dict], wanted: list[Row], source: dict) -> list[Row]:
    """The rows of a transcript: each with the hash of what was read; what the person left out is struck off, so that no later reading
    brings it back."""
    opened = {row["row"]: row for row in read}
    rows: list[Row] = []
    for row in wanted:
        before = opened.pop(row.get("row", ""), None)
        row = {name: cell for name, cell in row.items() if name in COLUMNS or (before and name in before and name != "row")}
        # Positions and pairs are reckoned, never corrected: they follow from the order of the rows.
        row |= {name: before[name] if before else "" for name in ("read_hash", "position", "pair_position", "pair_similarity")}
        if before:
            row["confirmed"] = " | ".join(dict.fromkeys([*filter(None, row["confirmed"].split(" | ")), *_settled_doubts(before, row)]))
        if row["record"] == "source":
            row["sha256"] = source["sha256"]
        rows.append(row)
    order = {row["row"]: at for at, row in enumerate(read)}
    places = [order.get(row.get("row", ""), -1) for row in wanted]
    for left in opened.values():
        gone = {name: cell for name, cell in left.items() if name != "row"} | {"record": "struck"}
        at = next((at + 1 for at in reversed(range(len(places))) if -1 < places[at] < order[left["row"]]), len(rows))
        rows.insert(at, gone)
        places.insert(at, order[left["row"]])
    return rows


def _settled_doubts(before: Row, row: Row) -> list[str]:
    """Fields that were not read surely, or only inferred, and that a person wrote anew: these, too, somebody looked at."""
    doubtful = [*filter(None, before["unsure"].split(" | ")), *["status"] * (before["status_basis"] == "inferred")]
    return [name for name in doubtful if name in COLUMNS and row[name] != before[name]]


# --- files --------------------------------------------------------------------------------------------------------------


def _read(path: Path) -> dict | list:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise NotKept("draft_not_whole", name=path.parent.name) from None


def _journal(path: Path) -> list[dict]:
    """The changes of a person, in order; a last line that is not whole was never said to be kept."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    changes = []
    for line in lines:
        try:
            change = json.loads(line)
        except ValueError:
            continue
        if isinstance(change, dict) and change.get("did") in _TAKEN and isinstance(change.get("n"), int):
            changes.append(change)
    return changes


def _standing(journal: list[dict], after: int) -> list[dict]:
    """The changes since the draft was kept last, but for those that were taken back since."""
    new = [change for change in journal if change["n"] > after]
    taken_back = {change.get("of") for change in new if change["did"] == "back"}
    here = {change["n"] for change in new}
    return [change for change in new if change["n"] not in taken_back and not (change["did"] == "back" and change.get("of") in here)]


def _keep_document(file: Path, data: Path, name: str, sha256: str) -> None:
    path = data / "documents" / name
    if sha256_of(path) != sha256:
        write_whole(path, file.read_bytes())


def _keep_pages(draft: Path, data: Path, sha256: str) -> None:
    """The pages, and their index last: a folder that has it is whole."""
    folder = data / "documents" / ".pages" / sha256[:12]
    index = (draft / INDEX).read_bytes()
    if (folder / INDEX).exists() and (folder / INDEX).read_bytes() == index:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for page in sorted(draft.iterdir()):
        if _PAGE.fullmatch(page.name):
            write_whole(folder / page.name, page.read_bytes())
    write_whole(folder / INDEX, index)
