"""How many documents a second `etl read` reads: the five reports beside the repository where they are at hand, else those of the tests.

Beside it a plain walk through the letters of the same reports, which other machines and busier days slow down alike. `--base FOLDER`: the
command of an older checkout reads the same files in turns with this one; of the documents that the tests keep, those that both can read.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

from bench import ratio, row
from etl.known import load_known
from etl.read import read_document

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
GOLDEN = ROOT / "tests" / "golden"
RUNS, TURNS, COPIES = 5, 3, 4


def of_children() -> float:
    """Seconds of the processor that the processes started so far took; where the system does not tell, those of the clock."""
    times = os.times()
    return times.children_user + times.children_system if os.name == "posix" else time.perf_counter()


def read(code: Path, files: list[Path]) -> tuple[float, set[str]]:
    """Seconds of the processor that `etl read --json` of the code in a folder takes for these files, its start included; the names of
    those it read to the end: not scans, which the older code left out."""
    start = of_children()
    done = subprocess.run([sys.executable, "-m", "etl", "read", "--json", *map(str, files)], cwd=code, capture_output=True, text=True)
    seen = [one for one in json.loads(done.stdout) if all(said["rule"] != "page_read_from_picture" for said in one["findings"])]
    return of_children() - start, {one["source"]["file"] for one in seen}


def compared(base: Path, files: list[Path]) -> float:
    """This code's seconds over those of the older code; the quickest turn of each."""
    ours, older = [], []
    for _ in range(TURNS):
        ours.append(read(ROOT, files)[0])
        older.append(read(base, files)[0])
    return min(ours) / min(older)


def with_older(base: Path, reports: list[Path]) -> None:
    """Ratios to the code in the folder `base`."""
    kept = [path for path in sorted(GOLDEN.rglob("*.*")) if path.is_file() and not path.name.endswith("expected.json")]
    with tempfile.TemporaryDirectory() as folder:
        copies = [Path(shutil.copy(path, Path(folder) / f"{at}-{path.name}")) for at in range(COPIES) for path in reports]
        ratio(f"reading {len(reports)} reports {COPIES} times: this code / the older code", compared(base, copies), "at most 1.3")
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(shutil.copy(path, Path(folder) / f"{at:04d}{path.suffix}")) for at, path in enumerate(kept)]
        both = read(base, files)[1] & read(ROOT, files)[1]
        files = [path for path in files if path.name in both]
        # No promise: the older code looks for less in them, and half of the time is the start.
        ratio(f"reading {len(files)} small documents: this code / the older code", compared(base, files))


def plain_walk(paths: list[Path]) -> float:
    """Seconds of the processor for a plain walk through the letters of texts: the median of RUNS."""
    texts, times = [path.read_text(encoding="utf-8") for path in paths], []
    for _ in range(RUNS):
        start = time.process_time()
        for text in texts:
            for line in unicodedata.normalize("NFC", text).split("\n"):
                sum(letter.isalnum() for letter in line)
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    """Prints the first run (libraries and tables of words still to load), the median of the later ones, and ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", type=Path)
    given, _ = parser.parse_known_args()
    paths = sorted(SEEDS.glob("*.txt")) or sorted(GOLDEN.rglob("*.txt"))
    times, worked, known = [], [], None
    for _ in range(RUNS + 1):
        start, began = time.perf_counter(), time.process_time()
        known = known or load_known()
        for path in paths:
            read_document(path, known)
        times.append(time.perf_counter() - start)
        worked.append(time.process_time() - began)
    row(f"first reading of {len(paths)} documents", f"{times[0]:.2f} s", "the five seeds under 2 s")
    row("documents a second, warm (median)", f"{len(paths) / statistics.median(times[1:]):.1f}")
    ratio(f"reading {len(paths)} documents / a plain walk through them", statistics.median(worked[1:]) / plain_walk(paths))
    if given.base:
        with_older(given.base.resolve(), paths)


if __name__ == "__main__":
    main()
