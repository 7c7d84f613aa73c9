"""The journal of a draft by its properties: what is applied, taken back, split and joined; what a browser may send."""

import copy
import json

from hypothesis import given
from hypothesis import strategies as st

from pages.parts.desk import journal

COLUMNS = ("title", "status", "period_start", "responsible", "refs", "number")
TITLES = ("จัดทำคู่มือ", "เผยแพร่แผน ประจำปี", "รับเรื่องร้องเรียน", "")


def rows(n: int = 4) -> list[dict]:
    source = {"row": "0", "record": "source", "document": "a.docx", "title": "รายงาน", "section": "", "position": "", "unsure": ""}
    made = [
        {"row": str(at), "record": "measure", "document": "a.docx", "section": "plan" if at % 3 == 0 else "result",
         "position": str(sum((other % 3 == 0) == (at % 3 == 0) for other in range(1, at + 1))), "title": TITLES[at % 4],
         "status": "completed", "status_basis": "inferred", "unsure": "status | refs", "confirmed": "", "place": f"table 1 row {at}",
         "pair_position": "1 | 2" if at % 3 == 0 else "", "responsible": "กองคลัง"}
        for at in range(1, n + 1)
    ]  # fmt: skip
    blank = dict.fromkeys([*made[0], *journal.OWN_OF_A_PART], "")
    return [blank | row for row in (source, *made)]


@st.composite
def journals(draw, most: int = 12) -> list[dict]:
    """A journal that a browser could have sent, change by change."""
    changes: list[dict] = []
    for n in range(1, draw(st.integers(0, most)) + 1):
        ids = [str(one) for one in range(1, 5)] + [change["new"] for change in changes if change.get("new")]
        row, text = draw(st.sampled_from(ids)), draw(st.sampled_from(TITLES))
        left = [change["n"] for change in journal.standing(changes)]
        did = draw(st.sampled_from([one for one in journal.DID if one != "back" or left]))
        change = {"n": n, "id": f"i{n}", "did": did, "row": row}
        change |= {
            "set": {"column": draw(st.sampled_from(COLUMNS)), "to": text, "also": draw(st.sampled_from([{}, {"status_basis": "phrase"}]))},
            "confirm": {"column": draw(st.sampled_from(COLUMNS))},
            "add": {"new": f"n{n}", "to": {"record": "measure", "section": "result", "title": text}},
            "split": {"new": f"n{n}", "to": [text, "อีกข้อ"], "by": " "},
            "join": {"with": draw(st.sampled_from([one for one in ids if one != row])), "by": " "},
            "move": {"to": {"group_name": text, "group_kind": "none"}},
            "strike": {"why": "ซ้ำ"},
            "unstrike": {},
            "back": {"of": draw(st.sampled_from(left or [0]))},
        }[did]
        changes.append(change)
    return changes


@given(journals())
def test_what_a_browser_makes_is_accepted_in_its_order_and_in_no_other(changes):
    for at, change in enumerate(changes):
        assert journal.accepts(changes[:at], change)
        assert not journal.accepts(changes[:at], change | {"n": change["n"] + 1})
        assert not journal.accepts(changes[: at + 1], change), "a change twice"


@given(journals())
def test_applying_changes_nothing_that_it_was_given_and_is_always_the_same(changes):
    before, kept = rows(), copy.deepcopy(changes)
    once = journal.applied(before, changes)
    assert before == rows() and changes == kept
    assert once == journal.applied(before, json.loads(json.dumps(changes)))


@given(journals())
def test_taking_back_all_one_after_the_other_leads_to_the_beginning(changes):
    changes = list(changes)
    while last := journal.last_to_take_back(changes):
        changes.append({"n": len(changes) + 1, "did": "back", "of": last["n"], "row": last["row"]})
    assert journal.applied(rows(), changes) == rows()
    assert journal.states([], changes) == {}


@given(journals())
def test_no_row_that_was_read_is_lost_and_all_stay_in_their_order(changes):
    after = [row["row"] for row in journal.applied(rows(), changes)]
    assert [row for row in after if row in {"0", "1", "2", "3", "4"}] == ["0", "1", "2", "3", "4"]
    assert len(after) == len(set(after))


