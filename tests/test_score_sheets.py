"""Score sheets: a golden pair for each form, sheets that hold no scores, and what wrong sheets report."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from etl.formats import open_document
from etl.identity import identify
from etl.scores import kind_of, scores

GOLDEN = sorted(path for path in (Path(__file__).parent / "golden" / "scores").iterdir() if path.is_dir())


def read(path):
    document = open_document(path)
    identity, _ = identify(document)
    return scores(document, identity)


def plain(score):
    """A score as in expected.json: decimals as they are printed."""
    return {key: str(value) if isinstance(value, Decimal) else value for key, value in vars(score).items()}


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda path: path.name)
def test_golden(folder):
    """expected.json was decided by hand from the document, with every finding it must give."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    found, findings = read(next(folder.glob("document.*")))
    assert [plain(score) for score in found] == expected["scores"]
    assert kind_of(found) == expected["kind"]
    assert sorted([said.rule, said.place] for said in findings) == sorted(expected["findings"])


@pytest.mark.parametrize("path", sorted((GOLDEN[0].parent.parent / "scores_none").iterdir()), ids=lambda path: path.stem)
def test_nothing_invented(path):
    """Budgets, surveys, staff, questions, items and measures that mention a number are no scores."""
    assert read(path)[0] == []
