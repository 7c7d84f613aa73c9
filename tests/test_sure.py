"""How sure: quantiles, limits and drawn means equal SciPy and statsmodels on random cases, and cover as often as they are named for."""

import csv
import math

import duckdb
import numpy as np
import pandas as pd
import pytest

from etl.build.steps import STUDENTIZED
from pages.parts.ask.warehouse import QUERIES, query

CASES = 1000


def quantiles():
    with open(STUDENTIZED, encoding="utf-8", newline="") as handle:
        return {int(row["agencies"]): float(row["quantile"]) for row in csv.DictReader(handle)}


def test_quantiles_of_the_widest_difference_are_scipys():
    from scipy.stats import studentized_range  # here: every process of a run imports this file, one needs it

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


def funnels(connection, cases):
    """The answers to cases, each its groups' scores: a case stands as a year."""
    rows = [(year, f"a{g}-{at}", "TOTAL", score, f"group {g}") for year, groups in enumerate(cases) for g, scores in enumerate(groups)
            for at, score in enumerate(scores)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["year", "agency_id", "indicator", "score", "province"])
    put(connection, scored=frame[["year", "agency_id", "indicator", "score"]])
    put(connection, agency=frame[["agency_id", "province"]].drop_duplicates().assign(agency_type="x", region="y"))
    connection.execute("create or replace macro totals_and_scores(y) as table (select * exclude (year) from scored where year = y)")
    connection.execute(f"prepare funnel as {query('nation_funnel').sql}")
    return [connection.execute(f"execute funnel(year := {year}, by := null, indicator := null)").df() for year in range(len(cases))]


