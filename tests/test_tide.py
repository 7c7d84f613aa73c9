"""Own and tide: what the pages say is computed again with fractions from the raw scores, for every agency and pair of years; both parts add
up to the printed change, and no sentence gives the tide for the agency's own."""

import itertools
import random
import re
from collections import defaultdict
from fractions import Fraction
from functools import cache

import duckdb
import pytest

from etl.build.build import build as build_database
from etl.sample.nation import write_sample
from pages.parts.ask.warehouse import ask
from pages.parts.figures import draw
from pages.parts.say.sentences import say
from pages.parts.say.text import Words
from tests.support.ahead import asked_together
from tests.test_arithmetic import half_up

INDICATORS = [str(number) for number in range(1, 11)]


@pytest.fixture(params=["shipped", "nation"])
def served(request, monkeypatch):
    data = request.getfixturevalue("nation_data") if request.param == "nation" else request.getfixturevalue("shipped_db").parent
    monkeypatch.setenv("ITA_DATA", str(data))
    return data / "ita.duckdb"


class Raw:
    """Scores, totals and weights of the raw tables as fractions."""

    def __init__(self, database):
        with duckdb.connect(str(database), read_only=True) as connection:
            self.scores, self.weight = defaultdict(dict), {}
            scores = "select agency_id, fiscal_year, indicator, score from score where chosen and comparable"
            rows = connection.execute(scores).fetchall()
            for agency, year, indicator, score in rows:
                self.scores[agency, year][indicator] = Fraction(score)
            rows = connection.execute("select fiscal_year, indicator, instrument, instrument.weight from indicator join instrument using "
                                      "(fiscal_year, instrument) where instrument.weight is not null").fetchall()  # fmt: skip
            members = defaultdict(int)
            for year, _, instrument, _ in rows:
                members[year, instrument] += 1
            for year, indicator, instrument, weight in rows:
                self.weight[year, indicator] = Fraction(weight) / members[year, instrument]
            self.published = dict(connection.execute(
                "select fiscal_year, value from benchmark where metric = 'mean_total' and scope = 'all agencies'").fetchall())  # fmt: skip
            sizes = "select fiscal_year, agencies from benchmark where metric = 'mean_total' and scope = 'all agencies'"
            self.nation = dict(connection.execute(sizes).fetchall())
            self.follows = dict(connection.execute("select fiscal_year, comparable_with_previous from rule_year").fetchall())
        self.agencies = tuple(sorted({agency for agency, _ in self.scores}))

    @cache  # noqa: B019
    def complete(self, agency, year):
        return all(one in self.scores[agency, year] and (year, one) in self.weight for one in INDICATORS)

    @cache  # noqa: B019
    def computed(self, agency, year):
        return half_up(sum(self.weight[year, one] * self.scores[agency, year][one] for one in INDICATORS))

    @cache  # noqa: B019
    def panel(self, year, before):
        """Who has every indicator of both years."""
        return [one for one in self.agencies if self.complete(one, year) and self.complete(one, before)]

    @cache  # noqa: B019
    def given(self, year, before, indicator):
        """What an indicator gave those of the panel, on the mean."""
        moved = sum(self.scores[one, year][indicator] - self.scores[one, before][indicator] for one in self.panel(year, before))
        return self.weight[before, indicator] * moved / len(self.panel(year, before))

    def total(self, agency, year):
        if "TOTAL" in self.scores[agency, year]:
            return half_up(self.scores[agency, year]["TOTAL"])
        return self.computed(agency, year) if self.complete(agency, year) else None

    @cache  # noqa: B019  as long as the tests run
    def changes(self, year, agencies):
        """Changes of the total shown of these agencies on the year before."""
        if not self.follows.get(year):
            return []
        both = [(self.total(one, year), self.total(one, year - 1)) for one in agencies]
        return [now - before for now, before in both if now is not None and before is not None]

    @cache  # noqa: B019
    def tide(self, year, others=None):
        """Of the total: the mean change of the others, or of the nation by the rule that docs/numbers gives; None: not known."""
        changes = self.changes(year, self.agencies if others is None else others)
        if others is not None:
            return half_up(sum(changes) / len(changes)) if len(changes) >= 5 else None
        if len(changes) >= 30 and 2 * len(changes) >= self.nation.get(year, 10**9):
            return half_up(sum(changes) / len(changes))
        if self.follows.get(year) and {year - 1, year} <= self.published.keys():
            return half_up(Fraction(str(self.published[year])) - Fraction(str(self.published[year - 1])))
        return None


