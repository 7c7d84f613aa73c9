"""A table of scores with its headings understood: what each column stands for, told by heading and content."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, product

from etl.formats.document import Cell, Table
from etl.identity.titles import fiscal_years
from etl.known.names import full_name, typed_name
from etl.known.rules import Rules
from etl.printed import thai
from etl.scores.contents import OPEN, Contents, column_of_agencies, contents_of, field_by_contents, names_body
from etl.scores.headings import INSTRUMENTS, ORDINAL, Terms, agency_in_heading, heading_key, number_after_word, number_before_name, weighed
from etl.scores.proven import with_proven_labels
from etl.scores.rows import Remark
from etl.scores.values import value_of

LABELS = frozenset(
    "agency agency_type district province region fiscal_year indicator instrument rank note source_url agency_id code synthetic".split()
)
ROWS_BEFORE_HEADINGS = 12
MOST_ROWS_OF_HEADINGS = 4
A_COUNT = 20  # points; whole numbers below are rather complaints, staff or ranks
ROWS_THAT_PROVE = 3  # that numbers agree to the hundredth by chance in so many rows is out of the question
_MAX = re.compile(r"(?:เต็ม\s*|\(\s*)(\d{2,3})\s*(?:คะแนน|points?)?\s*\)?", re.I)
_YEAR = re.compile(r"25\d\d")
_POINT_HEADING = re.compile(r"^(?:ข้อ|ที่)\s*(?:ที่\s*)?(\d{1,2})$")
QUESTION = re.compile(r"[IEO]\s?\d{1,2}[.:)]?\s+[\u0e01-\u0e4e]", re.I)  # "e1 หน่วยงานให้บริการตามขั้นตอน ... มากน้อยเพียงใด"
_CODE_HEADING = re.compile(r"^(?:I|KPI|Ind\.?)[ _-]?(\d{1,2})$", re.I)


NO_SCORES = ("max", "weight", "target", "count", "unknown_indicator")


@dataclass
class Column:
    """What the headings of one column say; `agency` and `year` where the column stands for one."""

    heading: str = ""
    place: str = ""
    field: str | None = None  # of `score_headings.csv`, "value" for a column that stands for an agency or a year
    agency: str | None = None
    year: int | None = None
    max: int | None = None
    own: str = ""  # the heading right above its cells, without the wide ones over it

    @property
    def is_value(self) -> bool:
        return self.field is not None and self.field not in LABELS


@dataclass
class Sheet:
    """A table with its headings understood."""

    terms: Terms
    columns: list[Column]
    rows: list[tuple[Cell, ...]]
    context: list[str]  # lines above the table, nearest last
    place: str
    heading_rows: frozenset[str] = frozenset()
    remarks: list[Remark] = field(default_factory=list)
    below: list[tuple[Cell, ...]] = field(default_factory=list)  # rows from other headings on: a table of their own


def understood(table: Table, context: list[str], terms: Terms, before: Sheet | None = None) -> Sheet | None:
    """The table with its columns understood; None where no row of headings is found and none can be inferred.

    `before`: the score table above; a table of the same width without headings goes on with its columns.
    """
    rows = [tuple(row) for row in table.rows]
    width = max((len(row) for row in rows), default=0)
    rows = [row + (Cell("", row[0].place if row else table.place),) * (width - len(row)) for row in rows]
    rows = with_proven_labels(rows, sorted(terms.indicators, key=int))
    first, last = _heading_rows(rows, terms)
    if first is None:
        if before is not None and width == len(before.columns) and _goes_with(rows, before):
            remark = Remark("score_headings_inherited", table.place)
            columns = [replace(column) for column in before.columns]
            inherited = Sheet(terms, columns, rows, context or before.context, table.place, remarks=[remark])
            _by_content(inherited)
            return inherited
        return (
            _by_arithmetic(table, rows, context, terms)
            or _long_without_headings(table, rows, context, terms)
            or _by_names(table, rows, context, terms)
        )
    titles = [thai.one_line(cell.text) for row in rows[:first] for cell in row if cell.text.strip()]
    parents = [_parents(rows, first, last, column) for column in range(width)]
    headings = [[rows[at][column] for at in range(first, last + 1)] for column in range(width)]
    columns = [_column(*each, terms) for each in zip(headings, parents, [*parents[1:], []], strict=True)]
    _ordinals(columns, rows[first : last + 1], terms)
    named = [column.field for column in columns]
    by_number = _by_number([number_before_name(column.own) for column in columns], named, terms) or _by_number(
        [number_after_word(column.own) for column in columns], named, terms
    )
    for at in by_number:
        columns[at].field = by_number[at]
    heading_rows = frozenset(row_key(row) for row in rows[first : last + 1])
    end = _other_headings(rows, first, last, heading_rows, terms)
    sheet = Sheet(terms, columns, _whole_labels(rows[last + 1 : end], terms), context + titles, table.place, heading_rows, below=rows[end:])
    sheet.remarks += [Remark("score_headings_by_content", columns[at].place, columns[at].heading, code) for at, code in by_number.items()]
    _by_content(sheet)
    return sheet if any(column.is_value for column in sheet.columns) else None


def _by_number(numbers: list[str | None], named: list[str | None], terms: Terms) -> dict[int, str]:
    """Position -> indicator of the names that nobody knows, where all ten stand numbered in order and the known ones have their numbers.

    `numbers`: what stands before each name; `named`: the field that it is known by. A name that says otherwise is its own evidence.
    """
    at_numbers = [at for at, number in enumerate(numbers) if number is not None]
    every = sorted(terms.indicators, key=int)
    if [numbers[at] for at in at_numbers] != every:
        return {}
    agree = [named[at] == numbers[at] for at in at_numbers if named[at] in terms.indicators]
    if sum(agree) < ROWS_THAT_PROVE or not all(agree):
        return {}
    return {at: number for at in at_numbers if (number := numbers[at]) and named[at] in (None, "unknown_indicator")}


def _other_headings(rows: list[tuple[Cell, ...]], first: int, last: int, heading_rows: frozenset[str], terms: Terms) -> int:
    """Where below the headings other ones stand that begin with the same word: "หน่วยงาน" and the next agencies; else the end."""
    begins = heading_key(rows[first][0].text)
    for at in range(last + 2, len(rows)):
        again = begins and heading_key(rows[at][0].text) == begins and row_key(rows[at]) not in heading_rows
        if again and _heading_rows(rows[at : at + MOST_ROWS_OF_HEADINGS], terms)[0] == 0:
            return at
    return len(rows)


def _whole_labels(rows: list[tuple[Cell, ...]], terms: Terms) -> list[tuple[Cell, ...]]:
    """The rows with labels that the end of a page broke in two: "ตัวชี้วัดที่ 8 การปรับปรุง" and, alone in the next row, "ระบบการทำงาน"."""
    whole: list[tuple[Cell, ...]] = []
    for row in rows:
        filled = [at for at, cell in enumerate(row) if cell.text.strip()]
        before = whole[-1][filled[0]] if whole and len(filled) == 1 else None
        if before is not None and before.text.strip() and terms.row_label(before.text).code is None:
            joined = thai.joined(before.text, row[filled[0]].text)
            if terms.row_label(joined).code is not None:
                whole[-1] = (*whole[-1][: filled[0]], replace(before, text=joined), *whole[-1][filled[0] + 1 :])
                continue
        whole.append(row)
    return whole


def _goes_with(rows: list[tuple[Cell, ...]], before: Sheet) -> bool:
    """Whether most rows have a number, or a dash, in a column of scores of the table above."""
    values = [at for at, column in enumerate(before.columns) if column.is_value and column.field != "LEVEL"]
    scored = sum(any(row[at].text.strip() and not value_of(row[at].text).text for at in values) for row in rows)
    return 2 * scored >= len(rows) > 0


def _by_arithmetic(table: Table, rows: list[tuple[Cell, ...]], context: list[str], terms: Terms) -> Sheet | None:
    """A table of agencies without headings whose numbers prove what they are: the last is the total of the indicators before it."""
    rules = terms.known.nearest(_year_of(context))
    if rules is None or not rules.shares() or not rows:
        return None
    values = [[value_of(cell.text) for cell in row] for row in rows]
    numeric = [at for at in range(len(rows[0])) if 2 * sum(row[at].number is not None for row in values) > len(rows)]
    codes = [row["code"] for row in rules.indicators]
    if len(numeric) <= len(codes):
        return None
    typed = {at: sum(typed_name(thai.one_line(row[at].text))[0] is not None for row in rows) for at in range(len(rows[0]))}
    agency = max(typed, key=typed.get) if max(typed.values()) * 2 > len(rows) else None
    grouped = [code for row in rules.instruments for code in (*rules.members(row["code"]), row["code"])]
    for order in ([*codes, *INSTRUMENTS, "TOTAL"], [*grouped, "TOTAL"], [*codes, "TOTAL"]):
        # A running number may stand first; a level, which is no number, last.
        columns = numeric[-len(order) :]
        if agency is None or len(columns) != len(order) or len(numeric) - len(order) > 1:
            continue
        # A row of a picture with a number that could not be read proves nothing, either way.
        legible = [row for row in values if not any(row[at].unread for at in columns)]
        sums = [_adds_up(dict(zip(order, (row[at].number for at in columns), strict=True)), rules) for row in legible]
        if sums and sum(sums) >= 0.8 * len(sums):
            found = [Column(field=None, place=rows[0][0].place) for _ in rows[0]]
            found[agency].field = "agency"
            for at, code in zip(columns, order, strict=True):
                found[at].field = code
            for at, column in enumerate(found):
                if column.field is None and all(row[at].level or row[at].empty for row in values):
                    column.field = "LEVEL"
            remark = Remark("score_headings_by_arithmetic", table.place, None, " ".join(order))
            return Sheet(terms, found, rows, context, table.place, remarks=[remark])
    return None


def _long_without_headings(table: Table, rows: list[tuple[Cell, ...]], context: list[str], terms: Terms) -> Sheet | None:
    """A long list without headings: every row has an agency, a year, an indicator and a score, each in a column of its own."""

    def each(is_one) -> set[int]:
        return {at for at in range(len(rows[0])) if all(is_one(row[at].text) for row in rows)}

    years = each(lambda text: bool(_YEAR.fullmatch(thai.arabic(text.strip())))) if len(rows) > 2 else set()
    if len(years) != 1:
        return None
    agencies = each(lambda text: typed_name(thai.one_line(text))[0] is not None)
    indicators = each(lambda text: terms.row_label(text).code is not None or terms.field_of(text) == "LEVEL")
    values = (
        each(lambda text: (value := value_of(text)).level is not None or (value.number is not None and value.number <= 100)) - indicators
    )
    if not len(agencies) == len(indicators) == len(values) == 1:
        return None
    columns = [Column(place=rows[0][0].place) for _ in rows[0]]
    for known, found in (("agency", agencies), ("fiscal_year", years), ("indicator", indicators), ("score", values)):
        columns[found.pop()].field = known
    remark = Remark("score_headings_by_content", table.place, None, " ".join(column.field or "-" for column in columns))
    return Sheet(terms, columns, rows, context, table.place, remarks=[remark])


def _by_names(table: Table, rows: list[tuple[Cell, ...]], context: list[str], terms: Terms) -> Sheet | None:
    """A table under headings that nobody knows, where a column names indicators and the numbers beside it can only be their scores."""
    width = len(rows[0]) if rows else 0
    named = [
        [label.named and label.code in terms.indicators for row in rows for label in [terms.label_of(row[at].text)]] for at in range(width)
    ]
    at_names = max(range(width), key=lambda at: sum(named[at]), default=None)
    if at_names is None or sum(named[at_names]) < ROWS_THAT_PROVE:
        return None
    first = named[at_names].index(True)
    asked = sum(bool(QUESTION.match(thai.arabic(thai.one_line(row[at_names].text)))) for row in rows[first:])
    if (first == 0 and width == 2) or 3 * sum(named[at_names]) < 2 * (len(rows[first:]) - asked):
        return None  # a list of names and points, with rows of other things between them: for `etl.scores.text`
    body = [row for row, is_named in zip(rows, named[at_names], strict=True) if is_named]
    headings = [" ".join(thai.unwrapped(row[at].text) for row in rows[:first] if row[at].text.strip()) for at in range(width)]
    points = [at for at in range(width) if at != at_names and _are_points([row[at].text for row in body])]
    told = [at for at in points if weighed(headings[at]) > 0] or points
    if len(told) != 1 or weighed(headings[told[0]]) < 0 or first == 0 and len(points) > 1:
        return None
    columns = [Column(headings[at], rows[max(first - 1, 0)][at].place) for at in range(width)]
    columns[at_names].field, columns[told[0]].field = "indicator", "score"
    remark = Remark("score_headings_by_content", table.place, None, " ".join(column.field or "-" for column in columns))
    sheet = Sheet(terms, columns, rows[first:], context, table.place, frozenset(map(row_key, rows[:first])), [remark])
    _unread_columns(sheet, [contents_of((row[at].text for row in rows[first:]), terms) for at in range(width)], width)
    return sheet


def _are_points(cells: list[str]) -> bool:
    """Whether the cells are scores by themselves: nearly all numbers of 0-100, some with decimals, most above what is counted."""
    numbers = [number for text in cells if (number := value_of(text).number) is not None]
    high = sum(number >= A_COUNT for number in numbers)
    return (
        5 * len(numbers) >= 4 * len(cells)
        and all(0 <= number <= 100 for number in numbers)
        and any(number % 1 for number in numbers)
        and 2 * high > len(numbers)
    )


def _year_of(context: list[str]) -> int | None:
    """The fiscal year of the lines above a table, where they say one."""
    years = {year for line in context for year in fiscal_years(line)}
    return years.pop() if len(years) == 1 else None


def _adds_up(numbers: dict[str, Decimal | None], rules: Rules) -> bool:
    if any(numbers[code] is None for code in (*rules.weights(), "TOTAL")):
        return False
    total = rules.total(rules.means({code: Fraction(numbers[code]) for code in rules.weights()}))
    return abs(total - Fraction(numbers["TOTAL"])) <= Fraction(2, 100)


def row_key(row: tuple[Cell, ...]) -> str:
    return "|".join(heading_key(cell.text) for cell in row)


def filled_cells(row: tuple[Cell, ...]) -> list[Cell]:
    return [cell for cell in row if cell.text.strip()]


def _has_values(row: tuple[Cell, ...]) -> bool:
    """A number with decimals, or a dash for none: no row of headings."""
    values = [value_of(cell.text) for cell in filled_cells(row)]
    return any(value.empty or (value.number is not None and value.number != value.number.to_integral_value()) for value in values)


def _facets(text: str, terms: Terms) -> tuple[str | None, int | None, str | None]:
    """(field, year, agency) that one heading names."""
    known = terms.field_of(text)
    years = fiscal_years(text) if re.search(r"\d{2}", thai.arabic(text)) else []
    agency = agency_in_heading(text) if known is None else None
    return known, years[0] if len(set(years)) == 1 else None, agency


def _is_heading(text: str, terms: Terms) -> bool:
    return any(_facets(text, terms)) or bool(_number_heading(text)) or bool(_MAX.fullmatch(thai.arabic(text.strip())))


def _heading_rows(rows: list[tuple[Cell, ...]], terms: Terms) -> tuple[int | None, int | None]:
    """First and last row of headings."""
    for at, row in enumerate(rows[:ROWS_BEFORE_HEADINGS]):
        if _has_values(row):
            return None, None
        facets = [_facets(cell.text, terms) for cell in filled_cells(row)]
        words = [known for known, _, _ in facets if known]
        indicators = {known for known in words if known in terms.indicators or known in INSTRUMENTS}
        years = {year for known, year, _ in facets if year}
        agencies = {agency for _, _, agency in facets if agency}
        named = sum(any(facet) for facet in facets)
        is_data = bool(agencies and years) or (agencies and not set(words) & LABELS and len(agencies) < 2)
        if is_data or len(facets) < 2:
            continue
        follows = at + 1 < len(rows) and _has_values(rows[at + 1])
        above_values = bool(set(words) & LABELS) and follows
        if (
            above_values
            or (follows and _names_bodies_over_labels(row, rows[at + 1], terms))
            or (set(words) - indicators - {"TOTAL", "LEVEL"} and named >= 2)
            or len(agencies) > 1
            or len(years) > 1
            or len(indicators) > 2
        ):
            last = at
            while last + 1 < len(rows) and last - at < MOST_ROWS_OF_HEADINGS - 1 and _goes_on(rows[last + 1], rows[at], terms):
                last += 1
            return at, last
    return None, None


def _names_bodies_over_labels(row: tuple[Cell, ...], below: tuple[Cell, ...], terms: Terms) -> bool:
    """Whether a row names bodies, and the row below it an indicator or instrument before its numbers."""
    label = terms.row_label(filled_cells(below)[0].text)
    return label.named and label.code is not None and sum(names_body(cell.text) for cell in filled_cells(row)) > 1


def _goes_on(row: tuple[Cell, ...], first: tuple[Cell, ...], terms: Terms) -> bool:
    """Whether a row below headings is one more row of them: headings only, under cells that span, none with a value."""
    filled = filled_cells(row)
    if not filled or _has_values(row):
        return False
    if _names_indicators(row, first, terms) or _words_below_wide_ones(row, first):
        return True
    known = [_is_heading(cell.text, terms) for cell in row]
    # A word broken over the rows ("คะแนน" / "ITA", "ระดับ" / "ผล") is no heading of its own, but stands under its first half.
    halves = [bool(cell.text.strip()) and not known[at] for at, cell in enumerate(row)]
    if 2 * sum(known) <= len(filled) or any(half and not first[at].text.strip() for at, half in enumerate(halves)):
        return False
    leftmost = next(at for at, cell in enumerate(row) if cell.text.strip())
    # A row of data begins with its label; a second row of headings stands under the wide ones.
    return bool(len(filled) > 1 and (leftmost > 0 or not first[0].text.strip() or all(_MAX.search(cell.text) for cell in filled)))


def _names_indicators(row: tuple[Cell, ...], first: tuple[Cell, ...], terms: Terms) -> bool:
    """Whether a row below headings names indicators in most of its cells, or says again what stands above ("หน่วยงาน" in merged cells).

    Without it the first indicator's value would be read as that of the instrument above ("IIT" over "ตชว.1", ..., "รวม IIT").
    """
    new = [
        (at, cell.text)
        for at, (cell, above) in enumerate(zip(row, first, strict=True))
        if cell.text.strip() and heading_key(cell.text) != heading_key(above.text)
    ]
    if not new:
        return False
    if new[0][0] == 0 and first[0].text.strip():
        # "ตัวชี้วัด" below "เครื่องมือ" says what stands beside it; another word begins a row of values.
        if terms.field_of(new[0][1]) not in LABELS:
            return False
        new = new[1:]
    codes = [match[1].lstrip("0") if (match := _number_heading(text)) else terms.field_of(text) for _, text in new]
    named = {code for code in codes if code in terms.indicators or code in INSTRUMENTS}
    return len(named) >= 3 and 2 * sum(code is not None for code in codes) > len(codes)


def _words_below_wide_ones(row: tuple[Cell, ...], first: tuple[Cell, ...]) -> bool:
    """Whether a row below headings prints no number, but words under headings that reach over several columns.

    Understood or not, they are what these columns are called: their values are not those of the wide heading.
    """
    below = [at for at, cell in enumerate(row) if cell.text.strip()]
    wide = [at for at in below if first[at].text.strip() and at + 1 in below and not first[at + 1].text.strip()]
    numbers = any(value_of(row[at].text).number is not None for at in below)
    return bool(wide) and not numbers and not (row[0].text.strip() and first[0].text.strip())


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


def _column(cells: list[Cell], parents: list[str], beside: list[str], terms: Terms) -> Column:
    """The column that these headings, from the top, and the wide ones beside them describe; `beside`: the wide ones over the next column,
    its own among them where they reach that far."""
    own = [cell for cell in cells if cell.text.strip()]
    texts = parents + [cell.text for cell in own]
    column = Column(" ".join(thai.unwrapped(text) for text in texts), own[-1].place if own else (cells[0].place if cells else ""))
    column.own = thai.unwrapped(own[-1].text) if own else ""
    for text in texts:
        known, year, agency = _facets(text, terms)
        column.year, column.agency = year or column.year, agency or column.agency
        most = _MAX.search(thai.arabic(text))
        column.max = int(most[1]) if most and int(most[1]) in terms.maxima else column.max
        narrower = known in ("score", "value", "percent", "TOTAL") and (column.field in terms.indicators or column.field in INSTRUMENTS)
        if known and not narrower:
            column.field = known
    wide = sum(cell.text in beside for cell in own)
    narrow = own[wide:] if len(own) > wide else own[-1:]
    if (parents or wide) and own and not any(_is_heading(cell.text, terms) for cell in narrow):
        column.field = None  # the wide heading says what is beneath it only where the narrow one is understood
    elif column.field is None:
        label = terms.label_of(column.heading)
        column.field = terms.field_of(column.heading) or ("unknown_indicator" if label.number and not label.subordinate else None)
    if (
        column.field in (None, "agency")
        and column.agency
        or column.year
        and column.field in (None, "fiscal_year")
        and _says_score(texts, terms)
    ):
        column.field = "score"
    return column


_YEAR_WORDS = re.compile(r"(?:ประจำ)?(?:ปี)?(?:งบประมาณ)?\s*(?:พ\.?\s?ศ\.?)?\s*(?:(?:25|20)\d\d)?|fiscal|year|FY|B\.?E\.?", re.I)


def _says_score(texts: list[str], terms: Terms) -> bool:
    """Whether headings around a year leave it a year of scores: "ปี 2567" alone does, "เป้าหมาย 5 ปี" above it does not."""
    others = [text for text in texts if heading_key(_YEAR_WORDS.sub(" ", thai.arabic(text))) and _facets(text, terms)[0] is None]
    return all(weighed(text) > 0 for text in others if not agency_in_heading(text))


def _ordinals(columns: list[Column], headings: list[tuple[Cell, ...]], terms: Terms) -> None:
    """Bare numbers as headings are indicators where they ascend, or begin anew under each instrument; I1 and "ข้อ 1" where all ten stand.

    (I1 or ข้อ 1 alone is a question of a survey.)
    """
    for row in headings:
        found = [(at, match) for at, cell in enumerate(row) if (match := _number_heading(cell.text))]
        found = [
            (at, match) for at, match in found if not columns[at].year and columns[at].field in (None, *INSTRUMENTS, "indicator", "score")
        ]
        counted = [int(match[1]) for _, match in found]
        every = sorted(map(int, terms.indicators))
        coded = any(match.re is not ORDINAL for _, match in found)
        # Where the numbers count the columns themselves, they begin at the first.
        if len(counted) < 3 or (found[0][0] == 0 and counted == list(range(1, len(counted) + 1))):
            continue
        if coded and counted != every and not (counted.count(1) == len(INSTRUMENTS) and len(counted) == len(every)):
            continue
        if counted == sorted(set(counted)):
            codes = counted
        elif counted.count(1) == len(INSTRUMENTS) and len(counted) == len(every):
            codes = every
        elif _repeats_by_mistake(counted, terms):
            codes = counted
        else:
            continue
        for (at, _), code in zip(found, codes, strict=True):
            columns[at].field = str(code) if str(code) in terms.indicators else "unknown_indicator"


def _repeats_by_mistake(counted: list[int], terms: Terms) -> bool:
    """Whether most indicators stand in order and one or two of them stand again; numbers begun anew (1-5, 1-3) are no mistake."""
    once = sorted(set(counted))
    return list(dict.fromkeys(counted)) == once and 2 * len(once) > len(terms.indicators) and len(counted) - len(once) <= 2


def _number_heading(text: str) -> re.Match | None:
    """An indicator's bare number or code as a heading; "(30)" is what an instrument is out of."""
    text = thai.arabic(text.strip())
    if _MAX.fullmatch(text):
        return None
    return ORDINAL.match(text) or _CODE_HEADING.match(text) or _POINT_HEADING.match(text)


