"""Score sheets as tables, in every form: what a number means is said by its row, its column and the lines above, whichever say it.

Agencies as rows or as columns, long lists, provinces by year, indicators with weights, an agency's history, rankings, two years side
by side: in each, a heading or a row's label names the indicator, the agency or the year, so one reading serves them all.
"""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from etl import thai
from etl.formats.document import Cell, Document, Paragraph, Table
from etl.identity import Identity, buddhist_year, fiscal_years, title_lines
from etl.layouts.score_headings import (
    INSTRUMENTS,
    agency_in_heading,
    field_of,
    heading_key,
    indicator_codes,
    instrument_of,
    label_of,
    rules_of,
)
from etl.layouts.score_rows import Printed, Remark
from etl.layouts.score_values import change_of, level_of, value_of
from etl.registry import TYPE_PATTERN, full_name, name_key, typed_name
from etl.rules import Rules

LABELS = frozenset(
    "agency agency_type district province region fiscal_year indicator instrument rank note source_url agency_id code synthetic".split()
)
ROWS_BEFORE_HEADINGS = 12
MOST_ROWS_OF_HEADINGS = 4
ITA = re.compile(r"(?<![A-Za-z])(?:ITA|IIT|EIT|OIT)(?![A-Za-z])|คุณธรรมและความโปร่งใส|integrity\s+and\s+transparency", re.I)
OTHER_SUBJECT = re.compile(
    r"ความพึงพอใจ|แบบสอบถาม|ผู้ตอบ|อัตรากำลัง|งบประมาณรายจ่าย|จัดซื้อจัดจ้าง|บาท|LPA|PMQA|ITA\s*Online|O-?NET|จำนวน\s*\(?คน|satisfaction|baht",
    re.I,
)
_AVERAGE = re.compile(
    r"^(?:ภาพรวม|ค่าเฉลี่ย|คะแนนเฉลี่ย|เฉลี่ย|ผลรวม|รวม|(?:ค่า|คะแนน)?(?:สูงสุด|ต่ำสุด)|ส่วนเบี่ยงเบน|s\.?d\.?$|mean|average|overall|total|grand|min|max)",
    re.I,
)
_OF_A_PLACE = re.compile(r"จังหวัด\s?[ก-ฮเ-ไ]|ประเทศ|ภาค(?:เหนือ|กลาง|ตะวัน|ใต้)|อำเภอ\s?[ก-ฮเ-ไ]|national|province", re.I)
_PLACE_OF_AGENCY = re.compile(
    r"^(.*?[ก-๎])\s*[(,]?\s*(?:(?:อำเภอ|อ\.)\s*(?P<district>[ก-๎]+))?\s*,?\s*(?:(?:จังหวัด|จ\.)\s*(?P<province>[ก-๎]+))?\s*\)?$"
)
_NOTE = re.compile(r"^\W*(?:หมายเหตุ|ที่มา|แหล่งที่มา|ข้อมูล\s?ณ|source|note|remark|\*|ทั้งนี้|จัดทำโดย|ผู้จัดทำ|วันที่|พิมพ์เมื่อ|เกณฑ์)", re.I)
_BODY = re.compile(
    r"municipality|\bSAO\b|\bPAO\b|administrative organi[sz]ation|department|office|university"
    r"|^(?:กรม|สำนักงาน|มหาวิทยาลัย|จังหวัด|การไฟฟ้า|สถาบัน)",
    re.I,
)
_MAX = re.compile(r"(?:เต็ม\s*|\(\s*)(30|40|100)\s*(?:คะแนน|points?)?\s*\)?", re.I)
_ORDINAL = re.compile(r"^\(?\s*(\d{1,2})\s*[).]?$")
_CODE_HEADING = re.compile(r"^(?:I|KPI|Ind\.?)[ _-]?(\d{1,2})$", re.I)
_AGENCY_IN_TITLE = re.compile(rf"(?:{TYPE_PATTERN})\s?[ก-ฮเ-ไ][ก-๎-]+")


@dataclass
class Column:
    """What the headings of one column say; `agency` and `year` where the column stands for one."""

    heading: str = ""
    place: str = ""
    field: str | None = None  # of `score_headings.csv`, "value" for a column that stands for an agency or a year
    agency: str | None = None
    year: int | None = None
    max: int | None = None

    @property
    def is_value(self) -> bool:
        return self.field is not None and self.field not in LABELS


@dataclass
class Sheet:
    """A table with its headings understood."""

    columns: list[Column]
    rows: list[tuple[Cell, ...]]
    context: list[str]  # lines above the table, nearest last
    place: str
    heading_rows: frozenset[str] = frozenset()
    remarks: list[Remark] = field(default_factory=list)


