"""The shipped transcripts: they hold what a careful reader counts, and a new reading of the reports says the same."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from etl.known import load_known
from etl.read import read_document
from etl.transcripts.file import read_transcript
from etl.transcripts.reread import reread
from etl.transcripts.transcribe import rows_of, without_long_texts

TRANSCRIPTS = sorted((Path(__file__).parents[1] / "data" / "transcripts").glob("*.csv"))
KNOWN = load_known()
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"

# Counted by hand in the five reports: plan rows, results by status and basis, scores.
COUNTED = {
    "เทศบาลตำบลบาเจาะ": (19, {("completed", "inferred"): 14, ("unknown", "none"): 4}, 0),
    "เทศบาลตำบลพะโต๊ะ": (0, {("completed", "inferred"): 26, ("in_progress", "phrase"): 3}, 0),
    "เทศบาลตำบลบ้านเดื่อ": (0, {("completed", "mark"): 14}, 20),
    "องค์การบริหารส่วนตำบลชุมแสง": (31, {("completed", "inferred"): 7, ("unknown", "none"): 6}, 0),
    "เทศบาลตำบลบางเก่า": (0, {("completed", "inferred"): 32, ("in_progress", "phrase"): 4, ("not_started", "phrase"): 3}, 0),
}


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem[:3])
def test_counts(path):
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    [source] = [row for row in rows if row["record"] == "source"]
    measures = [row for row in rows if row["record"] == "measure"]
    plan, results, scores = COUNTED[source["agency"]]
    assert sum(row["section"] == "plan" for row in measures) == plan
    assert Counter((row["status"], row["status_basis"]) for row in measures if row["section"] == "result") == results
    assert sum(row["record"] == "score" for row in rows) == scores
    assert all(row["place"] for row in rows if row["record"] != "source")
    # Facts and the short deciding phrases are shipped, the reports' long prose is not.
    assert not any(row[column] for row in measures for column in ("steps", "result", "outcome", "suggestion"))


def test_every_report_is_shipped():
    assert len(TRANSCRIPTS) == len(COUNTED)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem[:3])
def test_a_new_reading_says_the_same(path):
    report = SEEDS / f"{path.stem}.txt"
    if not report.exists():
        pytest.skip("the five reports do not lie in ../shared/seeds")
    difference = reread(read_transcript(path).rows, without_long_texts(rows_of(read_document(report, KNOWN))))
    assert difference.changes == []
