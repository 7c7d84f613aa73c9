"""One document -> everything it says: formats, identity, measures, scores, and findings about whatever was doubtful."""

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from etl import unsure
from etl.account import about_losses, account_of
from etl.findings import finding
from etl.formats import Document, Table, open_document, watch
from etl.identity.identify import Identity, identify
from etl.known import Known
from etl.measures.columns import RESULT_ROLES
from etl.measures.drafts import Draft
from etl.measures.finish import Finished, finished
from etl.measures.layouts import MEASURES
from etl.measures.report import is_report
from etl.measures.status import fraction
from etl.measures.tables import MOST_ROWS, MeasureTable, measure_tables
from etl.printed.codes import Questions
from etl.printed.marks import form_of
from etl.printed.thai import one_line
from etl.reading import Finding, Measure, Reading, Score, Source
from etl.scores import checks as scores

_SHORT_ENOUGH_TO_REPEAT = 40  # letters: "มีการประชุม" may well be said of two measures


def read_document(path: Path, known: Known) -> Reading:
    """Everything that the document at `path` says. Raises formats.Unreadable where it cannot be opened or decoded."""
    return read(open_document(path), known)


def read(document: Document, known: Known) -> Reading:
    """Everything that an opened document says; kind `unknown` and nothing else where it is no report and no score sheet."""
    with watch.patience(sum(len(block.rows) for block in document.blocks if isinstance(block, Table))):
        return _read(document, known)


def _read(document: Document, known: Known) -> Reading:
    identity, findings = identify(document, known.registry)
    noticed = [finding(seen.rule, seen.place, raw=seen.raw, read_as=seen.read_as) for seen in document.noticed]
    found, left_out = measure_tables(document)
    found_scores, about_scores = scores.scores(document, identity, known)
    printed = {score.place for score in found_scores}
    tables = [table for table in found if is_report(table, document, bool(found_scores)) and not _is_of_scores(table, printed)]
    questions = known.questions(identity.fiscal_year)
    measures, said = _measures(tables, identity.fiscal_year, questions)
    left_out += [(" | ".join(table.headings.values()), table.place) for table in found if not any(table is read for read in tables)]
    of_scores = {block.rows[0][0].place for block in document.blocks if isinstance(block, Table) and _prints_one_of(block, printed)}
    left_out = [(headings, place) for headings, place in left_out if place not in of_scores]
    if measures or not found_scores:  # the tables of a score sheet are no tables of measures left out
        said += [finding("table_left_out", place, raw=one_line(headings)[:120]) for headings, place in left_out]
    source = _source(document, identity)
    said += _placed_by_scores(source, found_scores)
    if dated := [] if measures else _dated_by_scores(source, found_scores):
        findings = [each for each in findings if each.rule != "fiscal_year_unknown"] + dated
    source.kind = _kind(measures, tables, identity) or scores.kind_of(found_scores) or "unknown"
    source.family = (identity.family or _family(measures)) if measures else None
    if not measures and not found_scores:
        reading = Reading(replace(source, family=None), findings=_once([finding("unknown_document", "–"), *noticed]))
    else:
        said += unsure.marked(document, source, found_scores, measures, about_scores, questions)
        reading = Reading(source, found_scores, measures, _once(findings + noticed + said + about_scores))
    reading.account = account_of(document, reading, known)
    reading.findings += about_losses(reading.account)
    return reading


def _is_of_scores(table: MeasureTable, printed: set[str]) -> bool:
    """Whether the table is one of scores, an indicator of an agency in each row, and says nothing that only measures have."""
    if table.has("steps", "period", "budget_planned", *RESULT_ROLES):
        return False
    return 2 * sum(any(cell.place in printed for cell in row.cells) for row in table.rows) > len(table.rows)


def _prints_one_of(block: Table, places: set[str]) -> bool:
    return any(cell.place in places for row in block.rows for cell in row)


def _once(findings: list[Finding]) -> list[Finding]:
    """Each finding once: a code printed for a group is said of its measures together."""
    return list({(said.rule, said.place, said.raw, said.read_as): said for said in findings}.values())


def _source(document: Document, identity: Identity) -> Source:
    names = ("title", "agency", "agency_printed", "agency_type", "district", "province", "place_printed", "fiscal_year", "round")
    return Source(document.file, document.sha256, **{name: getattr(identity, name) for name in names})


def _placed_by_scores(source: Source, found: list[Score]) -> list[Finding]:
    """Gives an agency that only its rows place their province, so that sheet and rows speak of one agency."""
    rows = [score for score in found if score.agency == source.agency and score.province]
    if source.agency is None or source.province or len({score.province for score in rows}) != 1:
        return []
    source.province = rows[0].province
    return [finding("place_inferred", rows[0].place, raw=source.agency, read_as=source.province)]


def _dated_by_scores(source: Source, found: list[Score]) -> list[Finding]:
    """Gives a comparison of an agency's own years, whose title names none or all of them, the last of these."""
    years = sorted({score.fiscal_year for score in found if score.fiscal_year})
    if source.fiscal_year is not None or len(years) < 2 or any(score.agency for score in found):
        return []
    source.fiscal_year = years[-1]
    return [finding("fiscal_year_not_in_title", found[0].place, raw=", ".join(map(str, years)), read_as=str(years[-1]))]