def is_average(name: str | None) -> bool:
    """Whether a printed row name is a mean over agencies ("ภาพรวมจังหวัดตราด", "ค่าเฉลี่ย"), never an agency.

    >>> is_average("ภาพรวมจังหวัดตราด"), is_average("เทศบาลตำบลบ้านเดื่อ")
    (True, False)
    """
    return bool(_AVERAGE.match(thai.one_line(name or "")))


def table_scores(document: Document, identity: Identity) -> tuple[list[Printed], list[Remark], frozenset[int]]:
    """Scores of every score table, remarks, and the positions of the blocks that were read.

    A province's mean is kept under its printed name, "ภาพรวมจังหวัด…" where only the province is printed (see `is_average`).
    """
    printed: list[Printed] = []
    remarks: list[Remark] = []
    read: set[int] = set()
    before: Sheet | None = None
    context: list[str] = []
    for at, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            context.append(thai.one_line(block.text)[:300])
            continue
        sheet = understood(block, context[-8:], before)
        if sheet is not None and not sheet.rows:
            before = sheet  # an empty row below the headings parts them from their table
        elif sheet is not None and is_ita(sheet, document, identity):
            scores, said = _scores(sheet, document, identity)
            printed += scores
            remarks += sheet.remarks + said
            read.add(at)
            before = sheet
        elif (
            sheet is None
            and _looks_like_scores(block)
            and _about_ita(document, context)
            and not OTHER_SUBJECT.search(" ".join(context[-8:]))
        ):
            remarks.append(Remark("score_heading_missing", block.place))
        context = context[-2:] if sheet is None else []
    return printed, remarks, frozenset(read)


# ------------------------------------------------------------------------------------------------------------- headings


def understood(table: Table, context: list[str], before: Sheet | None = None) -> Sheet | None:
    """The table with its columns understood; None where no row of headings is found and none can be inferred.

    `before`: the score table above; a table of the same width without headings goes on with its columns.
    """
    rows = [tuple(row) for row in table.rows]
    width = max((len(row) for row in rows), default=0)
    rows = [row + (Cell("", row[0].place if row else table.place),) * (width - len(row)) for row in rows]
    first, last = _heading_rows(rows)
    if first is None:
        if before is not None and width == len(before.columns) and _goes_with(rows, before):
            remark = Remark("score_headings_inherited", table.place)
            columns = [replace(column) for column in before.columns]
            inherited = Sheet(columns, rows, context or before.context, table.place, remarks=[remark])
            _by_content(inherited)
            return inherited
        return _by_arithmetic(table, rows, context) or _long_without_headings(table, rows, context)
    titles = [thai.one_line(cell.text) for row in rows[:first] for cell in row if cell.text.strip()]
    columns = [_column([rows[at][column] for at in range(first, last + 1)], _parents(rows, first, last, column)) for column in range(width)]
    _ordinals(columns, rows[first : last + 1])
    body = rows[last + 1 :]
    sheet = Sheet(columns, body, context + titles, table.place, frozenset(_row_key(row) for row in rows[first : last + 1]))
    _by_content(sheet)
    return sheet if any(column.is_value for column in sheet.columns) else None


def _goes_with(rows: list[tuple[Cell, ...]], before: Sheet) -> bool:
    """Whether most rows have a number, or a dash, in a column of scores of the table above."""
    values = [at for at, column in enumerate(before.columns) if column.is_value and column.field != "LEVEL"]
    scored = sum(any(row[at].text.strip() and not value_of(row[at].text).text for at in values) for row in rows)
    return 2 * scored >= len(rows) > 0


def _by_arithmetic(table: Table, rows: list[tuple[Cell, ...]], context: list[str]) -> Sheet | None:
    """A table of agencies without headings whose numbers prove what they are: the last is the total of the first ten."""
    rules = rules_of(None)
    if rules is None or not rows:
        return None
    values = [[value_of(cell.text) for cell in row] for row in rows]
    numeric = [at for at in range(len(rows[0])) if 2 * sum(row[at].number is not None for row in values) > len(rows)]
    typed = {at: sum(typed_name(thai.one_line(row[at].text))[0] is not None for row in rows) for at in range(len(rows[0]))}
    agency = max(typed, key=typed.get) if max(typed.values()) * 2 > len(rows) else None
    codes = [row["code"] for row in rules.indicators]
    grouped = [code for row in rules.instruments for code in (*_members_of(row["code"], rules), row["code"])]
    for order in ([*codes, *INSTRUMENTS, "TOTAL"], [*grouped, "TOTAL"], [*codes, "TOTAL"]):
        # A running number may stand first; a level, which is no number, last.
        columns = numeric[-len(order) :]
        if agency is None or len(columns) != len(order) or len(numeric) - len(order) > 1:
            continue
        sums = [_adds_up(dict(zip(order, (row[at].number for at in columns), strict=True)), rules) for row in values]
        if sums and sum(sums) >= 0.8 * len(sums):
            found = [Column(field=None, place=rows[0][0].place) for _ in rows[0]]
            found[agency].field = "agency"
            for at, code in zip(columns, order, strict=True):
                found[at].field = code
            for at, column in enumerate(found):
                if column.field is None and all(row[at].level or row[at].empty for row in values):
                    column.field = "LEVEL"
            remark = Remark("score_headings_by_arithmetic", table.place, None, " ".join(order))
            return Sheet(found, rows, context, table.place, remarks=[remark])
    return None


