"""Trains the reader of numerals and writes etl/formats/scan/numerals.npz: `python -m train.numerals` (NumPy on one core, about 15 minutes).

Needs the fonts of train/fonts.py. The same fonts, seed and NumPy give the same weights but for the order of floating-point sums.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import math
import random
import sys
import time
from collections.abc import Iterator

import numpy as np

from etl.formats.scan import network
from etl.formats.scan.network import HEIGHT, LAYERS, NOTHING, STEP, SYMBOLS, columns, padded
from train.fonts import KEPT_OUT, fonts
from train.lines import IGNORED, sample

SEED = 2568
WIDTH = 160
SAMPLES = 36_000
PASSES = 3
BATCH = 16
RATE = 2e-3
CHANNELS = {"one": (1, 12), "two": (12, 24), "three": (24, 40), "four": (40, 80), "five": (80, 80)}


def first_weights(chance: np.random.Generator) -> dict[str, np.ndarray]:
    weights = {}
    for name, window, _, _ in LAYERS:
        into, out = CHANNELS[name]
        fan = into * window[0] * window[1]
        weights[f"{name}.w"] = chance.normal(0, math.sqrt(2 / fan), (fan, out)).astype(np.float32)
        weights[f"{name}.b"] = np.zeros(out, np.float32)
    weights["out.w"] = chance.normal(0, 0.05, (CHANNELS["five"][1], 1 + len(SYMBOLS))).astype(np.float32)
    weights["out.b"] = np.zeros(1 + len(SYMBOLS), np.float32)
    return weights


def gradients(lines: np.ndarray, frames: np.ndarray, weights: dict[str, np.ndarray]) -> tuple[float, dict[str, np.ndarray]]:
    """The mean cross-entropy of the frames that count, and its gradient."""
    x = lines[..., None].astype(np.float32)
    kept = []
    for name, window, padding, pool in LAYERS:
        seen = columns(padded(x, *padding), *window)
        raw = seen @ weights[f"{name}.w"] + weights[f"{name}.b"]
        best = network.pooled(raw, *pool)
        kept.append((x.shape, seen, raw, best))
        x = np.maximum(best, 0)
    features = x[:, 0]
    scores = features @ weights["out.w"] + weights["out.b"]
    chances = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances /= chances.sum(axis=-1, keepdims=True)
    counts = frames != IGNORED
    target = np.where(counts, frames, 0)
    of_target = np.take_along_axis(chances, target[..., None], -1)[..., 0]
    loss = float(-np.log(np.maximum(of_target[counts], 1e-9)).mean())
    down = chances.copy()
    np.put_along_axis(down, target[..., None], (of_target - 1)[..., None], -1)
    down *= (counts / counts.sum())[..., None].astype(np.float32)
    found = {"out.w": np.tensordot(features, down, ((0, 1), (0, 1))), "out.b": down.sum((0, 1))}
    down = (down @ weights["out.w"].T)[:, None]
    for (name, window, padding, pool), (shape, seen, raw, best) in zip(reversed(LAYERS), reversed(kept), strict=True):
        down = down * (best > 0)
        if pool != (1, 1):
            down = (raw == best.repeat(pool[0], 1).repeat(pool[1], 2)) * down.repeat(pool[0], 1).repeat(pool[1], 2)
        flat = down.reshape(-1, down.shape[-1])
        found[f"{name}.w"] = seen.reshape(len(flat), -1).T @ flat
        found[f"{name}.b"] = flat.sum(0)
        if name == LAYERS[0][0]:
            break
        back = (flat @ weights[f"{name}.w"].T).reshape(*down.shape[:3], *window, shape[-1])
        into = np.zeros((shape[0], shape[1] + 2 * padding[0], shape[2] + 2 * padding[1], shape[3]), np.float32)
        for i in range(window[0]):
            for j in range(window[1]):
                into[:, i : i + down.shape[1], j : j + down.shape[2]] += back[..., i, j, :]
        down = into[:, padding[0] : padding[0] + shape[1], padding[1] : padding[1] + shape[2]]
    return loss, found


def made(how_many: int, faces: list, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Samples, their ink as bytes (200 is full ink)."""
    chance = random.Random(seed)
    lines = np.zeros((how_many, HEIGHT, WIDTH), np.uint8)
    frames = np.zeros((how_many, WIDTH // STEP), np.int8)
    for at in range(how_many):
        strip, frames[at] = sample(faces, WIDTH, chance)
        lines[at] = np.clip(strip * 200, 0, 255)
    return lines, frames


def training(lines: np.ndarray, frames: np.ndarray) -> Iterator[dict[str, np.ndarray]]:
    """The weights after each pass over the samples (Adam, at a rate that falls along a cosine)."""
    chance = np.random.default_rng(SEED)
    weights = first_weights(chance)
    speed = {name: np.zeros_like(value) for name, value in weights.items()}
    square = {name: np.zeros_like(value) for name, value in weights.items()}
    steps = PASSES * len(lines) // BATCH
    begun, mean = time.time(), 3.0
    for step in range(steps):
        if step % (len(lines) // BATCH) == 0:
            order = chance.permutation(len(lines))
        at = step % (len(lines) // BATCH) * BATCH
        chosen = order[at : at + BATCH]
        x = lines[chosen].astype(np.float32) / 200 * chance.uniform(0.85, 1.1, (BATCH, 1, 1)).astype(np.float32)
        x += chance.normal(0, 0.03, x.shape).astype(np.float32)
        loss, found = gradients(x, frames[chosen].astype(np.int64), weights)
        mean = 0.99 * mean + 0.01 * loss
        rate = RATE * min(1, (step + 1) / 300) * 0.5 * (1 + math.cos(math.pi * step / steps))
        for name, slope in found.items():
            speed[name] += 0.1 * (slope - speed[name])
            square[name] += 0.001 * (slope**2 - square[name])
            fair = speed[name] / (1 - 0.9 ** (step + 1))
            weights[name] -= rate * fair / (np.sqrt(square[name] / (1 - 0.999 ** (step + 1))) + 1e-8)
        if step % 250 == 0:
            print(f"{step}/{steps} loss {mean:.4f} {time.time() - begun:.0f} s", file=sys.stderr, flush=True)
        if (step + 1) % (len(lines) // BATCH) == 0:
            yield weights


def wrong(weights: dict[str, np.ndarray], lines: np.ndarray, frames: np.ndarray) -> tuple[float, float]:
    """Of the symbols' frames and of the frames of nothing, the share read as another class."""
    read = network.likelihoods(lines / np.float32(200), weights).argmax(-1)
    symbols, nothing = frames > NOTHING, frames == NOTHING
    return float((read != frames)[symbols].mean()), float((read != frames)[nothing].mean())


def main() -> None:
    families = fonts()
    faces = [path for family, paths in families.items() if family not in KEPT_OUT for path in paths]
    unseen = [path for family in KEPT_OUT for path in families[family]]
    for weights in training(*made(SAMPLES, faces, SEED)):
        np.savez_compressed(network._WEIGHTS, **{name: value.astype(np.float16) for name, value in weights.items()})
    for name, of in (("seen", faces), ("kept out", unseen)):
        missed, invented = wrong(weights, *made(2000, of, SEED + 1))
        print(f"{name} fonts: frames of symbols wrong {missed:.3%}, frames of nothing wrong {invented:.3%}")


if __name__ == "__main__":
    main()
