"""What stands above the tables of a document: its title, its family, and the fiscal years that it names."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.formats.document import Document, Paragraph
from etl.known.agency_types import type_of
from etl.known.names import TYPE_PATTERN, name_key
from etl.printed.thai import arabic, joined, without_marks, worded

LINES_OF_TITLE = 25  # titles stand before the first table, and seldom below this many lines
LETTERS_OF_A_TITLE = 300
LETTERS_READ = 2000  # of one line above the tables; a title, an agency and its place stand at its head


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    place: str


TITLE_WORDS = re.compile(
    r"รายงาน|มาตรการ|แผนปฏิบัติ|แผนการ|ผลการ|ผลคะแนน|คะแนน|การดำเนินการ|สรุป|การวิเคราะห์|คุณธรรม|ITA|report|score|result", re.I
)
PROSE = re.compile(r"^(?:ตามที่|ด้วย|เรียน|จาก|เพื่อ|โดย|ทั้งนี้|หลักการ|สำนักงาน ป\.ป\.ช)")
PLACE_LINE = re.compile(r"^(?:ของ|โดย)?\s*(?:" + TYPE_PATTERN + r"|(?:ตำบล|ต\.|อำเภอ|อ\.|จังหวัด|จ\.))[^\d๐-๙]{0,90}$")
_SIGNED = re.compile(rf"^(?:ประกาศ\s?ณ|ลงชื่อ|\(ลงชื่อ|นายก|(?:{TYPE_PATTERN})\S*ได้)")
_UNIT_LINE = re.compile(r"^(?:งาน|สำนัก|กอง|ฝ่าย|จัดทำโดย|โดย)\S{0,40}(?:\s\S{1,25})?$")
_ACTION_PLAN = worded("(?:แผนปฏิบัติ|แผนป้องกัน|แผนการป้องกัน).*ทุจริต|(?:รายงานผล|กำกับติดตาม)(?:การดำเนินการ|การ)?ป้องกันการทุจริต")
_ITA_MEASURES = worded("(?:มาตรการ|ดำเนินการ|แนวทาง)[^.]{0,60}คุณธรรมและความโปร่งใส")


@cache
def _label_of_owner() -> re.Pattern:
    """What stands before the name of a document's owner: a label of owner_labels.csv, or a word like "ของ"."""
    with open(Path(__file__).with_name("owner_labels.csv"), encoding="utf-8", newline="") as handle:
        labels = sorted((row["words"] for row in csv.DictReader(handle)), key=len, reverse=True)
    return re.compile(rf"\s*(?:(?P<label>{'|'.join(map(re.escape, labels))})\s*(?P<colon>:)?|ของ|โดย)\s*", re.I)


def is_label_of_owner(text: str) -> bool:
    """Whether a cell holds nothing but the label of the owner's name."""
    found = _label_of_owner().fullmatch(text)
    return found is not None and found["label"] is not None


def says_owner_of_document(text: str) -> bool:
    """Whether a line labels the owner's name: by the word for a name, or a colon.

    >>> says_owner_of_document("ชื่อหน่วยงาน กรมที่ดิน"), says_owner_of_document("หน่วยงานในสังกัด"), says_owner_of_document("หน่วยงาน : กรมที่ดิน")
    (True, False, True)
    """
    found = _label_of_owner().match(text)
    return found is not None and found["label"] is not None and bool(found["label"].startswith("ชื่อ") or found["colon"])


def without_label_of_owner(text: str) -> str:
    """
    >>> without_label_of_owner("ชื่อหน่วยงาน : โรงพยาบาลเลย"), without_label_of_owner("ของวิทยาลัยเทคนิคเลย")
    ('โรงพยาบาลเลย', 'วิทยาลัยเทคนิคเลย')
    """
    found = _label_of_owner().match(text)
    return text[found.end() :] if found else text


def title_lines(document: Document) -> list[Line]:
    """What stands above the first table: paragraphs, and rows of one cell, or of the owner's name beside its label, at the head of a
    sheet."""
    lines: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines += [Line(text.strip()[:LETTERS_READ], block.place) for text in block.text.split("\n")[:LINES_OF_TITLE] if text.strip()]
        else:
            for row in block.rows:
                filled = [cell for cell in row if cell.text.strip()]
                if len(filled) == 2 and is_label_of_owner(filled[0].text) and type_of(filled[1].text):
                    lines.append(Line(" ".join(filled[1].text.split()), filled[1].place))
                    continue
                if len(filled) > 1:
                    return lines[:LINES_OF_TITLE]
                lines += [Line(" ".join(cell.text[:LETTERS_READ].split()), cell.place) for cell in filled]
        if len(lines) >= LINES_OF_TITLE:
            break
    return lines[:LINES_OF_TITLE]


def title_of(lines: list[Line]) -> str | None:
    """The first lines that read as a title, joined; the agency's own line, its unit, prose and what an empty line parts are none."""
    title, before = "", None
    for line in lines:
        text = re.sub(r"^(?:[#*\s]+|เรื่อง\s+)+|[*\s]+$", "", line.text)
        if title and (_ends_title(text) or apart(before, line.place) or _said(text, title)):
            break
        if not title and (not TITLE_WORDS.search(text) or PROSE.match(text) or text.startswith(("ประกาศเทศบาล", "ประกาศองค์การ"))):
            continue
        if len(title) + len(text) > LETTERS_OF_A_TITLE:
            break
        title, before = joined(title, text), line.place
    return re.sub(r"\s+", " ", title).strip() or None


def _said(text: str, title: str) -> bool:
    return name_key(text) in name_key(title) or name_key(title).startswith(name_key(text)[:30])


