"""Labelled examples -> weights: multinomial logistic regression, the same for the repository's weights and for an installation's own.

Nothing is drawn by chance, so the same examples give the same weights.
"""

from collections import Counter

import numpy as np

from etl.weighing.letters import Evidence
from etl.weighing.weights import SCALE, Weights

Example = tuple[str, Evidence, float]  # answer, evidence, how often it counts
STEPS = 200
LEAST = 4  # of fiftieths; lighter weights are left out
FEWEST = 2  # examples that must show a piece of evidence


def fit(examples: list[Example], strength: float = 0.1) -> Weights:
    """The weights that make the examples' answers likely without any weight being large (`strength` of that wish).

    Accelerated gradient descent (Nesterov 1983) on the convex loss; its step is safe for any examples.
    """
    answers = tuple(sorted({answer for answer, _, _ in examples}))
    seen = Counter(name for _, evidence, _ in examples for name in evidence)
    names = sorted(name for name, count in seen.items() if count >= FEWEST or name.partition("=")[1])
    at = {name: column for column, name in enumerate(names)}
    shown = _Shown([[(at[name], value) for name, value in evidence.items() if name in at] for _, evidence, _ in examples], len(names) + 1)
    right = np.zeros((len(examples), len(answers)), dtype=np.float32)
    right[np.arange(len(examples)), [answers.index(answer) for answer, _, _ in examples]] = 1.0
    counts = np.array([[count] for _, _, count in examples], dtype=np.float32)
    whole = np.rint(_descended(shown, right, counts, strength) * SCALE).astype(int)
    of = {}
    for name, row in zip(names, whole[:-1], strict=True):
        pairs = [number for answer, weight in enumerate(row.tolist()) if abs(weight) >= LEAST for number in (answer, weight)]
        if pairs:
            of[name] = tuple(pairs)
    return Weights(answers, tuple(whole[-1].tolist()), of)


class _Shown:
    """Evidence (columns) of examples (rows) with one column that every example shows; few cells are filled, and only they are kept."""

    def __init__(self, rows: list[list[tuple[int, float]]], width: int):
        cells = [(row, *cell) for row, cells in enumerate(rows) for cell in [*sorted(cells), (width - 1, 1.0)]]
        row, self.column = np.array([cell[0] for cell in cells]), np.array([cell[1] for cell in cells])
        self.value = np.array([[cell[2]] for cell in cells], dtype=np.float32)
        by_column = np.argsort(self.column, kind="stable")
        self.row_turned, self.value_turned = row[by_column], self.value[by_column]
        self.row_starts = np.flatnonzero(np.diff(row, prepend=-1))
        self.column_starts = np.flatnonzero(np.diff(self.column[by_column], prepend=-1))
        self.width = width

    def times(self, made: np.ndarray) -> np.ndarray:
        return _summed(made, self.column, self.value, self.row_starts)

    def turned_times(self, said: np.ndarray) -> np.ndarray:
        return _summed(said, self.row_turned, self.value_turned, self.column_starts)


def _summed(rows: np.ndarray, which: np.ndarray, value: np.ndarray, starts: np.ndarray) -> np.ndarray:
    cells = rows.take(which, axis=0)  # a third of the time of rows[which]
    cells *= value
    return np.add.reduceat(cells, starts)


def _descended(shown: _Shown, right: np.ndarray, counts: np.ndarray, strength: float) -> np.ndarray:
    step = 1.0 / (0.5 * _largest(shown, counts) + strength)
    made = ahead = np.zeros((shown.width, right.shape[1]), dtype=np.float32)
    for turn in range(1, STEPS + 1):
        said = shown.times(ahead)
        said = np.exp(said - said.max(axis=1, keepdims=True))
        said /= said.sum(axis=1, keepdims=True)
        slope = shown.turned_times((said - right) * counts) + strength * ahead
        before, made = made, ahead - step * slope
        ahead = made + (turn - 1) / (turn + 2) * (made - before)
    return made


def _largest(shown: _Shown, counts: np.ndarray) -> float:
    """A bound on how sharply the loss bends: the largest eigenvalue of the evidence with itself, by power iteration."""
    vector = np.ones((shown.width, 1), dtype=np.float32)
    size = 1.0
    for _ in range(20):
        vector = shown.turned_times(shown.times(vector) * counts)
        size = float(np.linalg.norm(vector)) or 1.0
        vector /= size
    return 1.1 * size
