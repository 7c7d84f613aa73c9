"""Trains the reader of numerals and writes etl/formats/scan/numerals.npz: `python -m train.numerals` (PyTorch, one core, 20 minutes).

Needs the fonts of train/fonts.py, and PyTorch 2.13.0 beside what requirements.txt pins: nothing else does, so that it stands in no list of
ours (`pip install torch==2.13.0` into an environment of your own). The same fonts, seed
and versions give the same weights but for the order of floating-point sums. NumPy reads what it writes.
"""

import math
import random
import sys
import time

import numpy as np
import torch

from etl.formats.scan import network
from etl.formats.scan.network import HEIGHT, LAYERS, NOTHING, STEP, SYMBOLS
from train.fonts import FOR_THRESHOLDS, KEPT_OUT, fonts
from train.lines import IGNORED, sample

SEED = 2568
WIDTH = 160
SAMPLES = 100_000
PASSES = 4
BATCH = 32
RATE = 3e-3
CHANNELS = {"one": (1, 12), "two": (12, 24), "three": (24, 40), "four": (40, 80), "five": (80, 80)}


def first_network() -> torch.nn.Sequential:
    """The layers of etl/formats/scan/network.py, and the classes of their frames."""
    layers: list[torch.nn.Module] = []
    for name, window, padding, pool in LAYERS:
        layer = torch.nn.Conv2d(*CHANNELS[name], window, padding=padding)
        torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        torch.nn.init.zeros_(layer.bias)
        layers += [layer, torch.nn.MaxPool2d(pool), torch.nn.ReLU()]
    layers.append(torch.nn.Conv2d(CHANNELS["five"][1], 1 + len(SYMBOLS), 1))
    torch.nn.init.normal_(layers[-1].weight, std=0.05)
    return torch.nn.Sequential(*layers).to(memory_format=torch.channels_last)


def weights_of(net: torch.nn.Sequential) -> dict[str, np.ndarray]:
    """As `network.likelihoods` multiplies them: (channels in x window rows x columns, channels out)."""
    layers = [layer for layer in net if isinstance(layer, torch.nn.Conv2d)]
    weights = {}
    for name, layer in zip([*CHANNELS, "out"], layers, strict=True):
        out_in_window = layer.weight.detach().numpy()
        weights[f"{name}.w"] = out_in_window.transpose(2, 3, 1, 0).reshape(-1, out_in_window.shape[0])
        weights[f"{name}.b"] = layer.bias.detach().numpy()
    return weights


def made(how_many: int, faces: list, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Samples, their ink as bytes (200 is full ink)."""
    chance = random.Random(seed)
    lines = np.zeros((how_many, HEIGHT, WIDTH), np.uint8)
    frames = np.zeros((how_many, WIDTH // STEP), np.int8)
    for at in range(how_many):
        strip, frames[at] = sample(faces, WIDTH, chance)
        lines[at] = np.clip(strip * 200, 0, 255)
    return lines, frames


def falling(descent: torch.optim.Optimizer, steps: int) -> torch.optim.lr_scheduler.LambdaLR:
    """A rate that rises over the first steps and then falls along a cosine."""
    return torch.optim.lr_scheduler.LambdaLR(descent, lambda at: min(1, (at + 1) / 300) * 0.5 * (1 + math.cos(math.pi * at / steps)))


def trained(lines: np.ndarray, frames: np.ndarray) -> dict[str, np.ndarray]:
    """The weights after `PASSES` over the samples (Adam, at a rate that falls along a cosine)."""
    torch.manual_seed(SEED)
    chance = np.random.default_rng(SEED)
    net = first_network()
    descent = torch.optim.Adam(net.parameters(), RATE)
    steps = PASSES * (len(lines) // BATCH)
    rates = falling(descent, steps)
    begun, mean = time.time(), 3.0
    for step in range(steps):
        if step % (len(lines) // BATCH) == 0:
            order = chance.permutation(len(lines))
        at = step % (len(lines) // BATCH) * BATCH
        chosen = order[at : at + BATCH]
        x = lines[chosen].astype(np.float32) / 200 * chance.uniform(0.85, 1.1, (BATCH, 1, 1)).astype(np.float32)
        x += chance.standard_normal(x.shape, np.float32) * np.float32(0.03)
        scores = net(torch.from_numpy(x)[:, None])[:, :, 0]
        loss = torch.nn.functional.cross_entropy(scores, torch.from_numpy(frames[chosen].astype(np.int64)), ignore_index=IGNORED)
        descent.zero_grad()
        loss.backward()
        descent.step()
        rates.step()
        mean = 0.99 * mean + 0.01 * float(loss.detach())
        if step % 250 == 0:
            print(f"{step}/{steps} loss {mean:.4f} {time.time() - begun:.0f} s", file=sys.stderr, flush=True)
    return weights_of(net)


def wrong(lines: np.ndarray, frames: np.ndarray, weights: dict[str, np.ndarray] | None = None) -> tuple[float, float]:
    """Of the symbols' frames and of the frames of nothing, the share read as another class."""
    read = network.likelihoods(lines / np.float32(200), weights).argmax(-1)
    symbols, nothing = frames > NOTHING, frames == NOTHING
    return float((read != frames)[symbols].mean()), float((read != frames)[nothing].mean())


def main() -> None:
    torch.set_num_threads(1)
    families = fonts()
    unseen = {*KEPT_OUT, *FOR_THRESHOLDS}
    faces = [path for family, paths in families.items() if family not in unseen for path in paths]
    weights = trained(*made(SAMPLES, faces, SEED))
    np.savez_compressed(network._WEIGHTS, **{name: value.astype(np.float16) for name, value in weights.items()})
    for name, of in (("seen", faces), ("kept out", [path for family in KEPT_OUT for path in families[family]])):
        missed, invented = wrong(*made(2000, of, SEED + 1))
        print(f"{name} fonts: frames of symbols wrong {missed:.3%}, frames of nothing wrong {invented:.3%}")


if __name__ == "__main__":
    main()