def cents(value):
    return round(100 * value)


def nothing(value):
    return value is None or value != value


@pytest.fixture
def raw(served):
    return Raw(served)


def test_own_and_tide_of_the_total_are_the_printed_change(raw):
    split = 0
    for agency in raw.agencies[:: 1 + (len(raw.agencies) > 120)]:
        frame = ask("score_trend", agency=agency)
        for row in frame.itertuples():
            year = row.fiscal_year
            now, before = raw.total(agency, year), raw.total(agency, year - 1)
            tide = raw.tide(year) if now is not None and before is not None else None
            assert nothing(row.tide) == (tide is None)
            if tide is not None:
                split += 1
                assert cents(row.tide) == 100 * tide
                assert cents(row.own) + cents(row.tide) == 100 * (now - before)
    assert split


def test_parts_add_up_whichever_way_they_are_added(raw):
    split, years = 0, (2566, 2567, 2568)
    asked_together("change_waterfall", itertools.product(raw.agencies, years))
    for agency in raw.agencies:
        for year in years:
            frame = ask("change_waterfall", agency=agency, year=year)
            if frame.empty:
                continue
            before = int(frame["fiscal_year"].min())
            parts, end = frame[frame["kind"] == "part"], frame[frame["kind"] == "end"].iloc[0]
            change = raw.computed(agency, year) - raw.computed(agency, before)
            if not nothing(end["tide"]):
                assert cents(end["tide"]) + cents(end["own"]) == 100 * change
            if parts["tide"].isna().any():
                assert parts["tide"].isna().all() and parts["own"].isna().all()
                continue
            split += 1
            for column, whole in (("points", change * 100), ("tide", cents(end["tide"])), ("own", cents(end["own"]))):
                assert sum(map(cents, parts[column])) == whole
            assert all(cents(row.tide) + cents(row.own) == cents(row.points) for row in parts.itertuples())
            if before == year - 1:
                assert list(parts["tide_agencies"].unique()) == [len(raw.panel(year, before))]
                for row in parts.itertuples():
                    away = Fraction(cents(row.tide), 100) - raw.given(year, before, row.indicator)
                    assert abs(away) < Fraction(1, 100), "one of the two nearest hundredths"
    assert split or len(raw.agencies) < 120


def test_chosen_others(raw):
    """The tide of a list: the mean change of those that have both years; under five nothing is split off."""
    draw_lots = random.Random(3)
    seen = set()
    for size in (2, 5, 9, 40):
        others = draw_lots.sample(raw.agencies, min(size, len(raw.agencies)))
        agency = next(one for one in raw.agencies if raw.changes(2568, (one,)))
        trend = ask("score_trend", agency=agency, others=others)
        row = trend[trend["fiscal_year"] == 2568].iloc[0]
        tide = raw.tide(2568, tuple(others))
        seen.add(tide is None)
        assert (row["tide_basis"], nothing(row["tide"])) == (("few_peers", True) if tide is None else ("peers", False)) or nothing(
            row["tide_basis"]
        )
        assert tide is None or cents(row["tide"]) == 100 * tide and cents(row["own"] + row["tide"]) == 100 * raw.changes(2568, (agency,))[0]
        frame = ask("change_waterfall_peers", agency=agency, year=2568, others=others)
        end, parts = frame[frame["kind"] == "end"], frame[frame["kind"] == "part"]
        if len(end) and not nothing(end["tide"].iloc[0]):
            assert sum(map(cents, parts["tide"])) == cents(end["tide"].iloc[0])
            assert sum(map(cents, parts["own"])) == cents(end["own"].iloc[0])
    assert True in seen


