"""Score sheets as tables, in every form: what a number means is said by its row, its column and the lines above, whichever say it.

Agencies as rows or as columns, long lists, provinces by year, indicators with weights, an agency's history, rankings, two years side
by side: in each, a heading or a row's label names the indicator, the agency or the year, so one reading serves them all.
"""

import re
from collections import deque
from dataclasses import replace

from etl.formats.document import Cell, Document, Paragraph, Table
from etl.identity.identify import Identity
from etl.identity.titles import fiscal_years, title_lines
from etl.known.agency_types import body_around
from etl.known.names import TYPE_PATTERN, full_name, name_key
from etl.printed import thai
from etl.scores.headings import INSTRUMENTS, Terms, heading_key
from etl.scores.labels import MEAN, Labels, NoData, RowLabels
from etl.scores.rows import Printed, Remark
from etl.scores.sheet import NO_SCORES, Column, Sheet, filled_cells, row_key, understood
from etl.scores.subject import OTHER_SUBJECT, about_ita, is_ita, looks_like_scores, subject_of
from etl.scores.values import Value, change_of, level_in, level_like, level_of, value_of

_OF_SCORES, _OF_WORK = re.compile("คะแนน|ผลการประเมิน"), re.compile("มาตรการ|แผน")
AGENCY_IN_TITLE = re.compile(rf"(?:{TYPE_PATTERN})\s?[ก-ฮเ-ไ][ก-๎-]+")


def table_scores(document: Document, identity: Identity, terms: Terms) -> tuple[list[Printed], list[Remark], frozenset[int]]:
    """Scores of every score table, remarks, and the positions of the tables that were read, or are of another subject.

    A province's mean is kept under its printed name, "ภาพรวมจังหวัด…" where only the province is printed (see `is_average`).
    """
    printed: list[Printed] = []
    remarks: list[Remark] = []
    read: set[int] = set()
    before: Sheet | None = None
    context: list[str] = []
    waiting = deque(enumerate(document.blocks))
    while waiting:
        at, block = waiting.popleft()
        if isinstance(block, Paragraph):
            context.append(thai.one_line(block.text)[:300])
            continue
        sheet = understood(block, context[-8:], terms, before)
        if sheet is not None and sheet.below:
            waiting.appendleft((at, Table(tuple(sheet.below), sheet.below[0][0].place)))
        if sheet is not None and not sheet.rows:
            before = sheet  # an empty row below the headings parts them from their table
        elif sheet is not None and is_ita(sheet, document):
            scores, said = _scores(sheet, document, identity, before)
            printed += scores
            remarks += (sheet.remarks if scores else []) + said  # what columns hold matters where scores stand beside
            read.add(at)
            before = sheet
        elif sheet is not None and subject_of(sheet) < 0:
            read.add(at)  # no scores, in lines neither
        elif (
            sheet is None and looks_like_scores(block) and about_ita(document, context) and not OTHER_SUBJECT.search(" ".join(context[-8:]))
        ):
            remarks.append(Remark("score_heading_missing", block.place))
        context = context[-2:] if sheet is None else context if sheet.below else []
    return printed, remarks, frozenset(read)


def _scores(sheet: Sheet, document: Document, identity: Identity, before: Sheet | None) -> tuple[list[Printed], list[Remark]]:
    printed: list[Printed] = []
    remarks: list[Remark] = []
    for column in sheet.columns:
        if column.field == "unknown_indicator":
            remarks.append(Remark("score_unknown_indicator", column.place, column.heading))
    year, province, remark = _title_of(sheet, document, identity, before)
    section = Labels(agency=_agency_of_context(sheet, identity), year=year, province=province)
    labels_of, grouped = RowLabels(sheet, section).of, _weighted_by_group(sheet)
    heads = {key.partition("|")[0] for key in sheet.heading_rows}
    for row in sheet.rows:
        if not filled_cells(row) or (heading_key(row[0].text) in heads and row_key(row) in sheet.heading_rows):
            continue
        try:
            labels, doubt = labels_of(row)
        except NoData as why:
            remarks += [why.remark] if why.remark else []
            continue
        entries, said = _Row(sheet, row, labels, grouped).read()
        printed += entries
        remarks += ([doubt] if doubt else []) + said
    if remark and any(entry.fiscal_year is None for entry in printed):
        remarks.append(remark)
    return printed, remarks


