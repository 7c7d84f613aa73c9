"""The desk: a document opened beside its pages, what is doubtful in it, and a person's work kept."""

import hashlib
import html
import io
import itertools
import json
import os
import random
import re
import shutil
import signal
import struct
import sys
import time
import zipfile
import zlib
from pathlib import Path

import duckdb
import pandas as pd
import pypdfium2
import pytest
from hypothesis import given, settings
from PIL import Image

from etl import __main__ as command_line
from etl.desk.doubts import doubts
from etl.desk.keep import keep
from etl.desk.open import open_into
from etl.desk.pages import ROWS_A_PAGE
from etl.known import load_known
from etl.read import read_document
from etl.transcripts.columns import COLUMNS
from etl.transcripts.file import read_transcript
from etl.transcripts.reread import is_corrected
from etl.transcripts.transcribe import transcribe
from pages.parts.desk import journal
from pages.parts.desk.history import part_of
from pages.parts.say.sentences.scores import completion_rate
from pages.parts.say.text import LANGUAGES, Words
from tests.support.data import ROOT, SHARED
from tests.test_desk_journal import journals

KNOWN = load_known()
GOLDEN = sorted(path for path in (ROOT / "tests/golden/measures").glob("*/report.*") if path.name != "report.expected.json")
REPORTS = sorted((SHARED / "seeds").glob("0*.txt"))


def opened(path: Path, into: Path, data: Path, name: str = "") -> tuple[dict, dict]:
    """(reading.json, pages.json) of a document that was opened."""
    open_into(path, into, data, KNOWN, name or path.name, 500, 200, lambda done, of: None)
    return tuple(json.loads((into / each).read_text(encoding="utf-8")) for each in ("reading.json", "pages.json"))


