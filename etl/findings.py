"""The one way to make a finding: its words live in findings.csv (rule, severity, a column a language), never in Python."""

import csv
from functools import cache
from pathlib import Path

from etl.messages import Said, filled
from etl.reading import Finding


@cache
def _rules() -> dict[str, dict[str, str]]:
    with open(Path(__file__).with_name("findings.csv"), encoding="utf-8-sig", newline="") as handle:
        return {row["rule"]: row for row in csv.DictReader(handle)}


def finding(rule: str, place: str, raw: str | None = None, read_as: str | None = None, **words: object) -> Finding:
    """A finding of `rule` at `place`; `raw`, `read_as` and `words` fill the rule's sentences. KeyError: no such rule."""
    row = _rules()[rule]
    words = {"raw": raw or "–", "read_as": read_as or "–", "place": place} | words
    words = {name: Said(*map(_on_one_line, word)) if isinstance(word, Said) else _on_one_line(word) for name, word in words.items()}
    return Finding(row["severity"], rule, place, " | ".join(filled(row, words)), raw, read_as)


def _on_one_line(word: object) -> str:
    """A word that parts no sentence: " | " stands between the languages."""
    return str(word).replace(" | ", " / ").replace("\n", " ")
