"""Learn from: on a nation where a planted tenth rose by planted measures these come first; on one without any effect nobody is named. The p
values and the choice among them equal SciPy and statsmodels."""

import shutil
from urllib.parse import parse_qs, urlsplit

import duckdb
import numpy as np
import pandas as pd
import pytest

from etl.build.rows import run_sql
from pages.parts.ask.warehouse import QUERIES, ask, query
from tests.test_pages import opened, said  # noqa: F401  a page as a viewer sees it

YEARS = range(2565, 2569)
KINDS = ("อบต.", "เทศบาลตำบล")
REGIONS = ("เหนือ", "ใต้")


def nation(draw, agencies=500, noise=2.5, planted=0.0, effect=15.0, tide=2.0):
    """Tables of a made-up nation with one indicator: a planted share of its agencies rise by `effect` in one year, for good, in the year of
    a completed measure that is aimed at it. Others have such measures too, and did not rise."""
    rose = draw.random(agencies) < planted
    since = draw.choice(YEARS[1:], size=agencies)
    base = draw.normal(74, 8, size=agencies)
    ids = [f"a{at:04d}" for at in range(agencies)]
    scores = []
    for at, year in enumerate(YEARS):
        score = base + tide * at + draw.normal(0, noise, size=agencies) + effect * (rose & (year >= since))
        scores.append(pd.DataFrame({"agency_id": ids, "fiscal_year": year, "score": np.clip(score, 0, 100).round(2)}))
    told = rose | (draw.random(agencies) < 0.2)
    measures = pd.DataFrame({"agency_id": np.array(ids)[told], "fiscal_year": since[told], "indicator": "8", "completed": 1})
    agency = pd.DataFrame({"agency_id": ids, "name": ids, "province": "x", "agency_type": draw.choice(KINDS, agencies)})
    agency["region"] = draw.choice(REGIONS, agencies)
    return {
        "score": pd.concat(scores).assign(indicator="8", chosen=True, comparable=True, source_id="s", place="line 1"),
        "agency": agency,
        "local_government": pd.DataFrame({"agency_id": ids, "size": "M"}),
        "rule_year": pd.DataFrame({"fiscal_year": list(YEARS), "comparable_with_previous": True}),
        "indicator": pd.DataFrame({"fiscal_year": list(YEARS), "indicator": "8", "name_th": "x", "name_en": "x"}),
        "aimed": measures,
    }, rose


@pytest.fixture(scope="module")
def connection():
    with duckdb.connect(config={"threads": 1}) as door:
        door.execute((QUERIES / "macros" / "printed.sql").read_text(encoding="utf-8"))
        yield door


def put(connection, tables):
    for name, frame in tables.items():
        connection.register("given", frame)
        kept = "* replace (score::decimal(9, 4) as score, fiscal_year::smallint as fiscal_year)" if name == "score" else "*"
        connection.execute(f"create or replace table {name} as select {kept} from given")
    connection.execute("""create or replace table moved_score(
        agency_id varchar, fiscal_year smallint, indicator varchar, before double, after double, held double)""")
    run_sql(connection, "sql/moved_score.sql")


def learn(connection, agency, sql=None):
    return connection.execute(sql or query("compare_learn").sql, {"agency": agency, "year": 2568, "indicator": "8"}).df()


def weak(draw, tables, rose):
    """An agency of the lower third that was not planted."""
    last = tables["score"][tables["score"]["fiscal_year"] == 2568].reset_index(drop=True)
    low = (last["score"] < last["score"].quantile(0.33)) & (last["score"] > last["score"].quantile(0.03)) & ~rose
    return draw.choice(last["agency_id"][low])


def test_planted_ones_come_first(connection):
    draw, shares, asked = np.random.default_rng(1), [], 0
    for _ in range(12):
        tables, rose = nation(draw, planted=0.1)
        put(connection, tables)
        for _ in range(3):
            asked += 1
            frame = learn(connection, weak(draw, tables, rose))
            first = frame[~frame["mine"]]
            if len(first):
                shares.append(rose[[int(one[1:]) for one in first["agency_id"]]].mean())
                assert list(first["done"] > 0) == sorted(first["done"] > 0, reverse=True), "those with measures come first"
    assert np.mean(shares) >= 0.8 and len(shares) >= 0.8 * asked


def test_where_nothing_was_done_nobody_is_named(connection):
    draw, none = np.random.default_rng(2), 0
    for case in range(60):
        tables, rose = nation(draw, noise=(2.5, 0.5)[case % 2], agencies=300)
        put(connection, tables)
        frame = learn(connection, weak(draw, tables, rose))
        assert frame["enough"].iloc[0]
        none += len(frame) == 1
    assert none >= 57


