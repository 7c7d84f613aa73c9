"""The rules of each fiscal year: data/rules/<year>.toml loaded and checked, and the law that they state: instruments, total, level.

A rule is data with its source and certainty; no weight, level or map of questions stands in code. Weights and floors are read as
Decimals, so arithmetic on them is exact. A year may say that its weights, levels or questions are unknown: nothing is computed from these.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from etl.messages import Said, message

CERTAINTIES = ("stated", "derived", "memory")
FACT = {"certainty": str, "source": str}
# Of each part of a file: its keys, their types, and which of them may be left out.
KEYS = {
    "comparability": {"with_previous": bool, "note_th": str, "note_en": str} | FACT,
    "instruments": {"code": str, "name_th": str, "name_en": str, "weight": Decimal} | FACT,
    "indicators": {"code": str, "instrument": str, "name_th": str, "name_en": str} | FACT,
    "level_scale": {"name": str} | FACT,
    "levels": {"level": str, "name_th": str, "name_en": str, "passes": bool, "min_total": Decimal, "min_instrument": Decimal} | FACT,
    "questions": {"indicator": str, "codes": list, "items": dict} | FACT,
    "sub_indicators": {"code": str, "indicator": str, "name_th": str, "name_en": str, "codes": list} | FACT,
    "papers": {"paper": str, "code": str, "due": date} | FACT,
}
PAPERS = ("measures", "report", "action_plan", "action_report_6", "action_report_12")  # that an agency must file
MAY_BE_UNKNOWN = ("weights", "levels", "questions")
OPTIONAL = {"source", "passes", "min_total", "min_instrument", "items"}
OPTIONAL_OF = {"questions": {"indicator", "codes"}, "papers": {"due"}}
UNKNOWN_LEAVES_OUT = {"weights": {"weight"}}
TYPE_NAMES = {bool: "true, false", str: '"…"', Decimal: "0.00", list: '["…"]', dict: "[table]", int: "2568", date: "2025-03-31"}


@dataclass(frozen=True)
class Mistake:
    """What is wrong in a rules file: the file's name, the key, and what was expected."""

    file: str
    key: str
    said: Said