def apart(before: str | None, place: str) -> bool:
    """Whether an empty line stands between two places of one page."""
    numbers = [re.fullmatch(r"(.*?)(\d+)", each or "") for each in (before, place)]
    return all(numbers) and numbers[0][1] == numbers[1][1] and int(numbers[1][2]) - int(numbers[0][2]) > 1


def _ends_title(text: str) -> bool:
    lines = (PROSE, PLACE_LINE, _UNIT_LINE, _SIGNED)
    return any(pattern.match(text) for pattern in lines) or type_of(text.removeprefix("ของ")) is not None or len(text) < 2


def family_of(lines: list[Line]) -> str | None:
    text = without_marks(name_key("".join(line.text for line in lines)))[0]
    if _ACTION_PLAN.search(text):
        return "action_plan"
    if ("มาตรการ" in text and "ita" in text) or _ITA_MEASURES.search(text):
        return "ita_measures"
    return None


def texts(document: Document) -> list[tuple[str, str]]:
    """(text, place) of every paragraph and cell in order."""
    return [
        entry
        for block in document.blocks
        for entry in (
            [(block.text, block.place)]
            if isinstance(block, Paragraph)
            else [(cell.text, cell.place) for row in block.rows for cell in row if cell.text]
        )
    ]


RANGE_OF_YEARS = re.compile(r"(?:25|20)\d\d\s*(?:-|–|—|ถึง|to)\s*(?:พ\.?\s?ศ\.?\s*)?(?:25|20)?\d\d(?!\d)")
_DATE_BEFORE_YEAR = re.compile(
    r"(?:\d{1,2}\s*)?(?:ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค|[ก-๎]{2,6}(?:คม|ยน|พันธ์))\.?\s*(?:พ\.?ศ\.?\s*)?$"
)
# Scans misread the word for budget, too: "ปีงบประมาญ".
_FISCAL = (
    r"(?:(?:ประจำ\s?)?ปี(?:\s?ง[บป]\s?(?:[ก-๎]{1,3}\s?[ก-๎]{3,6})?ฯ?)?|fiscal\s+years?|FY)\s*"
    r"(?:พ\s?\.?\s?ศ\s?\.?\s*|ค\.ศ\.\s*|B\.?E\.?\s*)?"
)
_FISCAL_YEAR = re.compile(_FISCAL + r"((?:25|20)\s?\d\s?\d(?!\d)|(?:5|6|7)\d(?!\d|[.,]\d))", re.I)
_AND_YEAR = re.compile(r"\s*(?:,|/|&|และ|กับ|and)\s*(?:ปี\s*)?(?:พ\.?\s?ศ\.?\s*)?((?:25|20)\d\d)(?!\d)")
_ANY_YEAR = re.compile(r"(?<![\d.,/])(25[5-9]\d|20[1-4]\d)(?![\d,]|\.\d)")
_OF_THE_RESULT = re.compile(r"ผลการประเมิน[^\n]{0,80}$")


def buddhist_year(text: str) -> int | None:
    """A year of two or four digits as a Buddhist year between 2555 and 2599; Christian years are converted.

    >>> buddhist_year("๒๕๖๖"), buddhist_year("66"), buddhist_year("2567 (FY2024)"), buddhist_year("2024"), buddhist_year("2540")
    (2566, 2566, 2567, 2567, None)
    """
    found = re.search(r"(?<!\d)(?:25\s?\d\s?\d|20\d\d|[5-9]\d)(?!\d)", arabic(text))
    year = int(re.sub(r"\s", "", found[0])) if found else 0
    year = year + 2500 if 55 <= year <= 99 else year + 543 if 2012 <= year <= 2049 else year
    return year if 2555 <= year <= 2599 else None


def fiscal_years(text: str) -> list[int]:
    """Fiscal years that `text` names as such, in order; ranges of a plan ("2566-2570") and dates are passed over.

    >>> fiscal_years("แผนปฏิบัติการ (พ.ศ. ๒๕๖๖ – ๒๕๗๐) ประจำปีงบประมาณ พ.ศ. ๒๕๖๗")
    [2567]
    >>> fiscal_years("ปีงบประมาณ 2566, 2567 และ 2568")
    [2566, 2567, 2568]
    """
    text = RANGE_OF_YEARS.sub(" ", arabic(text))
    years = [buddhist_year(year) for found in _FISCAL_YEAR.finditer(text) for year in (found[1], *_more_years(text, found.end()))]
    if not any(years):
        years = [buddhist_year(found[1]) for found in _ANY_YEAR.finditer(text) if not _DATE_BEFORE_YEAR.search(text[: found.start()])]
    return [year for year in years if year]


def _more_years(text: str, at: int) -> list[str]:
    """The years that are joined to the one that ends at `at`: "และ 2568"."""
    found: list[str] = []
    while more := _AND_YEAR.match(text, at):
        found.append(more[1])
        at = more.end()
    return found


def own_year(title: str) -> int | None:
    """The report's own year: "ประจำปี" first, and not that of the assessment it answers ("ผลการประเมิน ... ปี 2565").

    Of several years side by side ("เปรียบเทียบปี 2566 และปี 2567") the last is the report's.
    """
    text = RANGE_OF_YEARS.sub(" ", arabic(title))
    found = [
        (match[0], text[: match.start()], buddhist_year(year))
        for match in _FISCAL_YEAR.finditer(text)
        for year in (match[1], *_more_years(text, match.end()))
    ]
    found = [entry for entry in found if entry[2]]
    own = [entry for entry in found if not _OF_THE_RESULT.search(entry[1])] or found
    of_the_year = [year for words, _, year in own if re.match(r"ประจำ\s?ปี", words)]
    if of_the_year:
        return of_the_year[0]
    return max((year for _, _, year in own), default=None) or next(iter(fiscal_years(title)), None)
