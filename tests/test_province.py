"""The province at a table: what the sheet says is computed again from the raw scores, its workbook goes on computing, its slides and its
hand-outs are of the same agencies in the same order."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from io import BytesIO

import duckdb
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from etl.build.build import build as build_database
from etl.sample.nation import write_sample
from pages.parts.ask.warehouse import ask
from pages.parts.present.deck import sheet_deck
from pages.parts.reckon import needs, steps
from pages.parts.say.text import Words
from pages.parts.sheet import sheet as table_of
from pages.parts.take.sheet import Sheet, workbook
from tests.support.data import ROOT
from tests.test_sentences import Facts

YEAR = 2568


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    """300 made-up agencies over two years: some forty of one type and region, so that there are examples."""
    data = tmp_path_factory.mktemp("province") / "data"
    write_sample(300, range(2567, 2569), data)
    build_database(data, data / "ita.duckdb")
    return data


@pytest.fixture(autouse=True)
def door(nation, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(nation))


@pytest.fixture(scope="module")
def facts(nation):
    return Facts(nation / "ita.duckdb")


def everybody(facts):
    return sorted(facts.agencies)


def made(ids):
    sheet, scores, levels = (
        ask("province_sheet", agencies=ids, year=YEAR),
        ask("province_scores", agencies=ids, year=YEAR),
        ask("path_levels", year=YEAR),
    )
    return needs.with_steps(sheet, scores, levels), scores, levels


def cents(value):
    return round(100 * value)


def test_what_is_lacking_is_what_the_rules_ask_for(facts):
    sheet, *_ = made(everybody(facts))
    assert sorted(sheet["agency_id"]) == everybody(facts), "everybody is on the sheet, once"
    seen = 0
    for row in sheet.itertuples():
        total, level = facts.total(row.agency_id, YEAR), facts.level(row.agency_id, YEAR)
        assert (row.total != row.total) == (total is None)
        names = [one[0] for one in facts.levels[YEAR]]
        better = facts.levels[YEAR][names.index(level) - 1] if level in names[1:] else None
        for part in ("iit", "eit", "oit", "total"):
            short = getattr(row, f"short_{part}")
            floor = better and (better[1] if part == "total" else better[2])
            now = total if part == "total" else facts.instrument(row.agency_id, YEAR, part.upper())
            if floor is None or now is None or total is None:
                assert short != short, "not known is no zero"
            else:
                seen += 1
                assert cents(short) == max(0, 100 * (Fraction(floor) - Fraction(now)))
    assert seen > 100


def test_who_needs_most_comes_first(facts):
    sheet, _, levels = made(everybody(facts))
    rank = dict(zip(levels["name_th"], levels["rank"], strict=True))
    known = sheet[sheet["total"].notna()]
    assert sheet["total"].isna().tolist() == sorted(sheet["total"].isna()), "those without a total stand last"
    order = [(-rank.get(row.level_th, 0), -round(sum(getattr(row, f"short_{part}") or 0 for part in ("iit", "eit", "oit", "total")
              if getattr(row, f"short_{part}") == getattr(row, f"short_{part}")), 2)) for row in known.itertuples()]  # fmt: skip
    assert order == sorted(order)


def test_the_cheapest_step_is_that_of_the_path(facts):
    ids = everybody(facts)[:60]
    sheet, *_ = made(ids)
    seen = 0
    for row in sheet.itertuples():
        path = steps.next_path(ask("path", agency=row.agency_id, year=YEAR), ask("path_levels", year=YEAR))
        rises = {one.indicator: one.rise for one in path.itertuples() if one.rise > 0}
        assert dict(row.steps or []) == rises
        assert row.steps is None or [points for _, points in row.steps] == sorted(rises.values(), reverse=True)
        seen += bool(rises)
    assert seen > 20


def test_the_nearest_example_stood_there_and_rose(facts):
    sheet, _, levels = made(everybody(facts))
    rank = dict(zip(levels["level"], levels["rank"], strict=True))
    seen = 0
    for row in sheet.itertuples():
        if row.example_id != row.example_id or row.example_id is None:
            continue
        seen += 1
        other = row.example_id
        assert facts.agencies[other][0] == facts.agencies[row.agency_id][0] and facts.agencies[other][2] == facts.agencies[row.agency_id][2]
        before, now = facts.total(other, YEAR - 1), facts.total(other, YEAR)
        assert abs(before - facts.total(row.agency_id, YEAR)) <= 2 and (cents(row.example_before), cents(row.example_total)) == (
            100 * before,
            100 * now,
        )
        assert rank[facts.level(other, YEAR)] < rank[facts.level(other, YEAR - 1)] == rank[facts.level(row.agency_id, YEAR)]
    assert seen


def test_copied_measures_are_counted_in_the_documents(nation, facts):
    sheet, *_ = made(everybody(facts)[:80])
    with duckdb.connect(str(nation / "ita.duckdb"), read_only=True) as connection:
        rows = connection.execute("select agency_id, fiscal_year, title from measure where latest and length(title) >= 12").fetchall()
    owners = {}
    for agency, _, title in rows:
        owners.setdefault(title.replace(" ", ""), set()).add(agency)
    for row in sheet.itertuples():
        ours = [title for agency, year, title in rows if agency == row.agency_id and year == YEAR]
        assert row.copied == sum(len(owners[title.replace(" ", "")]) > 1 for title in ours)


class Cells:
    """The formulas of a workbook computed by Python, as far as ours use them."""

    def __init__(self, content):
        self.book = openpyxl.load_workbook(BytesIO(content))
        self.page = self.book.worksheets[0]

    def value(self, page, cell):
        given = self.book[page][cell].value if page else self.page[cell].value
        return self.computed(given) if isinstance(given, str) and given.startswith("=") else given

    def computed(self, formula):
        names = {
            "SUM": lambda *some: sum((Fraction(str(one)) for one in flat(some) if isinstance(one, int | float | Fraction)), Fraction(0)),
            "COUNT": lambda *some: sum(isinstance(one, int | float | Fraction) for one in flat(some)),
            "IF": lambda test, then, other: then() if test else other(),
            "ROUND": lambda value, places: Fraction(half_up(value, places)),
            "MAX": lambda *some: max(some),
            "ISNUMBER": lambda value: isinstance(value, int | float | Fraction),
        }
        text = formula[1:]
        text = re.sub(r"'([^']+)'!\$([A-Z]+)\$(\d+)", lambda at: f"exact(value({at[1]!r}, {at[2] + at[3]!r}))", text)
        text = re.sub(r"(?<![\w'\"$])([A-Z]+)(\d+):([A-Z]+)(\d+)", lambda at: f"span({at[0]!r})", text)
        text = re.sub(r"(?<![\w'\"$])([A-Z]{1,2}\d+)(?![\w'\"(])", lambda at: f"value(None, {at[1]!r})", text)
        text = re.sub(r"\)=(\d+)", r")==\1", text)
        test, then, other = parts(text[3:-1])
        return names["IF"](
            eval(test, names | {"value": self.value, "exact": exact, "span": self.span}),
            lambda: eval(then, names | {"value": self.value, "exact": exact, "span": self.span}),
            lambda: "",
        )

    def span(self, text):
        return [cell.value for row in self.page[text] for cell in row]


def flat(some):
    return [one for each in some for one in (each if isinstance(each, list) else [each])]


def exact(value):
    return Fraction(str(value))


def half_up(value, places):
    number = Decimal(Fraction(value).numerator) / Decimal(Fraction(value).denominator)
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def parts(text):
    """The arguments of a call, split at its own commas."""
    found, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            found.append(text[start:at])
            start = at + 1
    return [*found, text[start:]]


def test_the_workbook_goes_on_computing(facts):
    ids = everybody(facts)[:40]
    sheet, scores, levels = made(ids)
    cells = Cells(workbook(Sheet(sheet, scores, levels, Words("en"), [("what", "sheet")])))
    page = cells.page
    heads = [cell.value for cell in page[1]]
    total, first = heads.index("total") + 1, heads.index("indicator 1") + 1
    short = heads.index("total lacks") + 1
    seen = 0
    for at, row in enumerate(sheet.itertuples(), 2):
        assert page.cell(at, 1).value == row.agency_name
        formula = page.cell(at, total).value
        assert formula.startswith("=IF(COUNT(") and page.cell(at, heads.index("OIT") + 1).value.startswith("=")
        value = cells.computed(formula)
        expected = facts.computed(row.agency_id, YEAR)
        assert value == ("" if expected is None else Fraction(expected))
        if expected is not None and row.short_total == row.short_total:
            assert cents(cells.computed(page.cell(at, short).value)) == cents(row.short_total)
            page.cell(at, first).value = 50.0
            changed = facts.leverage(YEAR, "1") * (50 - facts.scores[row.agency_id, YEAR]["1"])
            exact_total = sum(facts.leverage(YEAR, one) * facts.scores[row.agency_id, YEAR][one] for one in facts.owner[YEAR])
            assert cells.computed(formula) == Fraction(half_up(exact_total + changed, 2)), "another score gives another total"
            seen += 1
    assert seen > 20


@pytest.mark.parametrize("lang", ["th", "en"])
def test_slides_are_one_an_agency_in_the_order_of_the_sheet(facts, lang):
    sheet, _, levels = made(everybody(facts)[:25])
    deck = sheet_deck(sheet, levels, "x", YEAR, Words(lang))
    assert len(deck.slides) == 1 + len(sheet)
    for slide, row in zip(deck.slides[1:], sheet.itertuples(), strict=True):
        assert slide.headline.startswith(row.agency_name) and Words(lang).number(row.total) in slide.headline
        assert row.own != row.own or Words(lang).signed(row.own) in slide.more
        for part in ("iit", "eit", "oit", "total"):
            short = getattr(row, f"short_{part}")
            assert not short > 0 or Words(lang).number(short) in slide.more


def test_names_carry_no_code_into_the_sheet(facts):
    sheet, *_ = made(everybody(facts)[:3])
    evil = "<img src=x onerror=alert(1)>\"'&"
    shown = table_of(sheet.assign(agency_name=evil, example_name=evil, district=evil, example_before=1.0, example_total=2.0), Words("en"))
    assert "<img" not in shown and shown.count("&lt;img") >= 9


def test_the_page_shows_everybody_and_a_district_its_own(nation, facts):
    agency = next(one for one in everybody(facts) if facts.total(one, YEAR) is not None)
    with duckdb.connect(str(nation / "ita.duckdb"), read_only=True) as connection:
        province, district = connection.execute("select province, district from agency where agency_id = ?", [agency]).fetchone()
        names = connection.execute("select name, district from agency where province = ?", [province]).fetchall()
    for scope, expected in (("province", {name for name, _ in names}), ("district", {name for name, other in names if other == district})):
        test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
        test.query_params.update(agency=agency, year=str(YEAR), lang="en", scope=scope)
        test.switch_page("pages/province.py").run()
        assert not test.exception
        shown = next(one.proto.body for one in test.get("html") if "province-sheet" in one.proto.body and "<table>" in one.proto.body)
        assert {name for name, _ in names if f">{name}</a>" in shown} == expected