class BadRules(Exception):
    """A rules file cannot be used; `mistakes` lists everything that is wrong with it."""

    def __init__(self, mistakes: list[Mistake]):
        super().__init__("; ".join(f"{mistake.file}: {mistake.key}: {mistake.said.en}" for mistake in mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True)
class Rules:
    """One fiscal year. `instruments`, `indicators`, `sub_indicators`, `levels`, `questions` and `papers` are rows of tables of schema.sql.

    A year of another scale has no instruments, indicators or levels. `source` of each row is the full text of its source. `unknown`:
    what the file says is not known, of `MAY_BE_UNKNOWN`; weights of a year where they are unknown are None.
    """

    fiscal_year: int
    comparability: dict
    level_scale: str | None
    instruments: list[dict]
    indicators: list[dict]
    levels: list[dict]
    questions: list[dict]
    sub_indicators: list[dict]
    papers: list[dict]
    unknown: tuple[str, ...] = ()

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for row in self.indicators:
            found.setdefault(row["instrument"], []).append(row["code"])
        return found

    def members(self, instrument: str) -> list[str]:
        """The indicators of an instrument."""
        return self._members.get(instrument, [])

    def instrument_of(self, indicator: str | None) -> str | None:
        """The instrument of an indicator; None where the year has no such indicator."""
        return next((row["instrument"] for row in self.indicators if row["code"] == indicator), None)

    @cached_property
    def _shares(self) -> dict[str, Fraction]:
        return {row["code"]: Fraction(row["weight"]) for row in self.instruments if row["weight"] is not None}

    def shares(self) -> dict[str, Fraction]:
        """Each instrument's part of the total, of 1; empty where the weights are unknown."""
        return self._shares

    def points(self, instrument: str) -> int | None:
        """What an instrument printed as points of the total is out of (30, 40); None where that is unknown or no whole number."""
        share = self.shares().get(instrument)
        return int(100 * share) if share is not None and (100 * share).denominator == 1 else None

    def weights(self) -> dict[str, Fraction]:
        """Points of the total for one point of each indicator: the instrument's share over its number of indicators."""
        shares = self.shares()
        return {row["code"]: shares[row["instrument"]] / len(self.members(row["instrument"])) for row in self.indicators if shares}

    def means(self, scores: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """Instruments whose indicators are all among `scores` (0-100): the simple mean of these. None where the weights are unknown."""
        whole = {code: self.members(code) for code in self.shares() if all(member in scores for member in self.members(code))}
        return {code: sum((scores[member] for member in members), Fraction(0)) / len(members) for code, members in whole.items()}

    def total(self, instruments: Mapping[str, Fraction]) -> Fraction | None:
        """The weighted sum of all instruments (0-100); None where one is missing or the weights are unknown. Not rounded."""
        shares = self.shares()
        return sum(share * instruments[code] for code, share in shares.items()) if shares and shares.keys() <= instruments.keys() else None

    def level_at(self, total: Decimal, lowest: Decimal) -> int | None:
        """The position in `levels` of the first that a rounded total and the lowest rounded instrument reach; None: there are no levels."""
        reached = (total >= row.get("min_total", 0) and lowest >= row.get("min_instrument", 0) for row in self.levels)
        return next((at for at, is_one in enumerate(reached) if is_one), None)


def half_up(value: Fraction) -> Decimal:
    """Two decimals, half up, exactly.

    >>> half_up(Fraction(84995, 1000))
    Decimal('85.00')
    """
    return (Decimal(value.numerator * 100) / Decimal(value.denominator)).quantize(Decimal(1), ROUND_HALF_UP).scaleb(-2)


class _Check:
    """Collects the mistakes of one file."""

    def __init__(self, file: str):
        self.file = file
        self.mistakes: list[Mistake] = []

    def add(self, key: str, sentence: str, **words: object) -> None:
        self.mistakes.append(Mistake(self.file, key, message(sentence, **words)))

    def table(self, part: str, place: str, table: object, sources: dict, optional: set[str]) -> bool:
        if not isinstance(table, dict):
            self.add(place, "rules_type", expected=TYPE_NAMES[dict])
            return False
        before = len(self.mistakes)
        keys = KEYS[part]
        for key in table.keys() - keys.keys():
            self.add(f"{place}.{key}", "rules_unknown_key", expected=", ".join(keys))
        for key, kind in keys.items():
            if key not in table:
                if key not in OPTIONAL | OPTIONAL_OF.get(part, set()) | optional:
                    self.add(f"{place}.{key}", "rules_missing_key", expected=TYPE_NAMES[kind])
            elif kind is Decimal and isinstance(table[key], int) and not isinstance(table[key], bool):
                continue
            elif not isinstance(table[key], kind):
                self.add(f"{place}.{key}", "rules_type", expected=TYPE_NAMES[kind])
        certainty = table.get("certainty")
        if isinstance(certainty, str) and certainty not in CERTAINTIES:
            self.add(f"{place}.certainty", "rules_certainty", expected=", ".join(CERTAINTIES))
        if certainty in ("stated", "derived") and "source" not in table:
            self.add(f"{place}.source", "rules_missing_source", expected=", ".join(sources))
        if isinstance(table.get("source"), str) and table["source"] not in sources:
            self.add(f"{place}.source", "rules_unknown_source", expected=", ".join(sources))
        return len(self.mistakes) == before

    def tables(self, part: str, document: dict, sources: dict, optional: set[str]) -> list[dict]:
        """The well-formed tables of a [[part]]; `optional`: keys that this year may leave out."""
        tables = document.get(part, [])
        if not isinstance(tables, list):
            self.add(part, "rules_type", expected=f"[[{part}]]")
            return []
        return [table for number, table in enumerate(tables, 1) if self.table(part, f"{part}[{number}]", table, sources, optional)]

    def unique(self, part: str, values: list[str]) -> None:
        for value in sorted({value for value in values if values.count(value) > 1}):
            self.add(part, "rules_twice", value=value)

    def within(self, key: str, value: Decimal, highest: int) -> None:
        if not 0 <= value <= highest:
            self.add(key, "rules_range", value=value, highest=highest)


def _cross_checks(check: _Check, instruments: list[dict], indicators: list[dict], levels: list[dict], scale: str | None) -> None:
    codes = [instrument["code"] for instrument in instruments]
    check.unique("instruments", codes)
    check.unique("indicators", [indicator["code"] for indicator in indicators])
    check.unique("levels", [level["level"] for level in levels])
    weights = [instrument["weight"] for instrument in instruments if "weight" in instrument]
    for number, weight in enumerate(weights, 1):
        check.within(f"instruments[{number}].weight", weight, 1)
    if weights and sum(weights, Decimal(0)) != 1:
        check.add("instruments.weight", "rules_weights", total=sum(weights, Decimal(0)))
    for number, indicator in enumerate(indicators, 1):
        if indicator["instrument"] not in codes:
            check.add(f"indicators[{number}].instrument", "rules_unknown_code", value=indicator["instrument"], expected=", ".join(codes))
    for code in codes:
        if code not in [indicator["instrument"] for indicator in indicators]:
            check.add("indicators", "rules_empty_instrument", value=code)
    for number, level in enumerate(levels, 1):
        for key in ("min_total", "min_instrument"):
            if key in level:
                check.within(f"levels[{number}].{key}", level[key], 100)
    if levels and scale is None:
        check.add("level_scale.name", "rules_missing_key", expected=TYPE_NAMES[str])
    if levels and {"min_total", "min_instrument"} & levels[-1].keys():
        check.add(f"levels[{len(levels)}]", "rules_last_level")
    floors = [level.get("min_total", Decimal(0)) for level in levels]
    if floors != sorted(floors, reverse=True):
        check.add("levels.min_total", "rules_level_order")


def _questions(check: _Check, blocks: list[dict], indicators: list[dict], parts: list[dict], sources: dict) -> list[dict]:
    """Rows of the table question: an item's indicator is that of its block, else of the sub-indicator that lists it."""
    known = [indicator["code"] for indicator in indicators]
    part_of = {code: part for part in parts for code in part["codes"]}
    rows = []
    for number, block in enumerate(blocks, 1):
        if "indicator" in block and block["indicator"] not in known:
            check.add(f"questions[{number}].indicator", "rules_unknown_code", value=block["indicator"], expected=", ".join(known))
        named = dict.fromkeys(block.get("codes", [])) | block.get("items", {})
        if not named or not all(isinstance(code, str) for code in named):
            check.add(f"questions[{number}]", "rules_missing_key", expected='codes = ["I1"]')
            continue
        rows += [
            {
                "code": code,
                "indicator": block.get("indicator") or part_of.get(code, {}).get("indicator"),
                "sub_indicator": part_of.get(code, {}).get("code"),
                "name_th": name,
                "certainty": block["certainty"],
                "source": sources.get(block.get("source")),
            }
            for code, name in named.items()
        ]
    check.unique("questions", [row["code"] for row in rows])
    check.unique("sub_indicators", [part["code"] for part in parts] + [code for part in parts for code in part["codes"]])
    for number, part in enumerate(parts, 1):
        if part["indicator"] not in known:
            check.add(f"sub_indicators[{number}].indicator", "rules_unknown_code", value=part["indicator"], expected=", ".join(known))
        for code in set(part["codes"]) - {row["code"] for row in rows}:
            check.add(f"sub_indicators[{number}].codes", "rules_unknown_code", value=code, expected="questions")
    return rows


def _papers(check: _Check, papers: list[dict], questions: list[dict]) -> None:
    """Each paper once, under an item of the year."""
    check.unique("papers", [row["paper"] for row in papers])
    for number, row in enumerate(papers, 1):
        if row["paper"] not in PAPERS:
            check.add(f"papers[{number}].paper", "rules_unknown_code", value=row["paper"], expected=", ".join(PAPERS))
        if row["code"] not in {question["code"] for question in questions}:
            check.add(f"papers[{number}].code", "rules_unknown_code", value=row["code"], expected="questions")


def load_rules(path: Path) -> Rules:
    """The rules in one file `<fiscal year>.toml`. BadRules: it cannot be used, with every mistake in it."""
    check = _Check(path.name)
    try:
        document = tomllib.loads(path.read_bytes().decode("utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        check.add("–", "rules_unreadable", reason=getattr(error, "strerror", None) or error)
        raise BadRules(check.mistakes) from error
    for key in document.keys() - KEYS.keys() - {"fiscal_year", "unknown", "sources"}:
        check.add(key, "rules_unknown_key", expected=", ".join(["fiscal_year", "unknown", "sources", *KEYS]))
    unknown = document.get("unknown", [])
    if not isinstance(unknown, list) or not all(part in MAY_BE_UNKNOWN for part in unknown):
        check.add("unknown", "rules_type", expected=f"{list(MAY_BE_UNKNOWN)}")
        unknown = []
    year = document.get("fiscal_year")
    if not isinstance(year, int) or isinstance(year, bool) or str(year) != path.stem:
        check.add("fiscal_year", "rules_year", expected=path.stem)
    sources = document.get("sources", {})
    if not isinstance(sources, dict) or not all(isinstance(text, str) for text in sources.values()):
        check.add("sources", "rules_type", expected=TYPE_NAMES[dict])
        sources = {}
    comparability = document.get("comparability")
    if comparability is None:
        check.add("comparability", "rules_missing_key", expected="[comparability]")
    else:
        check.table("comparability", "comparability", comparability, sources, set())
    optional = {key for part in unknown for key in UNKNOWN_LEAVES_OUT.get(part, ())}
    names = ("instruments", "indicators", "levels", "questions", "sub_indicators", "papers")
    instruments, indicators, levels, blocks, parts, papers = (check.tables(name, document, sources, optional) for name in names)
    # What is unknown is not stated as well.
    for part, said in (("weights", any("weight" in row for row in instruments)), ("levels", bool(levels))):
        if part in unknown and said:
            check.add("unknown", "rules_unknown_stated", value=part)
    scale = None
    if "level_scale" in document and check.table("level_scale", "level_scale", document["level_scale"], sources, set()):
        scale = document["level_scale"]["name"]
    if not check.mistakes:
        _cross_checks(check, instruments, indicators, levels, scale)
    questions = _questions(check, blocks, indicators, parts, sources) if not check.mistakes else []
    if not check.mistakes:
        _papers(check, papers, questions)
    if check.mistakes:
        raise BadRules(check.mistakes)

    def full(rows: list[dict]) -> list[dict]:
        return [row | {"source": sources.get(row.get("source"))} for row in rows]

    instruments = [{"weight": None} | row for row in instruments]
    facts = (full(instruments), full(indicators), full(levels), questions, full(parts), full(papers))
    return Rules(year, full([comparability])[0], scale, *facts, tuple(unknown))


def load_all(folder: Path) -> tuple[dict[int, Rules], list[Mistake]]:
    """Rules by fiscal year of every usable `*.toml` in `folder`, and the mistakes of the others."""
    rules, mistakes = {}, []
    for path in sorted(folder.glob("*.toml")):
        try:
            loaded = load_rules(path)
        except BadRules as error:
            mistakes += error.mistakes
        else:
            rules[loaded.fiscal_year] = loaded
    return rules, mistakes


def common_base(rules: dict[int, Rules]) -> int:
    """A denominator in which every indicator weight of every year is whole: sums and differences across years stay integers."""
    return math.lcm(1, *(weight.denominator for year in rules.values() for weight in year.weights().values()))
