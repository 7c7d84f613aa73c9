"""The cheapest path to a level, and what a change of scores would give. Exact arithmetic; knows neither Streamlit nor the database.

Scores are points 0-100 of indicators. A level is reached by its floor of the total and, where it has one, its floor of every instrument.
The path aims at the unrounded floors; `assess` shows what is printed, so a level may show a hair before the path ends.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from math import lcm

Number = int | float | str | Decimal | Fraction
Whole = int | Fraction  # a whole number, but where a path ends between two
FULL = Fraction(100)


@dataclass(frozen=True)
class Level:
    """A level with its floors in points; None is no floor. Rank 1 is the best."""

    level: str
    rank: int
    min_total: Fraction | None
    min_instrument: Fraction | None


@dataclass(frozen=True)
class YearRules:
    """One fiscal year: weight of each instrument (of 1), instrument of each indicator, levels from the best down."""

    weights: Mapping[str, Fraction]
    instrument_of: Mapping[str, str]
    levels: tuple[Level, ...]

    def members(self, instrument: str) -> list[str]:
        """The indicators of an instrument."""
        return [indicator for indicator, owner in self.instrument_of.items() if owner == instrument]

    @cached_property
    def leverage(self) -> dict[str, Fraction]:
        """Points of the total for one point of each indicator."""
        return {indicator: self.weights[instrument] / len(self.members(instrument)) for indicator, instrument in self.instrument_of.items()}

    @cached_property
    def whole_leverage(self) -> tuple[dict[str, int], int]:
        """The same as whole numbers of parts of a point, and how many parts a point has."""
        parts = lcm(*(points.denominator for points in self.leverage.values()))
        return {indicator: _in(parts, points) for indicator, points in self.leverage.items()}, parts


@dataclass(frozen=True)
class Assessment:
    """Instruments and total rounded half up once, the level by these, and the same unrounded. level None: the year has no levels."""

    instruments: dict[str, Decimal]
    total: Decimal
    level: str | None
    exact_instruments: dict[str, Fraction]
    exact_total: Fraction


@dataclass(frozen=True)
class Path:
    """A cheapest path. Where `feasible` is false, `rises` goes to every ceiling and `short_of` names what still lacks and by how many
    points: instruments or TOTAL.

    `rises`: points to add to each indicator that rises, unrounded. `points`: their sum. `cost`: their sum weighted by difficulty.
    """

    feasible: bool
    rises: dict[str, Fraction]
    points: Fraction
    cost: Fraction
    short_of: dict[str, Fraction]


def exact(value: Number | None) -> Fraction | None:
    """A number as it is printed: 0.3 is three tenths, also where a frame holds it as a float. None and NaN are None."""
    if value is None or value != value:
        return None
    return value if isinstance(value, Fraction) else _printed(str(value))


@lru_cache(maxsize=20_000)  # a sheet of a province asks for thousands, among them few different ones
def _printed(number: str) -> Fraction:
    return Fraction(number)


def year_rules(instruments: Iterable[Mapping], indicators: Iterable[Mapping], levels: Iterable[Mapping]) -> YearRules:
    """The rules of a year from rows of the tables instrument (instrument, weight), indicator (indicator, instrument) and level
    (level, rank, min_total, min_instrument)."""
    ranked = sorted(
        (Level(row["level"], int(row["rank"]), exact(row["min_total"]), exact(row["min_instrument"])) for row in levels),
        key=lambda level: level.rank,
    )
    return YearRules(
        {row["instrument"]: exact(row["weight"]) for row in instruments},
        {row["indicator"]: row["instrument"] for row in indicators},
        tuple(ranked),
    )


def assess(scores: Mapping[str, Number], rules: YearRules) -> Assessment:
    """What scores of all indicators of the year give. KeyError: one is missing. ValueError: one lies outside 0-100."""
    known = _known(scores, rules)
    means = {}
    for instrument in rules.weights:
        members = rules.members(instrument)
        means[instrument] = sum(known[indicator] for indicator in members) / len(members)
    total = sum(rules.weights[instrument] * mean for instrument, mean in means.items())
    shown = {instrument: half_up(mean) for instrument, mean in means.items()}
    level = next((level.level for level in rules.levels if _reaches(level, half_up(total), shown.values())), None)
    return Assessment(shown, half_up(total), level, means, total)


def cheapest_path(
    scores: Mapping[str, Number],
    level: str,
    rules: YearRules,
    difficulty: Mapping[str, Number] | None = None,
    ceilings: Mapping[str, Number] | None = None,
) -> Path:
    """The least rise of indicators, each point weighed by its difficulty (1 unless given), that reaches `level`.

    Ceilings are 100 unless given. Indicators that cost the same for what they bring rise from the weakest up, never past the next
    weakest before it rises too. KeyError: an indicator or the level is not the year's. ValueError: a score outside 0-100, or a
    difficulty that is not positive.

    In an instrument every point brings the same, so the easiest points come first, and each instrument's cost is convex in its rise.
    Floors of instruments hold for each alone; what the total lacks after them is filled by the best gain for the cost among all points
    left. For convex parts and one common sum this greedy order is optimal.
    """
    now = _known(scores, rules)
    target = {known.level: known for known in rules.levels}[level]
    weight = {one: exact(value) for one, value in (difficulty or {}).items() if one in now}
    if any(value is None or value <= 0 for value in weight.values()):
        raise ValueError("a difficulty must be positive")
    top = dict.fromkeys(now, FULL) | {one: max(now[one], min(FULL, exact(value))) for one, value in (ceilings or {}).items() if one in now}
    floor, floor_of_each = target.min_total or Fraction(0), target.min_instrument or Fraction(0)

    # Whole numbers of a unit that all scores and floors are multiples of, and gains likewise: sums of fractions cost ten times as much.
    unit = lcm(*(score.denominator for score in (*now.values(), *top.values(), floor, floor_of_each)))
    gain, parts = rules.whole_leverage
    before = {indicator: _in(unit, score) for indicator, score in now.items()}
    full = {indicator: _in(unit, score) for indicator, score in top.items()}
    reached, short_of = dict(before), {}

    for instrument in rules.weights:
        members = rules.members(instrument)
        needed = _in(unit, floor_of_each) * len(members) - sum(reached[indicator] for indicator in members)
        if needed <= 0:
            continue
        lacking = _raise(reached, full, dict.fromkeys(members, 1), weight, needed)
        if lacking > 0:
            short_of[instrument] = Fraction(lacking) / (unit * len(members))
    needed = _in(unit, floor) * parts - sum(gain[indicator] * reached[indicator] for indicator in now)
    if needed > 0:
        lacking = _raise(reached, full, gain, weight, needed)
        if lacking > 0:
            short_of["TOTAL"] = Fraction(lacking) / (unit * parts)
    if short_of:
        reached = full
    rises = {one: Fraction(reached[one] - before[one]) / unit for one in now if reached[one] > before[one]}
    points = sum(rises.values(), Fraction(0))
    harder = sum(((value - 1) * rises[one] for one, value in weight.items() if one in rises), Fraction(0))
    return Path(not short_of, rises, points, points + harder, short_of)


def half_up(value: Number) -> Decimal:
    """Two decimals, half up, once: 84.995 is 85.00."""
    return _hundredths(value, ROUND_HALF_UP)


def rounded_up(value: Number) -> Decimal:
    """Two decimals, never less than the value: a rise as printed still reaches its floor."""
    return _hundredths(value, ROUND_CEILING)


def _hundredths(value: Number, rounding: str) -> Decimal:
    hundredths = exact(value) * 100
    whole, rest = divmod(hundredths.numerator, hundredths.denominator)
    up = rest > 0 if rounding == ROUND_CEILING else 2 * rest >= hundredths.denominator
    return Decimal(whole + up).scaleb(-2)


def _known(scores: Mapping[str, Number], rules: YearRules) -> dict[str, Fraction]:
    known = {indicator: exact(scores[indicator]) for indicator in rules.instrument_of}
    for indicator, score in known.items():
        if score is None:
            raise KeyError(indicator)
        if not 0 <= score <= FULL:
            raise ValueError(f"indicator {indicator}: {score} is outside 0-100")
    return known


def _reaches(level: Level, total: Decimal, instruments: Iterable[Decimal]) -> bool:
    if level.min_total is not None and total < level.min_total:
        return False
    return level.min_instrument is None or all(score >= level.min_instrument for score in instruments)


def _in(unit: int, value: Fraction) -> int:
    """A value as so many parts of `unit` to one."""
    return value.numerator * (unit // value.denominator)


def _raise(reached: dict[str, Whole], top: dict[str, int], gain: Mapping[str, int], weight: Mapping[str, Fraction], needed: Whole) -> Whole:
    """Raises `reached` in place until its gains add up to `needed`, what gains most for its weight (1 unless given) first. Returns what is
    still lacking."""
    merit = {one: points / weight[one] if one in weight else points for one, points in gain.items()}
    for best in sorted(set(merit.values()), reverse=True):
        if needed <= 0:
            break
        needed -= _level_up(reached, top, {one: points for one, points in gain.items() if merit[one] == best}, needed)
    return max(needed, 0)


def _level_up(reached: dict[str, Whole], top: dict[str, int], gain: Mapping[str, int], needed: Whole) -> Whole:
    """Raises these indicators like water in joined vessels, the lowest first, until they gain `needed` or are full. Returns the gain.
    Only the last step may end between two whole numbers."""
    gained = 0
    marks = sorted({reached[one] for one in gain} | {top[one] for one in gain})
    for mark, next_mark in pairwise(marks):
        rising = [one for one in gain if reached[one] <= mark < top[one]]
        together = sum(gain[one] for one in rising)
        if not together:
            continue
        last = gained + (next_mark - mark) * together >= needed
        level = mark + Fraction(needed - gained) / together if last else next_mark
        for one in rising:
            reached[one] = level
        if last:
            return needed
        gained += (next_mark - mark) * together
    return gained
