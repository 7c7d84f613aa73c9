"""The page of measures: every rate against counts made another way, what it must say of the shipped reports, and every view."""

import math
import re
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.ask.warehouse import ask, query
from pages.parts.figures import draw
from pages.parts.figures.statuses import SHOWN
from pages.parts.say import text
from pages.parts.say.sentences import say
from pages.parts.say.text import Words

ROOT = Path(__file__).resolve().parents[1]
VIEWS = ["done", "plan", "when", "aim", "moved", "copies", "list"]
LANGUAGES = ("th", "en")
BAN_DUEA, BACHO, BANG_KAO, CHUM_SAENG = "เทศบาลตำบลบ้านเดื่อ", "เทศบาลตำบลบาเจาะ", "เทศบาลตำบลบางเก่า", "องค์การบริหารส่วนตำบลชุมแสง"
FEW = 5


@pytest.fixture(params=["shipped", "sample", "nation"])
def data(request, monkeypatch) -> Path:
    """Each of the data folders in turn, as the one that pages ask."""
    folder = request.getfixturevalue(f"{request.param}_data")
    if request.param != "nation":
        request.getfixturevalue(f"{request.param}_db")
    monkeypatch.setenv("ITA_DATA", str(folder))
    return folder


@pytest.fixture
def shipped(monkeypatch, shipped_data, shipped_db) -> Path:
    monkeypatch.setenv("ITA_DATA", str(shipped_data))
    return shipped_data


@pytest.fixture
def nation(monkeypatch, nation_data) -> Path:
    monkeypatch.setenv("ITA_DATA", str(nation_data))
    return nation_data


def rows(folder: Path, sql: str, *given) -> list[tuple]:
    with duckdb.connect(str(folder / "ita.duckdb"), read_only=True) as connection:
        return connection.execute(sql, list(given)).fetchall()


def agency_id(folder: Path, name: str) -> str:
    ((found,),) = rows(folder, "select agency_id from agency where name = ?", name)
    return found


# --- counted another way: row by row in Python, from the measures themselves --------------------------------------------------------


def results(folder: Path) -> list[dict]:
    """Every result of the document that counts for its agency, year and family: the latest round, of equals the fuller one."""
    columns = "agency_id fiscal_year family round source_id position status status_basis group_number responsible".split()
    found = rows(
        folder,
        "select m.agency_id, m.fiscal_year, s.family, s.round, source_id, position, status, status_basis, group_number, "
        "responsible from measure m join source s using (source_id) where section = 'result'",
    )
    every = [dict(zip(columns, row, strict=True)) for row in found]
    size = Counter(row["source_id"] for row in every)
    best: dict[tuple, tuple] = {}
    for row in every:
        rank = ({"annual": 0, "six_month": 2}.get(row["round"], 1), -size[row["source_id"]], row["source_id"])
        key = (row["agency_id"], row["fiscal_year"], row["family"])
        best[key] = min(best.get(key, rank), rank)
    return [row for row in every if best[row["agency_id"], row["fiscal_year"], row["family"]][2] == row["source_id"]]


def counted(some: list[dict], key) -> dict[tuple, Counter]:
    """Statuses by a key of a row; a key that is a list counts the row once in each of it."""
    found: dict[tuple, Counter] = defaultdict(Counter)
    for row in some:
        part = row["status"]
        if part == "completed":
            part += "_inferred" if row["status_basis"] == "inferred" else "_stated"
        for one in key(row):
            found[one][part] += 1
    return found


def rate(count: Counter) -> str:
    """What stands at the end of a bar, in English: completed/decided (percent), counts alone under five, nothing decided."""
    completed = count["completed_stated"] + count["completed_inferred"]
    decided = completed + count["in_progress"] + count["not_started"] + count["not_possible"]
    if decided == 0:
        return Words("en")("rate.none")
    if decided < FEW:
        return f"{completed}/{decided}"
    percent = (Decimal(100 * completed) / decided).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{completed:,}/{decided:,} ({str(percent).removesuffix('.00')}%)"


