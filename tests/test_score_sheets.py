"""Score sheets: a golden pair for each form, sheets that hold no scores, and what wrong sheets report."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from etl.formats import Paragraph, Table, open_document
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


def as_workbook(document, path):
    """The same titles and cells in a spreadsheet; plain numbers become numbers."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        row = 0
        for block in document.blocks:
            for cells in [[block]] if isinstance(block, Paragraph) else block.rows:
                for column, cell in enumerate(cells):
                    if re.fullmatch(r"\d{1,3}\.\d{1,2}", cell.text):
                        sheet.write_number(row, column, float(cell.text), book.add_format({"num_format": "0.00"}))
                    elif cell.text:
                        sheet.write_string(row, column, cell.text)
                row += 1
            row += isinstance(block, Table)


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda path: path.name)
def test_same_in_a_workbook(folder, tmp_path):
    """The same table saved as XLSX gives the same scores: only the places differ."""
    if folder.name == "h_one_cell_a_line":
        pytest.skip("one cell a line is a way of plain text")
    source = next(folder.glob("document.*"))
    as_workbook(open_document(source), tmp_path / "document.xlsx")
    expected, found = ([value_only(score) for score in read(path)[0]] for path in (source, tmp_path / "document.xlsx"))
    assert found == expected


def value_only(score):
    points = score.score.normalize() if isinstance(score.score, Decimal) else score.score
    change = score.stated_change.normalize() if score.stated_change is not None else None
    return (score.agency, score.province, score.indicator, score.fiscal_year, points, score.max, change)