def events(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("path", [*GOLDEN, *REPORTS], ids=lambda path: path.parent.name if path.stem == "report" else path.name[:3])
def test_every_place_of_a_reading_is_found_on_its_pages(path, tmp_path):
    said, pages = opened(path, tmp_path / "draft", tmp_path)
    files = [tmp_path / "draft" / (page.get("picture") or page["html"]) for page in pages["pages"]]
    assert [page["page"] for page in pages["pages"]] == list(range(1, len(files) + 1)) and all(file.is_file() for file in files)
    marked = {
        at + 1: re.findall(r' data-place="([^"]*)"', file.read_text(encoding="utf-8"))
        for at, file in enumerate(files)
        if file.suffix == ".html"
    }
    for row in said["rows"]:
        assert set(row) == {*COLUMNS, "row"}
        if row["place"]:
            where = pages["places"][row["place"]]
            if not marked:
                left, top, right, bottom = where["box"]
                assert 0 <= left < right <= 1 and 0 <= top < bottom <= 1 and 1 <= where["page"] <= len(files)
                assert row["record"] == "finding" or where["box"] != [0, 0, 1, 1], "the whole page is no place of a row"
            elif row["record"] in ("measure", "score"):
                assert row["place"] in map(html.unescape, marked[where["page"]])
    for doubt in said["doubts"]:
        row, at = said["rows"][int(doubt["row"])], said["cells"].get(doubt["row"], {})
        where = pages["places"][at.get(doubt["column"]) or at.get("row") or row["place"]]
        assert where.get("box") != [0, 0, 1, 1], "whoever looks a doubt over is shown more than a page"
    if said["source"]["title"]:
        assert {"title", "row"} <= set(said["cells"]["0"])
    every = [place for places in marked.values() for place in places]
    assert len(every) == len(set(every)) and max(map(len, marked.values()), default=0) <= 30 * ROWS_A_PAGE


def test_a_sheet_of_several_agencies_has_none_of_its_own_to_doubt(tmp_path):
    path = next((ROOT / "tests/golden/scores/a_agencies_as_rows").glob("document.*"))
    said, _ = opened(path, tmp_path / "draft", tmp_path)
    assert "agency_several" in {finding["rule"] for finding in said["findings"]}, "else nothing is proved"
    assert not [doubt for doubt in said["doubts"] if doubt["column"] == "agency"]


def test_paper_holds_nothing_of_the_file_but_its_text(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        "<title>รายงานผล</title><style>p{color:red}</style><script>alert(1)</script><p onclick=x>ก &lt;b&gt; <a href='http://example.org'>ข</a>"
        "<img src=x onerror=alert(1)></p><table><tr><td>\"' ค</td><td>ง</td></tr></table>",
        encoding="utf-8",
    )
    opened(page, tmp_path / "draft", tmp_path)
    made = (tmp_path / "draft" / "page-0001.html").read_text(encoding="utf-8")
    assert {tag.lower() for tag in re.findall(r"<(\w+)", made)} == {"section", "p", "table", "tr", "td"}
    assert set(re.findall(r'(\S+)="', made)) == {"class", "data-place"} and "ก &lt;b&gt;" in made and "alert" not in made


def test_the_command_says_how_it_gets_on_and_what_it_found(tmp_path, capsys):
    assert (
        command_line.main(["open", str(REPORTS[0] if REPORTS else GOLDEN[0]), "--into", str(tmp_path / "draft"), "--data", str(tmp_path)])
        == 0
    )
    *progress, last = events(capsys)
    assert {line["kind"] for line in progress} == {"progress"} and progress[-1]["done"] == progress[-1]["of"] and last["kind"] == "opened"
    assert (tmp_path / "draft" / "reading.json").is_file() and list(tmp_path.iterdir()) == [tmp_path / "draft"]


# --- what a person kept -------------------------------------------------------------------------------------------------


def draft(path: Path, data: Path, name: str = "", folder: str = "0123456789abcdef") -> Path:
    """A draft of a document in `data`, as the page leaves it when nothing was changed."""
    into = data / "drafts" / folder
    opened(path, into, data, name)
    shutil.copyfile(path, into / f"document{path.suffix}")
    changed(into, lambda rows: rows)
    return into


def changed(into: Path, change, *journal: dict) -> None:
    """The rows as a person made them, of those that were opened."""
    rows = json.loads((into / "reading.json").read_text(encoding="utf-8"))["rows"]
    (into / "rows.json").write_text(json.dumps(change(rows)), encoding="utf-8")
    (into / "changes.jsonl").write_text("".join(json.dumps(each) + "\n" for each in journal), encoding="utf-8")


def kept(into: Path, data: Path, capsys, who: str = "สมศรี") -> dict:
    capsys.readouterr()
    code = command_line.main(["keep", str(into), "--data", str(data), "--who", who])
    (line,) = events(capsys)
    assert code == (line["kind"] != "kept")
    return line


def measures(path: Path) -> list[dict]:
    return [row for row in read_transcript(path).rows if row["record"] == "measure"]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


REPORT = ROOT / "tests/golden/measures/merged_cells/report.html"  # five results
BOTH = next(path for path in GOLDEN if path.parent.name == "plan_and_outcome")


@pytest.mark.parametrize("path", GOLDEN[::6], ids=lambda path: path.parent.name)
def test_what_nobody_changed_is_kept_as_it_is_read(path, tmp_path, capsys):
    data = tmp_path / "data"
    assert kept(draft(path, data), data, capsys)["kind"] == "kept"
    assert command_line.main(["read", str(path), "--into", str(tmp_path / "read")]) == 0
    (one,), (other,) = (list((folder / name).glob("*.csv")) for folder, name in ((data, "transcripts"), (tmp_path, "read")))
    assert one.read_bytes() == other.read_bytes() and (data / "documents" / path.name).read_bytes() == path.read_bytes()
    pages = data / "documents" / ".pages" / hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    index = json.loads((pages / "pages.json").read_text(encoding="utf-8"))
    assert {page.get("picture") or page["html"] for page in index["pages"]} == {each.name for each in pages.iterdir()} - {"pages.json"}


def test_what_is_doubtful_of_a_whole_row_is_told_until_its_title_is_confirmed():
    row = dict.fromkeys(COLUMNS, "") | {"row": "1", "record": "measure", "section": "plan", "title": "ก", "place": "line 3"}
    said = dict.fromkeys(COLUMNS, "") | {"row": "2", "record": "finding", "rule": "read_unsurely", "place": "line 3"}
    source = dict.fromkeys(COLUMNS, "") | {"row": "0", "record": "source"}
    assert doubts([source, row, said], [], []) == [{"row": "1", "column": "", "why": "finding"}]
    assert doubts([source, row | {"confirmed": "title"}, said], [], []) == []


@pytest.mark.parametrize("period, why", [
    ("ต.ค. 2567 - ก.ุย. 2568", "half_period"), ("ต.ค. 2567 - ก.ย. 2568", None), ("๑ ต.ค. ๒๕๖๗ – ๓๐ ก.ย. ๒๕๖๘", None),
    ("ต.ค.2567- A.W.2568", "half_period"),
    ("ตลอดปีงบประมาณ พ.ศ. 2568", None), ("ต.ค. 67 - ก.ย. 68", None),
])  # fmt: skip
def test_a_period_of_which_one_end_was_not_read_is_doubtful(period, why):
    row = dict.fromkeys(COLUMNS, "") | {"row": "1", "record": "measure", "section": "plan", "title": "ก", "period_text": period}
    found = doubts([row | {"period_start": "2024-10-01", "period_end": "2024-10-31"}], [], [])
    assert [one["why"] for one in found] == ([why] if why else [])


def test_a_unit_that_a_person_put_right_is_known_for_the_next_document_of_the_agency(tmp_path, capsys):
    data = tmp_path / "data"
    into = draft(REPORT, data)
    row = next(row for row in json.loads((into / "reading.json").read_text(encoding="utf-8"))["rows"] if row["responsible"])
    right = {"n": 1, "did": "set", "row": row["row"], "column": "responsible", "from": row["responsible"], "to": "กองที่พิมพ์ถูก"}
    changed(into, lambda rows: [one | {"responsible": "กองที่พิมพ์ถูก"} if one["row"] == row["row"] else one for one in rows], right)
    kept(into, data, capsys)
    said, _ = opened(REPORT, tmp_path / "next", data)
    assert said["source"]["agency"] and said["mended"] == {row["responsible"]: "กองที่พิมพ์ถูก"} and "กองที่พิมพ์ถูก" in said["units"]


def test_every_entry_of_the_history_has_its_page():
    listed, before, seen = [{"n": number} for number in range(120, 0, -1)], "", []
    while before is not None:
        here, before = part_of(listed, before)
        seen.append(len(here))
    assert seen == [50, 50, 20] and part_of(listed, "x")[0][0] == {"n": 120}


def spoilt(rows: list[dict]) -> list[dict]:
    """Everything that a person can do to a reading: set, confirm, split, add, strike off, join (the second is left out)."""
    source, first, second, third, fourth, fifth, *rest = rows
    first |= {"status": "in_progress", "unsure": "title | status", "confirmed": "title"}
    half = dict(second) | {"row": "a1", "title": "ครึ่งหลัง", "read_hash": "", "position": ""}
    second["title"] = "ครึ่งแรก"
    third["record"] = "struck"
    fourth["title"] += " " + fifth["title"]
    new = dict.fromkeys(COLUMNS, "") | {"row": "a2", "record": "measure", "section": "result", "title": "ที่เพิ่ม", "status": "unknown"}
    score = dict.fromkeys(COLUMNS, "") | {"row": "a3", "record": "score", "indicator": "1", "score": "90", "max": "100", "unsure": "score"}
    return [source, new, first, second, half, third, fourth, score, *rest]


def test_what_a_person_made_of_a_reading_outlives_a_second_reading(tmp_path, capsys):
    data = tmp_path / "data"
    into = draft(REPORT, data)
    titles = [row["title"] for row in json.loads((into / "rows.json").read_text(encoding="utf-8"))[1:6]]
    changed(into, spoilt)
    assert kept(into, data, capsys)["kind"] == "kept"
    home = data / "transcripts" / "report.csv"
    wanted = ["ที่เพิ่ม", titles[0], "ครึ่งแรก", "ครึ่งหลัง", f"{titles[3]} {titles[4]}"]
    for _ in range(3):
        rows = measures(home)
        assert [row["title"] for row in rows] == wanted and [row["position"] for row in rows] == ["1", "2", "3", "4", "5"]
        assert (rows[1]["status"], rows[1]["confirmed"]) == ("in_progress", "title") and all(map(is_corrected, rows))
        struck = [row for row in read_transcript(home).rows if row["record"] == "struck"]
        assert [row["title"] for row in struck] == [titles[2], titles[4]]
        before = home.read_bytes()
        command_line.main(["read", str(REPORT), "--into", str(home.parent), "--force"])
        assert home.read_bytes() == before
    again = draft(REPORT, data, folder="f" * 16)
    assert [row["title"] for row in json.loads((again / "rows.json").read_text(encoding="utf-8")) if row["record"] == "measure"] == wanted


def test_what_was_struck_off_is_not_loaded_and_its_number_is_said(tmp_path, capsys):
    data = tmp_path / "data"
    into = draft(REPORT, data)
    changed(into, spoilt)
    kept(into, data, capsys)
    shutil.copytree(ROOT / "data/rules", data / "rules")
    assert command_line.main(["build", "--data", str(data), "--db", str(tmp_path / "x.duckdb"), "--json"]) == 0
    assert [line["said"]["en"] for line in events(capsys) if line["kind"] == "note"] == [
        "rows that a person struck off and that were passed over: 2"
    ]
    with duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True) as con:
        assert con.execute("select count(*), sum(len(confirmed)) from measure").fetchone() == (5, 1)
        assert con.execute("select unconfirmed from completion").fetchall() == [(1,)], "the title was confirmed, the status was not"
        assert con.execute("select score, unsure, confirmed from score").fetchall() == [(90, ["score"], [])]
        assert con.execute("select rule from finding where severity = 'error'").fetchall() == []


