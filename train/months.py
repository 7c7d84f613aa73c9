"""Trains the reader of abbreviated months and writes etl/formats/scan/months.npz: `python -m train.months` (PyTorch, one core, 6 minutes).

Needs what `train.numerals` needs, and draws and spoils words as `train.lines` does. What is no month are words, numbers, other
abbreviations, and พ.ศ., which stands before years as months do.
"""

import math
import random
import sys

import numpy as np
import torch

from etl.formats.scan import months
from etl.formats.scan.months import LAYERS, MONTHS, WIDTH
from etl.formats.scan.network import BODY, HEIGHT
from etl.formats.scan.numerals import VIEWS, normalised, seen
from train.fonts import FOR_THRESHOLDS, KEPT_OUT, fonts
from train.lines import face_of, line, thai_words
from train.numerals import falling

SEED = 2568
SAMPLES = 48_000
PASSES = 6
BATCH = 32
RATE = 2e-3
CHANNELS = {"one": (1, 12), "two": (12, 24), "three": (24, 32)}
HIDDEN = 64
_CONSONANTS = "กขคงจฉชซญณดตถทธนบปผฝพฟภมยรลวศษสหอฮ"
# Pairs that look like a month are none that anybody prints: they would only teach doubt.
_LIKE_FIRST, _LIKE_SECOND = "มนฆกถภฤพฟผฝฬสลตคดศธรเ", "คดตศพฟผฝฬยษ"
_OTHERS = (
    "พ.ศ.", "พ.ศ", "น.ส.", "ป.ป.ช.", "ก.พ.ร.", "อบต.", "อบจ.", "ด.ต.", "ร.ต.", "จ.ส.ต.", "พ.ร.บ.", "สพฐ.", "ผอ.", "รพ.สต.", "ค.ศ.",
    "ม.", "อ.", "จ.", "ต.", "น.", "ผ.อ.",
)  # fmt: skip


def word(chance: random.Random) -> tuple[str, int]:
    """A word and its class: the number of the month, or 0."""
    kind = chance.random()
    if kind < 0.6:
        month = chance.randrange(12)
        first, second = MONTHS[month].split(".")[:2]
        form = chance.random()
        return (f"{first}.{second}." if form < 0.75 else f"{first}.{second}" if form < 0.9 else f"{first}{second}."), month + 1
    if kind < 0.72:
        return chance.choice(("พ.ศ.", "พ.ศ.", "พ.ศ")), 0
    if kind < 0.8:
        return chance.choice(_OTHERS), 0
    if kind < 0.88:
        while True:
            first, second = chance.choice(_CONSONANTS), chance.choice(_CONSONANTS)
            if not (first in _LIKE_FIRST and second in _LIKE_SECOND):
                return f"{first}.{second}.", 0
    if kind < 0.92:
        return f"{chance.randrange(1, 99)}.{chance.choice(('', str(chance.randrange(99))))}", 0
    text = chance.choice(thai_words())
    start = chance.randrange(max(1, len(text) - 8))
    return text[start : start + chance.randrange(2, 8)].lstrip("ะาำิีึืุูัํ็่้๊๋์ๆ ") + chance.choice(("", ".", ")")) or "กข", 0


def printed(faces: list, chance: random.Random) -> tuple[np.ndarray, int]:
    """The normalised strip of a spoilt print of a word, which stands in its middle, and the word's class."""
    said, kind = word(chance)
    return line(said, face_of(said, faces, chance), chance)[0], kind


def window(strip: np.ndarray, aside: int = 0) -> np.ndarray:
    """What stands around the middle of a strip, or so many columns `aside` of it."""
    around = np.pad(strip, ((0, 0), (WIDTH, WIDTH)))
    begin = around.shape[1] // 2 + aside - WIDTH // 2
    return around[:, begin : begin + WIDTH]


