"""Score sheets as tables, in every form: what a number means is said by its row, its column and the lines above, whichever say it.

Agencies as rows or as columns, long lists, provinces by year, indicators with weights, an agency's history, rankings, two years side
by side: in each, a heading or a row's label names the indicator, the agency or the year, so one reading serves them all.
"""

import re
from dataclasses import dataclass, replace

from etl.formats.document import UNREAD, Cell, Document, Paragraph
from etl.identity.identify import Identity
from etl.identity.titles import buddhist_year, fiscal_years, title_lines
from etl.known.registry import TYPE_PATTERN, bare_place, full_name, name_key, typed_name
from etl.printed import thai
from etl.printed.marks import RAISED
from etl.scores.headings import INSTRUMENTS, Terms, agency_in_heading
from etl.scores.rows import Printed, Remark
from etl.scores.sheet import LABELS, Column, Sheet, filled_cells, row_key, understood
from etl.scores.subject import OTHER_SUBJECT, about_ita, is_ita, looks_like_scores
from etl.scores.values import change_of, level_of, value_of

_AVERAGE = re.compile(
    r"^(?:ภาพรวม|ค่าเฉลี่ย|คะแนนเฉลี่ย|เฉลี่ย|ผลรวม|รวม|(?:ค่า|คะแนน)?(?:สูงสุด|ต่ำสุด)|ส่วนเบี่ยงเบน|s\.?d\.?$|mean|average|overall|total|grand|min|max)",
    re.I,
)
_OF_A_PLACE = re.compile(r"จังหวัด\s?[ก-ฮเ-ไ]|ประเทศ|ภาค(?:เหนือ|กลาง|ตะวัน|ใต้)|อำเภอ\s?[ก-ฮเ-ไ]|national|province", re.I)
_PLACE_OF_AGENCY = re.compile(
    r"^(.*?[ก-๎])\s*[(,]?\s*(?:(?:อำเภอ|อ\.)\s*(?P<district>[ก-๎]+))?\s*,?\s*(?:(?:จังหวัด|จ\.)\s*(?P<province>[ก-๎]+))?\s*\)?$"
)
_NOTE = re.compile(r"^\W*(?:หมายเหตุ|ที่มา|แหล่งที่มา|ข้อมูล\s?ณ|source|note|remark|\*|ทั้งนี้|จัดทำโดย|ผู้จัดทำ|วันที่|พิมพ์เมื่อ|เกณฑ์)", re.I)
AGENCY_IN_TITLE = re.compile(rf"(?:{TYPE_PATTERN})\s?[ก-ฮเ-ไ][ก-๎-]+")


def is_average(name: str | None) -> bool:
    """Whether a printed row name is a mean over agencies ("ภาพรวมจังหวัดตราด", "ค่าเฉลี่ย"), never an agency.

    >>> is_average("ภาพรวมจังหวัดตราด"), is_average("เทศบาลตำบลบ้านเดื่อ")
    (True, False)
    """
    return bool(_AVERAGE.match(thai.one_line(name or "")))


