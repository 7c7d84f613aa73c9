"""Every number of every headline sentence, derived again by another way: exact fractions in Python over the raw tables (scores, rules,
measures), never the tables and queries that the pages ask. On every agency and year of the shipped data and of a small made-up nation."""

import re
import subprocess
import sys
from collections import Counter, defaultdict
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from statistics import median

import duckdb
import pytest

from pages.parts.ask.warehouse import ask
from pages.parts.present.svg.marks import text_width
from pages.parts.reckon import steps
from pages.parts.say.sentences import scores as sentences
from pages.parts.say.text import Words
from tests.support.ahead import asked_together

ROOT = Path(__file__).resolve().parents[1]
HEADING, ROOM = 26, 1170  # pixels: the type of a headline (.streamlit/config.toml; it is bold) and the width it has in a window of 1280
NUMBER = re.compile(r"[+-]?\d+(?:,\d{3})*(?:\.\d+)?")
LANGUAGES = (Words("th"), Words("en"))


@pytest.fixture(scope="session")
def nation_data(tmp_path_factory):
    """A made-up nation of 16 agencies over three years, built."""
    data = tmp_path_factory.mktemp("nation") / "data"
    made = ["sample", "--agencies", "16", "--years", "2566-2568", "--into", str(data)]
    built = ["build", "--data", str(data), "--db", str(data / "ita.duckdb")]
    for command in (made, built):
        subprocess.run([sys.executable, "-m", "etl", *command], cwd=ROOT, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return data


def half_up(value) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def number(value) -> str:
    return f"{half_up(Fraction(value)):,}"


def signed(value) -> str:
    printed = half_up(Fraction(value))
    return f"{printed:+,}" if printed else "0.00"


def floor(value) -> str:
    return f"{float(value):g}"


class Facts:
    """The raw tables as dictionaries of exact values."""

    def __init__(self, database: Path):
        with duckdb.connect(str(database), read_only=True) as connection:

            def rows(sql):
                return connection.execute(sql).fetchall()

            self.scores, self.published = defaultdict(dict), defaultdict(dict)
            for agency, now, one, score in rows("select agency_id, fiscal_year, indicator, score from score where chosen"):
                (self.scores if one.isdigit() else self.published)[agency, now][one] = Fraction(score)
            weights = rows("select fiscal_year, instrument, weight from instrument")
            self.weights = {(now, one): Fraction(weight) for now, one, weight in weights if weight is not None}
            self.owner, self.order = defaultdict(dict), {}
            for now, one, instrument, position in rows("select fiscal_year, indicator, instrument, position from indicator order by 1, 4"):
                self.owner[now][one] = instrument
                self.order[now, one] = position
            self.levels = defaultdict(list)
            for now, level, total, instrument in rows("select fiscal_year, level, min_total, min_instrument from level order by rank"):
                self.levels[now].append((level, total, instrument))
            stated = rows("select agency_id, fiscal_year, level from stated_level where chosen")
            self.stated = {(agency, now): level for agency, now, level in stated}
            shown = rows("select agency_id, fiscal_year, level_shown from assessment")
            self.shown_level = {(agency, now): level for agency, now, level in shown}
            self.rule = {year: bool(scored) for year, scored in rows("select fiscal_year, scored from rule_year")}
            self.follows = dict(rows("select fiscal_year, comparable_with_previous from rule_year"))
            national = "select fiscal_year, value from benchmark where metric = 'mean_total' and scope = 'all agencies'"
            self.national = dict(rows(national))
            self.agencies = {row[0]: row[1:] for row in rows("select agency_id, agency_type, province, region from agency")}
            self.measures = rows("""
                select m.measure_id, m.agency_id, m.fiscal_year, s.family, m.status, m.status_basis, m.group_number, m.responsible
                from measure m join source s using (source_id) where m.section = 'result' and m.latest""")
            self.aimed = defaultdict(set)
            for measure, indicator in rows("select measure_id, indicator from measure_indicator"):
                self.aimed[measure].add(indicator)

    def pairs(self):
        """Every agency and year with scores or measures."""
        return sorted({*self.scores, *self.published, *((m[1], m[2]) for m in self.measures if m[1] and m[2])})

    def complete(self, agency, year):
        return year in self.owner and self.scores[agency, year].keys() >= self.owner[year].keys()

    def leverage(self, year, indicator):
        instrument = self.owner[year][indicator]
        return self.weights[year, instrument] / sum(1 for owner in self.owner[year].values() if owner == instrument)

    def mean(self, agency, year, instrument):
        """Exact computed instrument; None where an indicator is missing."""
        members = [one for one, owner in self.owner.get(year, {}).items() if owner == instrument]
        known = [self.scores[agency, year].get(one) for one in members]
        return sum(known) / len(known) if known and None not in known else None

    def instrument(self, agency, year, instrument):
        """As shown: published to two digits, else computed, else published in points."""
        published, computed = self.published[agency, year].get(instrument), self.mean(agency, year, instrument)
        if published is not None and (half_up(published) == published or computed is None):
            return published
        return None if computed is None else Fraction(half_up(computed))

    @cache  # noqa: B019
    def computed(self, agency, year):
        if not self.complete(agency, year):
            return None
        exact = sum(self.leverage(year, one) * self.scores[agency, year][one] for one in self.owner[year])
        return half_up(exact)

    @cache  # noqa: B019  as long as the tests run
    def total(self, agency, year):
        published = self.published[agency, year].get("TOTAL")
        return half_up(published) if published is not None else self.computed(agency, year)

    def comparable_total(self, agency, year):
        return self.total(agency, year) if self.rule.get(year) else None

    def level(self, agency, year):
        """The stated level; else by the rule from rounded values; for incomplete years as the database decided."""
        if self.stated.get((agency, year)):
            return self.stated[agency, year]
        if not self.complete(agency, year) or self.published[agency, year].keys() & {"IIT", "EIT", "OIT"}:
            return self.shown_level.get((agency, year))
        scores = [half_up(self.mean(agency, year, one)) for one in ("IIT", "EIT", "OIT")]
        for level, total, instrument in self.levels[year]:
            if (total is None or self.total(agency, year) >= total) and (instrument is None or min(scores) >= instrument):
                return level

    @cache  # noqa: B019
    def peers(self, agency, year):
        kind, province, region = self.agencies[agency]
        others = [one for one in self.agencies if one != agency and self.comparable_total(one, year) is not None]
        alike = [one for one in others if self.agencies[one][0] == kind and kind is not None]
        same = [one for one in alike if self.agencies[one][1] == province and province is not None]
        if len(same) >= 5:
            return same
        same = [one for one in alike if self.agencies[one][2] == region and region is not None]
        if len(same) >= 5:
            return same
        mine = self.comparable_total(agency, year - 1)
        if mine is None:
            return []
        before = {one: self.comparable_total(one, year - 1) for one in others}
        near = sorted((abs(total - mine), one) for one, total in before.items() if total is not None)
        return [one for _, one in near[:20]]

    def assessed(self):
        """The pairs with indicators of that year, and one without."""
        having = [(a, y) for a, y in self.pairs() if self.scores[a, y].keys() & self.owner.get(y, {}).keys()]
        return having + [pair for pair in self.pairs() if pair not in having][:1]

    def worked(self):
        """The pairs with reported measures, and two without."""
        having = [(a, y) for a, y in self.pairs() if self.of(a, y)]
        return having + [pair for pair in self.pairs() if pair not in having][:2]

    def parts(self, agency, year):
        """(previous computed year, [(indicator, printed part)]) by largest remainder; None where it cannot be taken apart."""
        earlier = [y for y in self.rule if y < year and self.rule[y] and self.complete(agency, y)]
        if not earlier or not self.complete(agency, year) or not self.rule.get(year):
            return None
        before = max(earlier)
        if any(not self.follows[y] for y in range(before + 1, year + 1)):
            return None
        exact = [
            (one, 100 * self.leverage(before, one) * (self.scores[agency, year][one] - self.scores[agency, before][one]))
            for one in self.owner[year]
        ]
        same = [self.leverage(before, one) == self.leverage(year, one) for one in self.owner[year]]
        assert all(same), "weights do not change in these data"
        cents = {one: part.__floor__() for one, part in exact}
        left = int((self.computed(agency, year) - self.computed(agency, before)) * 100) - sum(cents.values())
        for one, _ in sorted(exact, key=lambda part: (-(part[1] - part[1].__floor__()), self.order[year, part[0]]))[:left]:
            cents[one] += 1
        return before, [(one, Fraction(cents[one], 100)) for one, _ in exact]

    def of(self, agency, year):
        return [m for m in self.measures if m[1] == agency and m[2] == year]


@pytest.fixture(scope="module", params=["shipped", "nation"])
def facts(request):
    data = request.getfixturevalue("nation_data") if request.param == "nation" else request.getfixturevalue("shipped_db").parent
    found = Facts(data / "ita.duckdb")
    found.data = data
    return found


@pytest.fixture(autouse=True)
def door(facts, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(facts.data))


def numbers(sentence: str, names=()) -> Counter:
    """The numbers of a sentence, those in quoted or given names apart."""
    for name in sorted((name for name in names if name), key=len, reverse=True):
        sentence = sentence.replace(name, "")
    return Counter(NUMBER.findall(re.sub(r"“.*?”", "", sentence)))


def check(say, frame, expected, names=(), **context):
    """`expected` are numbers as printed; a year stands as ("year", 2568) and has its common-era year beside it in English."""
    for words in LANGUAGES:
        wanted = Counter()
        for one in expected:
            years = [one[1], one[1] - 543][: 2 if words.lang == "en" else 1] if isinstance(one, tuple) else [one]
            wanted.update(map(str, years))
        parts = say(frame, words)
        assert text_width(parts[0], HEADING) <= 2 * ROOM, ("more than two lines", context, parts[0])
        said = words.sentence(parts)
        assert numbers(said, names) == wanted, (context, said)


def year(value):
    return ("year", value)


def moved(facts, agency, now):
    """Numbers of the change on the year before, as the sentences say it."""
    before = facts.comparable_total(agency, now - 1)
    if before is None or facts.comparable_total(agency, now) is None or not facts.follows.get(now):
        return []
    change = facts.total(agency, now) - before
    return [year(now - 1)] + ([signed(change)] if change else []) + beyond(facts, now - 1, now, change)


def beyond(facts, before, now, change):
    """What of a change the nation moved, by the published means, and the rest. So few agencies are loaded that they stand for no nation."""
    if not {before, now} <= facts.national.keys() or not facts.rule.get(before):
        return []
    tide = Fraction(str(facts.national[now])) - Fraction(str(facts.national[before]))
    return [signed(tide), signed(Fraction(change) - tide)]


def national_gap(facts, agency, now):
    if now not in facts.national or not facts.rule.get(now):
        return []
    mean = Fraction(str(facts.national[now]))
    gap = Fraction(facts.total(agency, now)) - mean
    return [number(mean)] + ([number(abs(gap))] if half_up(gap) else [])


def test_score_trend(facts):
    for agency in sorted({agency for agency, _ in facts.pairs()}):
        frame = ask("score_trend", agency=agency)
        known = sorted(y for a, y in facts.pairs() if a == agency and facts.comparable_total(a, y) is not None)
        assert frame.empty == (not known)
        if known:
            last = known[-1]
            few = [str(len(known))] if len(known) < 3 else []
            expected = [year(last), number(facts.total(agency, last)), *moved(facts, agency, last), *national_gap(facts, agency, last)]
            check(sentences.score_trend, frame, expected + few, agency=agency)


def test_verdict_and_standing(facts):
    seen = 0
    asked_together("verdict", facts.pairs())
    for agency, now in facts.pairs():
        frame, total = ask("verdict", agency=agency, year=now), facts.total(agency, now)
        assert frame.empty == (total is None)
        if total is None:
            continue
        seen += 1
        expected, level = [year(now), number(total)], facts.level(agency, now)
        names = [one[0] for one in facts.levels.get(now, [])]
        better = facts.levels[now][names.index(level) - 1] if level in names and names.index(level) else None
        if better:
            if better[1] is not None and total < better[1]:
                expected += [floor(better[1]), number(better[1] - total)]
            scores = {one: facts.instrument(agency, now, one) for one in ("IIT", "EIT", "OIT")}
            short = [score for score in scores.values() if score is not None and better[2] is not None and score < better[2]]
            expected += [number(score) for score in short] + ([floor(better[2])] if short else [])
        check(sentences.verdict, frame, expected + moved(facts, agency, now), agency=agency, year=now)
        peers = facts.peers(agency, now)
        if len(peers) >= 5:
            totals = [Fraction(facts.total(one, now)) for one in peers]
            standing = [str(1 + sum(other > total for other in totals)), str(len(peers) + 1), number(median(totals))]
        else:
            standing = [str(len(peers))] if peers else []
        check(sentences.standing, frame, standing + national_gap(facts, agency, now), agency=agency, year=now)
    assert seen


def test_change_waterfall_and_movers(facts):
    seen = 0
    asked_together("change_waterfall", facts.pairs())
    for agency, now in facts.pairs():
        frame, found = ask("change_waterfall", agency=agency, year=now), facts.parts(agency, now)
        assert frame.empty == (found is None), (agency, now)
        if found is None:
            continue
        seen += 1
        before, parts = found
        change = facts.computed(agency, now) - facts.computed(agency, before)
        printed = frame.loc[frame["kind"] == "part", "points"]
        assert round(sum(printed) * 100) == change * 100, "printed parts add up to the printed change"
        ends = (
            [number(facts.computed(agency, before)), number(facts.computed(agency, now)), signed(change)]
            if change
            else [number(facts.computed(agency, now))]
        )
        up = sorted((part for part in parts if part[1] > 0), key=lambda part: (-part[1], facts.order[now, part[0]]))
        down = sorted((part for part in parts if part[1] < 0), key=lambda part: (part[1], facts.order[now, part[0]]))
        most = [text for one, points in up[:1] + down[:1] for text in (one, signed(points))]
        split = beyond(facts, before, now, change)
        check(sentences.change_waterfall, frame, [year(now), *ends, *split, *most], agency=agency, year=now)
        two = [text for one, points in up[:2] + down[:2] for text in (one, signed(points))]
        check(sentences.movers, frame, two, agency=agency, year=now)
    assert seen


def test_indicators(facts):
    for agency in sorted({agency for agency, _ in facts.scores}):
        years = sorted(y for a, y in facts.scores if a == agency and facts.scores[a, y].keys() & facts.owner.get(y, {}).keys())
        frame = ask("indicator_heatmap", agency=agency)
        assert frame.empty == (not years)
        if not years:
            continue
        last = years[-1]
        ours = {y: {one: facts.scores[agency, y][one] for one in facts.owner[y] if one in facts.scores[agency, y]} for y in years}
        lowest = {y: min(ours[y], key=lambda one, y=y: (ours[y][one], facts.order[y, one])) for y in years}
        one = lowest[last]
        expected = [year(last), one, number(ours[last][one])]
        expected += close(facts, agency, ours[last], one)
        if len(years) > 1:
            expected += [str(sum(low == one for low in lowest.values())), str(len(years))]
        check(sentences.indicator_heatmap, frame, expected + ([str(len(years))] if len(years) < 3 else []), agency=agency)
        reach = [year(last), str(sum(score >= 85 for score in ours[last].values())), str(len(ours[last])), "85"]
        check(sentences.indicator_multiples, ask("indicator_multiples", agency=agency), reach, agency=agency)
        with_it = [y for y in years if one in ours[y]]
        expected = [one, year(last), number(ours[last][one])]
        if last - 1 in with_it:
            change = ours[last][one] - ours[last - 1][one]
            expected += [year(last - 1)] + ([signed(change)] if change else [])
        scores = [facts.scores[peer, last][one] for peer in facts.peers(agency, last) if one in facts.scores[peer, last]]
        expected += [str(len(scores)), number(median(scores))] if scores else []
        check(sentences.indicator_trend, ask("indicator_trend", agency=agency, indicator=one), expected, agency=agency)


def noise(facts, agency):
    """The median absolute change of an indicator from one year to the next; None with fewer than two pairs of years."""
    changes, pairs = [], set()
    for a, y in facts.scores:
        if a == agency and y in facts.owner:
            for one in facts.owner[y]:
                if one in facts.scores[a, y] and one in facts.scores.get((a, y - 1), {}):
                    changes.append(abs(facts.scores[a, y][one] - facts.scores[a, y - 1][one]))
                    pairs.add(y)
    return half_up(Fraction(median(changes))) if len(pairs) >= 2 else None


def close(facts, agency, value, first):
    """Numbers of the remark that the next lowest is as good as the same."""
    common, others = noise(facts, agency), sorted((value[one], int(one)) for one in value if one != first)
    if common is None or not others:
        return []
    gap = others[0][0] - value[first]
    return [str(others[0][1]), number(gap), f"{common:,}"] if 0 < gap < common else []


def persistence(facts, agency):
    """(times among the three lowest by indicator, years with every indicator)."""
    years = [y for a, y in facts.scores if a == agency and facts.complete(a, y)]
    times = Counter()
    for y in years:
        scores = {one: facts.scores[agency, y][one] for one in facts.owner[y]}
        times.update(one for one in scores if sum(other < scores[one] for other in scores.values()) < 3)
    return times, len(years)


@pytest.mark.parametrize("order", ["score", "gain", "peers"])
def test_weakest(facts, order):
    seen = 0
    for agency, now in facts.assessed():
        ours = {one: score for one, score in facts.scores[agency, now].items() if one in facts.owner.get(now, {})}
        frame = ask("weakest", agency=agency, year=now, order=order)
        assert frame.empty == (not ours)
        if not ours:
            continue
        seen += 1
        peers = facts.peers(agency, now)
        theirs = {one: [facts.scores[peer, now][one] for peer in peers if one in facts.scores[peer, now]] for one in ours}
        middle = {one: Fraction(half_up(Fraction(median(scores)))) for one, scores in theirs.items() if scores}
        value = {
            "score": ours,
            "gain": {one: facts.leverage(now, one) * (100 - score) for one, score in ours.items()},
            "peers": {one: ours[one] - middle[one] for one in middle},
        }[order]
        if order == "peers" and (not value or half_up(min(value.values())) >= 0):
            check(sentences.weakest, frame, [year(now)], agency=agency, year=now)
            continue
        best = (max if order == "gain" else min)(value.values())
        tied = [one for one in value if value[one] == best]
        first = min(tied, key=lambda one: (ours[one], int(one)))
        times, years = persistence(facts, agency)
        expected = [year(now), first, number(best) if order == "score" else signed(best)]
        expected += {"score": [], "gain": ["100"], "peers": [number(middle.get(first, 0)), str(len(theirs[first]))]}[order]
        same = [one for one in value if half_up(value[one]) == half_up(best) and one != first]
        if not same and order != "gain":
            ranked = sorted(value, key=lambda one: (value[one], ours[one], int(one)))
            expected += close(facts, agency, {one: Fraction(half_up(value[one])) for one in ranked}, first)
        expected += same + ([str(times[first]), str(years)] if years > 1 else []) + ([str(years)] if years < 3 else [])
        check(sentences.weakest, frame, expected, agency=agency, year=now, order=order)
    assert seen


@pytest.mark.parametrize("scope", ["peers", "province", "nation"])
def test_weakest_group(facts, scope):
    for agency, now in facts.assessed():
        group = {
            "peers": facts.peers(agency, now),
            "nation": list(facts.agencies),
            "province": [one for one in facts.agencies if facts.agencies[one][1] == facts.agencies[agency][1] is not None],
        }[scope]
        members = [one for one in {*group, agency} if facts.complete(one, now)]
        frame = ask("weakest_group", agency=agency, year=now, scope=scope)
        assert frame.empty == (len(members) < 5), (agency, now)
        if len(members) < 5:
            continue
        all_of_them = [one for one in facts.agencies if facts.complete(one, now)]
        lowest = {one: min(facts.scores[one, now][i] for i in facts.owner[now]) for one in all_of_them}
        count, usual = (
            {i: sum(facts.scores[one, now][i] == lowest[one] for one in some) for i in facts.owner[now]} for some in (members, all_of_them)
        )
        places, weak = sum(count.values()), sum(usual.values())
        apart = sum((count[i] - Fraction(places * usual[i], weak)) ** 2 for i in count)
        weight = (places**2 - sum(n * n for n in count.values())) / apart if apart else None
        drawn = {
            i: (count[i] + weight * Fraction(usual[i], weak)) / (places + weight) if apart else Fraction(usual[i], weak) for i in count
        }
        most = min(count, key=lambda i: (-drawn[i], facts.order[now, i]))
        own = [i for i in facts.owner[now] if agency in lowest and facts.scores[agency, now][i] == lowest[agency]]
        expected = [year(now), most, str(count[most]), str(len(members))] + (own + [str(max(count[i] for i in own))] if own else [])
        check(sentences.weakest_group, frame, expected, agency=agency, year=now, scope=scope)


def test_paths_and_what_ifs(facts):
    seen = 0
    asked_together("path", facts.pairs())
    for agency, now in facts.pairs():
        scores, levels = ask("path", agency=agency, year=now), ask("path_levels", year=now)
        assert scores.empty == (not facts.complete(agency, now))
        if scores.empty or levels.empty:
            continue
        seen += 1
        ours, order = facts.scores[agency, now], list(facts.owner[now])
        for level in steps.better(scores, levels):
            frame = steps.path(scores, levels, level)
            then = {row.indicator: Fraction(str(row.needed)) for row in frame.itertuples()}
            rises = sorted(((one, then[one] - ours[one]) for one in order if then[one] > ours[one]), key=lambda rise: -rise[1])
            total = half_up(sum(facts.leverage(now, one) * ours[one] for one in order))
            _, floor_total, floor_instrument = next(one for one in facts.levels[now] if one[0] == level)
            reached = {
                code: sum(then[one] for one in order if facts.owner[now][one] == code) / sum(facts.owner[now][one] == code for one in order)
                for code in ("IIT", "EIT", "OIT")
            }
            exact = sum(facts.weights[now, code] * mean for code, mean in reached.items())
            assert frame["feasible"].iloc[0]
            assert exact >= (floor_total or 0), "the rises as printed reach the floor of the total"
            assert all(mean >= (floor_instrument or 0) for mean in reached.values()), "and those of the instruments"
            ratio = max(facts.leverage(now, one) for one in order) / min(facts.leverage(now, one) for one in order)
            worth = [str((Decimal(ratio.numerator) / ratio.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP))] if ratio > 1 else []
            arrives = frame["total_then"].iloc[0]
            assert abs(float(exact) - arrives) < 0.011, "rounding up a rise adds less than a hundredth of the total"
            spoken = [text for one, rise in rises for text in (one, signed(rise))]
            ends = [number(total), f"{arrives:,.2f}"] if rises else [year(now), number(total)]
            more = [str(len(rises) - 3)] if len(rises) > 3 else []
            check(sentences.path, frame, [*ends, *spoken, *more, *worth], agency=agency, year=now, level=level)
            short = [text for one, rise in rises[:3] for text in (one, signed(rise), number(ours[one]), number(then[one]))]
            if rises:
                check(sentences.next_step, frame, short + more, agency=agency, year=now)
        tried = {order[0]: 50.0, order[-1]: 100.0}
        mixed = ours | {one: Fraction(str(score)) for one, score in tried.items()}
        after = half_up(sum(facts.leverage(now, one) * mixed[one] for one in order))
        change = after - facts.computed(agency, now)
        expected = [number(after)] + ([signed(change)] if change else [])
        check(sentences.what_if, steps.what_if(scores, levels, tried), expected, agency=agency, year=now)
    assert seen


def test_ban_duea_needs_exactly_what_the_floor_lacks(shipped_db, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(shipped_db.parent))
    scores, levels = ask("path", agency="a0003", year=2568), ask("path_levels", year=2568)
    frame = steps.path(scores, levels, "ผ่านดี")
    needed = (2 * Decimal(85) - Decimal("67.75") - Decimal("95.00")).quantize(Decimal("0.01"), ROUND_CEILING)
    assert {row.indicator: Decimal(str(row.rise)) for row in frame.itertuples() if row.rise} == {"9": needed} == {"9": Decimal("7.25")}


def counted(measures):
    """(completed, decided, inferred, unknown) of raw measures."""
    done = [m for m in measures if m[4] == "completed"]
    unknown = sum(m[4] == "unknown" for m in measures)
    return len(done), len(measures) - unknown, sum(m[5] == "inferred" for m in done), unknown


def spoken(completed, decided, inferred, unknown):
    """Numbers of a completion as the headline says it."""
    if decided == 0:
        return [str(unknown)]
    share = (Decimal(100 * completed) / decided).quantize(Decimal("0.01"), ROUND_HALF_UP)
    percent = [str(share.normalize() if share != share.to_integral() else int(share))] if decided >= 5 else []
    percent = [f"{share:.2f}" if "." in one else one for one in percent]
    return [str(completed), str(decided), *percent, str(completed - inferred), str(inferred), str(unknown)]


def families(measures):
    found = defaultdict(list)
    for m in measures:
        found[m[3]].append(m)
    return found


def test_completion(facts):
    asked_together("completion_rate", facts.worked())
    for agency, now in facts.worked():
        ours = facts.of(agency, now)
        frame = ask("completion_rate", agency=agency, year=now)
        assert frame.empty == (not ours)
        if not ours:
            continue
        expected = []
        for rows in families(ours).values():
            completed, decided, inferred, unknown = counted(rows)
            expected += [str(completed), str(decided), str(completed - inferred), str(inferred), str(unknown)]
        check(sentences.completion_rate, frame, expected, agency=agency, year=now)
        groups = defaultdict(list)
        for m in ours:
            groups[m[3], m[6]].append(m)
        left = max(counted(rows)[1] - counted(rows)[0] for rows in groups.values())
        together = [text for rows in families(ours).values() for text in spoken(*counted(rows))]
        expected = [year(now), *together] + ([str(left)] if left else [])
        check(sentences.completion_by_group, ask("completion_by_group", agency=agency, year=now), expected, agency=agency, year=now)


def test_completion_by_year(facts):
    for agency in [None, *sorted({m[1] for m in facts.measures if m[1]})]:
        ours = [m for m in facts.measures if (agency is None or m[1] == agency) and m[2]]
        expected = []
        for rows in families(ours).values():
            last = max(m[2] for m in rows)
            of_last = [m for m in rows if m[2] == last]
            documents = {m[0].rsplit("-", 2)[0] for m in of_last}
            expected += [year(last), *spoken(*counted(of_last)), str(len(documents))]
        check(sentences.completion_by_year, ask("completion_by_year", agencies=agency and [agency]), expected, agency=agency)


def test_completion_by_unit(facts):
    for agency, now in facts.worked():
        ours = facts.of(agency, now)
        frame = ask("completion_by_unit", agency=agency, year=now)
        if not ours:
            assert frame.empty
            continue
        units = defaultdict(list)
        for m in ours:
            for unit in dict.fromkeys(m[7] or [None]):
                units[m[3], unit].append(m)
        named = {key: rows for key, rows in units.items() if key[1] is not None}
        expected = [year(now)]
        if named:
            load = max(len(rows) for rows in named.values())
            of_units = frame[frame["unit"].notna()]
            busiest = of_units.iloc[of_units[["decided", "unknown"]].sum(axis=1).argmax()]
            rows = named[busiest["family"], busiest["unit"]]
            assert len(rows) == load
            expected += [str(load), *spoken(*counted(rows))]
        without = sum(len(rows) for key, rows in units.items() if key[1] is None)
        names = [key[1] for key in named]
        check(sentences.completion_by_unit, frame, expected + ([str(without)] if without else []), names, agency=agency, year=now)


def test_aim(facts):
    seen = 0
    asked_together("aim", facts.worked())
    for agency, now in facts.worked():
        ours, before = facts.of(agency, now), now - 1
        frame = ask("aim", agency=agency, year=now)
        possible = bool(ours) and facts.complete(agency, before)
        assert frame.empty == (not possible), (agency, now)
        if not possible:
            continue
        seen += 1
        lost = {one: facts.leverage(before, one) * (100 - facts.scores[agency, before][one]) for one in facts.owner[before]}
        printed = {one: half_up(points) for one, points in lost.items()}
        aimed = Counter(one for m in ours for one in facts.aimed[m[0]])
        completed = Counter(one for m in ours if m[4] == "completed" for one in facts.aimed[m[0]])
        parts = facts.parts(agency, now)
        points = dict(parts[1]) if parts and parts[0] == before else {}
        missed = [one for one in lost if not aimed[one] and printed[one] > 0]
        expected = [str(len(ours)), number(sum(lost.values())), year(before)]
        if missed:
            by_code = {code: [one for one in lost if facts.owner[before][one] == code] for code in ("IIT", "EIT", "OIT")}
            whole = {
                code: half_up(sum(lost[one] for one in members))
                for code, members in by_code.items()
                if not any(aimed[one] for one in members) and any(printed[one] for one in members)
            }
            if whole:
                code = max(whole, key=whole.get)
                missed = by_code[code]
                most = max(missed, key=lambda one: (printed[one], -int(one)))
                expected += [f"{whole[code]:,}", most, f"{printed[most]:,}"]
            else:
                most = max(missed, key=lambda one: (printed[one], -int(one)))
                missed = [most]
                expected += [most, f"{printed[most]:,}"]
            for one in missed:
                if one in facts.scores[agency, now] and one in points:
                    change = facts.scores[agency, now][one] - facts.scores[agency, before][one]
                    expected += [one] + ([number(abs(change)), signed(points[one])] if half_up(change) else [])
        idle = [one for one in lost if printed[one] == 0 and completed[one]]
        expected += [str(sum(completed[one] for one in idle)), *idle] if idle else []
        unplaced = sum(not facts.aimed[m[0]] for m in ours)
        check(sentences.aim, frame, expected + ([str(unplaced)] if unplaced else []), agency=agency, year=now)
    assert seen


@pytest.mark.parametrize("words", LANGUAGES, ids=["th", "en"])
def test_the_words_of_rise_fall_and_none_fit_their_numbers(facts, words):
    """+ stands with the word of a rise, - with that of a fall."""
    signs = {"rise": "+", "fall": "-"}
    for agency in sorted({agency for agency, _ in facts.scores}):
        frame = ask("score_trend", agency=agency)
        if frame.empty:
            continue
        sentence = words.sentence(sentences.score_trend(frame, words))
        for way, sign in signs.items():
            start = words(f"score_trend.{way}", year="¤", change="¤").split("¤")[0].strip()
            if start and start in sentence:
                assert f"({sign}" in sentence.split(start, 1)[1][:40]