def test_results_that_move_take_their_pairs_along(tmp_path, capsys):
    data = tmp_path / "data"
    into = draft(BOTH, data)
    rows = json.loads((into / "reading.json").read_text(encoding="utf-8"))["rows"]
    paired = [row for row in rows if row["pair_position"]]
    first = next(row for row in rows if row["record"] == "measure" and row["section"] == "result")
    assert paired and first["position"] == "1"
    new = dict.fromkeys(COLUMNS, "") | {"row": "a1", "record": "measure", "section": "result", "title": "ที่เพิ่ม", "status": "unknown"}
    at = rows.index(first)
    changed(into, lambda rows: [*rows[:at], new, *rows[at:]])
    kept(into, data, capsys)
    (home,) = (data / "transcripts").glob("*.csv")
    titles = {(row["section"], row["position"]): row["title"] for row in measures(home)}
    for row in paired:
        now = next(
            each for each in measures(home) if each["section"] == "plan" and each["title"] == row["title"] and each["place"] == row["place"]
        )
        was = [each["title"] for each in rows if each["section"] == "result" and each["position"] in row["pair_position"].split(" | ")]
        assert [titles["result", position] for position in now["pair_position"].split(" | ")] == was and not is_corrected(now)
    before = home.read_bytes()
    assert command_line.main(["read", str(BOTH), "--into", str(home.parent)]) == 0 and home.read_bytes() == before
    changed(into, lambda rows: [row | {"record": "struck"} if row["row"] == first["row"] else row for row in rows])
    kept(into, data, capsys)
    positions = {row["position"] for row in measures(home) if row["section"] == "result"}
    assert {each for row in measures(home) if row["pair_position"] for each in row["pair_position"].split(" | ")} <= positions