def test_the_choice_is_that_of_scipy_and_statsmodels(connection):
    """Tides, falls, p values and the choice among them computed again another way."""
    from scipy.stats import f as f_distribution  # here: every process of a run imports this file, one needs it
    from statsmodels.stats.multitest import multipletests  # here: every process of a run imports this file, one needs it

    draw, named = np.random.default_rng(3), 0
    for _ in range(4):
        tables, rose = nation(draw, planted=0.1)
        put(connection, tables)
        agency = weak(draw, tables, rose)
        wide = tables["score"].pivot(index="agency_id", columns="fiscal_year", values="score")
        mine, of = wide.loc[agency, 2568], tables["agency"].set_index("agency_id")
        stood, falls = [], []
        for year in YEARS[:-1]:
            held = moved_with_all(wide, year)
            there = (wide[year] - mine).abs() <= 5
            if not there.any():
                continue
            back = wide[year + 1].between(held[there].min(), held[there].max())
            depth = (held - wide[year + 1])[back]
            if len(depth) < 20:
                continue
            unit = depth.abs().median()
            falls += list(depth / unit)
            for one in wide.index[there & (wide.index != agency) & (of["agency_type"] == of.loc[agency, "agency_type"])]:
                stood.append((one, year + 1, wide.loc[one, year + 1] - held[one], unit))
        alike = [row for row in stood if of.loc[row[0], "region"] == of.loc[agency, "region"]]
        alike = alike if len(alike) >= 30 else stood
        falls = np.array(falls)
        bend = np.quantile(falls, 0.9)
        beyond = falls[falls > bend] - bend
        height = np.array([own / unit for _, _, own, unit in alike])
        # The mean of k exponential falls beside a new one: an F quotient.
        tail = f_distribution.sf(np.maximum(height - bend, 0) / beyond.mean(), 2, 2 * len(beyond))
        p = np.where(height > bend, (len(beyond) + 1) / (len(falls) + 1) * tail, 1)
        best = {}
        for (one, year, own, _), value, chosen in zip(alike, p, multipletests(p, 0.05, "fdr_bh")[0], strict=True):
            if chosen and (year == 2568 or kept(wide, one, year, own)):
                best[one] = min(best.get(one, (2, 0)), (value, year))
        frame = learn(connection, agency)
        assert (frame["alike"].iloc[0], frame["fell"].iloc[0], frame["risen"].iloc[0]) == (len(alike), len(falls), len(best))
        told = set(tables["aimed"]["agency_id"])
        order = sorted(best, key=lambda one: (one not in told, best[one][0], one))
        found = frame[~frame["mine"]]
        assert set(found["agency_id"]) <= set(best) and len(found) == min(5, len(best))
        assert len(best) > 5 or set(found["agency_id"]) == set(order)
        assert [best[one][1] for one in found["agency_id"]] == list(found["fiscal_year"])
        assert ((found["before"] + found["tide"] + found["own"] - found["after"]).abs() < 0.001).all()
        named += len(found)
    assert named


def kept(wide, agency, year, own):
    """Whether less than half of it was lost in the year after."""
    return wide.loc[agency, year + 1] - moved_with_all(wide, year)[agency] >= -own / 2


def moved_with_all(wide, year):
    """Where each would stand a year later had it moved with all."""
    from scipy.stats import median_abs_deviation  # here: every process of a run imports this file, one needs it

    old, new = wide[year], wide[year + 1]
    spread = [median_abs_deviation(one) for one in (old, new)]
    return (new.median() + (old - old.median()) * spread[1] / spread[0]).clip(0, 100)


def test_few_are_not_asked(connection):
    """Under thirty of like kind nothing is concluded; an agency without the score gets nothing."""
    draw = np.random.default_rng(4)
    tables, rose = nation(draw, agencies=12, planted=0.3)
    put(connection, tables)
    frame = learn(connection, "a0001")
    assert len(frame) == 1 and not frame["enough"].iloc[0]
    assert learn(connection, "nowhere").empty


def test_the_page_names_the_example_its_measures_and_their_document(opened, nation_data, tmp_path, monkeypatch):  # noqa: F811
    data = shutil.copytree(nation_data, tmp_path / "data")
    with duckdb.connect(str(data / "ita.duckdb")) as connection:
        moved = "70 + hash(agency_id) % 800 / 100.0 + hash(agency_id, fiscal_year) % 100 / 100.0 + fiscal_year - 2566"
        rose = "agency_id in (select agency_id from aimed where indicator = '9' and completed > 0) and hash(agency_id, 1) % 12 = 0"
        connection.execute(f"update score set score = {moved} + if({rose} and fiscal_year > 2566, 18, 0) where indicator = '9'")
        connection.execute("delete from moved_score")
        run_sql(connection, "sql/moved_score.sql")
        weak = "indicator = '9' and fiscal_year = 2568 and score < 80 and agency_type = 'องค์การบริหารส่วนตำบล'"
        (agency,) = connection.execute(f"select min(agency_id) from score join agency using (agency_id) where {weak}").fetchone()
    monkeypatch.setenv("ITA_DATA", str(data))
    frame = ask("compare_learn", agency=agency, year=2568, indicator="9")
    test = opened(data, "compare", agency=agency, year=2568, view="learn", indicator="9", lang="en")
    assert len(frame) > 1 and (frame["done"].iloc[1:] > 0).all()
    for row in frame.iloc[1:].itertuples():
        measures = ask("learn_measures", agency=row.agency_id, year=row.fiscal_year, indicator="9")
        assert len(measures) == row.done
        (box,) = (one.value for one in test.markdown if one.value.startswith(f"**{row.agency_name}**"))
        for measure in measures.head(3).itertuples():
            assert measure.title in box and measure.document in box and f"source={measure.source_id}" in box
            line = next(each for each in box.split("  \n") if measure.measure_id in each)
            assert parse_qs(urlsplit(line.split("](")[1].split(")")[0]).query)["measure"] == [measure.measure_id]
    assert "never a cause" in said(test)
