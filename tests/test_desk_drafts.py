"""Drafts on disk: names, the journal that survives a kill at any moment, and one person at a time; what goes to the browser; processes."""

import json
import multiprocessing
import os
import random
import signal
import sys
import time
from itertools import pairwise

import pytest

from etl.formats import SUFFIXES
from pages.parts.builder import Run
from pages.parts.desk import drafts, history, may, place, runs
from pages.parts.say.text import Words


@pytest.fixture(autouse=True)
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    return tmp_path


def change(n: int, **more) -> dict:
    return {"n": n, "id": f"i{n}", "did": "set", "row": "1", "column": "title", "from": "", "to": f"เรื่องที่ {n}"} | more


@pytest.fixture
def draft(data):
    one = drafts.make("รายงาน.docx", b"bytes")
    assert drafts.take(one, "mine", "somchai")
    return one


def test_every_format_that_is_read_may_be_dropped():
    assert set(drafts.SUFFIXES) == set(SUFFIXES)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.docx", "..\\..\\x.docx", "/tmp/a.docx", "a\x00b\n.docx", "...a.docx", "ก" * 500 + ".docx", "\u202ecod.docx"]
)
def test_no_name_of_a_file_leaves_the_folder_or_hides_a_sign(data, name):
    one = drafts.make(name, name.encode())
    assert [path.parent.name for path in data.rglob("document.*")] == [one] and drafts.NAMED.fullmatch(one)
    kept = drafts.name_of(one)
    assert not set(kept) & set("/\\\0\n\u202e") and not kept.startswith(".") and len(kept) <= drafts.LONGEST_NAME
    assert drafts.document_of(one).name == "document.docx"


@pytest.mark.parametrize(
    "name, content, why", [("a.exe", b"x", "add.no_format"), ("a", b"x", "add.no_format"), ("a.docx", b"", "add.empty_file")]
)
def test_what_is_not_read_is_refused_with_a_sentence(name, content, why):
    with pytest.raises(drafts.Refused) as problem:
        drafts.make(name, content)
    assert problem.value.args[0] == why and Words("th")(why, **problem.value.args[1])


def test_the_same_bytes_are_the_same_draft_and_its_work_goes_on(draft):
    drafts.append(draft, "mine", "somchai", [change(1)])
    assert drafts.make("other name.docx", b"bytes") == draft
    assert drafts.name_of(draft) == "รายงาน.docx" and len(drafts.changes(draft)) == 1
    assert drafts.listed() == [draft]


def test_the_journal_keeps_what_follows_in_order_once_and_says_how_far(draft):
    assert drafts.append(draft, "mine", "somchai", [change(1), change(2)]) == 2
    assert drafts.append(draft, "mine", "somchai", [change(1), change(2), change(3)]) == 3, "sent again: kept once"
    assert drafts.append(draft, "mine", "somchai", [change(5)]) == 3, "not before what is missing has come"
    assert drafts.append(draft, "mine", "somchai", [change(4, column="read_hash")]) == 3, "no change of ours"
    assert drafts.append(draft, "mine", "somchai", [change(4, who="another")]) == 3
    assert [one["n"] for one in drafts.changes(draft)] == [1, 2, 3]
    assert {one["who"] for one in drafts.changes(draft)} == {"somchai"}


def test_a_line_that_was_cut_is_none_and_the_next_begins_its_own(draft):
    drafts.append(draft, "mine", "somchai", [change(1)])
    with open(drafts.home() / draft / "changes.jsonl", "ab") as handle:
        handle.write(json.dumps(change(2), ensure_ascii=False).encode()[:-9])
    assert [one["n"] for one in drafts.changes(draft)] == [1]
    assert drafts.append(draft, "mine", "somchai", [change(2)]) == 2
    assert [one["to"] for one in drafts.changes(draft)] == ["เรื่องที่ 1", "เรื่องที่ 2"]


def write_on(draft: str, said) -> None:
    for n in range(len(drafts.changes(draft)) + 1, 10_000):
        drafts.append(draft, "mine", "somchai", [change(n)])
        os.write(said, b"%d\n" % n)


def test_killed_at_fifty_moments_nothing_is_lost_that_was_said_to_be_kept(draft):
    chance, context = random.Random(17), multiprocessing.get_context("fork")
    for _ in range(50):
        hears, says = os.pipe()
        process = context.Process(target=write_on, args=(draft, says))
        process.start()
        os.close(says)
        time.sleep(chance.random() * 0.03)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        with os.fdopen(hears, "rb") as handle:
            said = [int(line) for line in handle.read().split(b"\n")[:-1]]
        kept = [one["n"] for one in drafts.changes(draft)]
        assert kept == list(range(1, len(kept) + 1))
        assert (said[-1] if said else 0) <= len(kept) <= (said[-1] + 1 if said else len(kept))
    assert len(drafts.changes(draft)) > 50


# --- one person at a time ---------------------------------------------------------------------------------------------------------


def test_the_second_may_not_write_until_they_take_over_and_then_the_first_may_not(draft):
    assert drafts.holder(draft)["who"] == "somchai"
    assert not drafts.take(draft, "yours", "mary")
    with pytest.raises(drafts.Refused):
        drafts.append(draft, "yours", "mary", [change(1)])
    assert drafts.take(draft, "yours", "mary", knowingly=True)
    assert drafts.append(draft, "yours", "mary", [change(1)]) == 1
    assert not drafts.beat(draft, "mine")
    with pytest.raises(drafts.Refused) as problem:
        drafts.append(draft, "mine", "somchai", [change(2)])
    assert problem.value.args[0] == "add.taken_over"


