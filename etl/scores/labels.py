"""What a row of a score sheet is about: its agency, place, year and indicator, from its own cells, the rows above and the lines above."""

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.formats.document import Cell
from etl.identity.titles import buddhist_year, fiscal_years
from etl.known.agency_types import kind_headed
from etl.known.names import bare_place, full_name, typed_name
from etl.printed import thai
from etl.scores.contents import names_body
from etl.scores.headings import CELLS_REMEMBERED, INSTRUMENTS, Label, Terms, agency_in_heading, weighed
from etl.scores.rows import Remark
from etl.scores.sheet import LABELS, NO_SCORES, QUESTION, Sheet, filled_cells
from etl.scores.values import level_of, value_of

Row = tuple[Cell, ...]
MEAN = "MEAN"  # the last row of a list of indicators, called their mean: the total, or no more than their mean
LETTERS_SAID = 80
_AVERAGE = re.compile(
    r"^(?:ภาพรวม|ค่าเฉลี่ย|คะแนนเฉลี่ย|เฉลี่ย|ผลรวม|รวม|(?:ค่า|คะแนน)?(?:สูงสุด|ต่ำสุด)|ส่วนเบี่ยงเบน|s\.?d\.?$|mean|average|overall|total|grand|min|max)",
    re.I,
)
_OF_A_PLACE = re.compile(r"จังหวัด\s?[ก-ฮเ-ไ]|ประเทศ|ภาค(?:เหนือ|กลาง|ตะวัน|ใต้)|อำเภอ\s?[ก-ฮเ-ไ]|national|province", re.I)
_PLACE_OF_AGENCY = re.compile(
    r"^(.*?[ก-๎])\s*[(,]?\s*(?:(?:อำเภอ|อ\.)\s*(?P<district>[ก-๎]+))?\s*,?\s*(?:(?:(?<!ส่วน)จังหวัด|จ\.)\s*(?P<province>[ก-๎]+))?\s*\)?$"
)
_NOTE = re.compile(r"^\W*(?:หมายเหตุ|ที่มา|แหล่งที่มา|ข้อมูล\s?ณ|source|note|remark|\*|ทั้งนี้|จัดทำโดย|ผู้จัดทำ|วันที่|พิมพ์เมื่อ|เกณฑ์)", re.I)


@lru_cache(maxsize=CELLS_REMEMBERED)
def is_average(name: str | None) -> bool:
    """Whether a printed row name is a mean over agencies ("ภาพรวมจังหวัดตราด", "ค่าเฉลี่ย"), never an agency.

    >>> is_average("ภาพรวมจังหวัดตราด"), is_average("เทศบาลตำบลบ้านเดื่อ")
    (True, False)
    """
    return bool(_AVERAGE.match(thai.one_line(name or "")))


@dataclass
class Labels:
    """What a row says of its numbers; of a section: what the lines above it say of all its rows."""

    agency: str | None = None
    district: str | None = None
    province: str | None = None
    year: int | None = None
    indicator: str | None = None
    instrument: str | None = None


class NoData(Exception):
    """A row that holds no scores; `remark` says why, where a reader should know."""

    def __init__(self, remark: Remark | None = None):
        super().__init__()
        self.remark = remark


