"""The one way to make a finding: its words live in findings.csv (rule, severity, th, en), never in Python."""

import csv
from functools import cache
from pathlib import Path

from etl.reading import Finding


@cache
def _rules() -> dict[str, dict[str, str]]:
    with open(Path(__file__).with_name("findings.csv"), encoding="utf-8-sig", newline="") as handle:
        return {row["rule"]: row for row in csv.DictReader(handle)}


def finding(rule: str, place: str, raw: str | None = None, read_as: str | None = None, **words: object) -> Finding:
    """A finding of `rule` at `place`; `raw`, `read_as` and `words` fill the rule's sentences. KeyError: no such rule."""
    row = _rules()[rule]
    words = {"raw": raw or "–", "read_as": read_as or "–", "place": place} | words
    words = {key: str(value).replace(" | ", " / ").replace("\n", " ") for key, value in words.items()}
    message = row["th"].format(**words) + " | " + row["en"].format(**words)
    return Finding(row["severity"], rule, place, message, raw, read_as)