def _title_of(sheet: Sheet, document: Document, identity: Identity, before: Sheet | None) -> tuple[int | None, str | None, Remark | None]:
    """Year and province of the lines above the table, else of the document, else above the table that it goes on from; the remark says
    that no year is known.
    """
    years: list[int] = []
    for line in reversed(sheet.context):
        if _OF_WORK.search(line) and not _OF_SCORES.search(line):
            continue  # "เพื่อกำหนดมาตรการในปีงบประมาณ 2568" is not the year of the scores
        years = years or sorted(set(_years_of_scores(line) or fiscal_years(line)))
    remark = Remark("score_year_missing", sheet.place, ", ".join(map(str, years)) or None)
    year = years[0] if len(years) == 1 else None if years else document_year(document, identity)
    if year is None and not years and before is not None and _goes_on(sheet, before):
        sheet.context = before.context + sheet.context
        return _title_of(sheet, document, identity, None)
    provinces = {found for line in [*sheet.context, identity.title or ""] for found in re.findall(r"(?<!ส่วน)จังหวัด\s?([ก-ฮเ-ไ][ก-๎]+)", line)}
    return year, provinces.pop() if len(provinces) == 1 else identity.province, remark


def _goes_on(sheet: Sheet, before: Sheet) -> bool:
    """Whether a table stands under the title of the one before it: no more than page numbers part them, or its columns are the same."""
    alone = not any(map(str.isalpha, "".join(sheet.context)))
    return alone or [column.field for column in sheet.columns] == [column.field for column in before.columns]


def document_year(document: Document, identity: Identity) -> int | None:
    """The fiscal year of scores that say none themselves: the only one of the title lines, else the document's.

    The year of a report on measures is not that of the scores it answers.
    """
    lines = title_lines(document)
    years = {year for line in lines for year in fiscal_years(line.text)}
    scored = {year for line in lines for year in _years_of_scores(line.text)}
    if len(years) > 1 and len(scored) == 1:
        years = scored  # "การวิเคราะห์ผลการประเมิน ITA ปี 2567 เพื่อกำหนดมาตรการในปี 2568"
    if identity.family is not None and not _OF_SCORES.search(identity.title or ""):
        return None
    return years.pop() if len(years) == 1 else None if years else identity.fiscal_year


def _years_of_scores(line: str) -> list[int]:
    """The years that a line of a title says behind its word for scores, up to its word for the work that follows from them."""
    scores = _OF_SCORES.search(line)
    if scores is None:
        return []
    work = _OF_WORK.search(line, scores.end())
    until = fiscal_years(line[: work.start()]) if work else []
    return until or fiscal_years(line)


def _agency_of_context(sheet: Sheet, identity: Identity) -> str | None:
    """The agency that the title nearest above the table names, where it is another than the document's own."""
    own = [name_key(name) for name in (identity.agency, *identity.agency_printed) if name]
    for line in reversed(sheet.context):
        found = AGENCY_IN_TITLE.search(line) if len(line) <= 150 else None
        if found:
            named = body_around(line, found.start()) or found[0]
            return None if any(name_key(named).startswith(name) for name in own) else full_name(named)
    return None


def _weighted_by_group(sheet: Sheet) -> bool:
    """Whether weighted points stand once for a group of indicators (then they are the instrument's), not in each row."""
    columns = [at for at, column in enumerate(sheet.columns) if column.field == "weighted"]
    at_label = [at for at, column in enumerate(sheet.columns) if column.field == "indicator"]
    if not columns or not at_label:
        return False
    rows = [row for row in sheet.rows if any(sheet.terms.row_label(row[at].text).code in sheet.terms.indicators for at in at_label)]
    filled = sum(value_of(row[columns[0]].text).number is not None for row in rows)
    return 0 < filled <= len(INSTRUMENTS) < len(rows)


