"""Sentences for people; their words live in messages.csv, a column a language, never in Python."""

import csv
from collections import namedtuple
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).with_name("messages.csv")
with open(TEXTS, encoding="utf-8-sig", newline="") as _handle:
    LANGUAGES = tuple(next(csv.reader(_handle))[1:])  # Thai first: it stands in where a sentence is not translated yet

Said = namedtuple("Said", LANGUAGES)
Said.__doc__ = 'One sentence in each language: `said.th`, `said.en`; joined by " | " where all are shown.'


@cache
def _sentences() -> dict[str, dict[str, str]]:
    with open(TEXTS, encoding="utf-8-sig", newline="") as handle:
        return {row["key"]: row for row in csv.DictReader(handle)}


def message(key: str, **words: object) -> Said:
    """The sentence `key` filled with `words`, in each language. KeyError: no such sentence or a word is missing."""
    return filled(_sentences()[key], words)


def filled(sentences: dict[str, str], words: dict[str, object]) -> Said:
    """The sentences of a row by language, filled with `words`; a word that is Said itself gives each language its own."""
    return Said(
        *(
            (sentences.get(language) or sentences[LANGUAGES[0]]).format(
                **{name: word[at] if isinstance(word, Said) else word for name, word in words.items()}
            )
            for at, language in enumerate(LANGUAGES)
        )
    )
