"""Whether the numbers of a table are scores of ITA: a budget, a survey or another assessment must yield none."""

import re

from etl.formats.document import Document, Paragraph, Table
from etl.identity.titles import title_lines
from etl.known.names import typed_name
from etl.printed import thai
from etl.scores.headings import INSTRUMENTS, heading_key, weighed
from etl.scores.rows import Remark
from etl.scores.sheet import A_COUNT, Sheet
from etl.scores.values import value_of

ITA = re.compile(r"(?<![A-Za-z])(?:ITA|IIT|EIT|OIT)(?![A-Za-z])|คุณธรรมและความโปร่งใส|integrity\s+and\s+transparency", re.I)
CERTAINLY = 3  # the weight of a word that only ITA has
OTHER_SUBJECT = re.compile(
    r"ความพึงพอใจ|แบบสอบถาม|ผู้ตอบ|อัตรากำลัง|งบประมาณรายจ่าย|จัดซื้อจัดจ้าง|บาท|LPA|PMQA|ITA\s*Online|O-?NET|จำนวน\s*\(?คน|satisfaction|baht", re.I
)


def is_ita(sheet: Sheet, document: Document) -> bool:
    """Whether the table says that its numbers are scores of ITA: names of at least two indicators or instruments, or ITA itself.

    A table that ranks local governments by score, under no title or one that says no more, is taken for one, with a remark.
    """
    codes = {column.field for column in sheet.columns if column.field in sheet.terms.indicators or column.field in INSTRUMENTS}
    named = {
        code
        for column in sheet.columns
        if (label := sheet.terms.label_of(column.heading)).named and (code := label.code) not in ("TOTAL", "LEVEL")
    }
    fields = {column.field for column in sheet.columns}
    scored = bool(fields & {"score", "TOTAL", "percent", "weighted", "instrument_score", *INSTRUMENTS}) or bool(codes)
    if not scored:
        return False
    by_row = [
        label
        for at, column in enumerate(sheet.columns)
        if column.field == "indicator"
        for row in sheet.rows
        if (label := sheet.terms.row_label(row[at].text)).code
    ]
    codes |= {label.code for label in by_row}
    named |= {label.code for label in by_row if label.named and label.code not in ("TOTAL", "LEVEL")}
    told = subject_of(sheet)
    if told < 0:
        return False
    if len(named) >= 2:
        return True
    if not _like_scores(sheet):
        return False
    said = told >= CERTAINLY or about_ita(document, sheet.context)
    if len(codes - {"TOTAL", "LEVEL"}) >= 2 and (said or {"agency", "score"} <= fields or len(codes) >= 8):
        return True
    if (
        not fields & {"score", "TOTAL"}
        or not fields & {"agency", "fiscal_year", "province"}
        and not any(column.agency or column.year for column in sheet.columns)
    ):
        return False
    if "indicator" in fields and not codes & {"TOTAL", "LEVEL"}:
        return False
    if said or _words_of_levels(sheet):
        return True
    if _says_nothing_else(document) and "agency" in fields and _local_governments(sheet):
        sheet.remarks.append(Remark("score_not_said_ita", sheet.place))
        return True
    return False


def subject_of(sheet: Sheet) -> float:
    """What the words around say that the numbers are, above 0 for scores of ITA: of the headings, then of the nearest line above that is
    certain; else of all of them together."""
    unread = " ".join(column.heading for column in sheet.columns if column.field in (None, "note"))
    known = " ".join(column.heading for column in sheet.columns if column.field not in (None, "note", "target", "count", "weight"))
    told = [weighed(unread) + max(0, weighed(known)), *map(weighed, reversed(sheet.context))]
    if told[1:] and told[1] <= -CERTAINLY:
        return told[1]  # the line right above, "จำนวนผู้ตอบแบบวัด", says what columns named IIT and EIT count
    return next((each for each in told if abs(each) >= CERTAINLY), sum(told))


def _like_scores(sheet: Sheet) -> bool:
    """Whether what stands in the columns of scores may be scores: some with decimals, or most of them above what is counted."""
    columns = [at for at, column in enumerate(sheet.columns) if column.field in ("score", "TOTAL", *INSTRUMENTS, *sheet.terms.indicators)]
    numbers = [number for row in sheet.rows[:400] for at in columns if (number := value_of(row[at].text).number) is not None]
    return any(number % 1 for number in numbers) or 2 * sum(number >= A_COUNT for number in numbers) > len(numbers)


def about_ita(document: Document, context: list[str]) -> bool:
    titles = " ".join(line.text for line in title_lines(document)[:12])
    return bool(ITA.search(" ".join([titles, *context[-8:]])) or re.search(r"(?<![a-z])ita(?![a-z])|oit|iit", document.file.lower()))


_OF_ANY_RANKING = re.compile(
    r"(?:สรุป|ตาราง|แสดง|รายชื่อ|การ?จัด|อันดับ|ลำดับ|ผล|คะแนน|การประเมิน|เฉลี่ย|รวม|ระดับ|ราย|ประจำ|ปี|งบประมาณ|พ\.?ศ\.?|หน่วยงาน|ภาครัฐ|อปท\.?"
    r"|องค์กรปกครองส่วนท้องถิ่น|ท้องถิ่น|เทศบาล|อบต\.?|ของ|ใน|เขต|พื้นที่|และ|(?:อำเภอ|จังหวัด|ภาค)[ก-๎]*|\d+|ranking|scores?|results?|of|local|governments?)"
)


def _says_nothing_else(document: Document) -> bool:
    """Whether the text outside of tables, if there is any, names no subject: "อันดับหน่วยงาน จังหวัดภูเก็ต ปี 2561"."""
    said = " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    return len(said) < 300 and len(heading_key(_OF_ANY_RANKING.sub(" ", thai.arabic(said).lower()))) < 4


_LEVELS_OF_ITA_ONLY = re.compile(r"ผ่านดีเยี่ยม|ต้องปรับปรุงโดยด่วน|(?<![A-Z])AA(?![A-Z])")


def _words_of_levels(sheet: Sheet) -> bool:
    """Whether a level is printed that no other assessment has; "ผ่าน" and "A" are everybody's."""
    levels = [at for at, column in enumerate(sheet.columns) if column.field == "LEVEL"]
    return any(_LEVELS_OF_ITA_ONLY.search(row[at].text) for row in sheet.rows for at in levels)


def _local_governments(sheet: Sheet) -> bool:
    at = next(at for at, column in enumerate(sheet.columns) if column.field == "agency")
    names = [row[at].text for row in sheet.rows if row[at].text.strip()]
    return bool(names) and sum(typed_name(thai.one_line(name))[0] is not None for name in names) >= len(names) / 2


def looks_like_scores(table: Table) -> bool:
    """Rows of a name and several numbers of 0-100 with decimals."""
    rows = [row for row in table.rows if row]
    scored = 0
    for row in rows[:200]:
        numbers = [value.number for cell in row if (value := value_of(cell.text)).number is not None]
        scored += sum(number != number.to_integral_value() and 0 <= number <= 100 for number in numbers) >= 2
    return bool(rows) and scored >= max(1, len(rows[:200]) / 2) and any(value_of(cell.text).text for row in rows[:20] for cell in row)
