"""What is fast enough, measured: `make bench`. Nothing here is asserted by the tests."""

import json
import os

import etl  # noqa: F401  before NumPy, as on the command line: it says how many threads that has


def heading(name: str) -> None:
    """The line above a bench's figures."""
    print(f"\n{name}\n{'what':<58}{'figure':>14}   promise", flush=True)


def row(what: str, figure: str, promise: str = "") -> None:
    """One figure of a bench: what was measured, the figure with its unit, and what was promised of it."""
    print(f"{what:<58}{figure:>14}   {promise}", flush=True)


def ratio(what: str, value: float, promise: str = "") -> None:
    """A figure that two measurements of one run make, the smaller the better: other machines and busier days move both alike, so it is kept
    (in the file that BENCH_RATIOS names, a line each) and compared with the one committed in bench/baseline.json."""
    row(what, f"{value:.2f}", promise)
    if path := os.environ.get("BENCH_RATIOS"):
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps({what: round(value, 3)}) + "\n")