def _long_without_headings(table: Table, rows: list[tuple[Cell, ...]], context: list[str]) -> Sheet | None:
    """A long list without headings: every row has an agency, a year, an indicator and a score, each in a column of its own."""

    def each(is_one) -> set[int]:
        return {at for at in range(len(rows[0])) if all(is_one(row[at].text) for row in rows)} if rows else set()

    agencies = each(lambda text: typed_name(thai.one_line(text))[0] is not None)
    years = each(lambda text: bool(re.fullmatch(r"25\d\d", thai.arabic(text.strip()))))
    indicators = each(lambda text: _row_label(text).code is not None or field_of(text) == "LEVEL")
    values = (
        each(lambda text: (value := value_of(text)).level is not None or (value.number is not None and value.number <= 100)) - indicators
    )
    if not (len(rows) > 2 and len(agencies) == len(years) == len(indicators) == len(values) == 1):
        return None
    columns = [Column(place=rows[0][0].place) for _ in rows[0]]
    for known, found in (("agency", agencies), ("fiscal_year", years), ("indicator", indicators), ("score", values)):
        columns[found.pop()].field = known
    remark = Remark("score_headings_by_content", table.place, None, " ".join(column.field or "-" for column in columns))
    return Sheet(columns, rows, context, table.place, remarks=[remark])


def _members_of(instrument: str, rules: Rules) -> list[str]:
    return [row["code"] for row in rules.indicators if row["instrument"] == instrument]


def _adds_up(numbers: dict[str, Decimal | None], rules: Rules) -> bool:
    weights = rules.weights()
    if any(numbers[code] is None for code in (*weights, "TOTAL")):
        return False
    total = sum(weight * Fraction(numbers[code]) for code, weight in weights.items())
    return abs(total - Fraction(numbers["TOTAL"])) <= Fraction(2, 100)


def _row_key(row: tuple[Cell, ...]) -> str:
    return "|".join(heading_key(cell.text) for cell in row)


def _filled(row: tuple[Cell, ...]) -> list[Cell]:
    return [cell for cell in row if cell.text.strip()]


def _has_values(row: tuple[Cell, ...]) -> bool:
    """A number with decimals, or a dash for none: no row of headings."""
    values = [value_of(cell.text) for cell in _filled(row)]
    return any(value.empty or (value.number is not None and value.number != value.number.to_integral_value()) for value in values)


def _facets(text: str) -> tuple[str | None, int | None, str | None]:
    """(field, year, agency) that one heading names."""
    known = field_of(text)
    years = fiscal_years(text) if re.search(r"\d{2}", thai.arabic(text)) else []
    agency = agency_in_heading(text) if known is None else None
    return known, years[0] if len(set(years)) == 1 else None, agency


def _is_heading(text: str) -> bool:
    return any(_facets(text)) or bool(_number_heading(text)) or bool(_MAX.fullmatch(thai.arabic(text.strip())))


def _heading_rows(rows: list[tuple[Cell, ...]]) -> tuple[int | None, int | None]:
    """First and last row of headings."""
    for at, row in enumerate(rows[:ROWS_BEFORE_HEADINGS]):
        if _has_values(row):
            return None, None
        facets = [_facets(cell.text) for cell in _filled(row)]
        words = [known for known, _, _ in facets if known]
        indicators = {known for known in words if known in indicator_codes() or known in INSTRUMENTS}
        years = {year for known, year, _ in facets if year}
        agencies = {agency for _, _, agency in facets if agency}
        named = sum(any(facet) for facet in facets)
        is_data = bool(agencies and years) or (agencies and not set(words) & LABELS and len(agencies) < 2)
        if is_data or len(facets) < 2:
            continue
        above_values = bool(set(words) & LABELS) and at + 1 < len(rows) and _has_values(rows[at + 1])
        if (
            above_values
            or (set(words) - indicators - {"TOTAL", "LEVEL"} and named >= 2)
            or len(agencies) > 1
            or len(years) > 1
            or len(indicators) > 2
        ):
            last = at
            while last + 1 < len(rows) and last - at < MOST_ROWS_OF_HEADINGS - 1 and _goes_on(rows[last + 1], rows[at]):
                last += 1
            return at, last
    return None, None


