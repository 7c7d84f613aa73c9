"""How sure the reader of numerals must be: `python -m train.thresholds` prints, for fonts that neither its training nor the bench of scans
saw, how many digits are read, left unsure and read as others at each pair of thresholds (`_SURE`, `_LEAST` of numerals.py).
"""

import random
from collections import Counter

from etl.formats.scan import numerals
from etl.formats.scan.network import BODY, NOTHING, SYMBOLS
from train.fonts import FOR_THRESHOLDS, fonts
from train.lines import face_of, line, text

LINES = 3_000
SEED = 2569
PAIRS = ((0.8, 0.5), (0.9, 0.6), (0.95, 0.7), (0.98, 0.8), (0.99, 0.9))
_NEAR = 4.0  # columns: nearer than two digits stand
_DIGITS = "0123456789๐๑๒๓๔๕๖๗๘๙"


def main() -> None:
    families = fonts()
    faces = [path for family in FOR_THRESHOLDS for path in families[family]]
    chance = random.Random(SEED)
    counts = {pair: Counter() for pair in PAIRS}
    for _ in range(LINES):
        said = text(chance)
        strip, middles = line(said, face_of(said, faces, chance), chance)
        truth = [(x, SYMBOLS[symbol - 1]) for x, symbol in middles if symbol != NOTHING and SYMBOLS[symbol - 1] in _DIGITS]
        views = [numerals._read([(strip, *numerals.seen(*BODY, size, shift))])[0] for size, shift in numerals.VIEWS]
        for pair in PAIRS:
            numerals._SURE, numerals._LEAST = pair
            read = [one for one in numerals._agreed(views, BODY[1] - BODY[0]) if one.sure]
            for x, letter in truth:
                there = {one.letter for one in read if abs(one.x - x) < _NEAR and one.letter in _DIGITS}
                counts[pair]["right" if there == {letter} else "other" if there else "unsure"] += 1
            near = [x for x, _ in middles]
            counts[pair]["invented"] += sum(one.letter in _DIGITS and all(abs(one.x - x) >= _NEAR for x in near) for one in read)
    for pair, found in counts.items():
        of = sum(found.values()) - found["invented"]
        shares = ", ".join(f"{name} {found[name] / of:.2%}" for name in ("right", "unsure", "other", "invented"))
        print(f"{pair}: of {of} digits {shares}")


if __name__ == "__main__":
    main()
