"""Whether a database is older than what it was made from. It says itself what it looked at (build_input, build_folder)."""

import fnmatch
import hashlib
import os
from functools import lru_cache
from pathlib import Path

import duckdb

PROGRAM = Path(__file__).resolve().parents[3]


def is_stale(data: Path, db: Path) -> bool:
    """True where `db` is missing, is not ours, or an input was added, changed or removed since it was built.

    A file of the same size that is not newer than the database counts as unchanged; any other is compared by its content. One that could
    not be opened then (no sha256) counts as changed when it can be opened now.
    """
    if not db.is_file():
        return True
    stat = db.stat()
    try:
        folders, files = _looked_at(db, (stat.st_ino, stat.st_mtime_ns, stat.st_size))
    except duckdb.Error:
        return True
    return any(_names(_place(path, data), pattern) != names for path, pattern, names in folders) or any(
        _changed(_place(path, data), size, sha256, stat.st_mtime) for path, size, sha256 in files
    )


@lru_cache(maxsize=8)
def _looked_at(db: Path, version: tuple[int, int, int]) -> tuple[list[tuple], list[tuple]]:
    """The folders and files that this version (inode, time of change in ns, size) of the database was made from. Every session asks, and to
    open a database takes four fifths of the answer. duckdb.Error: it cannot be read; this is not kept.
    """
    # A fresh instance: a second connect() to the same path would hand back a cached one.
    with duckdb.connect() as connection:
        connection.execute(f"attach '{str(db).replace(chr(39), chr(39) * 2)}' as ita (read_only)")
        folders = connection.execute("select path, pattern, names from ita.build_folder").fetchall()
        return folders, connection.execute("select path, bytes, sha256 from ita.build_input").fetchall()


def _place(path: str, data: Path) -> Path:
    """Where a path of build_input lies: below the program's folder or the data folder."""
    return PROGRAM / path.removeprefix("program/") if path.startswith("program/") else data / path


def _names(folder: Path, pattern: str) -> list[str]:
    try:
        listed = os.listdir(folder)
    except OSError:
        return []
    return sorted(os.fsencode(name).decode("utf-8", "backslashreplace") for name in listed if fnmatch.fnmatchcase(name, pattern))


def _changed(path: Path, size: int | None, sha256: str | None, built: float) -> bool:
    try:
        if sha256 is None:
            path.open("rb").close()
            return True
        stat = path.stat()
        if stat.st_size != size:
            return True
        return stat.st_mtime >= built and hashlib.sha256(path.read_bytes()).hexdigest() != sha256
    except FileNotFoundError:
        return True
    except OSError:  # it may not be opened: building again would not help
        return False