def test_one_indicator(raw):
    for agency in raw.agencies[:40]:
        frame = ask("indicator_trend", agency=agency, indicator="8")
        scores = {year: raw.scores[agency, year].get("8") for year in frame["fiscal_year"]}
        for row in frame.itertuples():
            if not nothing(row.tide):
                before, year = int(row.fiscal_year) - 1, int(row.fiscal_year)
                panel = raw.panel(year, before)
                mean = half_up(sum(raw.scores[a, year]["8"] - raw.scores[a, before]["8"] for a in panel) / len(panel))
                assert cents(row.tide) == 100 * mean
                assert cents(row.own) + cents(row.tide) == 100 * (scores[year] - scores[before])


def test_lists_of_movers_say_what_is_own(raw):
    frame = ask("nation_movers", year=2568)
    tide = raw.tide(2568)
    for row in frame.itertuples():
        assert cents(row.tide) == 100 * tide
        assert cents(row.own) + cents(row.tide) == 100 * raw.changes(2568, (row.agency_id,))[0]


def test_no_sentence_gives_the_tide_for_own(nation_data, monkeypatch):
    """Where the words of own change stand, the number after them is the change less the tide; the parts named are own ones."""
    monkeypatch.setenv("ITA_DATA", str(nation_data))
    raw, words, own = Raw(nation_data / "ita.duckdb"), Words("en"), re.compile(r"own change ([+-]?[\d.]+)")
    seen = 0
    for agency in raw.agencies[:25]:
        for word, frame in (
            ("score_trend", ask("score_trend", agency=agency)),
            ("verdict", ask("verdict", agency=agency, year=2568)),
            ("change_waterfall", ask("change_waterfall", agency=agency, year=2568)),
        ):
            if frame.empty or not raw.changes(2568, (agency,)) or frame["fiscal_year"].iloc[-1] != 2568:
                continue
            said = own.findall(say(word, frame, words))
            assert [cents(float(one)) for one in said] == [100 * (raw.changes(2568, (agency,))[0] - raw.tide(2568))], (agency, word)
            seen += 1
        frame = ask("change_waterfall", agency=agency, year=2568)
        if frame["own"].notna().sum() > 1:
            named = re.findall(r"own change most \w+: indicator (\d+) .*? \(([+-][\d.]+)\)", say("change_waterfall", frame, words))
            parts = frame.dropna(subset=["indicator"]).set_index("indicator")["own"]
            assert named and all(cents(parts[one]) == cents(float(points)) for one, points in named)
    assert seen > 30


def test_the_figure_shows_both_parts(nation_data, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(nation_data))
    frames = (ask("change_waterfall", agency=agency, year=2568) for agency in Raw(nation_data / "ita.duckdb").agencies)
    frame = next(frame for frame in frames if frame["own"].notna().sum() > 1)
    tide, own, marks = draw("change_waterfall", frame, Words("th")).data
    assert cents(sum(tide.x) + sum(own.x)) == cents(marks.x[1] - marks.x[0])
    assert [cents(base + x) for base, x in zip(tide.base, tide.x, strict=True)] == [cents(base) for base in own.base]


def test_too_few_are_no_nation(tmp_path, monkeypatch):
    """Sixty agencies of a nation of thousands, and no published means: nothing is split off, and that is said."""
    data = tmp_path / "data"
    write_sample(60, range(2567, 2569), data)
    benchmarks = data / "benchmarks.csv"
    head = benchmarks.read_text(encoding="utf-8").split("\n")[0]
    benchmarks.write_text(f"{head}\n2568,all agencies,mean_total,90.00,stated,,8300\n", encoding="utf-8")
    build_database(data, data / "ita.duckdb")
    monkeypatch.setenv("ITA_DATA", str(data))
    agency = next(one for one in Raw(data / "ita.duckdb").agencies if len(ask("change_waterfall", agency=one, year=2568)))
    for word, given in (("change_waterfall", {"year": 2568}), ("verdict", {"year": 2568}), ("score_trend", {})):
        frame = ask(word, agency=agency, **given)
        assert frame["tide"].isna().all() and frame["own"].isna().all()
        for lang in ("th", "en"):
            assert Words(lang)("tide.few") in say(word, frame, Words(lang))
