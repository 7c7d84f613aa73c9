"""Which result measure reports on which plan measure: by what they say, never by their numbers.

Equal texts pair first, in their order; of the rest the most alike, each measure once. Where two tables count in different grain (one
row for several of the other) their measures pair by group, and nothing is called dropped.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb
import numpy
import pyarrow as pa
from rapidfuzz import fuzz, process

# Of the plan and the report of one of the five reports (003 pairs by group) the least alike true pair has 0.74, the most alike false 0.48.
ALIKE = 0.65
_NOISE = re.compile(r"[\s\u200b.,:;()\[\]“”\"'/\\\-–—•*]+|^\d+[.)]?")


@dataclass(frozen=True)
class Item:
    """A measure as pairing sees it. `group`: the number or name of its heading. `steps` help where titles do not decide."""

    title: str | None
    group: str | None = None
    steps: str | None = None


@dataclass(frozen=True)
class Pair:
    """Indexes into the plan and the result measures, how alike they are (0-1), and the basis: text or group."""

    plan: int
    result: int
    similarity: float
    basis: str


def text_key(text: str | None) -> str:
    """A text for comparison: NFC, sara am whole, no spaces, no punctuation, no leading number.

    >>> text_key("1. จัดทำ คู่มือ (ประชาชน)") == text_key("จัดทำคู่มือประชาชน")
    True
    """
    text = unicodedata.normalize("NFC", text or "").replace("\u0e4d\u0e32", "\u0e33")
    return _NOISE.sub("", text.strip()).lower()


def pair_measures(plan: Sequence[Item], result: Sequence[Item]) -> list[Pair]:
    """The pairs of two tables, in the order of the plan. A plan measure has at most one pair, and so has a result measure, except
    where they pair by group."""
    pairs = _equal(plan, result)
    pairs += _alike(plan, result, {pair.plan for pair in pairs}, {pair.result for pair in pairs})
    if _different_grain(plan, result, pairs):
        pairs = _by_group(plan, result)
    return sorted(pairs, key=lambda pair: (pair.plan, pair.result))


def _equal(plan: Sequence[Item], result: Sequence[Item]) -> list[Pair]:
    """Equal titles, in their group first, then anywhere; repeated titles in their order."""
    pairs: list[Pair] = []
    for with_group in (True, False):
        paired = {pair.plan for pair in pairs}, {pair.result for pair in pairs}
        waiting = defaultdict(list)
        for at, item in enumerate(result):
            if at not in paired[1]:
                waiting[text_key(item.title), item.group if with_group else None].append(at)
        for at, item in enumerate(plan):
            same = waiting[text_key(item.title), item.group if with_group else None]
            if at not in paired[0] and same and text_key(item.title):
                pairs.append(Pair(at, same.pop(0), 1.0, "text"))
    return pairs


def _alike(plan: Sequence[Item], result: Sequence[Item], plan_done: set[int], result_done: set[int]) -> list[Pair]:
    """The most alike of what is left; of equally alike ones those of one group, then those nearest in their order."""
    left = [at for at, item in enumerate(plan) if at not in plan_done and _said(item)]
    right = [at for at, item in enumerate(result) if at not in result_done and _said(item)]
    if not left or not right:
        return []
    likeness = _likeness([plan[at] for at in left], [result[at] for at in right])
    candidates = []
    for row, column in zip(*numpy.nonzero(likeness >= ALIKE), strict=True):
        one, other = left[row], right[column]
        shift = abs(one / len(plan) - other / len(result))
        candidates.append((-float(likeness[row, column]), plan[one].group != result[other].group, shift, one, other))
    pairs, used = [], (set(), set())
    for negative, _, _, one, other in sorted(candidates):
        if one not in used[0] and other not in used[1]:
            used[0].add(one)
            used[1].add(other)
            pairs.append(Pair(one, other, round(-negative, 4), "text"))
    return pairs


def _said(item: Item) -> str:
    """What a measure says: its title, or its steps where the title is missing."""
    return text_key(item.title) or text_key(item.steps)


def _likeness(left: list[Item], right: list[Item]) -> numpy.ndarray:
    """Of every left with every right, 0-1. Steps are told at greater length than the title that they stand for, so of a measure without
    a title the likest part counts."""
    texts = [_said(item) for item in left], [_said(item) for item in right]
    likeness = process.cdist(*texts, scorer=fuzz.ratio, score_cutoff=100 * ALIKE, dtype=numpy.float64)
    untitled = [[not text_key(item.title) for item in items] for items in (left, right)]
    if any(untitled[0]) or any(untitled[1]):
        parts = process.cdist(*texts, scorer=fuzz.partial_ratio, score_cutoff=100 * ALIKE, dtype=numpy.float64)
        likeness = numpy.where(numpy.logical_or.outer(*untitled), parts, likeness)
    return likeness / 100


def _different_grain(plan: Sequence[Item], result: Sequence[Item], pairs: list[Pair]) -> bool:
    """Both tables have the same groups, one has half as many rows again as the other, and few of the shorter one's texts pair."""
    groups = [{item.group for item in items if item.group} for items in (plan, result)]
    shorter, longer = sorted((len(plan), len(result)))
    return bool(groups[0] & groups[1]) and longer >= 1.5 * shorter and len(pairs) < 0.5 * shorter