def bars(word: str, frame) -> list[tuple]:
    """For each bar of the figure as drawn: its segments by status, and the text at its end."""
    figure = draw(word, frame, Words("en"))
    names = {
        Words("en")(f"part.{part}"): part
        for part in ("completed_stated", "completed_inferred", "in_progress", "not_started", "not_possible", "unknown")
    }
    ends = {note.y: note.text for note in figure.layout.annotations}
    segments: dict[str, Counter] = defaultdict(Counter)
    for trace in figure.data:
        for label, n in zip(trace.y, trace.x, strict=True):
            segments[label][names[trace.name]] += int(n)
    return [(+segments[label], ends[label]) for label in dict.fromkeys(trace_y for trace in figure.data for trace_y in trace.y)]


def on_screen(wanted: dict, keys: list) -> list[tuple]:
    """The bars that a figure of one agency has room for."""
    return [expected(wanted[key]) for key in keys[:SHOWN]]


def expected(count: Counter) -> tuple:
    return +count, rate(count)


def test_rates_by_year_are_numerator_over_denominator(data):
    some = results(data)
    agencies = {row["agency_id"] for row in some if row["agency_id"]}
    assert agencies
    for one in [None, *sorted(agencies)[:40]]:
        wanted = counted([row for row in some if one in (None, row["agency_id"])], lambda row: [(row["fiscal_year"], row["family"])])
        frame = ask("completion_by_year", agencies=[one] if one else None)
        keys = [(row.fiscal_year, row.family) for row in frame.itertuples()]
        assert sorted(keys, key=str) == sorted(wanted, key=str)
        assert bars("completion_by_year", frame) == on_screen(wanted, keys)


