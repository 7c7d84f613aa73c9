"""The folders of data that the tests use, and the build that users call."""

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "tests" / "sample"
SHARED = ROOT.parent / "shared"  # reports that are not in the repository; what needs them skips where they are missing


def build(data: Path) -> Path:
    """The database in the data folder `data`, made by the command that users call. AssertionError: the build failed."""
    db = data / "ita.duckdb"
    command = [sys.executable, "-m", "etl", "build", "--data", str(data), "--db", str(db)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert run.returncode == 0, run.stdout + run.stderr
    return db


def sample(folder: Path) -> Path:
    """The made-up sample under the shipped rules and provinces, as a data folder."""
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("documents", "scores", "transcripts", "*.duckdb*", ".ita*"))
    return shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)


# What no source says of a year: no weights, no levels, no numbers of questions.
UNKNOWN = (
    (r"\[comparability\]", 'unknown = ["weights", "levels", "questions"]\n[comparability]'),
    (r"weight = \S+\n", ""),
    (r"\[level_scale\].*\[sources\]\n", "[sources]\n"),
)


def rules_of(folder: Path, year: int, *changes: tuple[str, str]) -> None:
    """Adds the rules of a made-up year to a data folder: those of 2568 with these changes."""
    text = (ROOT / "data" / "rules" / "2568.toml").read_text(encoding="utf-8").replace("fiscal_year = 2568", f"fiscal_year = {year}")
    for pattern, replacement in changes:
        text, times = re.subn(pattern, replacement, text, flags=re.S)
        assert times, pattern
    (folder / "rules" / f"{year}.toml").write_text(text, encoding="utf-8")


def nation(folder: Path) -> None:
    """160 made-up agencies over three years as a data folder with its database."""
    command = [sys.executable, "-m", "etl", "sample", "--agencies", "160", "--years", "2566-2568", "--into", str(folder), "--seed", "7"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    build(folder)


def table(path: str) -> list[dict[str, str]]:
    """The rows of a CSV of the repository, by its headings."""
    with open(ROOT / path, encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def rows(db: Path) -> dict[str, tuple] | None:
    """Table -> number and sum of hashes of its rows, but for the list of inputs; None where the file cannot be read to its end."""
    try:
        with duckdb.connect() as connection:
            connection.execute(f"attach '{db}' as ita (read_only)")
            tables = connection.execute("select table_name from duckdb_tables() where database_name = 'ita'").fetchall()
            counted = 'select count(*), sum(hash(t)::hugeint) from ita.main."{}" t'
            return {table: connection.execute(counted.format(table)).fetchone() for (table,) in tables if not table.startswith("build_")}
    except duckdb.Error:
        return None