def test_who_did_what_stands_in_the_history_only_and_every_state_can_be_had_again(tmp_path, capsys):
    data = tmp_path / "data"
    into = draft(REPORT, data)
    home = data / "transcripts" / "report.csv"
    kept(into, data, capsys)
    first = home.read_bytes()
    mended = {"n": 1, "did": "set", "row": "1", "column": "status", "from": "unknown", "to": "not_started", "who": "สมศรี"}
    slip = {"n": 2, "did": "set", "row": "2", "column": "title", "from": "ก", "to": "ข", "who": "สมศรี"}
    undone = {"n": 3, "did": "back", "of": 2, "who": "สมศรี"}
    changed(into, lambda rows: [row | {"status": "not_started"} if row["row"] == "1" else row for row in rows], mended, slip, undone)
    assert kept(into, data, capsys)["n"] == 2
    second = home.read_bytes()
    assert kept(into, data, capsys)["n"] is None, "nothing changed"
    for back, state in ((2, first), (3, second), (1, None), (4, first)):
        assert command_line.main(["keep", "--back", str(back), "--data", str(data), "--who", "สมชาย"]) == 0
        assert (home.read_bytes() if home.exists() else None) == state
    log = [json.loads(line) for line in (data / "documents" / "history.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(entry["n"], entry["did"], entry["who"], entry.get("of")) for entry in log] == [
        (1, "keep", "สมศรี", None), (2, "keep", "สมศรี", None), (3, "back", "สมชาย", 2), (4, "back", "สมชาย", 3), (5, "back", "สมชาย", 1),
        (6, "back", "สมชาย", 4),
    ]  # fmt: skip
    assert log[0]["changes"] == [] and log[1]["changes"] == [mended]
    named = [name for name, content in files(data).items() if "สมศรี".encode() in content and not name.startswith("drafts/")]
    assert named == ["documents/history.jsonl"]
    capsys.readouterr()
    assert command_line.main(["keep", "--back", "99", "--data", str(data)]) == 1 and events(capsys)[0]["kind"] == "failed"


def test_nobody_saves_over_what_another_saved_since(tmp_path, capsys):
    data = tmp_path / "data"
    one, other = draft(REPORT, data, folder="1" * 16), draft(REPORT, data, folder="2" * 16)
    changed(other, lambda rows: [*rows[:1], *(row | {"title": "ข"} for row in rows[1:])])
    assert kept(one, data, capsys)["kind"] == "kept"
    before = files(data)
    said = kept(other, data, capsys)
    assert said["kind"] == "failed" and "report.csv" in said["said"]["th"] and files(data) == before
    changed(one, lambda rows: [*rows[:1], *(row | {"title": "ก"} for row in rows[1:])])
    assert kept(one, data, capsys)["kind"] == "kept", "whoever saved may save again"


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../../etc/passwd.html", "passwd.html"),
        ("/etc/cron.d/x.html", "x.html"),
        ("C:\\Windows\\x.html", "x.html"),
        ("..", "_"),
        ("con.html", "_con.html"),
        ("a\0b\n.html", "a_b_.html"),
        (".hidden.html", "hidden.html"),
        ("\u202elmth.x.html", "lmth.x.html"),
        ("history.jsonl", "history.jsonl-2"),
        ("=1+1.html", "=1+1.html"),
    ],
)
def test_no_name_leads_out_of_the_folder(name, stored, tmp_path, capsys):
    data = tmp_path / "data"
    kept(draft(REPORT, data, name), data, capsys)
    assert {each for each in files(tmp_path) if not each.startswith(("data/documents/.", "data/drafts/"))} == {
        f"data/documents/{stored}", "data/documents/history.jsonl",
        "data/transcripts/" + next((data / "transcripts").iterdir()).name,
    }  # fmt: skip
    assert (data / "documents" / stored).read_bytes() == REPORT.read_bytes()


