"""The chance of the next level: intervals equal statsmodels on random cases, and who stood there is found again from the raw scores."""

import duckdb
import numpy as np
import pytest

from pages.parts.ask.warehouse import QUERIES, ask
from pages.parts.say.sentences import say
from pages.parts.say.text import Words
from tests.test_province import facts, nation  # noqa: F401  the same made-up nation
from tests.test_sentences import half_up

YEAR = 2568


@pytest.fixture(autouse=True)
def door(nation, monkeypatch):  # noqa: F811
    monkeypatch.setenv("ITA_DATA", str(nation))


def test_intervals_are_those_of_statsmodels():
    from statsmodels.stats.proportion import proportion_confint  # here: every process of a run imports this file, one needs it

    draw = np.random.default_rng(1)
    with duckdb.connect() as connection:
        connection.execute((QUERIES / "macros" / "wilson.sql").read_text(encoding="utf-8"))
        cases = [(int(draw.integers(0, n + 1)), n) for n in (int(one) for one in draw.integers(1, 2000, size=1000))]
        connection.execute("create table cases as select unnest($1) as k, unnest($2) as n", [[k for k, _ in cases], [n for _, n in cases]])
        found = connection.execute("select wilson(k, n, -1), wilson(k, n, 1) from cases").fetchall()
    for (k, n), (low, high) in zip(cases, found, strict=True):
        expected = proportion_confint(k, n, method="wilson")
        assert (low / 100, high / 100) == pytest.approx(expected, abs=1e-9)


def test_intervals_cover_as_named():
    """Over shares that are drawn at random the intervals hold the true one in 95 of a hundred cases."""
    draw = np.random.default_rng(4)
    share = draw.uniform(0.02, 0.98, size=40_000)
    n = draw.integers(30, 200, size=40_000)
    k = draw.binomial(n, share)
    z = 1.959963984540054
    middle, half = k / n + z * z / (2 * n), z * np.sqrt(k / n * (1 - k / n) / n + z * z / (4 * n * n))
    held = (np.abs(middle - share * (1 + z * z / n)) <= half).mean()
    assert abs(held - 0.95) < 0.01


def stood(facts, agency, year):  # noqa: F811
    """(level, next level, its rank, distances of total and instruments from its floors) of an agency; None where not known."""
    total, level = facts.total(agency, year), facts.level(agency, year)
    names = [one[0] for one in facts.levels.get(year, [])]
    scores = [facts.mean(agency, year, one) for one in ("IIT", "EIT", "OIT")]
    if total is None or level not in names[1:] or None in scores:
        return None
    name, floor, instrument = facts.levels[year][names.index(level) - 1]
    apart = [total - floor, *([half_up(one) - instrument for one in scores] if instrument is not None else [])]
    return name, names.index(name), apart


def test_who_stood_there_is_counted_again(facts):  # noqa: F811
    seen = {True: 0, False: 0}
    for agency in sorted(facts.agencies)[::5]:
        mine, frame = stood(facts, agency, YEAR), ask("next_chance", agency=agency, year=YEAR)
        assert frame.empty == (mine is None)
        if mine is None:
            continue
        there = []
        for other in facts.agencies:
            before = stood(facts, other, YEAR - 1)
            level = facts.level(other, YEAR)
            if other != agency and before and before[0] == mine[0] and level:
                if all(abs(one - two) <= 3 for one, two in zip(before[2], mine[2], strict=True)):
                    there.append([one[0] for one in facts.levels[YEAR]].index(level) <= before[1])
        row = frame.iloc[0]
        assert row["agencies"] == len(there)
        seen[bool(row["enough"])] += 1
        if row["enough"]:
            assert row["reached"] == sum(there)
            assert row["low"] <= row["share"] <= row["high"]
        else:
            assert row[["reached", "share", "low", "high"]].isna().all(), "too few: refused"
            assert Words("en")("next_chance.few", level=Words("en").of(row, "level")) == say("next_chance", frame, Words("en"))
    assert all(seen.values())