def _by_group(plan: Sequence[Item], result: Sequence[Item]) -> list[Pair]:
    """Each measure of the plan with the most alike result of its group (the first of equals), and each result left with its best plan."""
    pairs = []
    for group in dict.fromkeys(item.group for item in plan if item.group):
        left = [at for at, item in enumerate(plan) if item.group == group]
        right = [at for at, item in enumerate(result) if item.group == group]
        if not right:
            continue
        likeness = (
            process.cdist(
                [_whole_text(plan[at]) for at in left], [_whole_text(result[at]) for at in right], scorer=fuzz.ratio, dtype=numpy.float64
            )
            / 100
        )
        best = {left[row]: int(likeness[row].argmax()) for row in range(len(left))}
        pairs += [Pair(at, right[column], round(float(likeness[left.index(at), column]), 4), "group") for at, column in best.items()]
        told = {right[column] for column in best.values()}
        for column, at in enumerate(right):
            if at not in told:
                row = int(likeness[:, column].argmax())
                pairs.append(Pair(left[row], at, round(float(likeness[row, column]), 4), "group"))
    return pairs


def _whole_text(item: Item) -> str:
    return text_key(f"{item.title or ''} {item.steps or ''}")


# --- across documents -----------------------------------------------------------------------------------------------------------


def pair_documents(con: duckdb.DuckDBPyConnection) -> None:
    """Fills measure_pair for plans and results that lie in different documents, or whose reading paired nothing.

    SQL pairs equal texts (etl/pairs.sql) and leaves the rest in open_measure, a set of two tables after the other.
    """
    con.execute((Path(__file__).with_name("pairs.sql")).read_text(encoding="utf-8"))
    left = "select tables, section, measure_id, title, heading, steps from open_measure order by tables, section, position"
    rows = con.execute(left).fetchall()
    plan_ids, result_ids, similarities, bases = [], [], [], []
    for _, members in groupby(rows, key=itemgetter(0)):
        sides: dict[str, list] = {"plan": [], "result": []}
        for _, section, measure_id, title, heading, steps in members:
            sides[section].append((measure_id, Item(title, heading, steps)))
        for pair in pair_measures([item for _, item in sides["plan"]], [item for _, item in sides["result"]]):
            plan_ids.append(sides["plan"][pair.plan][0])
            result_ids.append(sides["result"][pair.result][0])
            similarities.append(pair.similarity)
            bases.append(pair.basis)
    if plan_ids:
        found = {"plan_id": plan_ids, "result_id": result_ids, "similarity": similarities, "basis": bases}
        con.register("found_pairs", pa.table(found))
        con.execute("insert into measure_pair from found_pairs order by plan_id")
        con.unregister("found_pairs")