def made(how_many: int, faces: list, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Windows, their ink as bytes (200 is full ink), and their classes."""
    chance = random.Random(seed)
    windows, kinds = np.zeros((how_many, HEIGHT, WIDTH), np.uint8), np.zeros(how_many, np.int64)
    for at in range(how_many):
        strip, kinds[at] = printed(faces, chance)
        windows[at] = np.clip(window(strip, chance.randrange(-3, 4)) * 200, 0, 255)
    return windows, kinds


def read(how_many: int, faces: list, seed: int, weights: dict[str, np.ndarray]) -> tuple[int, int, int]:
    """Of so many words: how many are months, how many of these are read, and how many words are read as a month that they are not."""
    chance = random.Random(seed)
    words = [printed(faces, chance) for _ in range(how_many)]
    kinds = np.array([kind for _, kind in words])
    views = [months.chances(np.stack([window(normalised(strip, *seen(*BODY, *view))[0]) for strip, _ in words]), weights) for view in VIEWS]
    found = np.array([months.sure(of_word) for of_word in zip(*views, strict=True)])
    return int((kinds > 0).sum()), int(((found == kinds) & (kinds > 0)).sum()), int(((found != kinds) & (found > 0)).sum())


def first_network() -> torch.nn.Sequential:
    """The layers of etl/formats/scan/months.py."""
    layers: list[torch.nn.Module] = []
    for name, window, padding, pool in LAYERS:
        layers += [torch.nn.Conv2d(*CHANNELS[name], window, padding=padding), torch.nn.MaxPool2d(pool), torch.nn.ReLU()]
    shrunk = math.prod(pool[0] for *_, pool in LAYERS), math.prod(pool[1] for *_, pool in LAYERS)
    inputs = CHANNELS["three"][1] * (HEIGHT // shrunk[0]) * (WIDTH // shrunk[1])
    dense = [torch.nn.Flatten(), torch.nn.Dropout(0.2), torch.nn.Linear(inputs, HIDDEN), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers, *dense, torch.nn.Linear(HIDDEN, 1 + len(MONTHS)))


def weights_of(net: torch.nn.Sequential) -> dict[str, np.ndarray]:
    """As `months.chances` multiplies them: windows as in `network.columns`, the dense layer's input by rows, columns, channels."""
    weights = {}
    convolutions = [layer for layer in net if isinstance(layer, torch.nn.Conv2d)]
    for name, layer in zip(CHANNELS, convolutions, strict=True):
        out_in_window = layer.weight.detach().numpy()
        weights[f"{name}.w"] = out_in_window.transpose(2, 3, 1, 0).reshape(-1, out_in_window.shape[0])
        weights[f"{name}.b"] = layer.bias.detach().numpy()
    hidden, out = (layer for layer in net if isinstance(layer, torch.nn.Linear))
    channels, rows = CHANNELS["three"][1], HEIGHT // math.prod(pool[0] for *_, pool in LAYERS)
    by_place = hidden.weight.detach().numpy().reshape(HIDDEN, channels, rows, -1).transpose(2, 3, 1, 0).reshape(-1, HIDDEN)
    weights |= {"hidden.w": by_place, "hidden.b": hidden.bias.detach().numpy()}
    return weights | {"out.w": out.weight.detach().numpy().T, "out.b": out.bias.detach().numpy()}


def trained(windows: np.ndarray, kinds: np.ndarray) -> dict[str, np.ndarray]:
    """The weights after `PASSES` over the samples (Adam, at a rate that falls along a cosine)."""
    torch.manual_seed(SEED)
    chance = np.random.default_rng(SEED)
    net = first_network()
    descent = torch.optim.Adam(net.parameters(), RATE)
    a_pass = len(windows) // BATCH
    steps = PASSES * a_pass
    rates = falling(descent, steps)
    mean = 2.0
    for step in range(steps):
        if step % a_pass == 0:
            order = chance.permutation(len(windows))
        chosen = order[step % a_pass * BATCH : (step % a_pass + 1) * BATCH]
        x = windows[chosen].astype(np.float32) / 200 * chance.uniform(0.85, 1.1, (BATCH, 1, 1)).astype(np.float32)
        loss = torch.nn.functional.cross_entropy(net(torch.from_numpy(x)[:, None]), torch.from_numpy(kinds[chosen]))
        descent.zero_grad()
        loss.backward()
        descent.step()
        rates.step()
        mean = 0.99 * mean + 0.01 * float(loss.detach())
        if step % 500 == 0:
            print(f"{step}/{steps} loss {mean:.4f}", file=sys.stderr, flush=True)
    net.eval()
    return weights_of(net)


def main() -> None:
    torch.set_num_threads(1)
    families = fonts()
    unseen = {*KEPT_OUT, *FOR_THRESHOLDS}
    weights = trained(*made(SAMPLES, [path for family, paths in families.items() if family not in unseen for path in paths], SEED))
    np.savez_compressed(months.WEIGHTS, **{name: value.astype(np.float16) for name, value in weights.items()})
    for name, of in (("kept out", KEPT_OUT), ("for thresholds", FOR_THRESHOLDS)):
        there, right, wrong = read(3000, [path for family in of for path in families[family]], SEED + 1, weights)
        print(f"{name} fonts: of {there} months {right / there:.1%} read; {wrong} of 3,000 words read as another month")


if __name__ == "__main__":
    main()