def _by_content(sheet: Sheet) -> None:
    """Columns whose heading does not decide are decided by what stands in them."""
    years_beside = sum(column.year is not None for column in sheet.columns) > 1
    seen = [contents_of((row[at].text for row in sheet.rows), sheet.terms) for at in range(len(sheet.columns))]
    for column, each in zip(sheet.columns, seen, strict=True):
        if each.filled:
            column.field = field_by_contents(column.field, each, years_beside)
    agencies = column_of_agencies([column.field for column in sheet.columns], seen)
    if agencies is not None:
        sheet.columns[agencies].field = "agency"
    _codes_of_indicators(sheet)
    _labels_by_number(sheet)
    _instruments_alone(sheet)
    _wide_instruments(sheet)
    _instruments_once(sheet)
    width = max((at + 1 for at, column in enumerate(sheet.columns) if column.heading), default=len(sheet.columns))
    _agencies_as_columns(sheet, seen)
    _proven_by_arithmetic(sheet, seen)
    _only_scores(sheet)
    _unread_columns(sheet, seen, width)
    if not any(column.field in ("agency", "indicator") for column in sheet.columns):
        _first_text_column(sheet)
    _beyond_headings(sheet, width)
    _repeated_headings(sheet)


def _agencies_as_columns(sheet: Sheet, seen: list[Contents]) -> None:
    """Beside a column of indicators a column of numbers under a body's name holds that body's scores.

    Where columns stand for agencies, what stands to their left names the rows, as much of it as is understood: a value of such a column
    cannot be the total of its agency for no more than standing under its name.
    """
    bodies = [
        at
        for at, (column, each) in enumerate(zip(sheet.columns, seen, strict=True))
        if column.agency or (column.field is None and 2 * each.numbers > each.filled and names_body(column.own or column.heading))
    ]
    if not any(column.field == "indicator" for column in sheet.columns) and len(bodies) > 1:
        left = [at for at in range(bodies[0]) if sheet.columns[at].field in (*OPEN, "agency", "instrument") and seen[at].filled]
        named = {at: sum(sheet.terms.row_label(row[at].text).code is not None for row in sheet.rows) for at in left}
        if named and not any(seen[at].bodies for at in left):
            sheet.columns[max(named, key=named.get)].field = "indicator"
    if any(column.field == "indicator" for column in sheet.columns):
        for at in bodies:
            column = sheet.columns[at]
            if column.agency is None:
                column.field, column.agency = "score", _of_one_piece(column.own or column.heading)