class RowLabels:
    """Reads the labels of a sheet's rows from the top: what a row leaves out it takes from the rows above."""

    def __init__(self, sheet: Sheet, section: Labels):
        self.sheet, self.terms, self.section = sheet, sheet.terms, section
        self.fields = {column.field for column in sheet.columns}
        self.carried = Labels()
        self.headed = _instrument_above(sheet, section.year)
        self.kind = next((kind_headed(column.own or column.heading) for column in sheet.columns if column.field == "agency"), None)

    def of(self, row: Row) -> tuple[Labels, Remark | None]:
        """The labels of a row, and what was doubtful in them. NoData: a note, a heading of a section, a question, a mean
        over agencies.
        """
        filled = filled_cells(row)
        if len(filled) == 1 and len(row) > 1 and self._begins_section(thai.one_line(filled[0].text)):
            raise NoData()
        if _NOTE.match(thai.one_line(filled[0].text)) and not _numbers(row):
            raise NoData()
        if "indicator" not in self.fields and QUESTION.match(thai.arabic(thai.one_line(filled[0].text))):
            raise NoData(Remark("score_sub_indicator", filled[0].place, thai.one_line(filled[0].text)[:LETTERS_SAID]))
        cells = self._labelled(row)
        labels = Labels(self.section.agency, None, self.section.province, self._year(cells, row))
        labels.instrument = self._instrument(cells)
        labels.indicator, doubt = self._indicator(row, labels) if "indicator" in self.fields else (None, None)
        labels.indicator = self.headed or MEAN if labels.indicator == MEAN else labels.indicator
        self._place(cells, labels)
        self._agency(cells, labels, row)
        self._mean(labels, row)
        return labels, doubt

    def _labelled(self, row: Row) -> dict[str, Cell]:
        """The first filled cell of each field of labels."""
        found: dict[str, Cell] = {}
        for cell, column in zip(row, self.sheet.columns, strict=True):
            if column.field in LABELS and cell.text.strip():
                found.setdefault(column.field, cell)
        return found

    def _begins_section(self, text: str) -> bool:
        """A row of one cell: a year, province or agency for the rows below, or a note; True where it is no data."""
        if years := set(fiscal_years(text)):
            self.section.year = years.pop() if len(years) == 1 else self.section.year
        elif province := re.fullmatch(r"จังหวัด\s?([ก-ฮเ-ไ][ก-๎]+)", text):
            self.section.province = province[1]
        elif agency := agency_in_heading(text):
            self.section.agency = agency
        else:
            return bool(_NOTE.match(text)) or value_of(text).number is None
        return True

    def _year(self, cells: dict[str, Cell], row: Row) -> int | None:
        if "fiscal_year" not in self.fields:
            return self.section.year
        if "fiscal_year" not in cells:
            return self.carried.year or self.section.year
        printed = thai.one_line(cells["fiscal_year"].text)
        self.carried.year = buddhist_year(printed)
        if self.carried.year is None:
            if is_average(printed) or not _numbers(row[1:]):
                raise NoData(Remark("score_row_ignored", row[0].place, printed))
            raise NoData(Remark("score_year_unknown", cells["fiscal_year"].place, printed))
        return self.carried.year

    def _instrument(self, cells: dict[str, Cell]) -> str | None:
        return self.terms.label_of(thai.one_line(cells["instrument"].text)).code if "instrument" in cells else None

    def _indicator(self, row: Row, labels: Labels) -> tuple[str, Remark | None]:
        """The indicator, from the columns of indicators, else from any label that names one, an instrument or the total."""
        found = [
            (cell, self.terms.row_label(cell.text))
            for cell, column in zip(row, self.sheet.columns, strict=True)
            if column.field == "indicator" and cell.text.strip()
        ]
        if found and weighed(thai.one_line(found[0][0].text)) < 0:  # how many answered IIT is no score of it
            raise NoData(Remark("score_row_ignored", found[0][0].place, _said(row)))
        known = [entry for entry in found if entry[1].code]
        if known:
            cell, label = next((entry for entry in known if entry[1].named), known[0])
            said = thai.one_line(cell.text)[:LETTERS_SAID]
            conflict = Remark("score_indicator_conflict", cell.place, said, label.code, {"number": label.number})
            return label.code, conflict if label.conflict else None
        for cell, _ in found:
            if (field := self.terms.field_of(cell.text)) in ("score", "LEVEL"):
                return "LEVEL" if field == "LEVEL" else MEAN, None
        if found and self._only_levels(row) and not found[0][1].number:
            return "LEVEL", Remark("score_headings_by_content", found[0][0].place, thai.one_line(found[0][0].text)[:LETTERS_SAID], "LEVEL")
        if found:
            raise NoData(_why_no_indicator(row, *found[0]))
        for cell, column in zip(row, self.sheet.columns, strict=True):
            if labels.instrument:
                break
            if column.field in LABELS and (label := self.terms.label_of(cell.text)).code and label.named:
                return label.code, None
        if labels.instrument:
            return labels.instrument, None
        return self._in_first_cell(row), None

    def _only_levels(self, row: Row) -> bool:
        """Whether levels, several of them, are all that stands in the columns of scores."""
        values = [
            value_of(cell.text) for cell, column in zip(row, self.sheet.columns, strict=True) if column.is_value and cell.text.strip()
        ]
        return len(values) > 1 and all(value.level is not None and value.number is None for value in values)

    def _in_first_cell(self, row: Row) -> str:
        """The total or level that a row names where its running number would stand: "คะแนนเฉลี่ยรวม" spans number and indicator."""
        first = filled_cells(row)[0]
        label = self.terms.row_label(first.text)
        if label.named and label.code in ("TOTAL", *INSTRUMENTS):
            return label.code
        if self.terms.field_of(first.text) == "LEVEL":
            return "LEVEL"
        raise NoData(Remark("score_row_ignored", row[0].place, _said(row)))

    def _place(self, cells: dict[str, Cell], labels: Labels) -> None:
        if "province" in cells:
            labels.province = bare_place(thai.one_line(cells["province"].text))
            if is_average(thai.one_line(cells["province"].text)):
                labels.agency, labels.province = thai.one_line(cells["province"].text), None
        elif "province" in self.fields:
            labels.province = self.carried.province if _goes_on(cells) else None
        if "province" in self.fields:
            self.carried.province = labels.province
        labels.district = bare_place(thai.one_line(cells["district"].text)) if "district" in cells else None

    def _agency(self, cells: dict[str, Cell], labels: Labels, row: Row) -> None:
        head = thai.one_line(filled_cells(row)[0].text)
        if "agency" in cells:
            if is_of_no_agency(thai.one_line(cells["agency"].text), self.terms):
                raise NoData(Remark("score_row_ignored", row[0].place, _said(row)))
            kind = thai.one_line(cells["agency_type"].text) if "agency_type" in cells else self.kind
            labels.agency, district, province = agency_of(thai.unwrapped(cells["agency"].text), kind)
            labels.district, labels.province = labels.district or district, labels.province or province
            self.carried.agency, self.carried.district = labels.agency, labels.district
        elif "agency" not in self.fields:
            if "province" in self.fields and labels.province and not labels.agency:
                labels.agency = f"ภาพรวมจังหวัด{labels.province}"
        elif is_average(head):
            labels.agency = head
        elif _goes_on(cells) and self.carried.agency and not {"province", "rank"} <= cells.keys():
            labels.agency, labels.district = self.carried.agency, labels.district or self.carried.district
        else:
            raise NoData(Remark("score_row_without_agency", row[0].place, _said(row)))

    def _mean(self, labels: Labels, row: Row) -> None:
        """A mean over the agencies of a place is kept as that place's; any other is none of the agencies'."""
        if not is_average(labels.agency):
            return
        if not _OF_A_PLACE.search(labels.agency or ""):
            raise NoData(Remark("score_mean_of_rows", row[0].place, labels.agency))
        if named := re.search(r"จังหวัด\s?([ก-๎]+)", labels.agency or ""):
            labels.province = named[1]


