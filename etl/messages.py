"""Sentences for the person at the command line; their words live in messages.csv (key, th, en), never in Python."""

import csv
from functools import cache
from pathlib import Path


@cache
def _sentences() -> dict[str, tuple[str, str]]:
    with open(Path(__file__).with_name("messages.csv"), encoding="utf-8-sig", newline="") as handle:
        return {row["key"]: (row["th"], row["en"]) for row in csv.DictReader(handle)}


def message(key: str, **words: object) -> tuple[str, str]:
    """The sentence `key` in Thai and in English, filled with `words`. KeyError: no such sentence or a word is missing."""
    th, en = _sentences()[key]
    return th.format(**words), en.format(**words)