def _goes_on(row: tuple[Cell, ...], first: tuple[Cell, ...]) -> bool:
    """Whether a row below headings is one more row of them: headings only, under cells that span, none with a value."""
    filled = _filled(row)
    if not filled or _has_values(row):
        return False
    headings = [cell for cell in filled if _is_heading(cell.text)]
    if len(headings) < len(filled):
        return False
    leftmost = next(at for at, cell in enumerate(row) if cell.text.strip())
    # A row of data begins with its label; a second row of headings stands under the wide ones.
    return bool(len(filled) > 1 and (leftmost > 0 or not first[0].text.strip() or all(_MAX.search(cell.text) for cell in filled)))


def _parents(rows: list[tuple[Cell, ...]], first: int, last: int, column: int) -> list[str]:
    """Headings over several columns that stand above this one, to its left."""
    parents = []
    for at in range(first, last):
        if rows[at][column].text.strip() or not any(rows[below][column].text.strip() for below in range(at + 1, last + 1)):
            continue
        left = next((other for other in range(column - 1, -1, -1) if rows[at][other].text.strip()), None)
        if left is not None and any(rows[below][left].text.strip() for below in range(at + 1, last + 1)):
            parents.append(rows[at][left].text)
    return parents


def _column(cells: list[Cell], parents: list[str]) -> Column:
    """The column that these headings, from the top, and the wide ones beside them describe."""
    own = [cell for cell in cells if cell.text.strip()]
    texts = parents + [cell.text for cell in own]
    column = Column(" ".join(thai.one_line(text) for text in texts), own[-1].place if own else (cells[0].place if cells else ""))
    for text in texts:
        known, year, agency = _facets(text)
        column.year, column.agency = year or column.year, agency or column.agency
        most = _MAX.search(thai.arabic(text))
        column.max = int(most[1]) if most else column.max
        narrower = known in ("score", "value", "percent", "TOTAL") and (column.field in indicator_codes() or column.field in INSTRUMENTS)
        if known and not narrower:
            column.field = known
    if parents and own and not _is_heading(own[-1].text):
        column.field = None  # the wide heading says what is beneath it only where the narrow one is understood
    elif column.field is None:
        label = label_of(column.heading)
        column.field = field_of(column.heading) or ("unknown_indicator" if label.number and not label.subordinate else None)
    if column.field is None and column.agency or column.year and column.field in (None, "fiscal_year"):
        column.field = "score"
    return column


def _ordinals(columns: list[Column], headings: list[tuple[Cell, ...]]) -> None:
    """Bare numbers as headings are indicators where they ascend, or begin anew under each instrument; I1-I10 only where all ten stand.

    (I1 alone is a question of the internal survey.)
    """
    for row in headings:
        found = [(at, match) for at, cell in enumerate(row) if (match := _number_heading(cell.text))]
        found = [
            (at, match) for at, match in found if not columns[at].year and columns[at].field in (None, *INSTRUMENTS, "indicator", "score")
        ]
        counted = [int(match[1]) for _, match in found]
        every = list(range(1, len(indicator_codes()) + 1))
        coded = any(match.re is _CODE_HEADING for _, match in found)
        # Where the numbers count the columns themselves, they begin at the first.
        if len(counted) < 3 or (found[0][0] == 0 and counted == list(range(1, len(counted) + 1))) or (coded and counted != every):
            continue
        if counted == sorted(set(counted)):
            codes = counted
        elif counted.count(1) == len(INSTRUMENTS) and len(counted) == len(every):
            codes = every
        else:
            continue
        for (at, _), code in zip(found, codes, strict=True):
            columns[at].field = str(code) if str(code) in indicator_codes() else "unknown_indicator"


def _number_heading(text: str) -> re.Match | None:
    text = thai.arabic(text.strip())
    return _ORDINAL.match(text) or _CODE_HEADING.match(text)


