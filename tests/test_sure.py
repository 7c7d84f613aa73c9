"""How sure: quantiles, limits and drawn means equal SciPy and statsmodels on random cases, and cover as often as they are named for."""

import csv
import math

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm, studentized_range
from statsmodels.stats.meta_analysis import combine_effects

from etl.build.steps import STUDENTIZED
from pages.parts.ask.warehouse import QUERIES, query

CASES = 1000


def quantiles():
    with open(STUDENTIZED, encoding="utf-8", newline="") as handle:
        return {int(row["agencies"]): float(row["quantile"]) for row in csv.DictReader(handle)}


def test_quantiles_of_the_widest_difference_are_scipys():
    known = quantiles()
    for n in [*range(2, 21), 30, 60, 101, *sorted(known)[-3:]]:
        if n in known:
            assert studentized_range.cdf(known[n], n, math.inf) == pytest.approx(0.95, abs=2e-6), n
    assert list(known.values()) == sorted(known.values()) and max(known) > 8000


def test_the_widest_difference_covers_as_named():
    draw = np.random.default_rng(5)
    for n in (5, 30):
        scores = draw.normal(size=(20_000, n))
        inside = (np.ptp(scores, axis=1) <= quantiles()[n]).mean()
        assert abs(inside - 0.95) < 0.01


def put(connection, **tables):
    for name, frame in tables.items():
        connection.register(f"given_{name}", frame)
        connection.execute(f"create or replace table {name} as from given_{name}")
        connection.unregister(f"given_{name}")


@pytest.fixture
def connection():
    """Our queries over tables of the test: of the nation only scores are there."""
    with duckdb.connect(config={"threads": 1}) as opened:
        put(opened, scored=pd.DataFrame({"agency_id": ["a"], "indicator": ["TOTAL"], "score": [1.0]}))
        opened.execute("create macro totals_and_scores(y) as table (from scored)")
        for macro in ("middle", "printed"):
            opened.execute((QUERIES / "macros" / f"{macro}.sql").read_text(encoding="utf-8"))
        opened.execute("create macro compared(one, y, others) as table (select agency_id from scored where agency_id <> one)")
        opened.execute(
            "create table indicator(fiscal_year smallint, indicator varchar, name_th varchar, name_en varchar, position integer)"
        )
        columns = "agency_id varchar, fiscal_year smallint, indicator varchar, chosen boolean, source_id varchar, place varchar"
        opened.execute(f"create table score({columns})")
        yield opened


def funnel(connection, groups):
    rows = [(f"a{g}-{at}", "TOTAL", score, f"group {g}") for g, scores in enumerate(groups) for at, score in enumerate(scores)]
    frame = pd.DataFrame(rows, columns=["agency_id", "indicator", "score", "province"])
    put(connection, scored=frame[["agency_id", "indicator", "score"]])
    put(connection, agency=frame[["agency_id", "province"]].assign(agency_type="x", region="y"))
    return connection.execute(query("nation_funnel").sql, {"year": 2568, "by": None, "indicator": None}).df()


def test_limits_and_drawn_means_are_those_of_scipy_and_statsmodels(connection):
    draw = np.random.default_rng(7)
    seen = 0
    for _ in range(CASES):
        k = int(draw.integers(2, 9))
        centres = 80 + draw.choice([0, 0.5, 3]) * draw.normal(size=k)
        groups = [list(centre + 4 * draw.normal(size=int(draw.integers(3, 30)))) for centre in centres]
        frame = funnel(connection, groups).set_index("part_name")
        large = {f"group {g}": scores for g, scores in enumerate(groups) if len(scores) >= 5}
        if len(large) < 2:
            assert frame.empty
            continue
        seen += 1
        assert set(frame.index) == set(large) and (frame["hidden"] == len(groups) - len(large)).all()
        sizes = np.array([len(scores) for scores in large.values()])
        means = np.array([np.mean(scores) for scores in large.values()])
        deviation = math.sqrt(
            sum(((np.array(scores) - np.mean(scores)) ** 2).sum() for scores in large.values()) / (sizes.sum() - len(sizes))
        )
        errors, common = deviation / np.sqrt(sizes), (means * sizes).sum() / sizes.sum()
        pooled = combine_effects(means, errors**2, method_re="dl")
        tau2 = max(0.0, pooled.tau2)
        weights = 1 / (errors**2 + tau2)
        towards = (weights * means).sum() / weights.sum()
        drawn = towards + tau2 / (tau2 + errors**2) * (means - towards)
        for at, name in enumerate(large):
            row = frame.loc[name]
            assert row["mean"] == pytest.approx(means[at], abs=0.00501)
            assert row["shrunk"] == pytest.approx(drawn[at], abs=0.00501)
            for level, share in (("95", 0.975), ("998", 0.999)):
                assert row[f"high{level}"] == pytest.approx(norm.ppf(share, common, errors[at]), abs=0.00501)
                assert row[f"low{level}"] == pytest.approx(norm.ppf(1 - share, common, errors[at]), abs=0.00501)
    assert seen > 0.9 * CASES