def test_another_document_of_the_same_name_gets_a_number_and_the_same_one_its_own_name(tmp_path, capsys):
    data = tmp_path / "data"
    kept(draft(REPORT, data, "รายงาน.html", "1" * 16), data, capsys)
    other = tmp_path / "other.html"
    other.write_bytes(REPORT.read_bytes() + b" ")
    assert kept(draft(other, data, "รายงาน.html", "2" * 16), data, capsys)["document"] == "รายงาน-2.html"
    assert kept(draft(REPORT, data, "อีกชื่อ.html", "3" * 16), data, capsys)["document"] == "รายงาน.html"
    assert sorted(path.name for path in (data / "documents").glob("[!.]*.html")) == ["รายงาน-2.html", "รายงาน.html"]
    assert [is_corrected(row) for path in (data / "transcripts").glob("*.csv") for row in read_transcript(path).rows].count(True) == 0


@pytest.mark.parametrize("spoil", ["reading.json", "rows.json", "document.html", "record", "number", "no_source"])
def test_a_draft_that_is_not_whole_is_not_kept(spoil, tmp_path, capsys):
    data = tmp_path / "data"
    into = draft(REPORT, data)
    if "." in spoil:
        (into / spoil).write_bytes(b"[")
    else:
        changed(into, {
            "record": lambda rows: [rows[0], rows[1] | {"record": "x"}],
            "number": lambda rows: [rows[0], rows[1] | {"title": 1}],
            "no_source": lambda rows: rows[1:],
        }[spoil])  # fmt: skip
    assert kept(into, data, capsys)["kind"] == "failed" and not (data / "transcripts").exists()