def _by_content(sheet: Sheet) -> None:
    """Columns whose heading does not decide are decided by what stands in them."""
    years_beside = sum(column.year is not None for column in sheet.columns) > 1
    for at, column in enumerate(sheet.columns):
        cells = [row[at].text for row in sheet.rows[:400] if row[at].text.strip()]
        if not cells:
            continue
        values = [value_of(text) for text in cells]
        numbers = sum(value.number is not None for value in values)
        levels = sum(value.number is None and value.level is not None for value in values)
        if column.field in ("score", "TOTAL") and levels > numbers:
            column.field = "LEVEL"
        elif column.field == "LEVEL" and numbers > 2 * max(levels, 1):
            column.field = "score"
        elif column.field == "fiscal_year" and years_beside and not any(buddhist_year(text) for text in cells):
            column.field = "indicator"  # "ปีงบประมาณ" above the labels stands for the years to its right
        elif column.field in (None, "note", "rank", "code", "agency_type", "indicator"):
            column.field = _field_by_content(column, cells, numbers, levels) or column.field
    _codes_of_indicators(sheet)
    by_indicator = any(column.field == "indicator" for column in sheet.columns)
    for at, column in enumerate(sheet.columns):
        cells = [row[at].text for row in sheet.rows[:400] if row[at].text.strip()]
        numbers = sum(value_of(text).number is not None for text in cells)
        if column.field is None and column.heading and cells and not numbers:
            sheet.remarks.append(Remark("score_column_text", column.place or sheet.place, column.heading))
        if column.field is None and numbers > len(cells) / 2 and not all(_ORDINAL.match(thai.arabic(text.strip())) for text in cells):
            if by_indicator and _BODY.search(column.heading):
                column.field, column.agency = "score", column.heading
            else:
                sheet.remarks.append(Remark("score_column_unknown", column.place or sheet.place, column.heading or None))
    if not any(column.field in ("agency", "indicator") for column in sheet.columns):
        _first_text_column(sheet)