def _of_one_piece(name: str) -> str:
    """A heading that names a body, its type in full; names that hold no spaces lose those that a narrow column put into them."""
    return full_name(thai.glued(name) if typed_name(thai.glued(name))[0] or name.startswith("จังหวัด") else name)


def _only_scores(sheet: Sheet) -> None:
    """Where no heading is one of scores, the only column of points beside agencies or indicators under words of scores is."""
    if any(column.is_value and column.field not in NO_SCORES for column in sheet.columns):
        return
    if not any(column.field in ("agency", "indicator") for column in sheet.columns):
        return
    points = [
        column for at, column in enumerate(sheet.columns) if column.field is None and _are_points([row[at].text for row in sheet.rows])
    ]
    told = [column for column in points if weighed(column.heading) > 0]
    if len(told) == 1:
        told[0].field = "score"
        sheet.remarks.append(Remark("score_headings_by_content", told[0].place or sheet.place, told[0].heading, "score"))


def _proven_by_arithmetic(sheet: Sheet, seen: list[Contents]) -> None:
    """A column under a heading that says nothing is what its numbers prove: by the indicators beside it the instrument or the total, by
    the others and the total the tenth indicator."""
    rules = sheet.terms.known.nearest(_year_of(sheet.context))
    fields = {column.field: at for at, column in enumerate(sheet.columns) if column.field}
    if rules is None or not any(all(code in fields for code in rules.members(instrument)) for instrument in rules.shares()):
        return
    numbers = [{at: value_of(cell.text).number for at, cell in enumerate(row)} for row in sheet.rows[:400]]
    unknown = [at for at, each in enumerate(seen) if sheet.columns[at].field is None and 2 * each.numbers > each.filled]
    missing = [row["code"] for row in rules.indicators if row["code"] not in fields]
    totals = [fields["TOTAL"]] if "TOTAL" in fields else unknown
    for at, total in product(unknown, totals) if len(missing) == 1 else ():
        if at != total and _proves(numbers, fields | {missing[0]: at}, "TOTAL", total, rules):
            _told(sheet, fields, missing[0], at)
            break
    for at in unknown:
        if sheet.columns[at].field is None:
            absent = [code for code in (*rules.shares(), "TOTAL") if code not in fields]
            if code := next((code for code in absent if _proves(numbers, fields, code, at, rules)), None):
                _told(sheet, fields, code, at)


