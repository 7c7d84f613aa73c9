"""Questions of many agencies, asked together."""

from collections import defaultdict
from collections.abc import Iterable

from pages.parts.ask.warehouse import ask_ahead


def asked_together(word: str, pairs: Iterable[tuple[str, int]]) -> None:
    """Asks a word of all agencies of each year in one question; `ask` then gives of each the frame that it gives alone, which
    tests/test_queries.py holds for the words that are asked so. `pairs`: agency and year."""
    agencies = defaultdict(set)
    for agency, year in pairs:
        agencies[year].add(agency)
    for year, asked in agencies.items():
        ask_ahead(word, sorted(asked), year=year)
