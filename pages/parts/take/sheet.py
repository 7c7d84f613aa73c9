"""The sheet of a province as a workbook that goes on computing: scores are numbers, instruments, totals and what is lacking are formulas of
them and of the weights and floors beside them. Whoever tries another score sees what it gives."""

from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from pandas import DataFrame, isna, notna
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from pages.parts.reckon.needs import rules_of
from pages.parts.reckon.path import assess, exact, half_up
from pages.parts.say.sentences.province import cheapest, documents
from pages.parts.say.text import Words
from pages.parts.take import Format, harmless


@dataclass(frozen=True)
class Sheet:
    """A sheet with its steps (reckon/needs.py), the scores and the levels behind it; `about` as of a Table."""

    frame: DataFrame
    scores: DataFrame
    levels: DataFrame
    words: Words
    about: list[tuple[str, str]]


def workbook(sheet: Sheet) -> bytes:
    """Three pages: the sheet with its formulas, the rules that they refer to, and where it is from."""
    out, words = BytesIO(), sheet.words
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        font = {"font_name": "Sarabun", "font_size": 12}
        plain, bold = book.add_format(font), book.add_format(font | {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        number, computed = book.add_format(font | {"num_format": "0.00"}), book.add_format(font | {"num_format": "0.00", "bold": True})
        page, rules = book.add_worksheet(words("province.sheet_name")), book.add_worksheet(words("province.rules_name"))
        said = book.add_worksheet(words("show.source")[:31])
        if len(sheet.scores):
            places = _rules(rules, sheet, plain, bold, number)
            _scores(page, sheet, places, (plain, bold, number, computed))
        page.freeze_panes(1, 1)
        page.set_landscape()
        page.set_paper(8)  # A3
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        for row, (label, value) in enumerate(sheet.about):
            said.write_string(row, 0, str(harmless.cell(label)), bold)
            said.write_string(row, 1, harmless.fitting(str(harmless.cell(value))), plain)
        said.set_column(0, 0, 24)
        said.set_column(1, 1, 90)
    return out.getvalue()


def _rules(page, sheet: Sheet, plain, bold, number) -> dict[str, str]:
    """Weights of instruments and floors of levels, and the cell of each."""
    words, places, row = sheet.words, {}, 1
    quoted = "'" + page.get_name().replace("'", "''") + "'!"
    page.write_row(0, 0, [words("column.instrument"), words("province.weight")], bold)
    for code, weight in rules_of(sheet.scores, sheet.levels).weights.items():
        page.write(row, 0, code, plain)
        page.write(row, 1, float(weight), number)
        places[code] = quoted + xl_rowcol_to_cell(row, 1, row_abs=True, col_abs=True)
        row += 1
    row += 1
    page.write_row(row, 0, [words("column.level"), words("province.floor_total"), words("province.floor_instrument")], bold)
    for level in sheet.levels.to_dict("records"):
        row += 1
        page.write(row, 0, words.of(level, "name"), plain)
        for column, name in ((1, "min_total"), (2, "min_instrument")):
            if notna(level[name]):
                page.write(row, column, float(level[name]), number)
                places[level["name_th"], name] = quoted + xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    page.set_column(0, 2, 28)
    return places


def _scores(page, sheet: Sheet, places: dict, formats: tuple) -> None:
    """A row an agency: ten scores, and the formulas of what they give."""
    plain, bold, number, computed = formats
    words, law, known = sheet.words, rules_of(sheet.scores, sheet.levels), defaultdict(dict)
    for one in sheet.scores.itertuples():
        known[one.agency_id][one.indicator] = one.score
    indicators, instruments = list(law.instrument_of), list(law.weights)
    first = {one: at for at, one in enumerate(indicators, 1)}
    totals = {one: at for at, one in enumerate([*instruments, "TOTAL"], len(indicators) + 1)}
    shorts = {one: at + len(totals) for one, at in totals.items()}
    after = max(shorts.values()) + 1
    heads = [words("column.agency_name"), *(words.indicator(one) for one in indicators), *(words.indicator(one) for one in totals)]
    heads += [words("province.short_of", floor=words.indicator(one)) for one in shorts]
    heads += [words("province.published"), words("column.next"), words("province.cheapest"), words("province.documents")]
    heads += [words(f"column.{name}") for name in ("example_name", "change", "tide", "own")]
    page.write_row(0, 0, heads, bold)
    for at, row in enumerate(sheet.frame.to_dict("records"), 1):
        ours = known[row["agency_id"]]
        page.write(at, 0, harmless.cell(row["agency_name"]), plain)
        for one, column in first.items():
            if one in ours:
                page.write(at, column, ours[one], number)
        whole = ours.keys() == set(indicators)
        given = assess(ours, law) if whole else None
        means = {}
        for code in instruments:
            cells = [xl_rowcol_to_cell(at, first[one]) for one in law.members(code)]
            means[code] = f"SUM({','.join(cells)})/{len(cells)}"
            test = f"COUNT({','.join(cells)})={len(cells)}"
            value = float(given.instruments[code]) if given else _mean(ours, law.members(code))
            page.write_formula(at, totals[code], f'=IF({test},ROUND(ROUND({means[code]},8),2),"")', computed, value)
        span = f"{xl_col_to_name(1)}{at + 1}:{xl_col_to_name(len(indicators))}{at + 1}"
        total = "+".join(f"{places[code]}*({means[code]})" for code in instruments)
        formula = f'=IF(COUNT({span})={len(indicators)},ROUND(ROUND({total},8),2),"")'
        page.write_formula(at, totals["TOTAL"], formula, computed, float(given.total) if given else "")
        for one, column in shorts.items():
            floor = places.get((row["next_th"], "min_total" if one == "TOTAL" else "min_instrument"))
            if floor:
                cell = xl_rowcol_to_cell(at, totals[one])
                now = float(given.total if one == "TOTAL" else given.instruments[one]) if given else None
                lacking = "" if now is None else max(0.0, round(_floor(sheet.levels, row["next_th"], one) - now, 2))
                page.write_formula(at, column, f'=IF(ISNUMBER({cell}),MAX(0,{floor}-{cell}),"")', number, lacking)
        texts = [words.of(row, "next") if notna(row["next_th"]) else "", cheapest(row, words, 10), words.sentence(documents(row, words))]
        texts.append("" if isna(row["example_name"]) else row["example_name"])
        if row["total_basis"] == "published":
            page.write(at, after, row["total"], number)
        for column, text in enumerate(texts, after + 1):
            page.write(at, column, harmless.cell(text), plain)
        for column, name in enumerate(("change", "tide", "own"), after + 1 + len(texts)):
            if notna(row[name]):
                page.write(at, column, row[name], number)
    page.set_column(0, 0, 40)
    page.set_column(after + 2, after + 4, 36)


def _mean(ours: dict, members: list[str]) -> float | str:
    scores = [exact(ours[one]) for one in members if one in ours]
    return float(half_up(sum(scores) / len(scores))) if len(scores) == len(members) else ""


def _floor(levels: DataFrame, name: str, what: str) -> float:
    row = levels[levels["name_th"] == name].iloc[0]
    return float(row["min_total" if what == "TOTAL" else "min_instrument"])


FORMAT = Format(
    "sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", ":material/table_view:", Sheet, workbook
)