def _told(sheet: Sheet, fields: dict[str, int], code: str, at: int) -> None:
    column = sheet.columns[at]
    column.field, fields[code] = code, at
    sheet.remarks.append(Remark("score_column_by_arithmetic", column.place or sheet.place, column.heading or None, code))


def _proves(numbers: list[dict[int, Decimal | None]], fields: dict[str, int], code: str, at: int, rules: Rules) -> bool:
    """Whether the numbers of column `at` are the instrument, or the total, `code` of the indicators in the columns `fields`."""
    indicators = [row["code"] for row in rules.indicators if row["code"] in fields]
    pairs = []
    for row in numbers:
        means = rules.means({one: Fraction(row[fields[one]]) for one in indicators if row[fields[one]] is not None})
        computed = rules.total(means) if code == "TOTAL" else means.get(code)
        if row[at] is not None and computed is not None:
            pairs.append((row[at], computed))
    agree = sum(abs(Fraction(printed) - computed) <= Fraction(2, 100) for printed, computed in pairs)
    return agree >= ROWS_THAT_PROVE and 5 * agree >= 4 * sum(row[at] is not None for row in numbers)


def _unread_columns(sheet: Sheet, seen: list[Contents], width: int) -> None:
    """Says of each column that no field was found for what it is; one that counts the rows needs no word."""
    for at, (column, each) in enumerate(zip(sheet.columns, seen, strict=True)):
        if column.field is not None or not each.filled:
            continue
        if column.heading and not each.numbers:
            sheet.remarks.append(Remark("score_column_text", column.place or sheet.place, column.heading))
        elif 2 * each.numbers > each.filled and at < width and not _counts([row[at].text for row in sheet.rows if row[at].text.strip()]):
            sheet.remarks.append(Remark("score_column_unknown", column.place or sheet.place, column.heading or None))


