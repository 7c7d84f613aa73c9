"""Comparing: peers, ranks, percentiles, medians and movers, computed again with pandas and NumPy; what a group may be in the URL."""

import csv
import itertools
import math
import random
import shutil
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.ask.warehouse import ask, data_folder
from pages.parts.figures.nation_map import nation_map, tiles
from pages.parts.figures.outlines import outlines
from pages.parts.reckon import peers
from pages.parts.say.breaks import letters
from pages.parts.say.sentences.compare import compare_distribution, neighbours
from pages.parts.say.text import Words
from tests.support.data import ROOT, SHARED, build

SELECTIONS = 150
TH, EN = Words("th"), Words("en")


@pytest.fixture
def served(nation_data, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(nation_data))


@pytest.fixture(scope="module")
def facts(nation_data):
    """Scores in hundredths, as (agency_id, fiscal_year) rows and a column a score; and the registry. No query of the pages is used."""
    with duckdb.connect(str(nation_data / "ita.duckdb"), read_only=True) as connection:
        scores = connection.execute(
            "select agency_id, fiscal_year, indicator, round(score * 100)::integer as score from score "
            "where chosen and try_cast(indicator as integer) is not null"
        ).df()
        totals = connection.execute(
            "select agency_id, fiscal_year, 'TOTAL' as indicator, round(total_shown * 100)::integer as score from assessment "
            "where total_shown is not null"
        ).df()
        agencies = connection.execute("select agency_id, agency_type, province, region from agency").df().set_index("agency_id")
    wide = pd.concat([scores, totals]).pivot(index=["agency_id", "fiscal_year"], columns="indicator", values="score")
    return wide, agencies


