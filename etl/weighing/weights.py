"""How much each piece of evidence says for each answer, and the answers' probabilities. Read from JSON; needs nothing but Python."""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

from etl.weighing.letters import WORTH, Evidence

SCALE = 50  # weights are kept as whole fiftieths: two digits say as much as eight


@dataclass(frozen=True)
class Weights:
    """`answers`, what each is worth before any evidence (`start`), and evidence -> (answer, weight) pairs, all in fiftieths."""

    answers: tuple[str, ...]
    start: tuple[int, ...]
    of: dict[str, tuple[int, ...]]  # answer, weight, answer, weight, ...

    _rows: dict[str, list[int] | None] = field(default_factory=dict, repr=False, compare=False)

    def scores(self, evidence: Evidence) -> list[float]:
        """For each answer its logarithm of odds, up to a constant."""
        sums = [float(each) for each in self.start]
        # Most evidence is runs of letters, all worth the same: they are added up as whole columns, many times faster than one by one.
        runs = [row for name, value in evidence.items() if value == WORTH and (row := self._row(name))]
        if runs:
            sums = [each + WORTH * sum(column) for each, column in zip(sums, zip(*runs, strict=True), strict=True)]
        for name, value in evidence.items():
            if value != WORTH and (pairs := self.of.get(name)):
                each = iter(pairs)
                for answer, weight in zip(each, each, strict=True):
                    sums[answer] += weight * value
        return [each / SCALE for each in sums]

    def _row(self, name: str) -> list[int] | None:
        """What a piece of evidence says for every answer; made when it is first asked for."""
        if name not in self._rows:
            pairs = self.of.get(name)
            row = [0] * len(self.answers) if pairs else None
            for answer, weight in zip(pairs[::2], pairs[1::2], strict=True) if pairs else ():
                row[answer] = weight
            self._rows[name] = row
        return self._rows[name]

    def probabilities(self, evidence: Evidence) -> dict[str, float]:
        """Answer -> its probability; they sum to one."""
        return dict(zip(self.answers, shares(self.scores(evidence)), strict=True))


def shares(scores: list[float]) -> list[float]:
    """Logarithms -> shares that sum to one.

    >>> shares([0.0, 0.0])
    [0.5, 0.5]
    """
    most = max(scores)
    parts = [math.exp(each - most) for each in scores]
    whole = sum(parts)
    return [each / whole for each in parts]


def as_json(weights: Weights) -> dict:
    return {"answers": weights.answers, "start": weights.start, "of": weights.of}


def from_json(made: dict) -> Weights:
    return Weights(tuple(made["answers"]), tuple(made["start"]), made["of"])


def read(path: Path) -> dict[str, Weights]:
    """Every set of weights of a file, by name."""
    made = json.loads(path.read_text(encoding="utf-8"))
    return {name: from_json(each) for name, each in made.items()}