def _counts(cells: list[str]) -> bool:
    """Whether the cells number the rows: 1, 2, 3, with ties, beginning anew in each section; 5, 5, 5 does not."""
    found = [ORDINAL.match(thai.arabic(text.strip())) for text in cells]
    numbers = [int(match[1]) for match in found if match]
    goes_up = numbers[:1] == [1] or len(set(numbers)) > 1
    return all(found) and goes_up and all(after in (1, before, before + 1) for before, after in pairwise(numbers))


def _beyond_headings(sheet: Sheet, width: int) -> None:
    """Cells to the right of the last heading belong to nothing that the sheet names."""
    for row in sheet.rows:
        cells = zip(row, sheet.columns, strict=True)
        beyond = [cell for at, (cell, column) in enumerate(cells) if at >= width and column.field is None and cell.text.strip()]
        if beyond:
            words = " ".join(thai.one_line(cell.text) for cell in beyond)
            sheet.remarks.append(Remark("score_cells_beyond_headings", beyond[0].place, words[:80]))


def _repeated_headings(sheet: Sheet) -> None:
    """An indicator under two headings of the same words: the first is used where their values differ."""
    first: dict[tuple, Column] = {}
    for column in sheet.columns:
        key = (heading_key(column.heading), column.field, column.year, column.agency)
        if column.field in sheet.terms.indicators and first.setdefault(key, column) is not column:
            sheet.remarks.append(Remark("score_heading_repeated", column.place, column.heading, None, {"indicator": column.field}))


