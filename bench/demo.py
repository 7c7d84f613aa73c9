"""How long `make demo` takes on an installed checkout, from nothing until the server answers: the made-up nation, its build, the server."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import row
from deploy.trial import ROOT, free_port, running

AGENCIES, YEARS = "400", "2565-2568"  # as in the Makefile


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data, port = Path(folder) / "demo", free_port()
        start = time.perf_counter()
        for command in (
            ["sample", "--agencies", AGENCIES, "--years", YEARS, "--into", data],
            ["build", "--data", data, "--db", data / "ita.duckdb"],
        ):
            subprocess.run([sys.executable, "-m", "etl", *map(str, command)], cwd=ROOT, check=True, capture_output=True)
        built = time.perf_counter() - start
        serve = [sys.executable, "-m", "deploy.serve", "--port", port, "--address", "127.0.0.1"]
        with running(serve, port, Path(folder) / "log", ITA_DATA=str(data), ITA_DEMO="1"):
            row("make demo: nation and database", f"{built:.1f} s")
            row("make demo: until it answers", f"{time.perf_counter() - start:.1f} s", "at most 20 s")


if __name__ == "__main__":
    main()