# --- a process that is killed -------------------------------------------------------------------------------------------


def killed_at(step: int, into: Path, data: Path) -> bool:
    """Keeps the draft in a process of its own that ends, without a word, before its `step`-th change of the disk; whether it got so far."""
    process = os.fork()
    if not process:
        left = [step]

        def counted(change):
            def done(*given, **named):
                left[0] -= 1
                if left[0] < 0:
                    os._exit(9)
                return change(*given, **named)

            return done

        for name in ("replace", "fsync", "unlink", "mkdir"):
            setattr(os, name, counted(getattr(os, name)))
        with open(os.devnull, "w") as sys.stdout:
            os._exit(command_line.main(["keep", str(into), "--data", str(data), "--who", "ก"]))
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_wherever_a_keeping_is_killed_the_old_state_or_the_new_one_is_whole(tmp_path, capsys):
    first = tmp_path / "first"
    into = draft(REPORT, first)
    kept(into, first, capsys)
    changed(into, spoilt)
    shutil.copytree(first, tmp_path / "done")
    old = (first / "transcripts" / "report.csv").read_bytes()
    kept(tmp_path / "done" / "drafts" / into.name, tmp_path / "done", capsys)
    new = (tmp_path / "done" / "transcripts" / "report.csv").read_bytes()
    states, step = [], 0
    while True:
        data = tmp_path / f"killed-{step}"
        shutil.copytree(first, data)
        if not killed_at(step, data / "drafts" / into.name, data):
            break
        states.append((data / "transcripts" / "report.csv").read_bytes())
        assert states[-1] in (old, new)
        assert kept(data / "drafts" / into.name, data, capsys)["kind"] == "kept"
        assert (data / "transcripts" / "report.csv").read_bytes() == new
        log = [json.loads(line) for line in (data / "documents" / "history.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [entry["n"] for entry in log] == [1, 2] and log[1]["after"] == hashlib.sha256(new).hexdigest()
        assert (data / "documents" / ".history" / "000002.csv").read_bytes() == old
        assert not [name for name in files(data / "documents") if name.endswith((".tmp", "pending.json", "next.csv"))]
        shutil.rmtree(data)
        step += 1
    assert states[0] == old and states[-1] == new and step > 8


# --- files that are made to harm ----------------------------------------------------------------------------------------


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w:document>" + bytes(160_000_000))
    return packed.getvalue()


def picture(width: int, height: int) -> bytes:
    """A black picture that says it is so large."""
    made = io.BytesIO()
    Image.new("1", (min(width, 900), min(height, 900))).save(made, "PNG")
    head = b"IHDR" + struct.pack(">II", width, height) + made.getvalue()[24:29]
    return made.getvalue()[:12] + head + struct.pack(">I", zlib.crc32(head)) + made.getvalue()[33:]


HOSTILE = {
    "bomb.docx": bomb,
    "large.png": lambda: picture(20_000, 20_000),
    "black.png": lambda: picture(900, 900),
    "broken.pdf": lambda: b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>",
    "empty.txt": lambda: b"",
    "nul.txt": lambda: bytes(1000),
    "deep.html": lambda: b"<div>" * 5_000,
    "torn.xlsx": lambda: b"PK\x03\x04" + bytes(300),
    "torn.jpg": lambda: b"\xff\xd8\xff" + bytes(300),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_wicked_file_ends_with_the_sentence_of_the_command_line(name, tmp_path, capsys):
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    assert command_line.main(["read", str(path), "--into", str(tmp_path / "read")]) == 1
    sentence = capsys.readouterr().err
    assert command_line.main(["open", str(path), "--into", str(tmp_path / "draft"), "--data", str(tmp_path)]) == 1
    last = events(capsys)[-1]
    assert (last["kind"], last["about"]) == ("failed", name) and last["said"]["th"] in sentence and last["said"]["en"] in sentence
    assert not (tmp_path / "draft" / "reading.json").exists()


@pytest.mark.parametrize(
    ("limit", "value", "word"), [("--megabytes", "1", "1 MB"), ("--pages", "2", "at most 2"), ("--seconds", "1", "seconds")]
)
def test_limits_are_kept(limit, value, word, tmp_path, capsys, monkeypatch):
    path = tmp_path / "x.txt"
    path.write_text("ก" * 80 + "\n" + "\n" * 1_100_000 * (limit == "--megabytes"), encoding="utf-8")
    if limit == "--pages":
        path = tmp_path / "x.pdf"
        pdf = pypdfium2.PdfDocument.new()
        for _ in range(3):
            pdf.new_page(100, 100)
        pdf.save(str(path))
    if limit == "--seconds":
        monkeypatch.setattr("etl.desk.open.read", lambda *given: time.sleep(20))
    assert command_line.main(["open", str(path), "--into", str(tmp_path / "draft"), "--data", str(tmp_path), limit, value]) == 1
    assert word in events(capsys)[-1]["said"]["en"]


def test_what_takes_too_much_memory_is_said(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("etl.desk.open.read", lambda *given: bytearray(3_000_000_000))
    assert command_line.main(["open", str(REPORT), "--into", str(tmp_path / "draft"), "--data", str(tmp_path), "--memory", "500"]) == 1
    assert events(capsys)[-1]["said"]["en"].startswith("needs too much memory")


def test_the_history_among_the_documents_is_no_document(tmp_path, capsys):
    data = tmp_path / "data"
    kept(draft(REPORT, data), data, capsys)
    documents = [str(path) for path in (data / "documents").glob("[!.]*")]
    assert len(documents) == 2
    assert command_line.main(["read", *documents, "--into", str(data / "transcripts")]) == 0
    assert [path.name for path in (data / "transcripts").iterdir()] == ["report.csv"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_keeping_that_the_system_kills_at_any_moment_loses_nothing(tmp_path, capsys):
    data = tmp_path / "data"
    into = draft(REPORT, data)
    home = data / "transcripts" / "report.csv"
    chance = random.Random(7)
    states, titles = set(), []
    for turn in range(50):
        titles.append(f"ครั้งที่ {turn}")
        changed(into, lambda rows: [row | {"title": titles[-1]} if row["row"] == "1" else row for row in rows])
        process = os.fork()
        if not process:
            with open(os.devnull, "w") as sys.stdout:
                os._exit(command_line.main(["keep", str(into), "--data", str(data)]))
        time.sleep(chance.random() * 0.1)
        os.kill(process, signal.SIGKILL)
        states.add(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
        if home.exists():
            assert measures(home)[0]["title"] in titles and len(measures(home)) == 5
    assert kept(into, data, capsys)["kind"] == "kept" and measures(home)[0]["title"] == titles[-1]
    log = [json.loads(line) for line in (data / "documents" / "history.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [entry["n"] for entry in log] == list(range(1, len(log) + 1)) and log[-1]["after"] == hashlib.sha256(
        home.read_bytes()
    ).hexdigest()
    for before, entry in itertools.pairwise(log):
        then = data / "documents" / entry["before"]
        assert hashlib.sha256(then.read_bytes()).hexdigest() == before["after"], "every state between is there"
    assert -signal.SIGKILL in states


def test_what_only_moves_down_is_no_correction(tmp_path, capsys):
    data = tmp_path / "data"
    into = draft(REPORT, data)
    new = dict.fromkeys(COLUMNS, "") | {"row": "a1", "record": "measure", "section": "result", "title": "ที่เพิ่ม", "status": "unknown"}
    # The page numbers the rows as they stand in its list.
    changed(
        into,
        lambda rows: [*rows[:3], new | {"position": "3"}, *({**row, "position": str(int(row["position"] or 0) + 1)} for row in rows[3:])],
    )
    kept(into, data, capsys)
    rows = measures(data / "transcripts" / "report.csv")
    assert [(row["position"], is_corrected(row)) for row in rows] == [(str(at), at == 3) for at in range(1, 7)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_nobody_confirmed_is_said_beside_the_rate(lang):
    row = {"family": "ita_measures", "completed": 1, "decided": 2, "inferred": 0, "unknown": 0}
    none, some = (completion_rate(pd.DataFrame([row | {"unconfirmed": count}]), Words(lang)) for count in (0, 7))
    assert some[:-1] == none and re.search("7|๗", some[-1])


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Path:
    """A data folder with a draft that nobody touched."""
    return draft(REPORT, tmp_path_factory.mktemp("fresh") / "data").parents[1]


@settings(max_examples=25, deadline=None)
@given(changes=journals())
def test_whatever_a_person_does_is_kept_once_and_outlives_a_second_reading(changes, fresh, tmp_path_factory):
    data = tmp_path_factory.mktemp("any") / "data"
    shutil.copytree(fresh, data)
    (into,) = (data / "drafts").iterdir()
    read = json.loads((into / "reading.json").read_text(encoding="utf-8"))["rows"]
    wanted = journal.applied(read, changes)
    changed(into, lambda rows: wanted)
    keep(into, data, "")
    home = data / "transcripts" / "report.csv"
    rows = read_transcript(home).rows
    assert [row["title"] for row in rows if row["record"] == "measure"] == [row["title"] for row in wanted if row["record"] == "measure"]
    assert sum(bool(row["read_hash"]) for row in rows) == len(read), "what was read is there, struck off or not"
    positions = [int(row["position"]) for row in rows if row["record"] == "measure"]
    assert positions == sorted(set(positions)) and positions[:1] != [0]
    before = home.read_bytes()
    again = transcribe(read_document(REPORT, KNOWN), home.parent)
    assert (again.changes, home.read_bytes()) == ([], before)
