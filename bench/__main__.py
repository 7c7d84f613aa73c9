"""Every bench of this folder, one after the other, each in a process of its own: `python -m bench [NAME ...]`.

A bench is a module of this folder that prints its figures, one a line, with `bench.row`.
"""

import subprocess
import sys
from pathlib import Path

from bench import heading


def main(names: list[str]) -> int:
    """Runs the named benches, or all. Returns how many failed, as the exit code."""
    known = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    if unknown := set(names) - set(known):
        print(f"{', '.join(sorted(unknown))}: {', '.join(known)}", file=sys.stderr)
        return 2
    failed = 0
    for name in names or known:
        heading(name)
        failed += subprocess.run([sys.executable, "-m", f"bench.{name}"]).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
