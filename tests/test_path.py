"""The cheapest path to a level against an independent linear-programming solver, and what the page says of บ้านเดื่อ 2568."""

import random
from decimal import Decimal
from fractions import Fraction

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.reckon.path import assess, cheapest_path, half_up, rounded_up, year_rules

BAN_DUEA = dict(zip(map(str, range(1, 11)), "95.30 98.82 98.82 96.55 97.65 93.85 89.90 87.86 67.75 95.00".split(), strict=True))


def rules_of(weights: dict[str, str], sizes: dict[str, int], levels: list[tuple]):
    number = iter(range(1, 100))
    return year_rules(
        [{"instrument": name, "weight": weight} for name, weight in weights.items()],
        [{"indicator": str(next(number)), "instrument": name} for name, size in sizes.items() for _ in range(size)],
        [{"level": name, "rank": rank, "min_total": total, "min_instrument": each} for rank, (name, total, each) in enumerate(levels, 1)],
    )


FIVE = rules_of(
    {"IIT": "0.30", "EIT": "0.30", "OIT": "0.40"},
    {"IIT": 5, "EIT": 3, "OIT": 2},
    [("ผ่านดีเยี่ยม", 95, 95), ("ผ่านดี", 85, 85), ("ผ่าน", 85, None), ("ต้องปรับปรุง", 70, None), ("ต้องปรับปรุงโดยด่วน", None, None)],
)


def test_ban_duea_needs_seven_and_a_quarter_points_of_indicator_9():
    now = assess(BAN_DUEA, FIVE)
    assert (now.instruments, now.total, now.level) == (
        {"IIT": Decimal("97.43"), "EIT": Decimal("90.54"), "OIT": Decimal("81.38")}, Decimal("88.94"), "ผ่าน")  # fmt: skip
    path = cheapest_path(BAN_DUEA, "ผ่านดี", FIVE)
    assert (path.feasible, path.rises, path.points) == (True, {"9": Fraction("7.25")}, Fraction("7.25"))
    # The level shown changes a hair earlier: 84.995 is printed as 85.00.
    assert assess(BAN_DUEA | {"9": "74.99"}, FIVE).level == "ผ่านดี"
    assert assess(BAN_DUEA | {"9": "74.98"}, FIVE).level == "ผ่าน"


def test_a_ceiling_may_make_a_level_impossible_and_says_by_how_much():
    path = cheapest_path(BAN_DUEA, "ผ่านดี", FIVE, ceilings={"9": 70, "10": 96})
    assert (path.feasible, path.short_of) == (False, {"OIT": Fraction(2)})


def test_a_level_that_is_reached_costs_nothing():
    assert cheapest_path(BAN_DUEA, "ผ่าน", FIVE).rises == {}
    assert cheapest_path(BAN_DUEA, "ต้องปรับปรุงโดยด่วน", FIVE).cost == 0


def test_ties_raise_the_weakest_first_and_together_from_where_they_meet():
    scores = dict.fromkeys(map(str, range(1, 9)), 90) | {"9": 70, "10": 76}
    assert cheapest_path(scores, "ผ่านดี", FIVE).rises == {"9": Fraction(15), "10": Fraction(9)}
    assert cheapest_path(scores | {"10": 99}, "ผ่านดี", FIVE).rises == {"9": Fraction(1)}


def test_difficulty_moves_the_path_to_the_easier_indicator():
    assert cheapest_path(BAN_DUEA, "ผ่านดี", FIVE, difficulty={"9": 3}).rises == {"10": Fraction(5), "9": Fraction("2.25")}
    with pytest.raises(ValueError):
        cheapest_path(BAN_DUEA, "ผ่านดี", FIVE, difficulty={"9": 0})


def test_a_missing_score_is_no_zero():
    with pytest.raises(KeyError):
        assess({key: value for key, value in BAN_DUEA.items() if key != "4"}, FIVE)
    with pytest.raises(KeyError):
        cheapest_path(BAN_DUEA | {"4": float("nan")}, "ผ่านดี", FIVE)


@given(st.integers(0, 10**7))
def test_rounding_is_half_up_and_never_down_for_a_rise(thousandths):
    value = Fraction(thousandths, 1000)
    shown = half_up(value)
    assert abs(Fraction(shown) - value) <= Fraction(5, 1000)
    assert thousandths % 10 != 5 or Fraction(shown) > value
    assert 0 <= Fraction(rounded_up(value)) - value < Fraction(1, 100)


# --- against HiGHS --------------------------------------------------------------------------------------------------------------


