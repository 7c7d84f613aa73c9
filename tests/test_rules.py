"""The rules of each fiscal year as data: complete, sourced, checked, and replaceable without code."""

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from etl.known.rules import BadRules, load_all, load_rules

RULES = Path(__file__).resolve().parents[1] / "data" / "rules"


@pytest.fixture(scope="module")
def rules():
    loaded, mistakes = load_all(RULES)
    assert mistakes == []
    return loaded


def test_no_year_is_missing_between_the_first_and_the_last(rules):
    assert list(rules) == list(range(2561, max(rules) + 1))


def test_2561_is_another_scale(rules):
    year = rules[2561]
    assert (year.instruments, year.indicators, year.levels, year.level_scale) == ([], [], [], None)
    assert rules[2562].comparability["with_previous"] is False
    assert all(rules[year].comparability["with_previous"] for year in rules if year > 2562)


def test_the_weights_of_a_year_add_up_to_one(rules):
    assert {sum(year.weights().values()) for year in rules.values() if year.weights()} == {1}


@pytest.mark.parametrize("year", range(2562, 2569))
def test_a_point_of_open_data_is_worth_3_3_times_one_of_the_staff_survey(rules, year):
    weights = rules[year].weights()
    assert weights["9"] / weights["1"] == Fraction(10, 3)
    assert list(weights) == [str(number) for number in range(1, 11)]


def test_letters_end_with_2565_and_the_five_levels_begin_with_2566(rules):
    scales = {year: each.level_scale for year, each in rules.items() if each.level_scale}
    assert {year for year, scale in scales.items() if scale == "letters"} == {2562, 2563, 2564, 2565}
    assert all(scale == "five_levels" for year, scale in scales.items() if year > 2565)
    good = rules[2568].levels[1]
    assert (good["level"], good["min_total"], good["min_instrument"]) == ("ผ่านดี", Decimal(85), Decimal(85))
    assert "min_instrument" not in rules[2568].levels[2]
    assert [level["level"] for year in (2565, 2568) for level in rules[year].levels if level.get("passes")] == [
        "AA",
        "A",
        "ผ่านดีเยี่ยม",
        "ผ่านดี",
        "ผ่าน",
    ]
    assert [level["level"] for level in rules[2565].levels] == ["AA", "A", "B", "C", "D", "E", "F"]


def test_question_codes_mean_other_things_before_and_after_the_short_form(rules):
    def indicator(year, code):
        return next(row["indicator"] for row in rules[year].questions if row["code"] == code)

    assert (indicator(2566, "I10"), indicator(2567, "I10")) == ("2", "4")
    assert (indicator(2564, "O33"), indicator(2564, "O34")) == ("9", "10")
    assert (indicator(2566, "O30"), indicator(2566, "O31")) == ("9", "10")
    assert indicator(2567, "O25") is None, "no source gives the grouping of 2567"


def test_every_fact_says_how_it_is_known(rules):
    for year in rules.values():
        for part in (year.instruments, year.indicators, year.levels, year.questions, [year.comparability]):
            for row in part:
                assert row["certainty"] == "memory" or row["source"], (year.fiscal_year, row)


# --- mistakes -------------------------------------------------------------------------------------------------------------------


def changed(tmp_path, *replacements, year=2568) -> Path:
    text = (RULES / "2568.toml").read_text(encoding="utf-8").replace("fiscal_year = 2568", f"fiscal_year = {year}")
    for pattern, replacement in replacements:
        text, count = re.subn(pattern, replacement, text, count=1, flags=re.S)
        assert count, pattern
    path = tmp_path / f"{year}.toml"
    path.write_text(text, encoding="utf-8")
    return path


MISTAKES = {
    "weights that do not add up": (("weight = 0.40", "weight = 0.50"), "instruments.weight"),
    "text for a weight": (("weight = 0.40", 'weight = "much"'), "instruments[3].weight"),
    "an unknown instrument": (('instrument = "OIT"', 'instrument = "XIT"'), "indicators[9].instrument"),
    "an unknown key": (("weight = 0.40", "weight = 0.40\nwieght = 1"), "instruments[3].wieght"),
    "a missing name": ((r'name_en = "Use of power"\n', ""), "indicators[3].name_en"),
    "an indicator twice": (('code = "10"\ninstrument', 'code = "9"\ninstrument'), "indicators"),
    "an unknown certainty": (('certainty = "memory"', 'certainty = "sure"'), "instruments[1].certainty"),
    "a stated fact without a source": (('certainty = "memory"', 'certainty = "stated"'), "instruments[1].source"),
    "an unknown source": (('source = "TU"', 'source = "ME"'), "indicators[1].source"),
    "a floor above 100": (("min_total = 95.00", "min_total = 195.00"), "levels[1].min_total"),
    "levels out of order": (("min_total = 70.00", "min_total = 90.00"), "levels.min_total"),
    "a question of no indicator of the year": (('(questions]]\n)indicator = "1"', r'\1indicator = "17"'), "questions[1].indicator"),
    "a question twice": (('"I4"', '"I1"'), "questions"),
    "another year than the file's name": (("fiscal_year = 2568", "fiscal_year = 2567"), "fiscal_year"),
    "no TOML at all": ((r"\[comparability\]", "[comparability"), "–"),
}


@pytest.mark.parametrize("replacement, key", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_names_file_key_and_what_was_expected_in_both_languages(tmp_path, replacement, key):
    with pytest.raises(BadRules) as caught:
        load_rules(changed(tmp_path, replacement))
    mistakes = caught.value.mistakes
    assert key in {mistake.key for mistake in mistakes}
    for mistake in mistakes:
        assert mistake.file == "2568.toml" and mistake.said.en
        assert re.search("[ก-๙]", mistake.said.th)


def test_one_bad_file_leaves_the_other_years(tmp_path):
    (tmp_path / "2567.toml").write_text((RULES / "2567.toml").read_text(encoding="utf-8"), encoding="utf-8")
    changed(tmp_path, ("weight = 0.40", "weight = 0.50"))
    rules, mistakes = load_all(tmp_path)
    assert list(rules) == [2567]
    assert {mistake.file for mistake in mistakes} == {"2568.toml"}
