"""What the reader of measures has learned: from the examples and nothing else, as a well-kept library would, and whatever is retrained."""

import csv

import numpy as np
import pytest

from etl.formats import Cell
from etl.measures import columns, learned, papers, training
from etl.weighing import weights
from etl.weighing.fit import fit
from etl.weighing.letters import letters


@pytest.fixture(scope="module")
def again():
    """The weights that the examples give today."""
    return training.trained(training.examples(training.EXAMPLES))


def test_the_weights_are_what_the_examples_give(again):
    kept = weights.read(training.WEIGHTS)
    assert kept.keys() == again.keys()
    for name, each in again.items():
        assert kept[name].answers == each.answers
        assert len(kept[name].of.keys() ^ each.of.keys()) <= 0.01 * len(each.of), f"{name}: python -m etl.measures.training makes them anew"
        shared = kept[name].of.keys() & each.of.keys()
        far = [key for key in shared if np.abs(_row(kept[name], key) - _row(each, key)).max() > weights.SCALE // 10]
        assert not far, f"{name}: python -m etl.measures.training makes them anew"


def test_what_is_written_is_read_back(again, tmp_path):
    once, twice = tmp_path / "once.json", tmp_path / "twice.json"
    training.write(once, again)
    training.write(twice, weights.read(once))
    assert once.read_bytes() == twice.read_bytes() and weights.read(twice).keys() == again.keys()


def _row(of: weights.Weights, key: str) -> np.ndarray:
    row = np.zeros(len(of.answers))
    row[list(of.of[key][::2])] = of.of[key][1::2]
    return row


def test_every_example_says_where_it_comes_from():
    for path in training.EXAMPLES.glob("*.csv"):
        with open(path, encoding="utf-8", newline="") as handle:
            assert all(row["source"].strip() for row in csv.DictReader(handle)), path.name


def test_weights_are_small():
    assert training.WEIGHTS.stat().st_size < 1_000_000


def test_fitting_agrees_with_a_library(again):
    from scipy.sparse import csr_matrix  # here: every process of a run imports this file, one needs these
    from sklearn.linear_model import LogisticRegression

    rows = training.examples(training.EXAMPLES)["titles"]
    shown = [letters(row["title"]) for row in rows]
    names = sorted({name for each in shown for name in each})
    at = {name: column for column, name in enumerate(names)}
    cells = [(row, at[name], value) for row, each in enumerate(shown) for name, value in each.items()]
    row, column, value = map(list, zip(*cells, strict=True))
    table = csr_matrix((value, (row, column)), shape=(len(rows), len(names)))
    theirs = LogisticRegression(C=1 / 0.1, max_iter=300).fit(table, [row["kind"] for row in rows])
    ours = [max(found := again["titles"].probabilities(each), key=found.get) for each in shown]
    assert np.mean(theirs.predict(table) == ours) > 0.985


def test_a_new_example_is_learned():
    before = fit([("unit", letters("ผู้รับผิดชอบ"), 1.0), ("period", letters("ระยะเวลา"), 1.0)])
    after = fit([("unit", letters("ผู้รับผิดชอบ"), 1.0), ("period", letters("ระยะเวลา"), 1.0), ("period", letters("ห้วงแห่งการทำ"), 3.0)])
    asked = letters("ห้วงแห่งการทำ")
    assert before.probabilities(asked)["period"] < after.probabilities(asked)["period"] > 0.8


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("ผลที่ได้ดำเนินงาน", "result"),
        ("หน่วยงานขับเคลื่อน", "unit"),
        ("ผู้มีหน้าที่รับผิดชอบ", "unit"),
        ("ห้วงเวลาที่ดำเนินการ", "period"),
        ("งบประมาณที่ได้ใช้จ่ายไป", "budget_spent"),
        ("ผลการดำเนินการ\nดำเนินการแล้ว", "completed"),
        ("ผลการดำเนินการ\n๗๕", "percent"),
        ("ปี ๒๕๖๗\nต.ค. ๖๖", "month"),
    ],
)
def test_headings_that_nobody_listed(heading, role):
    assert columns.likeliest(columns.by_words(heading))[0][0] == role


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("รายงานผลที่ได้ดำเนินงานตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส", "result"),
        ("แผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. ๒๕๖๙", "plan"),
        ("แผนบริหารจัดการความเสี่ยงการทุจริต", "other"),
        ("คู่มือการจัดการเรื่องร้องเรียนการทุจริต", "other"),
        ("สถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ", "other"),
        ("รายงานผลการดำเนินการตามมาตรการประหยัดน้ำ", "other"),
    ],
)
def test_titles_that_nobody_listed(line, what):
    assert getattr(papers.title(line), what) > 0.5


def test_a_role_that_the_examples_have_nowhere_stops_no_reading():
    few = weights.Weights(("title", "unit"), (0, 0), {})
    learned.use({name: learned.of(name) for name in ("roles", "headings", "titles", "topics", "results")} | {"contents": few, "usual": few})
    try:
        assert columns.named({0: "มาตรการ", 1: "ผู้รับผิดชอบ"}, [(Cell("จัดทำคู่มือ", "row 1"), Cell("กองคลัง", "row 1"))]).roles[0] == "title"
    finally:
        learned.use(None)
