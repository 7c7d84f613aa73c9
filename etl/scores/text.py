"""Scores in running text and in lists without headings: an indicator's name, then its points, year by year.

"คะแนนรายตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ | คะแนนอยู่ที่ 94.14 คะแนน", then "ผลคะแนนเพิ่มขึ้น 1.16 คะแนน"; also one cell a line.
Only where at least three indicators, or all instruments and the total, stand in such lines: a report that
merely mentions a number yields nothing.
"""

import re

from etl.formats.document import Document, Paragraph, Table
from etl.identity.identify import Identity
from etl.identity.titles import fiscal_years
from etl.printed import thai
from etl.scores.headings import INSTRUMENTS, Terms
from etl.scores.rows import Printed, Remark
from etl.scores.subject import about_ita
from etl.scores.table import document_year
from etl.scores.values import change_of, value_of

FEWEST_INDICATORS = 3
LETTERS_OF_A_HEADING = 150
_NUMBER_AT_END = re.compile(
    r"(?:คะแนน(?:อยู่ที่|เท่ากับ|เฉลี่ย|ที่ได้|รวม|ร้อยละ)?|ร้อยละ|เท่ากับ|อยู่ที่|ได้|มี|[:=])\s*(?:คะแนน)?\s*(?P<number>\d{1,3}[.,]\d{1,2}|\d{1,3}(?=\s*คะแนน))"
    r"\s*(?:คะแนน|%|points?)?"
)
# Where the words around it are misread, a number of points with decimals still follows the name at once.
_NUMBER_ALONE = re.compile(r"^[^\d]{0,24}(?P<number>\d{1,3}\.\d{1,2})(?!\d)\s*(?:[ก-๎%]{0,6}$|[ก-๎]{0,6}\s*(?:เพิ่ม|ลด))")
_CELL = re.compile(r"\t(?P<number>\d{1,3})")  # a spreadsheet prints 95.00 as 95
_CHANGE = re.compile(r"(?:เพิ่มขึ้น|ลดลง|เพิ่ม|ลด|increased|decreased)[^\d+-]{0,12}([+-]?\d{1,3}[.,]\d{1,2})", re.I)
_CHANGE_LINE = re.compile(r"^\W*(?:ผล)?(?:คะแนน)?\s*(?:เพิ่ม|ลด|เปลี่ยน)")
_BARE_NUMBER = re.compile(r"^(?:คะแนน|ร้อยละ)?[^\d]{0,14}\d{1,3}[.,]\d{1,2}\s*(?:คะแนน|%)?$")


def running_scores(
    document: Document, identity: Identity, terms: Terms, tables: frozenset[int] = frozenset()
) -> tuple[list[Printed], list[Remark]]:
    """Scores printed line by line outside of `tables` (positions of blocks that another layout has read)."""
    found: list[Printed] = []
    remarks: list[Remark] = []
    year = document_year(document, identity)
    label = None
    for at, block in enumerate(document.blocks):
        if at in tables:
            label = None
            continue
        for text, place in _lines(block):
            named = terms.label_of(_head(text))
            if named.code in terms.indicators or named.code in (*INSTRUMENTS, "TOTAL"):
                label = named
                if named.conflict:
                    remarks.append(Remark("score_indicator_conflict", place, text[:80], named.code, {"number": named.number}))
                points = _NUMBER_AT_END.search(_tail(text)) or _NUMBER_ALONE.match(_tail(text)) or _CELL.fullmatch(_tail(text))
                if points:
                    found.append(
                        _printed(
                            label.code, year, points["number"], place, change_of(_CHANGE.search(text)[0]) if _CHANGE.search(text) else None
                        )
                    )
                    label = None
            elif _CHANGE_LINE.match(text) and found and _CHANGE.search(text):
                found[-1].stated_change = change_of(_CHANGE.search(text)[0])
            elif label and _BARE_NUMBER.match(text):
                found.append(_printed(label.code, year, text, place, None))
                label = None
            elif len(text) < LETTERS_OF_A_HEADING and len(set(years := fiscal_years(text))) == 1:
                year = years[0]
    of_indicators = [entry for entry in found if entry.indicator in terms.indicators]
    if len({entry.indicator for entry in of_indicators}) >= FEWEST_INDICATORS:
        found = of_indicators
    elif not {entry.indicator for entry in found} >= {*INSTRUMENTS, "TOTAL"} or not about_ita(document, []):
        return [], []
    if any(entry.fiscal_year is None for entry in found):
        remarks.append(Remark("score_year_missing", found[0].place))
    return found, remarks


def _printed(code: str, year: int | None, number: str, place: str, change) -> Printed:
    return Printed(
        code,
        value_of(re.search(r"\d{1,3}(?:[.,]\d{1,2})?", number)[0]),
        place,
        fiscal_year=year,
        stated_change=change,
        group="running text",
    )


def _lines(block: Paragraph | Table) -> list[tuple[str, str]]:
    """Lines of a paragraph, and rows of a table with at most a label and a number, parted by a tab; Thai digits as Arabic."""
    if isinstance(block, Paragraph):
        return [(thai.arabic(line.strip()), block.place) for line in block.text.split("\n") if line.strip()]
    rows = [[thai.arabic(thai.one_line(cell.text)) for cell in row if cell.text.strip()] for row in block.rows]
    rows = [row[1:] if len(row) == 3 and thai.numeral(row[0]) is not None else row for row in rows]
    if any(len(row) > 2 for row in rows):
        return []
    return [("\t".join(row), cells[0].place) for row, cells in zip(rows, block.rows, strict=True) if row]


def _head(text: str) -> str:
    """The label of a line: what stands before the tab or the words that introduce the points."""
    head = text.split("\t")[0]
    return re.split(r"\s(?:ได้)?(?:ผล)?(?:คะแนน|ร้อยละ|อยู่ที่|เท่ากับ|มีคะแนน|ได้)\D{0,20}\d{1,3}[.,]?\d*|\s*[:=]\s*\d|\s+\d{1,3}\.\d{1,2}", head)[0]


def _tail(text: str) -> str:
    return text[len(_head(text)) :]