def _wide_instruments(sheet: Sheet) -> None:
    """A heading of an instrument that reaches over columns without headings of their own names none of them.

    Which of them is the instrument's own score the sheet does not say; the first may as well be an indicator's.
    """
    for at, column in enumerate(sheet.columns):
        if column.field not in INSTRUMENTS or at + 1 == len(sheet.columns) or sheet.columns[at + 1].heading:
            continue
        beside = [row[at + 1].text for row in sheet.rows[:400] if row[at + 1].text.strip()]
        if beside and 2 * sum(value_of(text).number is not None for text in beside) > len(beside):
            column.field = None


def _instruments_once(sheet: Sheet) -> None:
    """Beside a column of scores one that stands once for each instrument, in the row of its first indicator, is the instruments' own, as a
    cell merged over their rows prints it ("คะแนนเฉลี่ย")."""
    rules = sheet.terms.known.nearest(_year_of(sheet.context))
    at_label = next((at for at, column in enumerate(sheet.columns) if column.field == "indicator"), None)
    if rules is None or at_label is None:
        return
    labels = [sheet.terms.row_label(row[at_label].text).code for row in sheet.rows]
    every = [rules.members(instrument["code"]) for instrument in rules.instruments]
    firsts = {members[0] for members in every if members and members[0] in labels}
    filled = [
        {label for label, row in zip(labels, sheet.rows, strict=True) if label in sheet.terms.indicators and row[at].text.strip()}
        for at in range(len(sheet.columns))
    ]
    whole = any(column.field == "score" and own > firsts for column, own in zip(sheet.columns, filled, strict=True))
    for column, own in zip(sheet.columns, filled, strict=True):
        if column.field == "score" and whole and own == firsts and len(firsts) > 1:
            column.field = "instrument_score"