def is_of_no_agency(name: str, terms: Terms) -> bool:
    """Whether what stands where agencies are named says what the row's numbers are instead: targets, full marks, respondents, money.

    >>> from etl.known import load_known
    >>> terms = Terms.of(load_known())
    >>> [is_of_no_agency(name, terms) for name in ("ค่าเป้าหมาย", "จำนวนผู้ตอบ", "สำนักงบประมาณ", "เทศบาลตำบลบ้านเดื่อ")]
    [True, True, False, False]
    """
    if is_average(name) or names_body(name):
        return False
    return terms.field_of(name) in NO_SCORES or weighed(name) < 0


def _instrument_above(sheet: Sheet, year: int | None) -> str | None:
    """The instrument that the heading of a column of indicators, or the line right above the table, names, where all of them are its."""
    at = next((at for at, column in enumerate(sheet.columns) if column.field == "indicator"), None)
    if at is None:
        return None
    said = {sheet.terms.label_of(text).code for text in (sheet.columns[at].heading, *sheet.context[-1:])} & {*INSTRUMENTS}
    codes = {sheet.terms.row_label(row[at].text).code for row in sheet.rows} & sheet.terms.indicators
    of_them = {sheet.terms.instrument_of(code, year) for code in codes}
    return said.pop() if said and said == of_them else None


def _goes_on(cells: dict[str, Cell]) -> bool:
    """Whether a row may belong to the agency of the row above: it changes the year or the indicator."""
    return "fiscal_year" in cells or "indicator" in cells


def _numbers(row: Row) -> bool:
    return any(value_of(cell.text).number is not None for cell in row)


def _said(row: Row) -> str:
    return thai.one_line(" ".join(cell.text for cell in filled_cells(row)))[:LETTERS_SAID]


def _why_no_indicator(row: Row, cell: Cell, label: Label) -> Remark | None:
    said = thai.one_line(cell.text)[:LETTERS_SAID]
    if label.subordinate:
        return Remark("score_sub_indicator", cell.place, said)
    if level_of(cell.text) is None and not _numbers(tuple(other for other in row if other is not cell)):
        return None if _NOTE.match(cell.text) else Remark("score_row_ignored", cell.place, said)
    return Remark("score_unknown_indicator", cell.place, said)


def agency_of(printed: str, kind: str | None) -> tuple[str, str | None, str | None]:
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
    elif kind and not names_body(name) and not is_average(name) and names_body(thai.glued(kind + name)):
        name = kind + name
    return full_name(name), district, province