class _Row:
    """The scores of one row under its labels."""

    def __init__(self, sheet: Sheet, row: tuple[Cell, ...], labels: Labels, grouped: bool):
        self.sheet, self.cells = sheet, [(cell, column) for cell, column in zip(row, sheet.columns, strict=True) if cell.text.strip()]
        self.mean = labels.indicator == MEAN
        self.labels = replace(labels, indicator="TOTAL") if self.mean else labels
        self.scored = {column.field for cell, column in self.cells if value_of(cell.text).number is not None}
        self.has_score = bool(self.scored & {"score", "TOTAL"})
        self.grouped = grouped and "instrument_score" not in self.scored
        self.most = self._printed_max()
        if self.most not in (None, 100) and "percent" in self.scored and labels.indicator in sheet.terms.indicators:
            self.most, self.has_score = None, False  # points beside their percent: the percent is the score

    def read(self) -> tuple[list[Printed], list[Remark]]:
        entries: list[Printed] = []
        remarks: list[Remark] = []
        for cell, column in self.cells:
            if not column.is_value or column.field == "change":
                continue
            code, value = self._code(column), value_of(cell.text)
            if code is None or value.empty or (column.field == "score" and not self.has_score and "score" in self.scored):
                continue
            if code == "TOTAL" and value.number is None and value.level is not None:
                code = "LEVEL"
            if code == "LEVEL" and value.text and cell.confidence is not None and (level := level_like(value.text)):
                value = Value(level=level)
            if (wrong := _not_said(code, value)) and not (value.unread and code != "LEVEL"):
                remarks.append(Remark(wrong, cell.place, thai.one_line(cell.text)[:80]))
                continue
            entries.append(self._printed(code, value, cell, column))
            if code == "TOTAL" and value.level:
                entries.append(replace(entries[-1], indicator="LEVEL", value=value_of(value.level)))
        if self.labels.indicator == "TOTAL" and entries and not any(entry.indicator == "LEVEL" for entry in entries):
            entries += self._level_beside(entries[-1])
        if self.labels.indicator == "LEVEL" and not entries and not remarks:
            entries, remarks = self._level_in_another_column()
        return entries, remarks + self._change(entries)

    def _level_in_another_column(self) -> tuple[list[Printed], list[Remark]]:
        """The level of a level's own row that stands under no score: a cell merged over two columns begins in that of the maxima. Named
        instead where it could belong to several columns of scores."""
        words = [cell for cell, _ in self.cells if level_of(thai.one_line(cell.text))]
        values = [column for column in self.sheet.columns if column.is_value and self._code(column) == "LEVEL"]
        if len(words) == len(values) == 1:
            return [self._printed("LEVEL", value_of(words[0].text), words[0], values[0])], []
        return [], [Remark("score_text_in_cell", cell.place, thai.one_line(cell.text)[:80]) for cell in words]

    def _level_beside(self, total: Printed) -> list[Printed]:
        """The level that a note beside the total says: "ระดับผลการประเมิน ผ่าน"."""
        for cell, column in self.cells:
            level = level_in(cell.text) if column.field in (None, "note") and not column.is_value else None
            if level is None and column.field in (None, "note"):
                words, _, last = thai.one_line(cell.text).rpartition(" ")
                level = last if level_of(last) and self.sheet.terms.field_of(words) == "LEVEL" else None
            if level:
                return [replace(total, indicator="LEVEL", value=value_of(level), place=cell.place, stated_change=None, mean=False)]
        return []

    def _printed(self, code: str, value: Value, cell: Cell, column: Column) -> Printed:
        most = value.max or (self.most if self.labels.indicator == code else None) or (None if code.isdigit() else column.max)
        return Printed(
            code,
            value,
            cell.place,
            column.agency or self.labels.agency,
            self.labels.district,
            self.labels.province,
            column.year or self.labels.year,
            max_printed=most,
            group=f"{self.sheet.place} {column.heading}",
            mean=self.mean and code == "TOTAL",
        )

    def _change(self, entries: list[Printed]) -> list[Remark]:
        """Gives the latest of the row's scores the change that the row states."""
        stated = next((cell for cell, column in self.cells if column.field == "change"), None)
        if stated is None or not entries:
            return []
        change = change_of(stated.text)
        if change is None:
            return [] if value_of(stated.text).empty else [Remark("score_text_in_cell", stated.place, thai.one_line(stated.text)[:80])]
        scored = [entry for entry in entries if entry.value.number is not None]
        if scored:
            max(scored, key=lambda entry: entry.fiscal_year or 0).stated_change = change
        return []

    def _printed_max(self) -> int | None:
        """What the row says that its score is out of, in a column of its own."""
        numbers = [value_of(cell.text).number for cell, column in self.cells if column.field == "max"]
        return next((int(number) for number in numbers if number is not None and number % 1 == 0 and 0 < number <= 100), None)

    def _code(self, column: Column) -> str | None:
        """The indicator that a cell of this column and row is about; None: the column is ignored by name (weights, maxima, targets)."""
        known, row = column.field, self.labels.indicator
        if known in NO_SCORES:
            return None
        if row == "LEVEL":
            return "LEVEL"
        if known in ("score", "TOTAL"):
            return row or "TOTAL"
        if known == "percent":
            return row if row and not self.has_score else None
        if known == "LEVEL":
            return "LEVEL" if row in (None, "TOTAL", "LEVEL") else None
        if known == "weighted":
            if row in INSTRUMENTS or (row == "TOTAL" and not self.has_score):
                return row if not self.has_score else None
            return self._instrument() if self.grouped and row else None
        if known == "instrument_score":
            return self.labels.instrument or (self._instrument() if row in self.sheet.terms.indicators else row)
        return known

    def _instrument(self) -> str | None:
        return self.sheet.terms.instrument_of(self.labels.indicator, self.labels.year)


def _not_said(code: str, value: Value) -> str | None:
    """The finding where a cell holds a number for a level, or no number for a score."""
    if code == "LEVEL":
        return "score_number_as_level" if value.number is not None else None
    return "score_text_in_cell" if value.number is None else None