def table_scores(document: Document, identity: Identity, terms: Terms) -> tuple[list[Printed], list[Remark], frozenset[int]]:
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
        sheet = understood(block, context[-8:], terms, before)
        if sheet is not None and not sheet.rows:
            before = sheet  # an empty row below the headings parts them from their table
        elif sheet is not None and is_ita(sheet, document):
            scores, said = _scores(sheet, document, identity)
            printed += scores
            remarks += sheet.remarks + said
            read.add(at)
            before = sheet
        elif (
            sheet is None and looks_like_scores(block) and about_ita(document, context) and not OTHER_SUBJECT.search(" ".join(context[-8:]))
        ):
            remarks.append(Remark("score_heading_missing", block.place))
        context = context[-2:] if sheet is None else []
    return printed, remarks, frozenset(read)


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
        filled = filled_cells(row)
        if not filled or row_key(row) in sheet.heading_rows:
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
        found = AGENCY_IN_TITLE.search(line) if len(line) <= 150 else None
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
    text = {known: (thai.unwrapped if known == "agency" else thai.one_line)(cell.text) for known, cell in by_field.items()}
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
        carried.instrument = sheet.terms.label_of(text["instrument"]).code or carried.instrument
        labels.instrument = sheet.terms.label_of(text["instrument"]).code
    problem = None
    if "indicator" in fields:
        label, problem = _indicator(sheet, row, labels)
        if label is None:
            return None, problem
        labels.indicator = label
    changes_down = "fiscal_year" in text or "indicator" in text
    if "province" in fields:
        labels.province = bare_place(text["province"]) if "province" in text else carried.province if changes_down else None
        if labels.province and is_average(text.get("province")):
            labels.agency, labels.province = text["province"], None
        carried.province = labels.province
    labels.district = bare_place(text["district"]) if "district" in text else None
    if "agency" in fields:
        if "agency" in text:
            labels.agency, district, province = _agency_name(thai.unwrapped(by_field["agency"].text), text.get("agency_type"))
            labels.district, labels.province = labels.district or district, labels.province or province
            carried.agency = labels.agency
            carried.district = labels.district
        elif is_average(thai.one_line(head.text)):
            labels.agency = thai.one_line(head.text)
        elif changes_down and carried.agency and not ("province" in text and "rank" in text):
            labels.agency, labels.district = carried.agency, labels.district or carried.district
        else:
            return None, Remark("score_row_without_agency", place, thai.one_line(" ".join(cell.text for cell in filled_cells(row)))[:80])
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
    name = re.sub(rf"\s*(?:\*+|[†‡]|{RAISED})$", "", name).strip()
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
        (cell, sheet.terms.row_label(cell.text))
        for cell, column in zip(row, sheet.columns, strict=True)
        if column.field == "indicator" and cell.text.strip()
    ]
    named = [(cell, label) for cell, label in found if label.code and label.named] or [(cell, label) for cell, label in found if label.code]
    if named:
        cell, label = named[0]
        conflict = Remark("score_indicator_conflict", cell.place, thai.one_line(cell.text)[:80], label.code, {"number": label.number})
        return label.code, conflict if label.conflict else None
    for cell, _ in found:
        if (known := sheet.terms.field_of(cell.text)) in ("score", "LEVEL"):
            return "LEVEL" if known == "LEVEL" else "MEAN", None
    if not found:
        if labels.instrument:
            return labels.instrument, None
        for cell, column in zip(row, sheet.columns, strict=True):
            if column.field in LABELS and (label := sheet.terms.label_of(cell.text)).code and label.named:
                return label.code, None
        return None, Remark("score_row_ignored", row[0].place, thai.one_line(" ".join(cell.text for cell in filled_cells(row)))[:80])
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
    rows = [row for row in sheet.rows if any(sheet.terms.row_label(row[at].text).code in sheet.terms.indicators for at in at_label)]
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
    if most not in (None, 100) and "percent" in scored and labels.indicator in sheet.terms.indicators:
        most, has_score = None, False  # points beside their percent: the percent is the score
    for cell, column in zip(row, sheet.columns, strict=True):
        if not cell.text.strip() or not column.is_value:
            continue
        if column.field == "change":
            changes.append((cell, column))
            continue
        code = _code(sheet.terms, column, labels, grouped and "instrument_score" not in scored, has_score)
        if code is None or (column.field == "score" and not has_score and "score" in scored):
            continue
        value = value_of(cell.text)
        if value.empty:
            continue
        if code == "LEVEL":
            if value.number is not None:
                remarks.append(Remark("score_number_as_level", cell.place, thai.one_line(cell.text)))
                continue
        elif value.number is None and value.level is None and UNREAD not in cell.text:
            remarks.append(Remark("score_text_in_cell", cell.place, thai.one_line(cell.text)[:80]))
            continue
        elif value.number is None and value.level:
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
            mean=mean and code == "TOTAL",
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


def _code(terms: Terms, column: Column, labels: Labels, grouped: bool, has_score: bool) -> str | None:
    """The indicator that a cell of this column and row is about; None: the column is ignored by name (weights, maxima)."""
    known, row = column.field, labels.indicator
    if known in ("max", "weight", "target", "count", "unknown_indicator"):
        return None
    if row == "LEVEL":
        return "LEVEL"
    if known in ("score", "TOTAL"):
        return row or "TOTAL"
    if known == "percent":
        return row if row and not has_score else None
    if known == "LEVEL":
        return "LEVEL" if row in (None, "TOTAL", "LEVEL") else None
    if known == "weighted":
        if row in INSTRUMENTS or (row == "TOTAL" and not has_score):
            return row if not has_score else None
        return terms.instrument_of(row, labels.year) if grouped and row else None
    if known == "instrument_score":
        return labels.instrument or (terms.instrument_of(row, labels.year) if row in terms.indicators else row)
    return known