def test_who_leaves_or_falls_silent_has_it_open_no_more(draft, monkeypatch):
    drafts.leave(draft, "another")
    assert drafts.holder(draft)
    drafts.leave(draft, "mine")
    assert drafts.holder(draft) is None and drafts.take(draft, "yours", "mary")
    later = time.time() + drafts.QUIET + 1
    monkeypatch.setattr(drafts.time, "time", lambda: later)
    assert drafts.holder(draft) is None and drafts.take(draft, "mine", "somchai")


def test_two_who_write_at_once_leave_one_journal_in_order(draft):
    context = multiprocessing.get_context("fork")
    sent = [change(n) for n in range(1, 40)]
    both = [context.Process(target=lambda: [drafts.append(draft, "mine", "somchai", sent[:n]) for n in range(1, 40)]) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    kept = drafts.changes(draft)
    assert len(kept) == 39 and all(other["n"] - one["n"] == 1 for one, other in pairwise(kept))
    assert len((drafts.home() / draft / "changes.jsonl").read_bytes().splitlines()) == 39


def test_what_was_saved_or_taken_away_is_gone_for_everybody_and_says_so(draft):
    drafts.discard(draft)
    assert drafts.listed() == [] and drafts.folder(draft) is None
    with pytest.raises(drafts.Refused) as problem:
        drafts.append(draft, "mine", "somchai", [change(1)])
    assert problem.value.args[0] == "add.gone"
    drafts.leave(draft, "mine")


# --- what goes out ----------------------------------------------------------------------------------------------------------------


def test_a_page_is_sent_from_its_folder_only(draft, data):
    (data / "secret.webp").write_bytes(b"secret")
    pages = {
        "pages": [{"page": 1, "picture": "../../secret.webp", "width": 1, "height": 1}, {"page": 2, "html": "page-0002.html"}],
        "places": {},
    }
    (drafts.home() / draft / "pages.json").write_text(json.dumps(pages))
    (drafts.home() / draft / "page-0002.html").write_text("<p>ก</p>", encoding="utf-8")
    assert drafts.page(draft, 1) is None and drafts.page(draft, 3) is None
    assert drafts.page(draft, 2) == {"page": 2, "html": "<p>ก</p>"}


@pytest.mark.parametrize("source", ["../../etc", "", "ABCDEF012345", "0123456789ab"])
def test_no_page_is_shown_of_what_is_no_document(source, monkeypatch):
    monkeypatch.setattr(place, "_place", lambda **given: pytest.fail("shown"))
    place.page_of(source, "page 1 line 1", Words("th"), "key")


def test_rows_as_they_shall_be_hold_columns_and_ids_alone(draft):
    drafts.write_rows(draft, [{"row": "1", "record": "struck", "was": "measure", "title": "ก"}])
    assert json.loads((drafts.home() / draft / "rows.json").read_text()) == [{"row": "1", "record": "struck", "title": "ก"}]


def test_the_history_is_read_newest_first_and_a_cut_line_is_none(data):
    (data / "documents").mkdir()
    (data / "documents" / "history.jsonl").write_text('{"n": 1}\n{"n": 2}\n{"n"', encoding="utf-8")
    assert [entry["n"] for entry in history.entries()] == [2, 1]


@pytest.mark.parametrize("did, said", [
    ({"did": "set", "column": "status", "from": "unknown", "to": "completed"}, "สถานะ: ไม่ทราบผล → แล้วเสร็จ"),
    ({"did": "set", "column": "title", "from": "", "to": "ก"}, "มาตรการ: (ว่าง) → ก"),
    ({"did": "confirm", "column": "period_start", "from": "2024-10-01"}, "ยืนยันระยะเวลา: 2024-10-01"),
    ({"did": "strike", "why": "ซ้ำ"}, "ตัดออก: ซ้ำ"),
    ({"did": "split", "to": ["ก", "ข"]}, "แยกเป็นสองข้อ: ก / ข"),
    ({"did": "add", "to": {"title": "ค"}}, "เพิ่มมาตรการ: ค"),
    ({"did": "unstrike"}, "นำกลับมา"),
])  # fmt: skip
def test_every_change_of_the_history_is_a_sentence(did, said):
    assert history.sentence(did, Words("th")) == said
    assert history.sentence(did, Words("en"))


# --- the builder's processes ------------------------------------------------------------------------------------------------------


def test_a_process_is_followed_to_its_end_and_says_why_not(data):
    lines = [{"kind": "progress", "done": 1, "of": 4}, {"kind": "failed", "about": "a", "said": {"th": "เสีย", "en": "damaged"}}]
    program = "import sys; print(sys.argv[1]); print('no json'); sys.exit(int(sys.argv[2]))"
    command = [sys.executable, "-c", program]
    bad = Run([*command, "\n".join(map(json.dumps, lines)), "1"], 1)
    assert bad.ended.wait(30) and (bad.done, bad.of, bad.right) == (1, 4, False)
    assert (runs.why_not(bad, Words("th")), runs.why_not(bad, Words("en"))) == ("เสีย", "damaged")
    called = []
    good = Run([*command, "{}", "0"], 1, then=lambda: called.append(1))
    assert good.ended.wait(30) and good.right and called == [1] and runs.why_not(good, Words("th")) == ""
    silent = Run([*command, "{}", "3"], 1)
    assert silent.ended.wait(30) and runs.why_not(silent, Words("th")) == Words("th")("add.not_read")


def test_a_process_that_does_not_end_is_stopped():
    run = Run([sys.executable, "-c", "import time; time.sleep(60)"], 0.01)
    assert run.ended.wait(30) and run.too_long
    assert str(may.LIMITS["minutes"]) in runs.why_not(run, Words("th"))