def _codes_of_indicators(sheet: Sheet) -> None:
    """I1-I10 in a column of indicators are their numbers where all ten stand and no more (I1 alone is a question)."""
    for at, column in enumerate(sheet.columns):
        if column.field != "indicator":
            continue
        found = [_CODE_HEADING.match(thai.arabic(row[at].text.strip())) for row in sheet.rows]
        if {match[1].lstrip("0") for match in found if match} == sheet.terms.indicators:
            numbered = zip(sheet.rows, found, strict=True)
            sheet.rows = [(*row[:at], Cell(match[1], row[at].place), *row[at + 1 :]) if match else row for row, match in numbered]


def _labels_by_number(sheet: Sheet) -> None:
    """Names of rows that nobody knows, numbered in their cell or in the column before it, become their numbers; see `_by_number`."""
    for at, column in enumerate(sheet.columns):
        if column.field != "indicator":
            continue
        labels = [sheet.terms.row_label(row[at].text) for row in sheet.rows]
        if all(label.code or not row[at].text.strip() for label, row in zip(labels, sheet.rows, strict=True)):
            continue
        counted = at > 0 and sheet.columns[at - 1].field in ("rank", None)
        numbers = [number_before_name(row[at].text) or (counted and _ordinal(row[at - 1].text)) or None for row in sheet.rows]
        for row, code in _by_number(numbers, [label.code for label in labels], sheet.terms).items():
            cell = sheet.rows[row][at]
            sheet.rows[row] = (*sheet.rows[row][:at], replace(cell, text=code), *sheet.rows[row][at + 1 :])
            sheet.remarks.append(Remark("score_headings_by_content", cell.place, thai.one_line(cell.text)[:80], code))


def _ordinal(text: str) -> str | None:
    found = ORDINAL.match(thai.arabic(text.strip()))
    return found[1].lstrip("0") if found else None


def _instruments_alone(sheet: Sheet) -> None:
    """Where no column names indicators, one of at least two instruments names what its rows are about."""
    fields = {column.field for column in sheet.columns}
    if "indicator" in fields or fields & {*INSTRUMENTS, *sheet.terms.indicators}:
        return
    for at, column in enumerate(sheet.columns):
        if column.field == "instrument" and len({sheet.terms.label_of(row[at].text).code for row in sheet.rows} & set(INSTRUMENTS)) > 1:
            column.field = "indicator"
            return


def _first_text_column(sheet: Sheet) -> None:
    """A column of names without a heading, left of the scores, names the agencies."""
    for at, column in enumerate(sheet.columns):
        if column.is_value:
            return
        cells = [row[at].text for row in sheet.rows if row[at].text.strip()]
        if column.field is None and not column.heading and cells and all(value_of(text).text for text in cells):
            column.field = "agency"
            return