@given(st.sampled_from(["1", "2", "3", "4"]), st.integers(0, 20), st.sampled_from(["", " "]))
def test_to_split_and_to_join_again_changes_nothing_but_what_was_looked_at(row, at, by):
    before = rows()
    title = next(one for one in before if one["row"] == row)["title"]
    parts = [title[:at], title[at:]] if not by else title.split(" ", 1) if " " in title else None
    if parts is None or not all(parts):
        return
    split = {"n": 1, "did": "split", "row": row, "column": "title", "new": "n1", "to": parts, "by": by}
    parted = journal.applied(before, [split])
    assert len(parted) == len(before) + 1
    assert journal.applied(before, [split, {"n": 2, "did": "join", "row": row, "with": "n1", "by": by}]) == before


def test_a_new_row_stands_where_it_was_made_and_leaves_its_position_to_the_builder():
    after = journal.applied(rows(), [{"n": 1, "did": "add", "row": "1", "new": "x", "to": {"record": "measure", "section": "result"}}])
    assert [(row["row"], row["position"]) for row in after if row["section"] == "result"] == [("1", "1"), ("x", ""), ("2", "2"), ("4", "3")]
    struck = [row | ({"record": "struck"} if row["row"] == "1" else {}) for row in rows()]
    assert journal.applied(struck, [{"n": 1, "did": "unstrike", "row": "1"}]) == rows(), "also what an earlier work struck off"


def test_what_a_person_set_or_confirmed_is_no_longer_unsure():
    change = {"n": 1, "did": "confirm", "row": "1", "column": "status"}
    after = journal.applied(rows(), [change])[1]
    assert (after["unsure"], after["confirmed"]) == ("refs", "evidence | status | status_basis")
    doubts = [{"row": "1", "column": "status", "why": "inferred"}, {"row": "1", "column": "period_text", "why": "no_period"}]
    assert journal.states(doubts, [change]) == {("1", "status"): "confirmed", ("1", "period_start"): "doubtful"}


def test_the_numbers_of_the_sentences():
    assert journal.counts(rows()) == {
        "measures": 4, "scores": 0, "struck": 0, "results": 3, "decided": 3, "completed": 3, "inferred": 3, "unknown": 0,
    }  # fmt: skip
    set_unknown = {"n": 1, "did": "set", "row": "1", "column": "status", "to": "unknown", "also": {"status_basis": "none"}}
    struck = {"n": 2, "did": "strike", "row": "2", "why": "ซ้ำ"}
    after = journal.counts(journal.applied(rows(), [set_unknown, struck]))
    assert (after["completed"], after["decided"], after["unknown"], after["struck"]) == (1, 1, 1, 1)


BAD = [
    {"did": "set", "row": "1", "column": "read_hash", "to": "x"},
    {"did": "set", "row": "1", "column": "place", "to": "../x"},
    {"did": "set", "row": "1", "column": "title", "to": 5},
    {"did": "set", "row": "1", "column": "title", "to": "x", "also": {"sha256": "0"}},
    {"did": "set", "row": "1", "column": "title", "to": "x", "who": "somebody else"},
    {"did": "set", "row": "1", "column": "title", "to": "x", "when": "1999"},
    {"did": "add", "row": "1", "new": "x", "to": {"record": "source"}},
    {"did": "add", "row": "1", "new": "x", "to": {"record": "measure", "row": "0"}},
    {"did": "move", "row": "1", "to": {"title": "x"}},
    {"did": "strike", "row": "1", "why": "  "},
    {"did": "back", "of": 1},
    {"did": "split", "row": "1", "new": "x", "to": ["a"]},
    {"did": "format", "row": "1"},
    {},
]


def test_what_no_checking_screen_sends_is_not_accepted():
    assert [bad for bad in BAD if journal.accepts([], {"n": 1} | bad)] == []
    assert journal.accepts([], {"n": 1, "did": "set", "row": "1", "column": "title", "to": "x"}), "else this proves nothing"
