"""What is known before a document is opened: the rules of each fiscal year and the registry of agencies and places, of one data folder.

A verb of the command line loads it once and hands it down; whoever reads, resolves or checks asks what was handed to them.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from etl.known.registry import DATA, Registry, load_registry
from etl.known.rules import Mistake, Rules, load_all
from etl.printed.codes import Questions


@dataclass(frozen=True, eq=False)
class Known:
    """`rules` by fiscal year, of the files that can be used; `mistakes` of the others."""

    rules: Mapping[int, Rules]
    registry: Registry
    mistakes: tuple[Mistake, ...] = ()

    def nearest(self, fiscal_year: int | None) -> Rules | None:
        """The rules of a year; where it is not known or has no file, the latest that have instruments: for names, never to compute."""
        if fiscal_year in self.rules:
            return self.rules[fiscal_year]
        return next((self.rules[year] for year in sorted(self.rules, reverse=True) if self.rules[year].instruments), None)

    def questions(self, fiscal_year: int | None) -> Questions:
        """The questions of a year, and how far their numbers go in any year: reports also cite last year's."""
        rules = self.nearest(fiscal_year)
        indicators = {row["code"]: row["indicator"] for row in rules.questions if row["indicator"]} if rules else {}
        return Questions(indicators, self._most)

    @cached_property
    def _most(self) -> dict[str, int]:
        return Questions.highest(row["code"] for each in self.rules.values() for row in each.questions)


def load_known(data: Path = DATA) -> Known:
    """What the data folder knows; the shipped registry where it has none that can be opened."""
    rules, mistakes = load_all(data / "rules")
    own = data / "agencies.csv"
    return Known(rules, load_registry(own if os.access(own, os.R_OK) else DATA / "agencies.csv", data), tuple(mistakes))