def _measures(tables: list[MeasureTable], fiscal_year: int | None, questions: Questions) -> tuple[list[Measure], list[Finding]]:
    findings: list[Finding] = []
    drafts: list[Draft] = []
    for table in tables:
        layout = next((layout for layout in MEASURES if layout.recognises(table)), None)
        if layout is None:
            continue
        findings += _about_columns(table)
        read = layout.read(table)
        findings += read.findings
        drafts += read.drafts
    findings += _about_fractions(drafts)
    form = form_of(text for draft in drafts for text in draft.marked())
    counts: dict[str, int] = defaultdict(int)
    done: list[Finished] = []
    for draft in drafts:
        counts[draft.section] += 1
        done.append(finished(draft, counts[draft.section], fiscal_year, questions, form))
    measures = [each.measure for each in done]
    findings += [said for each in done for said in each.findings]
    return measures, findings + _about_numbers(measures) + _about_copies([each.measure for each in done if not each.shared])


def _about_fractions(drafts: list[Draft]) -> list[Finding]:
    """Percent columns whose cells are all at most 1 were saved without their percent format: says so, and to the drafts that 1 is all."""
    printed = [(draft, text) for draft in drafts if (text := draft.text("percent").strip())]
    values = [fraction(text) for _, text in printed]
    if len(values) < 2 or None in values or not any(values):
        return []
    for draft, _ in printed:
        draft.whole = 1
    first, text = next((draft, text) for (draft, text), value in zip(printed, values, strict=True) if value)
    return [finding("percent_of_one", first.place, raw=text, read_as=f"{100 * fraction(text):g} %", count=len(values))]


def _about_columns(table: MeasureTable) -> list[Finding]:
    said = [finding("headless_table", table.place)] if table.headless else []
    said += [finding("cells_one_a_line", table.place)] if table.rebuilt else []
    if table.printed_rows > MOST_ROWS:
        said.append(finding("too_many_rows", table.place, raw=str(table.printed_rows), read_as=str(MOST_ROWS)))
    filled = {column for row in table.rows[:200] for column, cell in enumerate(row.cells) if cell.text.strip()}
    for column in sorted(filled & (table.headings.keys() | table.named.doubts.keys())):
        role, words = table.roles.get(column), one_line(table.headings.get(column, ""))
        if column in table.named.doubts and role is None:
            likely = " / ".join(f"{name} {sure:.0%}" for name, sure in table.named.doubts[column])
            said.append(finding("unsure_column", table.place, raw=words or str(column + 1), read_as=likely))
        elif role in ("other", "foreign", "monitoring", "remark"):
            said.append(finding("unread_column", table.place, raw=words))
    return said


def _about_numbers(measures: list[Measure]) -> list[Finding]:
    """Printed numbers that skip or repeat within a section and group; a lost title fills the place of one number."""
    said: list[Finding] = []
    last: dict[tuple, int] = {}
    lost: dict[tuple, int] = defaultdict(int)
    for measure in measures:
        restarts = measure.group_kind != "none" and measure.number in ("1", None)
        place = (measure.section, measure.group_kind, measure.group_number)
        if measure.number is None:
            lost[place] += 1
            continue
        if not re.fullmatch(r"\d{1,3}", measure.number):
            continue
        number = int(measure.number)
        before = last.get(place, last.get((measure.section,)) if not restarts else None)
        group = f"{measure.group_number or ''} {measure.group_name or ''}".strip() or measure.section
        if before is not None and number == before:
            said.append(finding("number_repeated", measure.place, raw=measure.number, group=group))
        elif before is not None and number > before + 1 + lost[place]:
            said.append(finding("number_gap", measure.place, raw=str(before), read_as=measure.number, group=group))
        last[place] = last[(measure.section,)] = number
        lost[place] = 0
    return said


def _about_copies(measures: list[Measure]) -> list[Finding]:
    """Results that are the same to the letter in several rows (a result printed once for a group is one row's)."""
    places: dict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        if measure.result and len(measure.result) >= _SHORT_ENOUGH_TO_REPEAT:
            places[measure.result].append(measure)
    return [
        finding("copied_text", same[0].place, raw=(same[0].result or "")[:60], places=", ".join(dict.fromkeys(each.place for each in same)))
        for same in places.values()
        if len({each.place for each in same}) > 1
    ]


def _kind(measures: list[Measure], tables: list[MeasureTable], identity: Identity) -> str | None:
    sections = {measure.section for measure in measures}
    if not sections:
        return None
    if sections == {"plan", "result"}:
        return "plan_and_result"
    if sections == {"plan"}:
        return "plan"
    return "action_plan_result" if (identity.family or _family(measures)) == "action_plan" else "result"


def _family(measures: list[Measure]) -> str:
    dimensions = sum(measure.group_kind == "dimension" for measure in measures)
    return "action_plan" if dimensions * 2 > len(measures) else "ita_measures"
