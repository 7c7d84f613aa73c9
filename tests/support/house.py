"""A copy of the program in a folder, for tests that change its own files."""

import csv
import shutil
from pathlib import Path

from tests.support.data import ROOT

PARTS = ("pages", "etl", "static", ".streamlit")


def copied(folder: Path) -> Path:
    """The program in `folder`, with the shipped data behind a link."""
    for name in PARTS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "secrets.toml"))
    (folder / "data").symlink_to(ROOT / "data")
    shutil.copy(ROOT / "dashboard.py", folder)
    return folder


def changed(path: Path, before: str, after: str) -> None:
    """One place of a file, which stands there once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, (path, before)
    path.write_text(text.replace(before, after), encoding="utf-8")


def added_rows(path: Path, *rows: tuple[str, ...]) -> None:
    """Rows at the end of a CSV."""
    with open(path, "a", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(rows)