def random_case(draw: random.Random):
    sizes = {"IIT": draw.randint(1, 5), "EIT": draw.randint(1, 4), "OIT": draw.randint(1, 3)}
    tenths = draw.choice([(3, 3, 4), (2, 3, 5), (4, 4, 2), (1, 1, 8)])
    floor = draw.choice([None, draw.randint(50, 99)])
    weights = {name: str(tenth / 10) for name, tenth in zip(sizes, tenths, strict=True)}
    rules = rules_of(weights, sizes, [("goal", draw.randint(50, 99), floor), ("rest", None, None)])
    lowest = draw.choice([0, 40, 80])
    # Whole and equal scores are frequent, so that ties are.
    hundredths = {name: draw.choice([draw.randint(lowest, 100) * 100, draw.randint(lowest * 100, 10000)]) for name in rules.instrument_of}
    scores = {name: Decimal(value) / 100 for name, value in hundredths.items()}
    difficulty = {name: draw.choice([1, 1, 2, 3, Decimal("0.5")]) for name in scores} if draw.random() < 0.5 else {}
    ceilings = {name: draw.randint(60, 100) for name in scores} if draw.random() < 0.3 else {}
    return rules, scores, difficulty, ceilings


def linear_programme(rules, scores, difficulty, ceilings):
    """Costs, bounds and constraints `A x >= b` of one case, from the definition and not from the greedy order."""
    names = list(scores)
    goal = rules.levels[0]
    rows, least = [], []
    sizes = {instrument: len(rules.members(instrument)) for instrument in rules.weights}
    means = {name: sum(float(scores[i]) for i in rules.members(name)) / sizes[name] for name in rules.weights}
    rows.append([float(rules.weights[rules.instrument_of[i]]) / sizes[rules.instrument_of[i]] for i in names])
    least.append(float(goal.min_total) - sum(float(weight) * means[name] for name, weight in rules.weights.items()))
    if goal.min_instrument is not None:
        for instrument in rules.weights:
            rows.append([1 / sizes[instrument] if rules.instrument_of[i] == instrument else 0 for i in names])
            least.append(float(goal.min_instrument) - means[instrument])
    bounds = [(0, max(0.0, float(ceilings.get(i, 100)) - float(scores[i]))) for i in names]
    return [float(difficulty.get(i, 1)) for i in names], bounds, numpy.array(rows), numpy.array(least)


def optima(cases) -> list[float]:
    """HiGHS's optimum of each case; many independent programmes are solved as one, side by side."""
    from scipy.optimize import linprog  # here: every process of a run imports this file, one needs it
    from scipy.sparse import block_diag  # here: every process of a run imports this file, one needs it

    parts = [linear_programme(*case) for case in cases]
    costs = numpy.concatenate([part[0] for part in parts])
    bounds = [bound for part in parts for bound in part[1]]
    rows, least = block_diag([part[2] for part in parts], format="csr"), numpy.concatenate([part[3] for part in parts])
    solved = linprog(costs, A_ub=-rows, b_ub=-least, bounds=bounds)
    assert solved.status == 0, solved.message
    ends = numpy.cumsum([len(part[0]) for part in parts])[:-1]
    return [float(sum(piece)) for piece in numpy.split(costs * solved.x, ends)]


def test_five_thousand_random_cases_cost_what_a_solver_finds():
    from scipy.optimize import linprog  # here: every process of a run imports this file, one needs it

    draw = random.Random(2568)
    feasible, infeasible = [], []
    for _ in range(5_000):
        case = random_case(draw)
        rules, scores, difficulty, ceilings = case
        path = cheapest_path(scores, "goal", rules, difficulty, ceilings)
        risen = {name: Fraction(score) + path.rises.get(name, 0) for name, score in scores.items()}
        assert all(Fraction(score) <= risen[name] <= max(Fraction(score), ceilings.get(name, 100)) for name, score in scores.items())
        if path.feasible:
            after = assess(risen, rules)
            assert after.exact_total >= rules.levels[0].min_total
            assert min(after.exact_instruments.values()) >= (rules.levels[0].min_instrument or 0)
            feasible.append((case, path))
        else:
            infeasible.append(case)
    assert len(feasible) > 2_500 and len(infeasible) >= 150
    for start in range(0, len(feasible), 500):
        group = feasible[start : start + 500]
        for (case, path), optimum in zip(group, optima([case for case, _ in group]), strict=True):
            assert abs(float(path.cost) - optimum) < 1e-6, case
    for case in infeasible[:150]:
        costs, bounds, rows, least = linear_programme(*case)
        assert linprog(costs, A_ub=-rows, b_ub=-least, bounds=bounds).status == 2
