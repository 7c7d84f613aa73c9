"""Every bench of this folder, one after the other, each in a process of its own: `python -m bench [NAME ...]`.

A bench is a module of this folder that prints its figures, one a line, with `bench.row` and `bench.ratio`. The ratios go into
build/bench/ratios.json; one that is more than a quarter worse than in bench/baseline.json fails the bench. After a change for the better,
or one that is worth its price: cp build/bench/ratios.json bench/baseline.json.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

from bench import heading

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
KEPT = HERE.parent / "build" / "bench" / "ratios.json"
WORSE = 1.25  # times the baseline
QUIET = ["-W", "ignore::RuntimeWarning:runpy"]  # said once for each process that a bench starts from a module of its own


def worse(measured: dict[str, float], baseline: dict[str, float]) -> dict[str, float]:
    """The ratios more than a quarter above the baseline -> how many times it. One that the baseline lacks is new, no regression."""
    return {what: value / baseline[what] for what, value in measured.items() if what in baseline and value > WORSE * baseline[what]}


def main(names: list[str]) -> int:
    """Runs the named benches, or all. Returns how many failed or grew worse, as the exit code."""
    known = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    if unknown := set(names) - set(known):
        print(f"{', '.join(sorted(unknown))}: {', '.join(known)}", file=sys.stderr)
        return 2
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    lines = KEPT.with_suffix(".lines")
    lines.unlink(missing_ok=True)
    failed = 0
    for name in names or known:
        heading(name)
        ran = subprocess.run([sys.executable, *QUIET, "-m", f"bench.{name}"], env=os.environ | {"BENCH_RATIOS": str(lines)})
        failed += ran.returncode != 0
    measured = {}
    for line in lines.read_text(encoding="utf-8").splitlines() if lines.exists() else []:
        measured |= json.loads(line)
    lines.unlink(missing_ok=True)
    KEPT.write_text(json.dumps(measured, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    baseline = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    grown = worse(measured, baseline)
    print(f"\n{len(measured)} ratios in {KEPT.relative_to(HERE.parent)}, {len(grown)} of them a quarter or more above bench/baseline.json")
    for what, times in grown.items():
        print(f"{what:<58}{measured[what]:>14.2f}   {times:.2f} times the baseline ({baseline[what]:.2f})")
    return failed + len(grown)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