def printed(hundredths) -> float:
    """Half up to two decimals, from an exact number of hundredths."""
    exact = Fraction(hundredths) / 100
    return float((Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def quantile(values, share: Fraction) -> float:
    """Interpolated between neighbours (the seventh definition of Hyndman and Fan, NumPy's own), exactly."""
    ordered = sorted(int(value) for value in values)
    at = share * (len(ordered) - 1)
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    exact = ordered[below] + (at - below) * (ordered[above] - ordered[below])
    assert abs(float(exact) - np.quantile(ordered, float(share))) < 1e-6
    return printed(exact)


def test_ranks_percentiles_and_medians_of_any_selection(served, facts):
    wide, _ = facts
    draw = random.Random(2568)
    everyone = sorted(wide.index.get_level_values(0).unique())
    of_year = {year: wide.xs(year, level="fiscal_year") for year in (2566, 2567, 2568)}
    ties = checked = 0
    for _ in range(SELECTIONS):
        year, agency = draw.choice([2566, 2567, 2568]), draw.choice(everyone)
        others = draw.sample([one for one in everyone if one != agency], draw.randint(1, 60))
        group = of_year[year].reindex([agency, *others])
        rows = ask("compare_distribution", agency=agency, year=year, others=others).set_index("indicator")
        assert set(rows.index) == set(group.columns[group.loc[agency].notna()])
        for indicator in {"TOTAL", draw.choice(list(rows.index) or ["TOTAL"])} & set(rows.index):
            row = rows.loc[indicator]
            values = group[indicator].dropna()
            mine, rest = values[agency], values.drop(agency)
            assert row["rank"] == values.rank(method="min", ascending=False)[agency]
            assert (row["agencies"], row["tied"]) == (len(values), (rest == mine).sum())
            if len(rest):
                share = Fraction(int((rest < mine).sum()) * 2 + int((rest == mine).sum()), 2 * len(rest))
                assert row["percentile"] == printed(share * 10_000)
            assert row["median"] == quantile(values, Fraction(1, 2))
            assert (row["lower_quartile"], row["upper_quartile"]) == (quantile(values, Fraction(1, 4)), quantile(values, Fraction(3, 4)))
            assert (row["lowest"], row["highest"]) == (values.min() / 100, values.max() / 100)
            assert (row["rank_up"], row["rank_down"]) == (1 + (rest > mine + 100).sum(), 1 + (rest > mine - 100).sum())
            ties, checked = ties + bool(row["tied"]), checked + 1
    assert ties > 5 and checked > SELECTIONS, "the selections exercise ties"


def test_the_profile_is_against_the_others_alone(served, facts):
    wide, _ = facts
    draw = random.Random(9)
    everyone = sorted(wide.index.get_level_values(0).unique())
    for _ in range(60):
        agency, *others = draw.sample(everyone, draw.randint(2, 40))
        group = wide.xs(2568, level="fiscal_year").reindex(others)
        for row in ask("compare_profile", agency=agency, year=2568, others=others).to_dict("records"):
            values = group[row["indicator"]].dropna()
            assert row["peers"] == len(values) and row["peers_median"] == quantile(values, Fraction(1, 2))
            if pd.notna(row["score"]):
                assert row["gap"] == pytest.approx(round(row["score"] - row["peers_median"], 2))


def expected_peers(agency, year, facts):
    """The rule in words: same type and province; fewer than five: same type and region; then the twenty nearest by last year's total."""
    wide, agencies = facts
    now = wide.xs(year, level="fiscal_year")["TOTAL"].dropna().drop(agency, errors="ignore")
    me, known = agencies.loc[agency], agencies.loc[now.index]
    alike = known[known["agency_type"] == me["agency_type"]]
    for column in ("province", "region"):
        if (same := alike[alike[column] == me[column]]).shape[0] >= 5:
            return column, set(same.index)
    before = wide.xs(year - 1, level="fiscal_year")["TOTAL"].dropna() if year > 2566 else pd.Series(dtype=float)
    if agency not in before.index:
        return None, set()
    gaps = (before.reindex(now.index).dropna() - before[agency]).abs().reset_index().sort_values(["TOTAL", "agency_id"])
    return "nearest", set(gaps["agency_id"].head(20))


@pytest.mark.parametrize("year", [2566, 2568])
def test_automatic_peers_are_those_of_the_rule(served, facts, year):
    bases = set()
    for agency in facts[1].index[::2]:
        frame = ask("compare_peers", agency=agency, year=year)
        basis, expected = expected_peers(agency, year, facts)
        assert set(frame["agency_id"]) == expected
        assert set(frame["basis"]) == ({basis} if expected else set())
        assert list(frame.columns) and TH("number.unknown") and peers.why(frame, None, "t", "p", EN)
        bases.add(basis)
    assert len(bases) >= 2, "the made-up region exercises the rule"


@pytest.mark.parametrize("weights", [[3, 2, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1], [1, 0, 2, 4, 5]])
def test_peers_by_weights_are_the_most_alike(served, facts, weights):
    wide, agencies = facts
    now, before = (wide.xs(year, level="fiscal_year") for year in (2568, 2567))
    indicators = [name for name in wide.columns if name != "TOTAL"]
    for agency in sorted(agencies.index)[::16]:
        others = now["TOTAL"].dropna().drop(agency, errors="ignore").index
        apart = (before.reindex(others) - before.loc[agency]).abs() / 100 if agency in before.index else before.reindex(others) * np.nan
        near = [
            (agencies.loc[others, column] == agencies.loc[agency, column]).astype(float) for column in ("agency_type", "province", "region")
        ]
        near += [(1 - apart["TOTAL"] / 20).clip(lower=0), (1 - apart[indicators].mean(axis=1) / 20).clip(lower=0)]
        likeness = sum(part.fillna(0) * weight for part, weight in zip(near, weights, strict=True)) / sum(weights)
        found = ask("compare_alike", agency=agency, year=2568, weights=[float(one) for one in weights])
        best = likeness.sort_values(ascending=False).head(20)
        assert len(found) == 20 and agency not in set(found["agency_id"])
        assert sorted(found["likeness"]) == pytest.approx(sorted(best), abs=1e-4)
        assert dict(zip(found["agency_id"], found["likeness"], strict=True)) == pytest.approx(
            likeness[found["agency_id"]].to_dict(), abs=1e-4
        )


@pytest.fixture(scope="module")
def south(tmp_path_factory):
    """Made-up totals of the real local governments of three provinces, every third."""
    data = tmp_path_factory.mktemp("south") / "data"
    (data / "scores").mkdir(parents=True)
    shutil.copytree(ROOT / "data" / "rules", data / "rules")
    provinces = {"82": "พังงา", "83": "ภูเก็ต", "84": "สุราษฎร์ธานี"}
    with open(ROOT / "data" / "local_governments.csv", encoding="utf-8-sig", newline="") as handle:
        listed = [
            row for row in csv.DictReader(handle) if row["place"][:2] in ("82", "83", "84") and row["type"] in ("ทต", "ทม", "ทน", "อบต")
        ]
    provinces = {"82": "พังงา", "83": "ภูเก็ต", "84": "สุราษฎร์ธานี"}
    with open(ROOT / "data" / "districts.csv", encoding="utf-8-sig", newline="") as handle:
        districts = {row["district_code"]: row["name_th"] for row in csv.DictReader(handle)}
    chosen = {row["agency_id"]: row for row in listed[::3]}
    rows = [f"{row['type']}.{row['name']},{districts[row['place']]},{provinces[row['place'][:2]]},2568,90" for row in chosen.values()]
    (data / "scores" / "a.csv").write_text("\n".join(["หน่วยงาน,อำเภอ,จังหวัด,ปีงบประมาณ,คะแนนรวม", *rows]), encoding="utf-8")
    build(data)
    return data, chosen


def kilometres(one, other):
    """Between two places, by the angle of their directions from the middle of the Earth."""
    if not (one["lat"] and other["lat"]):
        return math.inf
    directions = []
    for place in (one, other):
        lat, lon = math.radians(float(place["lat"])), math.radians(float(place["lon"]))
        directions.append((math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)))
    return 6371 * math.acos(min(1.0, sum(a * b for a, b in zip(*directions, strict=True))))


def test_peers_by_distance_area_and_size_are_those_of_the_register(south, monkeypatch):
    data, chosen = south
    monkeypatch.setenv("ITA_DATA", str(data))
    for agency in sorted(chosen)[::8]:
        me = chosen[agency]
        near = {one: max(0, 1 - kilometres(me, row) / 100) for one, row in chosen.items() if one != agency}
        areas = {one: (float(me["km2"] or 0), float(row["km2"] or 0)) for one, row in chosen.items()}
        like = {one: min(pair) / max(pair) if all(pair) else 0 for one, pair in areas.items()}
        same = {one: float(bool(me["size_2560"]) and me["size_2560"] == row["size_2560"]) for one, row in chosen.items()}
        for weights in ([0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 0, 2, 1, 3], [0, 0, 0, 0, 0, 0, 1, 0]):
            found = ask("compare_alike", agency=agency, year=2568, weights=[float(one) for one in weights])
            expected = {one: (weights[5] * same[one] + weights[6] * like[one] + weights[7] * near[one]) / sum(weights) for one in near}
            assert len(found) == 20
            assert sorted(found["likeness"]) == pytest.approx(sorted(sorted(expected.values())[-20:]), abs=2e-4)
            assert dict(zip(found["agency_id"], found["likeness"], strict=True)) == pytest.approx(
                {one: expected[one] for one in found["agency_id"]}, abs=2e-4
            )


@pytest.mark.parametrize("word", ["compare_all", "compare_heatmap", "compare_multiples", "compare_slope", "compare_completion"])
def test_no_agency_is_in_its_own_group(served, facts, word):
    one, two = sorted(facts[1].index)[:2]
    frame = ask(word, agency=one, year=2568, others=[one, two, two, "nowhere"])
    counted = frame.drop_duplicates(["agency_id", "fiscal_year"])
    assert set(frame["agency_id"]) <= {one, two} and (frame["mine"] == (frame["agency_id"] == one)).all()
    assert len(frame) == len(counted) or word in ("compare_completion", "compare_heatmap")


def test_the_heatmap_has_a_column_for_every_indicator_of_the_years_rules(served, facts):
    wide, _ = facts
    one, two = sorted(facts[1].index)[:2]
    frame = ask("compare_heatmap", agency=one, year=2568, others=[two])
    with duckdb.connect(str(data_folder() / "ita.duckdb"), read_only=True) as connection:
        rules = connection.sql("select indicator from indicator where fiscal_year = 2568 order by position").fetchall()
    for agency, rows in frame.groupby("agency_id"):
        assert list(rows["indicator"]) == ["TOTAL", *(code for (code,) in rules)]
        known = wide.xs(2568, level="fiscal_year").loc[agency] / 100
        assert dict(zip(rows["indicator"], rows["score"], strict=True)) == pytest.approx(known[rows["indicator"]].to_dict(), nan_ok=True)


def test_thai_names_stand_in_the_order_of_the_dictionary(served):
    names = list(ask("compare_all", agency=ask("default_agency")["agency_id"].iloc[0], year=2568)["agency_name"])
    with duckdb.connect() as connection:
        assert names == [row[0] for row in connection.execute("select unnest($1) as name order by name collate th", [names]).fetchall()]


def test_movers_have_both_years_and_are_the_extremes(served, facts):
    both = facts[0]["TOTAL"].unstack()[[2567, 2568]].dropna()
    change = both[2568] - both[2567]
    frame = ask("nation_movers", year=2568)
    assert (frame["all_agencies"].iloc[0], frame["risen"].iloc[0], frame["fallen"].iloc[0]) == (
        len(both),
        (change > 0).sum(),
        (change < 0).sum(),
    )
    assert dict(zip(frame["agency_id"], (frame["change"] * 100).round(), strict=True)) == change[frame["agency_id"]].to_dict()
    left = change.drop(frame["agency_id"])
    assert left.max() < frame[frame["change"] > 0]["change"].min() * 100
    assert ask("nation_movers", year=2566).empty, "the year before is not loaded"


def test_years_of_another_scale_are_never_compared(shipped_db, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(shipped_db.parent))
    with duckdb.connect(str(shipped_db), read_only=True) as connection:
        both = connection.execute(
            "select a.agency_id from assessment a join assessment b using (agency_id) where a.fiscal_year = 2561 and b.fiscal_year > 2561"
        ).fetchall()
    assert ask("nation_movers", year=2562).empty and ask("nation_map", year=2561).empty
    assert 2561 not in set(ask("nation_levels")["fiscal_year"]) | set(ask("nation_quantiles", by="year")["fiscal_year"])
    for (agency,) in both:
        assert ask("compare_slope", agency=agency, year=2562, before=2561).empty


def test_levels_of_a_year_add_up(served):
    frame = ask("nation_levels")
    assert (frame.groupby("fiscal_year")["agencies"].sum() == frame.groupby("fiscal_year")["all_agencies"].first()).all()
    assert (frame.groupby("fiscal_year")["share"].sum() - 100).abs().max() < 0.05


def outside(outline, lon: float, lat: float) -> float:
    """Kilometres from a place to a province; 0 within it."""
    flat, nearest = math.cos(math.radians(lat)), math.inf
    for ring in outline.rings:
        crossed = False
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            crossed ^= (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1
            start, way = complex((x1 - lon) * flat, y1 - lat), complex((x2 - x1) * flat, y2 - y1)
            along = min(1.0, max(0.0, -(start * way.conjugate()).real / (abs(way) ** 2 or 1)))
            nearest = min(nearest, abs(start + along * way))
        if crossed:
            return 0
    return nearest * 111.2


def listed_2566() -> list[dict[str, str]]:
    """The rows of the Department's list that have a place; it is not in the repository."""
    path = SHARED / "reference" / "local_governments_2566.csv"
    if not path.exists():
        pytest.skip("needs ../shared/reference/local_governments_2566.csv")
    with open(path, encoding="utf-8-sig", newline="") as handle:
        return [row for row in csv.DictReader(handle) if row["lat"] and row["lon"]]


def test_the_map_has_every_province_where_its_local_governments_lie():
    """By the places that the Department of Local Administration's own list gives, before any of its misprints was left out of ours; the
    outlines come from elsewhere."""
    with open(ROOT / "data" / "provinces.csv", encoding="utf-8-sig", newline="") as handle:
        codes = {row["province_code"] for row in csv.DictReader(handle)}
    assert set(outlines()) == codes
    assert (ROOT / "pages" / "parts" / "figures" / "provinces.geojson").stat().st_size <= 150_000
    away = defaultdict(list)
    for row in listed_2566():
        away[row["province_code"]].append(outside(outlines()[row["province_code"]], float(row["lon"]), float(row["lat"])))
    near = {code: sum(km <= 3 for km in each) / len(each) for code, each in away.items()}
    assert set(away) == codes - {"10"}  # the list has no place of Bangkok, its one agency
    assert {code: share for code, share in near.items() if share < 0.8} == {}
    assert sum(km <= 3 for each in away.values() for km in each) > 0.97 * sum(map(len, away.values()))
    assert all(outside(one, one.lon, one.lat) == 0 for one in outlines().values())


def test_provinces_share_their_borders():
    """A border is drawn once: nearly every line inland belongs to two provinces."""
    lines = Counter(
        frozenset(line) for outline in outlines().values() for ring in outline.rings for line in itertools.pairwise(map(tuple, ring))
    )
    assert set(lines.values()) == {1, 2} and sum(n == 2 for n in lines.values()) > 1500


def test_neighbours_are_the_nearest_of_the_register(shipped_db, monkeypatch):
    """Of twenty agencies spread over the Department's list, by the angle between directions from the middle of the Earth. What it misplaces
    (further than 200 km from the middle of its province) has no place in ours and is nobody's neighbour."""
    monkeypatch.setenv("ITA_DATA", str(shipped_db.parent))
    province = defaultdict(list)
    for row in listed_2566():
        province[row["province_code"]].append((float(row["lat"]), float(row["lon"])))
    middle = {code: dict(zip(("lat", "lon"), np.median(places, axis=0), strict=True)) for code, places in province.items()}
    rows = [row for row in listed_2566() if kilometres(row, middle[row["province_code"]]) < 200]
    with open(ROOT / "data" / "local_governments.csv", encoding="utf-8-sig", newline="") as handle:
        ids = {row["code"]: row["agency_id"] for row in csv.DictReader(handle)}
    for one in rows[7 :: len(rows) // 20][:20]:
        kind = "องค์การบริหารส่วนจังหวัด"
        alike = [row for row in rows if (row["agency_type"] == kind) == (one["agency_type"] == kind) and row is not one]
        nearest = sorted((kilometres(one, row), ids[row["dla_code"]]) for row in alike)[:10]
        mine = ask("neighbours", agency=ids[one["dla_code"]], year=2568)
        assert mine["mine"].tolist() == [True] + [False] * 10 and mine["agency_id"].iloc[0] == ids[one["dla_code"]]
        assert list(mine["km"])[1:] == pytest.approx([km for km, _ in nearest], abs=0.06)
        assert set(mine["agency_id"][1:]) == {agency for _, agency in nearest}


def test_an_agency_without_a_place_stands_in_the_middle_of_its_district(shipped_db, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(shipped_db.parent))
    agency = ask("default_agency")["agency_id"].iloc[0]
    found = ask("neighbours", agency=agency, year=2568)
    assert found["approximate"].tolist() == [True] + [False] * 10
    assert TH("neighbours.approximate") in neighbours(found, TH)
    assert ask("neighbours", agency="nowhere", year=2568).empty


def test_every_province_has_a_tile_of_its_own():
    with open(ROOT / "data" / "provinces.csv", encoding="utf-8-sig", newline="") as handle:
        codes = {row["province_code"] for row in csv.DictReader(handle)}
    assert set(tiles()) == codes and len(codes) == 77
    assert len(set(tiles().values())) == 77


@pytest.mark.parametrize(("screen", "room"), [("ordinary", 20), ("projector", 16)])
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_name_of_a_province_stays_on_its_tile(language, screen, room):
    """Measured in a browser at 1280 px: a tile is 20 letters wide, 16 in the letters of a projector, and two lines high."""
    provinces = pd.read_csv(ROOT / "data" / "provinces.csv", dtype=str)
    frame = provinces.assign(median=94.45, national_median=94.0, agencies=100, mine=False)
    frame.loc[frame["name_en"] == "Bangkok", "median"] = float("nan")
    figure = nation_map(frame, Words(language, screen=screen))
    said = [text for row in figure.data[0]["text"] for text in row if text] + [note["text"] for note in figure.layout["annotations"]]
    assert len(said) == 77
    for text in said:
        lines = text.split("<br>")
        assert len(lines) == 2 and "…" not in text and max(map(letters, lines)) <= room, text


@given(st.dictionaries(st.sampled_from(peers.WEIGHTS), st.integers(0, 5)))
def test_weights_come_back_from_the_url(chosen):
    weights = dict.fromkeys(peers.WEIGHTS, 0) | chosen
    assert peers.weighed(peers.written(weights)) == (weights, [])


@pytest.mark.parametrize("text, wrong", [("x:1", ["x:1"]), ("type:6", ["type:6"]), ("type", ["type"]), ("type:1,total:-1", ["total:-1"])])
def test_what_is_no_weight_is_named(text, wrong):
    assert peers.weighed(text)[1] == wrong


def test_a_list_never_holds_the_agency_and_each_other_once():
    assert peers.listed("b,a,,c,b", "a") == ["b", "c"]


@pytest.mark.parametrize("words", [TH, EN])
def test_a_compressed_field_is_called_close_and_ties_are_said(words):
    row = {
        "fiscal_year": 2568,
        "indicator": "TOTAL",
        "name_th": None,
        "name_en": None,
        "score": 90.0,
        "agencies": 9,
        "rank": 5,
        "tied": 0,
        "percentile": 50.0,
        "rank_up": 4,
        "rank_down": 6,
        "rank_low": None,
        "rank_high": None,
    }
    close, tied = words("compare_distribution.close", up=4, down=7), words("compare_distribution.tied", n=1)
    assert close not in compare_distribution(pd.DataFrame([row]), words)
    assert close in compare_distribution(pd.DataFrame([row | {"rank_down": 7}]), words)
    assert tied in compare_distribution(pd.DataFrame([row | {"tied": 1}]), words)
