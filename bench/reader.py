"""How many documents a second `etl read` reads: the five reports beside the repository where they are at hand, else those of the tests."""

import statistics
import time
from pathlib import Path

from bench import row
from etl.known import load_known
from etl.read import read_document

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
RUNS = 5


def main() -> None:
    """Prints the first run (libraries and tables of words still to load) and the median of the later ones."""
    paths = sorted(SEEDS.glob("*.txt")) or sorted((ROOT / "tests" / "golden").rglob("*.txt"))
    times, known = [], None
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        known = known or load_known()
        for path in paths:
            read_document(path, known)
        times.append(time.perf_counter() - start)
    row(f"first reading of {len(paths)} documents", f"{times[0]:.2f} s", "the five seeds under 2 s")
    row("documents a second, warm (median)", f"{len(paths) / statistics.median(times[1:]):.1f}")


if __name__ == "__main__":
    main()