def _field_by_content(column: Column, cells: list[str], numbers: int, levels: int) -> str | None:
    half = max(2, (len(cells) + 1) // 2)
    labels = [label_of(text) for text in cells]
    if sum(label.code is not None and (label.named or column.field is None) for label in labels) >= half:
        return "indicator"
    if column.field is None and levels >= half and numbers == 0:
        return "LEVEL"
    if column.field is None and sum(typed_name(thai.one_line(text))[0] is not None for text in cells) >= half:
        return "agency"
    if column.field is None and sum(bool(re.fullmatch(r"(?:ปี\D*)?25\d\d", thai.arabic(text.strip()))) for text in cells) >= half:
        return "fiscal_year"
    return None


def _codes_of_indicators(sheet: Sheet) -> None:
    """I1-I10 in a column of indicators are their numbers where all ten stand and no more (I1 alone is a question)."""
    for at, column in enumerate(sheet.columns):
        if column.field != "indicator":
            continue
        found = [_CODE_HEADING.match(thai.arabic(row[at].text.strip())) for row in sheet.rows]
        if {match[1].lstrip("0") for match in found if match} == indicator_codes():
            numbered = zip(sheet.rows, found, strict=True)
            sheet.rows = [(*row[:at], Cell(match[1], row[at].place), *row[at + 1 :]) if match else row for row, match in numbered]


def _first_text_column(sheet: Sheet) -> None:
    """A column of names without a heading, left of the scores, names the agencies."""
    for at, column in enumerate(sheet.columns):
        if column.is_value:
            return
        cells = [row[at].text for row in sheet.rows if row[at].text.strip()]
        if column.field is None and not column.heading and cells and all(value_of(text).text for text in cells):
            column.field = "agency"
            return


# ------------------------------------------------------------------------------------------------------- is it of ITA?


def is_ita(sheet: Sheet, document: Document, identity: Identity) -> bool:
    """Whether the table says that its numbers are scores of ITA: names of at least two indicators or instruments, or ITA itself.

    A table that ranks local governments by score, under no title or one that says no more, is taken for one, with a remark.
    """
    headings = " ".join(column.heading for column in sheet.columns)
    codes = {column.field for column in sheet.columns if column.field in indicator_codes() or column.field in INSTRUMENTS}
    named = {
        code for column in sheet.columns if (label := label_of(column.heading)).named and (code := label.code) not in ("TOTAL", "LEVEL")
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
        if (label := _row_label(row[at].text)).code
    ]
    codes |= {label.code for label in by_row}
    named |= {label.code for label in by_row if label.named and label.code not in ("TOTAL", "LEVEL")}
    near = " ".join([*sheet.context, headings])
    if OTHER_SUBJECT.search(headings) or (OTHER_SUBJECT.search(near) and not ITA.search(near)):
        return False
    if len(named) >= 2:
        return True
    said = ITA.search(near) or _about_ita(document, sheet.context)
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


def _about_ita(document: Document, context: list[str]) -> bool:
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


def _looks_like_scores(table: Table) -> bool:
    """Rows of a name and several numbers of 0-100 with decimals."""
    rows = [row for row in table.rows if row]
    scored = 0
    for row in rows[:200]:
        numbers = [value.number for cell in row if (value := value_of(cell.text)).number is not None]
        scored += sum(number != number.to_integral_value() and 0 <= number <= 100 for number in numbers) >= 2
    return bool(rows) and scored >= max(1, len(rows[:200]) / 2) and any(value_of(cell.text).text for row in rows[:20] for cell in row)


# ----------------------------------------------------------------------------------------------------------------- rows


@dataclass
class Labels:
    """What a row says of its numbers."""

    agency: str | None = None
    district: str | None = None
    province: str | None = None
    year: int | None = None
    indicator: str | None = None
    instrument: str | None = None
    max: int | None = None


def _row_label(text: str):
    """The indicator that a row's label names; bare numbers count in a column of indicators."""
    label = label_of(text)
    ordinal = _ORDINAL.match(thai.arabic(text.strip()))
    if label.code is None and ordinal:
        number = ordinal[1].lstrip("0")
        return replace(label, code=number if number in indicator_codes() else None, number=number)
    return label


def _scores(sheet: Sheet, document: Document, identity: Identity) -> tuple[list[Printed], list[Remark]]:
    printed: list[Printed] = []
    remarks: list[Remark] = []
    for column in sheet.columns:
        if column.field == "unknown_indicator":
            remarks.append(Remark("score_unknown_indicator", column.place, column.heading))
    year, province, remark = _title_of(sheet, document, identity)
    section = Labels(agency=_agency_of_context(sheet, identity), year=year, province=province)
    carried = Labels()
    grouped = _weighted_by_group(sheet)
    fields = {column.field for column in sheet.columns}
    for row in sheet.rows:
        filled = _filled(row)
        if not filled or _row_key(row) in sheet.heading_rows:
            continue
        if len(filled) == 1 and len(row) > 1 and _section(filled[0].text, section):
            continue
        labels, problem = _labels(sheet, row, section, carried, fields)
        if problem:
            remarks.append(problem)
        if labels is None:
            continue
        entries, said = _row(sheet, row, labels, grouped)
        printed += entries
        remarks += said
    if remark and any(entry.fiscal_year is None for entry in printed):
        remarks.append(remark)
    return printed, remarks


def _title_of(sheet: Sheet, document: Document, identity: Identity) -> tuple[int | None, str | None, Remark | None]:
    """Year and province of the lines above the table, else of the document; the remark says that no year is known."""
    years: list[int] = []
    for line in reversed(sheet.context):
        years = years or sorted(set(fiscal_years(line)))
    remark = Remark("score_year_missing", sheet.place, ", ".join(map(str, years)) or None)
    year = years[0] if len(years) == 1 else None if years else document_year(document, identity)
    provinces = {found for line in [*sheet.context, identity.title or ""] for found in re.findall(r"(?<!ส่วน)จังหวัด\s?([ก-ฮเ-ไ][ก-๎]+)", line)}
    return year, provinces.pop() if len(provinces) == 1 else identity.province, remark


def document_year(document: Document, identity: Identity) -> int | None:
    """The fiscal year of scores that say none themselves: the only one of the title lines, else the document's.

    The year of a report on measures is not that of the scores it answers.
    """
    years = {year for line in title_lines(document) for year in fiscal_years(line.text)}
    if identity.family is not None and not re.search("คะแนน|ผลการประเมิน", identity.title or ""):
        return None
    return years.pop() if len(years) == 1 else None if years else identity.fiscal_year


def _agency_of_context(sheet: Sheet, identity: Identity) -> str | None:
    """The agency that the title nearest above the table names, where it is another than the document's own."""
    own = [name_key(name) for name in (identity.agency, *identity.agency_printed) if name]
    for line in reversed(sheet.context):
        found = _AGENCY_IN_TITLE.search(line) if len(line) <= 150 else None
        if found:
            return None if any(name_key(found[0]).startswith(name) for name in own) else full_name(found[0])
    return None


def _section(text: str, section: Labels) -> bool:
    """A row of one cell: a year, province or agency for the rows below, or a note; True where it is no data."""
    text = thai.one_line(text)
    if years := set(fiscal_years(text)):
        section.year = years.pop() if len(years) == 1 else section.year
        return True
    found = re.fullmatch(r"จังหวัด\s?([ก-ฮเ-ไ][ก-๎]+)", text)
    if found:
        section.province = found[1]
        return True
    if agency := agency_in_heading(text):
        section.agency = agency
        return True
    return bool(_NOTE.match(text)) or value_of(text).number is None


def _labels(
    sheet: Sheet, row: tuple[Cell, ...], section: Labels, carried: Labels, fields: set[str | None]
) -> tuple[Labels | None, Remark | None]:
    """The labels of a row of data; None and a remark where it is none."""
    by_field: dict[str, Cell] = {}
    for cell, column in zip(row, sheet.columns, strict=True):
        if column.field in LABELS and cell.text.strip() and column.field not in by_field:
            by_field[column.field] = cell
    text = {known: thai.one_line(cell.text) for known, cell in by_field.items()}
    labels = Labels(section.agency, None, section.province, section.year)
    place = row[0].place
    head = next((cell for cell in row if cell.text.strip()), row[0])
    if _NOTE.match(thai.one_line(head.text)) and not any(value_of(cell.text).number is not None for cell in row):
        return None, None
    if "fiscal_year" in fields:
        printed_year = text.get("fiscal_year")
        labels.year = buddhist_year(printed_year) if printed_year else carried.year or section.year
        carried.year = labels.year
        if printed_year and labels.year is None:
            if is_average(printed_year) or not any(value_of(cell.text).number is not None for cell in row[1:]):
                return None, Remark("score_row_ignored", place, printed_year)
            return None, Remark("score_year_unknown", by_field["fiscal_year"].place, printed_year)
    if "instrument" in fields and "instrument" in text:
        carried.instrument = label_of(text["instrument"]).code or carried.instrument
        labels.instrument = label_of(text["instrument"]).code
    problem = None
    if "indicator" in fields:
        label, problem = _indicator(sheet, row, labels)
        if label is None:
            return None, problem
        labels.indicator = label
    changes_down = "fiscal_year" in text or "indicator" in text
    if "province" in fields:
        labels.province = (
            re.sub(r"^(?:จังหวัด|จ\.)\s*", "", text["province"]) if "province" in text else carried.province if changes_down else None
        )
        if labels.province and is_average(text.get("province")):
            labels.agency, labels.province = text["province"], None
        carried.province = labels.province
    labels.district = re.sub(r"^(?:อำเภอ|อ\.)\s*", "", text["district"]) if "district" in text else None
    if "agency" in fields:
        if "agency" in text:
            labels.agency, district, province = _agency_name(text["agency"], text.get("agency_type"))
            labels.district, labels.province = labels.district or district, labels.province or province
            carried.agency = labels.agency
            carried.district = labels.district
        elif is_average(thai.one_line(head.text)):
            labels.agency = thai.one_line(head.text)
        elif changes_down and carried.agency and not ("province" in text and "rank" in text):
            labels.agency, labels.district = carried.agency, labels.district or carried.district
        else:
            return None, Remark("score_row_without_agency", place, thai.one_line(" ".join(cell.text for cell in _filled(row)))[:80])
    elif "province" in fields and labels.province and not labels.agency:
        labels.agency = f"ภาพรวมจังหวัด{labels.province}"
    if is_average(labels.agency) and not _OF_A_PLACE.search(labels.agency or ""):
        return None, Remark("score_mean_of_rows", place, labels.agency)
    if is_average(labels.agency) and (named := re.search(r"จังหวัด\s?([ก-๎]+)", labels.agency or "")):
        labels.province = named[1]
    return labels, problem


def _agency_name(printed: str, kind: str | None) -> tuple[str, str | None, str | None]:
    """(name, district, province) of a cell: without running number and note mark, the type in full, taken from its column where bare."""
    name = re.sub(r"^\d{1,4}\s*[.)]\s*", "", thai.arabic(printed))
    name = re.sub(r"\s*(?:\*+|[†‡])$", "", name).strip()
    district = province = None
    if typed_name(name)[0]:
        placed = _PLACE_OF_AGENCY.match(name)
        if placed and typed_name(placed[1])[0] and (placed["district"] or placed["province"]):
            name, district, province = placed[1], placed["district"], placed["province"]
        name = thai.glued(name)
    elif kind and typed_name(kind + "ก")[0]:
        name = kind + name
    return full_name(name), district, province


def _indicator(sheet: Sheet, row: tuple[Cell, ...], labels: Labels) -> tuple[str | None, Remark | None]:
    """The indicator that a row is about, from its columns of indicators, else from any label that names an instrument or the total."""
    found = [
        (cell, _row_label(cell.text))
        for cell, column in zip(row, sheet.columns, strict=True)
        if column.field == "indicator" and cell.text.strip()
    ]
    named = [(cell, label) for cell, label in found if label.code and label.named] or [(cell, label) for cell, label in found if label.code]
    if named:
        cell, label = named[0]
        conflict = Remark("score_indicator_conflict", cell.place, thai.one_line(cell.text)[:80], label.code, {"number": label.number})
        return label.code, conflict if label.conflict else None
    for cell, _ in found:
        if (known := field_of(cell.text)) in ("score", "LEVEL"):
            return "LEVEL" if known == "LEVEL" else "MEAN", None
    if not found:
        if labels.instrument:
            return labels.instrument, None
        for cell, column in zip(row, sheet.columns, strict=True):
            if column.field in LABELS and (label := label_of(cell.text)).code and label.named:
                return label.code, None
        return None, Remark("score_row_ignored", row[0].place, thai.one_line(" ".join(cell.text for cell in _filled(row)))[:80])
    cell, label = found[0]
    if label.subordinate:
        return None, Remark("score_sub_indicator", cell.place, thai.one_line(cell.text)[:80])
    if level_of(cell.text) is None and not any(value_of(other.text).number is not None for other in row if other is not cell):
        return None, None if _NOTE.match(cell.text) else Remark("score_row_ignored", cell.place, thai.one_line(cell.text)[:80])
    return None, Remark("score_unknown_indicator", cell.place, thai.one_line(cell.text)[:80])


def _weighted_by_group(sheet: Sheet) -> bool:
    """Whether weighted points stand once for a group of indicators (then they are the instrument's), not in each row."""
    columns = [at for at, column in enumerate(sheet.columns) if column.field == "weighted"]
    at_label = [at for at, column in enumerate(sheet.columns) if column.field == "indicator"]
    if not columns or not at_label:
        return False
    rows = [row for row in sheet.rows if any(_row_label(row[at].text).code in indicator_codes() for at in at_label)]
    filled = sum(value_of(row[columns[0]].text).number is not None for row in rows)
    return 0 < filled <= len(INSTRUMENTS) < len(rows)


def _row(sheet: Sheet, row: tuple[Cell, ...], labels: Labels, grouped: bool) -> tuple[list[Printed], list[Remark]]:
    mean = labels.indicator == "MEAN"
    if mean:
        labels = replace(labels, indicator="TOTAL")
    entries: list[Printed] = []
    remarks: list[Remark] = []
    changes: list[tuple[Cell, Column]] = []
    most = _printed_max(sheet, row)
    scored = {column.field for cell, column in zip(row, sheet.columns, strict=True) if value_of(cell.text).number is not None}
    has_score = bool(scored & {"score", "TOTAL"})
    if most not in (None, 100) and "percent" in scored and labels.indicator in indicator_codes():
        most, has_score = None, False  # points beside their percent: the percent is the score
    for cell, column in zip(row, sheet.columns, strict=True):
        if not cell.text.strip() or not column.is_value:
            continue
        if column.field == "change":
            changes.append((cell, column))
            continue
        code = _code(column, labels, grouped, has_score)
        if code is None or (column.field == "score" and not has_score and "score" in scored):
            continue
        value = value_of(cell.text)
        if value.empty:
            continue
        if code == "LEVEL":
            if value.number is not None:
                remarks.append(Remark("score_number_as_level", cell.place, thai.one_line(cell.text)))
                continue
        elif value.number is None and value.level is None:
            remarks.append(Remark("score_text_in_cell", cell.place, thai.one_line(cell.text)[:80]))
            continue
        elif value.number is None:
            code = "LEVEL" if code == "TOTAL" else code
            if code != "LEVEL":
                remarks.append(Remark("score_text_in_cell", cell.place, thai.one_line(cell.text)[:80]))
                continue
        entry = Printed(
            code,
            value,
            cell.place,
            column.agency or labels.agency,
            labels.district,
            labels.province,
            column.year or labels.year,
            None,
            value.max or (most if labels.indicator == code else None) or (None if code.isdigit() else column.max),
            f"{sheet.place} {column.heading}",
            mean and code == "TOTAL",
        )
        entries.append(entry)
        if code == "TOTAL" and value.level and value.number is not None:
            entries.append(replace(entry, indicator="LEVEL", value=value_of(value.level)))
    if changes and entries:
        scored = [entry for entry in entries if entry.value.number is not None]
        for cell, _ in changes[:1]:
            latest = max(scored, key=lambda entry: entry.fiscal_year or 0, default=None)
            stated = change_of(cell.text)
            if latest is not None and stated is not None:
                latest.stated_change = stated
            elif stated is None and not value_of(cell.text).empty:
                remarks.append(Remark("score_text_in_cell", cell.place, thai.one_line(cell.text)[:80]))
    return entries, remarks


def _printed_max(sheet: Sheet, row: tuple[Cell, ...]) -> int | None:
    """What the row says that its score is out of, in a column of its own."""
    for cell, column in zip(row, sheet.columns, strict=True):
        number = value_of(cell.text).number if column.field == "max" else None
        if number is not None and number == number.to_integral_value() and 0 < number <= 100:
            return int(number)
    return None


def _code(column: Column, labels: Labels, grouped: bool, has_score: bool) -> str | None:
    """The indicator that a cell of this column and row is about; None: the column is ignored by name (weights, maxima)."""
    known, row = column.field, labels.indicator
    if known in ("max", "weight", "unknown_indicator"):
        return None
    if known in ("score", "TOTAL"):
        return row or "TOTAL"
    if known == "percent":
        return row if row and not has_score else None
    if known == "LEVEL":
        return "LEVEL" if row in (None, "TOTAL", "LEVEL") else None
    if known == "weighted":
        if row in INSTRUMENTS or (row == "TOTAL" and not has_score):
            return row if not has_score else None
        return instrument_of(row) if grouped and row else None
    if known == "instrument_score":
        return labels.instrument or (instrument_of(row) if row in indicator_codes() else row)
    return known
