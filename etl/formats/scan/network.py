"""The small convolutional network that reads numerals, in NumPy: what it computes, and the file that holds its weights.

A line of print, normalised to `HEIGHT` rows of ink (0 paper, 1 ink), goes in; for each step of two columns comes out how likely
each symbol stands in the middle there. Letters, spaces and what lies between two symbols are `NOTHING`.
"""

from functools import lru_cache
from pathlib import Path

import numpy as np

HEIGHT = 32
BODY = (8, 24)  # the rows that the body of the letters fills
STEP = 2  # columns of a frame
SYMBOLS = "0123456789๐๑๒๓๔๕๖๗๘๙.,-%/()IEOieo+✓✗☐☑☒TABCDF"
NOTHING = 0  # the class of what is no symbol; symbol n of SYMBOLS is class n + 1
_WEIGHTS = Path(__file__).with_name("numerals.npz")
_COLUMNS_AT_ONCE = 40_000  # bounds the memory of the widest layer


def columns(x: np.ndarray, height: int, width: int) -> np.ndarray:
    """Every window of height x width of x (N, H, W, C) as a row: (N, H', W', height x width x C)."""
    windows = np.lib.stride_tricks.sliding_window_view(x, (height, width), axis=(1, 2)).transpose(0, 1, 2, 4, 5, 3)
    return windows.reshape(*windows.shape[:3], -1)


def padded(x: np.ndarray, rows: int, across: int) -> np.ndarray:
    return np.pad(x, ((0, 0), (rows, rows), (across, across), (0, 0)))


def pooled(x: np.ndarray, rows: int, across: int) -> np.ndarray:
    """The largest of each block of rows x across."""
    count, height, width, channels = x.shape
    return x.reshape(count, height // rows, rows, width // across, across, channels).max(axis=(2, 4))


# Each layer: its window, how it is padded, and by how much its output is pooled.
LAYERS = (
    ("one", (3, 3), (1, 1), (2, 2)),
    ("two", (3, 3), (1, 1), (2, 1)),
    ("three", (3, 3), (1, 1), (2, 1)),
    ("four", (4, 5), (0, 2), (1, 1)),
    ("five", (1, 5), (0, 2), (1, 1)),
)


def likelihoods(lines: np.ndarray, weights: dict[str, np.ndarray] | None = None) -> np.ndarray:
    """(N, HEIGHT, W) with W even -> (N, W / STEP, 1 + symbols), each frame summing to 1."""
    weights = weights or weights_in(_WEIGHTS)
    most = max(1, _COLUMNS_AT_ONCE // max(lines.shape[2], 1))
    return np.concatenate([softmax(_scores(lines[at : at + most], weights)) for at in range(0, len(lines), most)])


def _scores(lines: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    x = lines[..., None].astype(np.float32)
    for name, window, padding, pool in LAYERS:
        x = columns(padded(x, *padding), *window) @ weights[f"{name}.w"] + weights[f"{name}.b"]
        x = np.maximum(pooled(x, *pool), 0)
    return x[:, 0] @ weights["out.w"] + weights["out.b"]


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


@lru_cache(maxsize=2)
def weights_in(path: Path) -> dict[str, np.ndarray]:
    with np.load(path) as kept:
        return {name: kept[name].astype(np.float32) for name in kept.files}
