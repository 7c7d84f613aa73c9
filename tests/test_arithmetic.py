"""Instruments, totals, levels and changes: recomputed here with fractions from the sheet itself, never from the database's own sums."""

import csv
import random
import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.build.build import build
from etl.known import load_known
from etl.known.rules import half_up as known_half_up

ROOT = Path(__file__).resolve().parents[1]
KNOWN = load_known()
INDICATORS = [str(number) for number in range(1, 11)]
MEMBERS = {"IIT": INDICATORS[:5], "EIT": INDICATORS[5:8], "OIT": INDICATORS[8:]}
WEIGHTS = {"IIT": Fraction(3, 10), "EIT": Fraction(3, 10), "OIT": Fraction(4, 10)}
LETTERS = [("AA", 95), ("A", 85), ("B", 75), ("C", 65), ("D", 55), ("E", 50), ("F", 0)]


def half_up(value: Fraction) -> Fraction:
    return Fraction((value * 100 + Fraction(1, 2)).__floor__(), 100)


def level_of(year: int, total: Fraction, instruments: list[Fraction]) -> str:
    if year <= 2565:
        return next(letter for letter, floor in LETTERS if total >= floor)
    lowest = min(instruments)
    if total >= 95 and lowest >= 95:
        return "ผ่านดีเยี่ยม"
    if total >= 85:
        return "ผ่านดี" if lowest >= 85 else "ผ่าน"
    return "ต้องปรับปรุง" if total >= 70 else "ต้องปรับปรุงโดยด่วน"