def test_limits_cover_as_named(connection):
    """Groups that differ by chance alone lie within their limits as often as these are named for."""
    draw = np.random.default_rng(11)
    inside = {"95": [], "998": []}
    for _ in range(60):
        sizes = draw.integers(5, 60, size=77)
        frame = funnel(connection, [list(90 + 3 * draw.normal(size=int(n))) for n in sizes])
        for level, found in inside.items():
            found += list((frame["mean"] >= frame[f"low{level}"] - 0.005) & (frame["mean"] <= frame[f"high{level}"] + 0.005))
    assert abs(np.mean(inside["95"]) - 0.95) < 0.01 and abs(np.mean(inside["998"]) - 0.998) < 0.01


def test_a_small_group_does_not_head_the_list_by_chance(connection):
    """Five agencies with a lucky mean stand behind fifty with a mean as good; with no difference between groups all are drawn together."""
    draw = np.random.default_rng(2)
    groups = [list(90 + 3 * draw.normal(size=40)) for _ in range(12)]
    large, small = np.full(50, 94.0) + np.tile([3, -3], 25), np.full(5, 94.0) + np.array([3, -3, 3, -3, 0])
    frame = funnel(connection, [*groups, list(large), list(small)]).set_index("part_name")
    assert frame.loc["group 13", "shrunk"] < frame.loc["group 12", "shrunk"] <= 94
    assert frame.loc["group 13", "mean"] == frame.loc["group 12", "mean"] == 94


def test_ranks_hold_what_noise_allows(connection):
    """On 1,000 random groups: whoever differs by more than SciPy's quantile times the noise stands before or behind for sure."""
    draw = np.random.default_rng(3)
    wanted = {n: studentized_range.ppf(0.95, n, math.inf) for n in (5, 12, 25)}
    put(connection, studentized_range=pd.DataFrame({"agencies": list(quantiles()), "quantile": list(quantiles().values())}))
    for _ in range(CASES):
        n = int(draw.choice(list(wanted)))
        scores, noise = draw.normal(90, 3, size=n).round(2), float(draw.uniform(0.1, 2))
        put(
            connection,
            scored=pd.DataFrame({"agency_id": [f"a{at}" for at in range(n)], "indicator": "TOTAL", "score": scores}),
            tide=pd.DataFrame({"part": ["TOTAL"], "from_year": [2567], "to_year": [2568], "noise": [noise]}),
        )
        row = connection.execute(query("compare_distribution").sql, {"agency": "a0", "year": 2568, "others": None}).df().iloc[0]
        apart = scores[0] - scores
        assert row["rank_low"] == 1 + (-apart > wanted[n] * noise).sum()
        assert row["rank_high"] == n - (apart > wanted[n] * noise).sum()
        assert row["rank_low"] <= row["rank"] <= row["rank_high"]


def test_intervals_of_ranks_hold_all_true_ranks_at_once(connection):
    """Of groups whose true places are known: the intervals of all hold them together in at least as many cases as named."""
    draw, known, held = np.random.default_rng(13), quantiles(), 0
    for _ in range(4000):
        true = draw.normal(90, 2, size=12)
        scores = true + draw.normal(0, 1, size=12)
        ranks = 1 + (true[:, None] < true[None, :]).sum(axis=1)
        apart = scores[:, None] - scores[None, :]
        low = 1 + (-apart > known[12]).sum(axis=1)
        high = 12 - (apart > known[12]).sum(axis=1)
        held += bool(((low <= ranks) & (ranks <= high)).all())
    assert held / 4000 > 0.94