def test_limits_and_drawn_means_are_those_of_scipy_and_statsmodels(connection):
    from scipy.stats import norm  # here: every process of a run imports this file, one needs it
    from statsmodels.stats.meta_analysis import combine_effects  # here: every process of a run imports this file, one needs it

    draw = np.random.default_rng(7)
    cases, seen, compared = [], 0, 0
    for _ in range(CASES // 10):  # a question takes longer than the groups in it
        k = int(draw.integers(2, 26))
        centres = 80 + draw.choice([0, 0.5, 3]) * draw.normal(size=k)
        cases.append([list(centre + 4 * draw.normal(size=int(draw.integers(3, 30)))) for centre in centres])
    for groups, frame in zip(cases, funnels(connection, cases), strict=True):
        frame = frame.set_index("part_name")
        large = {f"group {g}": scores for g, scores in enumerate(groups) if len(scores) >= 5}
        if len(large) < 2:
            assert frame.empty
            continue
        seen += 1
        compared += len(large)
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
    assert seen > 0.9 * len(cases) and compared >= CASES


def test_limits_cover_as_named(connection):
    """Groups that differ by chance alone lie within their limits as often as these are named for."""
    draw = np.random.default_rng(11)
    inside = {"95": [], "998": []}
    cases = [[list(90 + 3 * draw.normal(size=int(n))) for n in draw.integers(5, 60, size=77)] for _ in range(60)]
    for frame in funnels(connection, cases):
        for level, found in inside.items():
            found += list((frame["mean"] >= frame[f"low{level}"] - 0.005) & (frame["mean"] <= frame[f"high{level}"] + 0.005))
    assert abs(np.mean(inside["95"]) - 0.95) < 0.01 and abs(np.mean(inside["998"]) - 0.998) < 0.01


def test_a_small_group_does_not_head_the_list_by_chance(connection):
    """Five agencies with a lucky mean stand behind fifty with a mean as good; with no difference between groups all are drawn together."""
    draw = np.random.default_rng(2)
    groups = [list(90 + 3 * draw.normal(size=40)) for _ in range(12)]
    large, small = np.full(50, 94.0) + np.tile([3, -3], 25), np.full(5, 94.0) + np.array([3, -3, 3, -3, 0])
    frame = funnels(connection, [[*groups, list(large), list(small)]])[0].set_index("part_name")
    assert frame.loc["group 13", "shrunk"] < frame.loc["group 12", "shrunk"] <= 94
    assert frame.loc["group 13", "mean"] == frame.loc["group 12", "mean"] == 94


def test_ranks_hold_what_noise_allows(connection):
    """On 1,000 random groups: whoever differs by more than SciPy's quantile times the noise stands before or behind for sure."""
    from scipy.stats import studentized_range  # here: every process of a run imports this file, one needs it

    draw = np.random.default_rng(3)
    wanted = {n: studentized_range.ppf(0.95, n, math.inf) for n in (5, 12, 25)}
    put(connection, studentized_range=pd.DataFrame({"agencies": list(quantiles()), "quantile": list(quantiles().values())}))
    for n, widest in wanted.items():  # the groups of a size stand as so many indicators
        codes = [f"c{at}" for at in range(-(-CASES // len(wanted)))]
        scores, noises = draw.normal(90, 3, size=(len(codes), n)).round(2), draw.uniform(0.1, 2, size=len(codes))
        rows = {"agency_id": [f"a{at}" for at in range(n)] * len(codes), "indicator": np.repeat(codes, n), "score": scores.ravel()}
        put(
            connection,
            scored=pd.DataFrame(rows),
            tide=pd.DataFrame({"part": codes, "from_year": 2567, "to_year": 2568, "noise": noises}),
            indicator=pd.DataFrame(
                {"fiscal_year": 2568, "indicator": codes, "name_th": "x", "name_en": "x", "position": range(len(codes))}
            ),
        )
        given = {"agency": "a0", "year": 2568, "others": None}
        frame = connection.execute(query("compare_distribution").sql, given).df().set_index("indicator").loc[codes]
        apart = scores[:, :1] - scores
        sure = widest * noises[:, None]
        assert list(frame["rank_low"]) == list(1 + (-apart > sure).sum(axis=1))
        assert list(frame["rank_high"]) == list(n - (apart > sure).sum(axis=1))
        assert ((frame["rank_low"] <= frame["rank"]) & (frame["rank"] <= frame["rank_high"])).all()


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


def test_the_order_of_the_weakest_is_that_of_scipys_posterior(connection):
    """Shares drawn to those of all agencies are the mean of the Dirichlet posterior with the prior of Fienberg and Holland."""
    from scipy.stats import dirichlet  # here: every process of a run imports this file, one needs it

    draw, codes, seen = np.random.default_rng(17), [str(code) for code in range(1, 11)], 0
    put(
        connection, indicator=pd.DataFrame({"indicator": codes, "position": range(10), "name_th": "x", "name_en": "x", "fiscal_year": 2568})
    )
    connection.execute("create macro peers(one, y) as table (select '' as agency_id, '' as basis where false)")
    ids = [f"a{at:02d}" for at in range(60)]
    for case in range(CASES // 8):
        if case % 25 == 0:
            scores = draw.normal(90, 3, size=(60, 10)) - 2 * (np.arange(10) == 7)
            rows = {"agency_id": np.repeat(ids, 10), "indicator": codes * 60, "score": scores.ravel(), "chosen": True, "fiscal_year": 2568}
            put(connection, score=pd.DataFrame(rows), agency=pd.DataFrame({"agency_id": ids, "province": "x"}))
            connection.execute(f"prepare weakest as {query('weakest_group').sql}")
        some = draw.choice(60, size=int(draw.integers(2, 30)), replace=False)
        given = f"agency := null, year := 2568, scope := null, agencies := {[ids[one] for one in some]}"
        frame = connection.execute(f"execute weakest({given})").df()
        if len(some) < 5:
            assert frame.empty, "too few to say"
            continue
        seen += len(frame)
        weakest = np.bincount(scores.argmin(axis=1), minlength=10) / 60
        count = np.bincount(scores[some].argmin(axis=1), minlength=10)
        weight = (len(some) ** 2 - (count**2).sum()) / ((count - len(some) * weakest) ** 2).sum()
        prior = np.maximum(weight * weakest, 1e-300)  # none where all have the same weakest one
        frame = frame.set_index(frame["indicator"].astype(int) - 1).sort_index()
        assert frame["drawn"].to_numpy() == pytest.approx(100 * dirichlet.mean(count + prior), abs=0.00501)
        assert list(frame["weakest"]) == list(count)
    assert seen >= CASES, "so many shares"


def test_drawn_changes_of_movers_are_those_of_james_and_stein(connection):
    """On random panels, each a pair of years; where the true changes are known they are nearer to these than the changes are."""
    draw, panels, both, tides = np.random.default_rng(19), {}, [], []
    for year in range(2, 2 * (CASES // 8) + 2, 2):  # each of some forty changes
        n, noise, spread = int(draw.integers(30, 50)), draw.uniform(0.3, 2), draw.choice([0, 1, 4])
        true = draw.normal(0, spread, size=n)
        change = (true + draw.normal(0, noise * math.sqrt(2), size=n)).round(2)
        panels[year] = true, change, max(0, 1 - (n - 3) * 2 * noise**2 / ((n - 1) * np.var(change, ddof=1)))
        tides.append(("TOTAL", year - 1, year, noise))
        both += [(f"a{one}", year + at - 1, 50 + at * change[one]) for at in (0, 1) for one in range(n)]
    put(
        connection,
        assessment=pd.DataFrame(both, columns=["agency_id", "fiscal_year", "total_shown"]).assign(comparable=True),
        agency=pd.DataFrame({"agency_id": [f"a{at}" for at in range(50)], "name": "x", "province": "x"}),
        rule_year=pd.DataFrame({"fiscal_year": list(panels), "comparable_with_previous": True}),
        tide=pd.DataFrame(tides, columns=["part", "from_year", "to_year", "noise"]),
    )
    known = "select to_year, 0.0 as tide, 'panel' as basis, 1 as agencies from tide"
    connection.execute(f"create macro tide_of_totals(others) as table ({known})")
    connection.execute(f"prepare movers as {query('nation_movers').sql}")
    nearer = []
    for year, (true, change, left) in panels.items():
        frame = connection.execute(f"execute movers(year := {year}, agencies := null)").df()
        at = [int(one[1:]) for one in frame["agency_id"]]
        assert frame["drawn"].to_numpy() == pytest.approx(left * change[at], abs=0.00501)
        nearer.append(((left * change - true) ** 2).sum() < ((change - true) ** 2).sum())
    assert np.mean(nearer) > 0.8