def built(folder: Path, rows: list[tuple], extra_rules: dict[str, str] | None = None) -> duckdb.DuckDBPyConnection:
    """A database of one long sheet: rows of (agency, year, indicator, printed)."""
    data = folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    (data / "scores").mkdir(parents=True)
    shutil.copytree(ROOT / "data" / "rules", data / "rules")
    for name, text in (extra_rules or {}).items():
        (data / "rules" / name).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "sample" / "agencies.csv", data)
    with open(data / "scores" / "sheet.csv", "w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([("หน่วยงาน", "ปีงบประมาณ", "ตัวชี้วัด", "คะแนน"), *rows])
    assert build(data, folder / "ita.duckdb") == []
    return duckdb.connect(str(folder / "ita.duckdb"), read_only=True)


def year_of(agency: str, year: int, scores: list) -> list[tuple]:
    return [(agency, year, indicator, score) for indicator, score in zip(INDICATORS, scores, strict=True) if score is not None]


def check(con, sheet: dict[tuple[str, int], list]) -> None:
    """Every assessment of the database against `sheet`: scores of each (agency, year) by indicator, None for missing."""
    rows = con.execute(
        "select name, fiscal_year, iit, eit, oit, total, level, complete from assessment join agency using (agency_id)"
    ).fetchall()  # fmt: skip
    assert {(name, year) for name, year, *_ in rows} == set(sheet)
    for name, year, *instruments, total, level, complete in rows:
        known = dict(zip(INDICATORS, sheet[name, year], strict=True))
        means = {}
        for (instrument, members), shown in zip(MEMBERS.items(), instruments, strict=True):
            scores = [known[member] for member in members]
            if None in scores:
                assert shown is None
            else:
                means[instrument] = sum(map(Fraction, scores)) / len(scores)
                assert Fraction(shown) == half_up(means[instrument])
        assert complete == (len(means) == 3)
        if not complete:
            assert total is None
            continue
        exact = sum(WEIGHTS[instrument] * mean for instrument, mean in means.items())
        assert Fraction(total) == half_up(exact), (name, year)
        # What the reader says of one agency is what the build says of all.
        rules = KNOWN.rules[year]
        mine = rules.means({code: Fraction(score) for code, score in known.items()})
        assert mine == means and rules.total(mine) == exact
        assert rules.levels[rules.level_at(known_half_up(exact), min(map(known_half_up, means.values())))]["level"] == level
        assert level == level_of(year, half_up(exact), [half_up(mean) for mean in means.values()])


def test_ban_duea_as_the_shipped_data_have_it(shipped_db):
    with duckdb.connect(str(shipped_db), read_only=True) as con:
        rows = con.execute(
            "select fiscal_year, iit, eit, oit, total, level from assessment join agency using (agency_id) "
            "where name = 'เทศบาลตำบลบ้านเดื่อ' order by fiscal_year"
        ).fetchall()
        parts = dict(con.execute("select part, printed from change where agency_id = 'a0003'").fetchall())
    assert rows == [
        (2567, Decimal("90.52"), Decimal("88.38"), Decimal("76.91"), Decimal("84.43"), "ต้องปรับปรุง"),
        (2568, Decimal("97.43"), Decimal("90.54"), Decimal("81.38"), Decimal("88.94"), "ผ่าน"),
    ]
    assert (parts["10"], parts["9"], sum(parts.values())) == (Decimal("6.67"), Decimal("-4.88"), Decimal("4.51"))


BOUNDARIES = {
    "total 84.994": ([84.994] * 10, "84.99", "ต้องปรับปรุง"),
    "total 84.995": ([84.995] * 10, "85.00", "ผ่านดี"),
    "total 85.00": ([85] * 10, "85.00", "ผ่านดี"),
    "total 94.994": ([94.994] * 10, "94.99", "ผ่านดี"),
    "total 94.995": ([94.995] * 10, "95.00", "ผ่านดีเยี่ยม"),
    "IIT 84.99": ([84.99] * 5 + [90] * 5, "88.50", "ผ่าน"),
    "IIT 85.00": ([85] * 5 + [90] * 5, "88.50", "ผ่านดี"),
    "EIT 84.99": ([90] * 5 + [84.99] * 3 + [90] * 2, "88.50", "ผ่าน"),
    "EIT 85.00": ([90] * 5 + [85] * 3 + [90] * 2, "88.50", "ผ่านดี"),
    "OIT 84.99": ([90] * 8 + [84.99] * 2, "88.00", "ผ่าน"),
    "OIT 85.00": ([90] * 8 + [85] * 2, "88.00", "ผ่านดี"),
    "total 95 with an instrument at 94.99": ([94.99] * 5 + [100] * 3 + ["91.26", "91.26"], "95.00", "ผ่านดี"),
    "total 95 with an instrument at 84.99": ([100] * 5 + [84.99] * 3 + [100] * 2, "95.50", "ผ่าน"),
    "total 69.99": ([69.99] * 10, "69.99", "ต้องปรับปรุงโดยด่วน"),
    "total 70.00": ([70] * 10, "70.00", "ต้องปรับปรุง"),
    "nothing": ([0] * 10, "0.00", "ต้องปรับปรุงโดยด่วน"),
    "everything": ([100] * 10, "100.00", "ผ่านดีเยี่ยม"),
}


@pytest.fixture(scope="module")
def boundaries(tmp_path_factory):
    rows = [row for name, (scores, _, _) in BOUNDARIES.items() for row in year_of(f"หน่วยงาน {name}", 2568, scores)]
    with built(tmp_path_factory.mktemp("boundaries"), rows) as con:
        found = con.execute("select name, total, level from assessment join agency using (agency_id)").fetchall()
        return {name: (total, level) for name, total, level in found}


@pytest.mark.parametrize("name", BOUNDARIES)
def test_boundaries_of_the_levels(boundaries, name):
    _, total, level = BOUNDARIES[name]
    assert boundaries[f"หน่วยงาน {name}"] == (Decimal(total), level)


def test_a_random_nation_equals_fractions(tmp_path):
    draw = random.Random(4)
    sheet = {}
    for number in range(150):
        for year in range(2562, 2569):
            if draw.random() < 0.15:
                continue
            scores = [f"{draw.randint(3000, 10000) / 100:.2f}" for _ in INDICATORS]
            if draw.random() < 0.1:
                scores[draw.randrange(10)] = None
            sheet[f"หน่วยงาน {number}", year] = scores
    rows = [row for (agency, year), scores in sheet.items() for row in year_of(agency, year, scores)]
    with built(tmp_path, rows) as con:
        check(con, sheet)
        check_changes(con, sheet)


def check_changes(con, sheet: dict[tuple[str, int], list]) -> None:
    """Every change: between neighbouring complete years, residual 0, printed parts that add up to the printed change."""
    complete = {key: list(map(Fraction, scores)) for key, scores in sheet.items() if None not in scores}
    agencies = {agency for agency, _ in complete}
    expected = set()
    for agency in agencies:
        years = sorted(year for name, year in complete if name == agency)
        expected |= {(agency, first, second) for first, second in zip(years, years[1:], strict=False)}
    found: dict = {}
    for agency, first, second, part, units, base, printed in con.execute(
        "select name, from_year, to_year, part, contribution_units, contribution_base, printed from change join agency using (agency_id)"
    ).fetchall():
        found.setdefault((agency, first, second), {})[part] = (Fraction(units, base), Fraction(printed))
    assert set(found) == expected
    weight = {member: WEIGHTS[instrument] / len(members) for instrument, members in MEMBERS.items() for member in members}
    for (agency, first, second), parts in found.items():
        before, after = complete[agency, first], complete[agency, second]
        assert {part: exact for part, (exact, _) in parts.items()} == {
            indicator: weight[indicator] * (after[at] - before[at]) for at, indicator in enumerate(INDICATORS)
        }
        totals = [sum(weight[indicator] * scores[at] for at, indicator in enumerate(INDICATORS)) for scores in (before, after)]
        assert sum(exact for exact, _ in parts.values()) == totals[1] - totals[0]
        assert sum(printed for _, printed in parts.values()) == half_up(totals[1]) - half_up(totals[0])
        assert all(abs(exact - printed) < Fraction(1, 100) for exact, printed in parts.values())


hundredths = st.integers(0, 10000).map(lambda value: f"{value / 100:.2f}")


# Few builds of many agencies: a build takes longer than a hundred agencies in it.
@settings(max_examples=3, deadline=None)
@given(st.lists(st.lists(hundredths, min_size=10, max_size=10), min_size=60, max_size=60))
def test_any_scores_equal_fractions(tmp_path_factory, lists):
    sheet = {(f"หน่วยงาน {at // 2}", 2567 + at % 2): scores for at, scores in enumerate(lists)}
    rows = [row for (agency, year), scores in sheet.items() for row in year_of(agency, year, scores)]
    with built(tmp_path_factory.mktemp("any"), rows) as con:
        check(con, sheet)
        check_changes(con, sheet)


# --- another year ---------------------------------------------------------------------------------------------------------------


MADE_UP = """
fiscal_year = 2569
[comparability]
with_previous = true
note_th = "ปีสมมุติ"
note_en = "A made-up year"
certainty = "memory"
[[instruments]]
code = "IIT"
name_th = "ภายใน"
name_en = "Inside"
weight = 0.2
certainty = "memory"
[[instruments]]
code = "EIT"
name_th = "ภายนอก"
name_en = "Outside"
weight = 0.3
certainty = "memory"
[[instruments]]
code = "OIT"
name_th = "เปิดเผย"
name_en = "Open"
weight = 0.5
certainty = "memory"
{indicators}
[level_scale]
name = "stars"
certainty = "memory"
[[levels]]
level = "★★"
name_th = "สองดาว"
name_en = "Two stars"
min_total = 60
min_instrument = 55.5
certainty = "memory"
[[levels]]
level = "★"
name_th = "หนึ่งดาว"
name_en = "One star"
certainty = "memory"
"""
MADE_UP_MEMBERS = {"IIT": ["1", "2", "3", "4"], "EIT": ["6", "7", "8"], "OIT": ["9", "10", "11", "12"]}


def test_a_made_up_2569_needs_one_file_and_no_code(tmp_path):
    indicators = "".join(
        f'[[indicators]]\ncode = "{code}"\ninstrument = "{instrument}"\n'
        f'name_th = "ตัวที่ {code}"\nname_en = "No. {code}"\ncertainty = "memory"\n'
        for instrument, members in MADE_UP_MEMBERS.items() for code in members
    )  # fmt: skip
    before = [80, 70, 60, 90, 50, 75, 85, 65, 40, 95]
    after = {code: 50 + int(code) * 3 for members in MADE_UP_MEMBERS.values() for code in members}
    rows = year_of("หน่วยงาน ก", 2568, before) + [("หน่วยงาน ก", 2569, code, score) for code, score in after.items()]
    weights = {"IIT": Fraction(2, 10), "EIT": Fraction(3, 10), "OIT": Fraction(5, 10)}
    means = {instrument: Fraction(sum(after[code] for code in members), len(members)) for instrument, members in MADE_UP_MEMBERS.items()}
    total = sum(weights[instrument] * mean for instrument, mean in means.items())
    with built(tmp_path, rows, {"2569.toml": MADE_UP.format(indicators=indicators)}) as con:
        found = con.execute("select iit, eit, oit, total, level from assessment where fiscal_year = 2569").fetchall()
        parts = con.execute("select part, contribution_units, contribution_base, printed from change").fetchall()
        old = con.execute("select total from assessment where fiscal_year = 2568").fetchall()[0][0]
    assert [Fraction(value) for value in found[0][:4]] == [*(half_up(mean) for mean in means.values()), half_up(total)]
    assert found[0][4] == ("★★" if total >= 60 and min(means.values()) >= Fraction(111, 2) else "★")
    w0 = {code: WEIGHTS[instrument] / len(members) for instrument, members in MEMBERS.items() for code in members}
    w1 = {code: weights[instrument] / len(members) for instrument, members in MADE_UP_MEMBERS.items() for code in members}
    s0 = dict(zip(INDICATORS, before, strict=True))
    moved = {code: w0[code] * (after[code] - s0[code]) for code in set(w0) & set(w1)}
    exact = {part: Fraction(units, base) for part, units, base, _ in parts}
    assert {part: value for part, value in exact.items() if part in moved} == moved
    exact_old = sum(w0[code] * s0[code] for code in w0)
    assert sum(exact.values()) == total - exact_old
    assert exact["WEIGHTS"] == total - exact_old - sum(moved.values())
    assert sum(Fraction(printed) for *_, printed in parts) == half_up(total) - Fraction(old)


# --- published values -----------------------------------------------------------------------------------------------------------


def test_a_published_total_decides_a_level_only_where_it_can(tmp_path):
    totals = {"84.99": "ต้องปรับปรุง", "69.99": "ต้องปรับปรุงโดยด่วน", "85.00": None, "94.00": None, "97.00": None, "98.60": "ผ่านดีเยี่ยม"}
    rows = [(f"หน่วยงาน {total}", 2568, "TOTAL", total) for total in totals]
    rows += [("หน่วยงาน อักษร", 2565, "TOTAL", "85.00"), ("หน่วยงาน เก่า", 2561, "TOTAL", "97.00")]
    with built(tmp_path, rows) as con:
        found = dict(con.execute("select name, level from assessment join agency using (agency_id)").fetchall())
        assert con.execute("select count(*) from assessment where complete or total is not null").fetchall() == [(0,)]
        apart = con.execute("select name from assessment join agency using (agency_id) where not comparable").fetchall()
    assert apart == [("หน่วยงาน เก่า",)]
    assert found == {f"หน่วยงาน {total}": level for total, level in totals.items()} | {"หน่วยงาน อักษร": "A", "หน่วยงาน เก่า": None}


def test_published_beside_computed_and_a_finding_where_they_differ(tmp_path):
    scores = [90] * 10
    rows = year_of("หน่วยงาน ตรง", 2568, scores) + [("หน่วยงาน ตรง", 2568, "TOTAL", "90.01"), ("หน่วยงาน ตรง", 2568, "LEVEL", "ผ่านดี")]
    rows += year_of("หน่วยงาน ต่าง", 2568, scores) + [("หน่วยงาน ต่าง", 2568, "TOTAL", "90.02"), ("หน่วยงาน ต่าง", 2568, "OIT", "36.02")]
    rows += [("หน่วยงาน ต่าง", 2568, "IIT", "27.00"), ("หน่วยงาน ต่าง", 2568, "EIT", "27.00"), ("หน่วยงาน ต่าง", 2568, "LEVEL", "ผ่าน")]
    with built(tmp_path, rows) as con:
        shown = con.execute(
            "select name, total, published_total, total_shown, total_basis, level, level_shown "
            "from assessment join agency using (agency_id) order by all"
        ).fetchall()
        found = con.execute("select rule, raw, read_as, place from finding where rule like '%differs' order by all").fetchall()
        points = con.execute("select indicator, max, score from score where max <> 100 order by all").fetchall()
    assert shown == [
        ("หน่วยงาน ตรง", Decimal("90.00"), Decimal("90.01"), Decimal("90.01"), "published", "ผ่านดี", "ผ่านดี"),
        ("หน่วยงาน ต่าง", Decimal("90.00"), Decimal("90.02"), Decimal("90.02"), "published", "ผ่านดี", "ผ่าน"),
    ]
    assert points == [("EIT", 30, Decimal(90)), ("IIT", 30, Decimal(90)), ("OIT", 40, Decimal("90.05"))]
    assert found == [
        ("computed_differs", "36.02", "36.00", "D25"),
        ("computed_differs", "90.02", "90.00", "D24"),
        ("level_differs", "ผ่าน", "ผ่านดี", "D28"),
    ]