def test_rates_by_heading_and_unit(data):
    some = results(data)
    pairs = sorted({(row["agency_id"], row["fiscal_year"]) for row in some if row["agency_id"]})
    for agency, year in pairs[:: max(1, len(pairs) // 25)]:
        own = [row for row in some if (row["agency_id"], row["fiscal_year"]) == (agency, year)]
        for word, column, key in (
            ("completion_by_group", "group_number", lambda row: [(row["family"], row["group_number"])]),
            ("completion_by_unit", "unit", lambda row: [(row["family"], unit) for unit in set(row["responsible"] or [None])]),
        ):
            wanted, frame = counted(own, key), ask(word, agency=agency, year=year)
            keys = [(row["family"], row[column] if isinstance(row[column], str) else None) for _, row in frame.iterrows()]
            assert sorted(keys, key=str) == sorted(wanted, key=str)
            assert bars(word, frame) == on_screen(wanted, keys)


def test_rates_of_all_agencies_by_heading_and_unit(data):
    some = results(data)
    for year in {row["fiscal_year"] for row in some}:
        own = [row for row in some if row["fiscal_year"] == year]
        for word, column, key in (
            ("completion_by_group", "group_number", lambda row: [(row["family"], row["group_number"])]),
            ("completion_by_unit", "unit", lambda row: [(row["family"], unit) for unit in set(row["responsible"] or [None])]),
        ):
            wanted, frame = counted(own, key), ask(word, agency=None, year=year)
            told: dict[tuple, Counter] = defaultdict(Counter)
            for _, row in frame.iterrows():
                name = (row["family"], row[column] if isinstance(row[column], str) else None)
                told[name] += Counter(
                    {
                        part: int(row[part])
                        for part in frame.columns
                        if part.split("_")[0] in ("completed", "in", "not", "unknown") and part != "completed"
                    }
                )
            assert {name: +count for name, count in wanted.items() if name in told} == {name: +count for name, count in told.items()}


def test_several_agencies_side_by_side_are_those_asked_for(nation):
    asked = [one for (one,) in rows(nation, "select distinct agency_id from completion order by all limit 3")]
    wanted = counted(results(nation), lambda row: [(row["agency_id"], row["fiscal_year"], row["family"])])
    frame = ask("completion_by_agency", agencies=asked)
    keys = [(row.agency_id, row.fiscal_year, row.family) for row in frame.itertuples()]
    assert sorted(keys) == sorted(key for key in wanted if key[0] in asked)
    assert bars("completion_by_agency", frame) == on_screen(wanted, keys)


def test_plan_coverage_is_paired_over_planned(data):
    plans = rows(
        data,
        "select m.agency_id, m.fiscal_year, family, m.measure_id from measure m join source using (source_id) "
        "where section = 'plan' and latest",
    )
    paired = {plan for (plan,) in rows(data, "select plan_id from measure_pair")}
    reported = {(row["agency_id"], row["fiscal_year"], row["family"]) for row in results(data)}
    wanted: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
    for agency, year, family, measure in plans:
        if (agency, year, family) in reported:
            wanted[year, family][0] += measure in paired
            wanted[year, family][1] += 1
    frame = ask("plan_coverage", agency=None)
    assert {(row.fiscal_year, row.family): [row.paired, row.plans] for row in frame.itertuples()} == dict(wanted)


def test_quarters_count_every_quarter_that_a_period_touches(nation):
    ((agency,),) = rows(nation, "select min(agency_id) from completion where fiscal_year = 2567 and documents > 0")
    periods = rows(
        nation,
        "select period_start, period_end, responsible, status from measure "
        "where agency_id = ? and fiscal_year = 2567 and section = 'result' and latest",
        agency,
    )
    frame = ask("quarters", agency=agency, year=2567, section="result")
    every = frame[frame["kind"] == "all"].iloc[0]
    for quarter, months in enumerate(((10, 11, 12), (1, 2, 3), (4, 5, 6), (7, 8, 9)), 1):
        touched = 0
        for start, end, *_ in periods:
            if start:
                between = {(start.year + at // 12, at % 12 + 1) for at in range(start.month - 1, (end.year - start.year) * 12 + end.month)}
                touched += bool(between & {(2023 if month >= 10 else 2024, month) for month in months})
        assert every[f"q{quarter}"] == touched
    assert every["without_period"] == sum(start is None for start, *_ in periods)
    units = Counter(unit for *_, responsible, _ in periods for unit in set(responsible or ["-"]))
    told = {"-" if row.kind == "none" else row.unit: row.measures for row in frame.itertuples() if row.kind != "all"}
    assert told == units


# --- did it move ------------------------------------------------------------------------------------------------------------------


def t_quantile(df: float) -> float:
    """The 97.5 % point of Student's t: its density integrated by Simpson's rule, the point found by halving."""
    scale = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)

    def upto(x: float, steps: int = 2000) -> float:
        density = [scale * (1 + (x * at / steps) ** 2 / df) ** (-(df + 1) / 2) for at in range(steps + 1)]
        return 0.5 + x / steps / 3 * (density[0] + density[-1] + 4 * sum(density[1:-1:2]) + 2 * sum(density[2:-1:2]))

    low, high = 1.0, 4.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if upto(middle) < 0.975 else (low, middle)
    return low


@pytest.mark.parametrize("span, later", [("same", 0), ("next", 1)])
def test_moved_is_welch_over_the_agencies_themselves(nation, span, later):
    score = {
        (agency, year, indicator): float(value)
        for agency, year, indicator, value in rows(
            nation, "select agency_id, fiscal_year, indicator, score from score where chosen and comparable"
        )
    }
    reported = {
        agency
        for (agency,) in rows(nation, "select distinct agency_id from measure where section = 'result' and latest and fiscal_year = 2567")
    }
    done = set(
        rows(
            nation,
            "select agency_id, i.indicator from measure m join measure_indicator i using (measure_id) "
            "where section = 'result' and latest and status = 'completed' and fiscal_year = 2567",
        )
    )
    frame = ask("moved", year=2567, span=span)
    assert len(frame) == 10 and frame["enough"].any()
    for row in frame.itertuples():
        groups: tuple[list[float], list[float]] = ([], [])
        for agency in reported:
            before, after = (score.get((agency, 2566 + later + at, row.indicator)) for at in (0, 1))
            if before is not None and after is not None:
                groups[(agency, row.indicator) not in done].append(after - before)
        (n1, m1, e1), (n0, m0, e0) = (
            (len(one), sum(one) / len(one), sum((x - sum(one) / len(one)) ** 2 for x in one) / (len(one) - 1) / len(one)) for one in groups
        )
        assert (row.agencies_done, row.agencies_not) == (n1, n0)
        assert row.enough == (n1 >= 30 and n0 >= 30)
        if row.enough:
            half = t_quantile((e1 + e0) ** 2 / (e1**2 / (n1 - 1) + e0**2 / (n0 - 1))) * math.sqrt(e1 + e0)
            assert (row.difference, row.low, row.high) == pytest.approx((m1 - m0, m1 - m0 - half, m1 - m0 + half), abs=0.0051)
        else:
            assert math.isnan(row.difference) and math.isnan(row.low)


def test_too_few_to_say_and_never_caused(shipped):
    frame = ask("moved", year=2568, span="same")
    assert "too few to say" in say("moved", frame, Words("en"))
    assert "น้อยเกินกว่าจะบอกได้" in say("moved", frame, Words("th"))
    claims = re.compile("caused|because of the measure|เป็นผลจาก|ส่งผลให้คะแนน")
    assert [key for key, row in text.rows().items() if claims.search(row["en"] + row["th"])] == []


# --- the list -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["คู่มือ", "คุณธรรม โปร่งใส", "O12", "กองคลัง"])
def test_search_finds_what_a_reader_would(data, asked):
    every = rows(data, "select title, group_name, refs, responsible, steps, result, outcome, suggestion from measure where latest")
    looked_for = asked.lower().split()
    wanted = 0
    for title, group, refs, units, *long in every:
        whole = " ".join(filter(None, [title, group, *(refs or []), *(units or []), *long])).lower()
        wanted += all(word in whole for word in looked_for)
    frame = ask("measure_list", **dict(zip(("first", "second", "third"), looked_for, strict=False)))
    assert (int(frame["found"].iloc[0]) if len(frame) else 0) == wanted
    assert len(frame) == min(wanted, 200)


def test_filters_leave_what_they_say(nation):
    for status in ("completed_stated", "completed_inferred", "in_progress", "unknown"):
        frame = ask("measure_list", status=status, year=2567)
        basis = {"completed_stated": "status_basis <> 'inferred'", "completed_inferred": "status_basis = 'inferred'"}.get(status, "true")
        ((wanted,),) = rows(
            nation,
            f"select count(*) from measure where latest and fiscal_year = 2567 and status = ? and {basis}",
            status.split("_stated")[0].split("_inferred")[0],
        )
        assert frame["found"].iloc[0] == wanted
    ((aimed,),) = rows(
        nation, "select count(distinct measure_id) from measure_indicator join measure using (measure_id) where indicator = '9' and latest"
    )
    assert ask("measure_list", indicator="9")["found"].iloc[0] == aimed
    ((without,),) = rows(nation, "select count(*) from measure where latest and responsible is null")
    assert ask("measure_list", unit="none")["found"].iloc[0] == without


# --- what it must say ---------------------------------------------------------------------------------------------------------------


def test_ban_duea_2568(shipped):
    one = {"agency": agency_id(shipped, BAN_DUEA), "year": 2568}
    found = {lang: say("completion_rate", ask("completion_rate", **one), Words(lang)) for lang in LANGUAGES}
    assert "14 of 14 completed (14 stated, 0 inferred)" in found["en"]
    assert "แล้วเสร็จ 14 จาก 14 เรื่อง (ระบุชัด 14 อนุมาน 0)" in found["th"]
    bases = rows(shipped, "select distinct status_basis from measure where agency_id = ? and fiscal_year = 2568", one["agency"])
    assert bases == [("mark",)]
    for lang in LANGUAGES:
        said = say("aim", ask("aim", **one), Words(lang))
        for number in ("OIT", "9.24", "15.57", "7.67", "33.33", "24.39", "-4.88"):
            assert number in said, (lang, number)


def test_bacho_2566(shipped):
    frame = ask("plan_pairs", agency=agency_id(shipped, BACHO), year=2566)
    assert frame["plan_position"].nunique() == 19 and frame["result_position"].nunique() == 18
    assert frame.loc[frame["pair"] == "dropped", "plan_number"].tolist() == ["9"]
    both = frame.dropna(subset=["plan_position", "result_position"])
    pairs = {int(row.plan_position): int(row.result_position) for row in both.itertuples()}
    assert {plan: pairs[plan] for plan in range(10, 20)} == {plan: plan - 1 for plan in range(10, 20)}
    said = say("plan_pairs", frame, Words("en"))
    assert "19 planned, 18 reported" in said and "(number 9)" in said and "plan 10–19 is result 9–18" in said


def test_tables_of_different_grain_drop_nothing(shipped):
    frame = ask("plan_pairs", agency=agency_id(shipped, CHUM_SAENG), year=2566)
    assert set(frame["pair"]) == {"grouped"}
    assert "nothing is called dropped" in say("plan_pairs", frame, Words("en"))


def test_bang_kao_2566(shipped):
    one = {"agency": agency_id(shipped, BANG_KAO), "year": 2566}
    left = ask("open_measures", **one)
    assert left["status"].value_counts().to_dict() == {"in_progress": 4, "not_started": 3}
    assert left["title"].notna().all()
    groups = ask("completion_by_group", **one)
    assert len(groups) == 4 and groups["decided"].sum() == 39 and groups["completed"].sum() == 32
    numbers = Counter(rows(shipped, "select group_number, number from measure where agency_id = ? and section = 'result'", one["agency"]))
    assert max(numbers.values()) > 1, "repeated printed numbers stay separate measures"


# --- every view ---------------------------------------------------------------------------------------------------------------------


def page(**parameters) -> AppTest:
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=600)
    test.query_params.update({name: str(value) for name, value in parameters.items()})
    return test.switch_page("pages/completion.py").run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_view_of_every_agency_with_measures(data, lang):
    # All five real reports in Thai; of made-up agencies, and in English, two show every branch of a view.
    most = 6 if lang == "th" and "shipped" in str(data) else 2
    known = rows(data, f"select agency_id, max(fiscal_year) from completion group by all order by all limit {most}")
    for agency, year in [(None, known[0][1]), *known]:
        for view in VIEWS:
            for more in [{"by": "group"}, {"by": "unit"}, {}] if view == "done" else [{}]:
                shown = page(view=view, year=year, lang=lang, **({"agency": agency} if agency else {}), **more)
                assert not shown.exception, (view, agency, shown.exception)
                assert len(shown.title) == 1 and shown.title[0].value, (view, agency)


def test_agencies_beside_stand_in_the_url(nation):
    together = rows(
        nation,
        "select province, list(agency_id order by agency_id) from agency join completion using (agency_id) "
        "where fiscal_year = 2567 group by 1 having count(*) > 1 order by 1 limit 1",
    )
    first, second = together[0][1][:2]
    shown = page(agency=first, **{"with": second}, lang="en")
    assert not shown.exception and not shown.warning
    assert shown.query_params["with"] in (second, [second])
    ((name,),) = rows(nation, "select name from agency where agency_id = ?", second)
    assert name in shown.title[0].value
    assert page(agency=first, **{"with": "nowhere"}, lang="en").warning, "an id that does not exist gets a message"


def test_a_measure_is_opened_by_its_id(shipped):
    ((measure, place),) = rows(shipped, "select measure_id, place from measure where section = 'result' order by measure_id limit 1")
    shown = page(view="list", measure=measure, lang="en")
    assert not shown.exception
    assert any(place in one.value for one in shown.markdown)
    assert page(view="list", measure="nothing", lang="en").warning


def test_answers_have_the_columns_of_their_headers(shipped):
    words = [
        "completion_by_year",
        "completion_by_agency",
        "completion_by_group",
        "completion_by_unit",
        "open_measures",
        "plan_coverage",
        "plan_pairs",
        "quarters",
        "budgets",
        "aim",
        "unplaced_measures",
        "moved",
        "copies",
        "measure_list",
        "measure",
        "measure_findings",
        "agencies_near",
        "sections",
    ]
    for word in words:
        given = {
            name: {"agencies": [], "chosen": [], "year": 2566, "agency": "a", "span": "same", "section": "plan"}.get(name)
            for name in query(word).parameters
        }
        assert list(ask(word, **given).columns) == list(query(word).columns), word
        assert query(word).answers, word
