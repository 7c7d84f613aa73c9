"""A build killed (SIGKILL) at random moments: each time the database at its place must be whole, the old one or the new one, never another.

A third of the moments lie anywhere in the build, a third in its last part, from when all is computed, and a third in the half millisecond
in which the old file gets its second name and the new one its place.
`python -m bench.kills [KILLS]`, by default 200. Exit code 1 where a database was unreadable, had other rows, or something stayed behind.
"""

import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb

from bench import row
from etl.build.build import build
from etl.build.publish import previous
from etl.sample.nation import write_sample

SEED = 9
SWAP = 0.0005  # seconds


@dataclass
class Kills:
    """Where the kills hit (before, within or after the swap, or not at all: the build was done), and what was wrong after them."""

    hit: Counter = field(default_factory=Counter)
    unreadable: int = 0
    other_rows: int = 0
    left: list[str] = field(default_factory=list)


def rows(db: Path) -> dict[str, tuple] | None:
    """Table -> number and sum of hashes of its rows; None where the file cannot be read to its end. Without the list of inputs: it names
    the program's own files too, and somebody may be at work on them."""
    try:
        with duckdb.connect() as connection:
            connection.execute(f"attach '{db}' as ita (read_only)")
            tables = connection.execute("select table_name from duckdb_tables() where database_name = 'ita'").fetchall()
            counted = 'select count(*), sum(hash(t)::hugeint) from ita.main."{}" t'
            return {
                table: connection.execute(counted.format(table)).fetchone()
                for (table,) in tables
                if table not in ("build_input", "build_folder")
            }
    except duckdb.Error:
        return None


def built(data: Path, db: Path, computed: Event, in_swap: float | None) -> None:
    """A build in a process of its own. `computed` is set when the file only has to be put in place; so many seconds after the old file is
    about to get its second name (`in_swap`) the process kills itself."""
    link = os.link

    def then_killed(*names):
        threading.Timer(in_swap, os.kill, (os.getpid(), signal.SIGKILL)).start()
        link(*names)

    if in_swap is not None:
        os.link = then_killed
    build(data, db, lambda done, steps: computed.set() if done == steps else None)


def started(data: Path, db: Path, in_swap: float | None = None) -> tuple[BaseProcess, Event]:
    """Forked from a process that has imported everything and opened nothing: the moments lie in the build, not in Python's start."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "bench.kills"])
    computed = context.Event()
    process = context.Process(target=built, args=(data, db, computed, in_swap))
    process.start()
    return process, computed


def wait_for(computed: Event, process: BaseProcess) -> None:
    while not computed.wait(1) and process.is_alive():
        pass


def lengths(data: Path, db: Path) -> tuple[float, float]:
    """Seconds of a whole build over a database that is there, and of its last part."""
    for _ in range(2):
        begun = time.perf_counter()
        process, computed = started(data, db)
        wait_for(computed, process)
        last = time.perf_counter()
        process.join()
        assert process.exitcode == 0
    return time.perf_counter() - begun, time.perf_counter() - last


def kill_many(data: Path, folder: Path, kills: int, seed: int = SEED) -> Kills:
    """Kills so many builds of `data` into `folder`/ita.duckdb, each over a database with other rows; then lets one come to its end."""
    found, moments = Kills(), random.Random(seed)
    db, old = folder / "ita.duckdb", folder / "old"
    whole, last = lengths(data, db)
    new_rows = rows(db)
    shutil.copy(db, old)
    with duckdb.connect(str(old)) as connection:
        connection.execute("delete from province where name_en = (select min(name_en) from province)")
    old_rows = rows(old)
    assert old_rows and new_rows and old_rows != new_rows
    for number in range(kills):
        shutil.copy(old, folder / "again")
        (folder / "again").replace(db)
        before = db.stat().st_ino
        kind = number % 3
        process, computed = started(data, db, moments.uniform(0, SWAP) if kind == 2 else None)
        if kind == 1:
            wait_for(computed, process)
        if kind < 2:
            time.sleep(moments.uniform(0, last if kind else whole))
            process.kill()
        process.join()
        swapped, within = db.stat().st_ino != before, bool(list(folder.glob(".ita.*.kept.tmp")))
        found.hit["not at all" if process.exitcode == 0 else "within" if within else "after" if swapped else "before"] += 1
        for path, expected in ((db, [new_rows if swapped else old_rows]), (previous(db), [old_rows, new_rows])):
            if path.exists():
                known = rows(path)
                found.unreadable += known is None
                found.other_rows += known is not None and known not in expected
    build(data, db)
    found.other_rows += rows(db) != new_rows
    found.left = sorted(path.name for path in folder.iterdir() if path.name not in ("old", db.name, previous(db).name))
    return found


def main(arguments: list[str]) -> int:
    """Prints the figures. Exit code."""
    kills = int(arguments[0]) if arguments else 200
    with tempfile.TemporaryDirectory() as folder:
        data, into = Path(folder) / "data", Path(folder) / "into"
        write_sample(20, range(2567, 2569), data)
        into.mkdir()
        found = kill_many(data, into, kills)
    for where in ("before", "within", "after"):
        row(f"builds killed {where} the swap", str(found.hit[where]))
    row("builds done before they were killed", str(found.hit["not at all"]))
    row("databases that could not be read", str(found.unreadable), "0")
    row("databases with other rows", str(found.other_rows), "0")
    row("files left behind after the next build", str(len(found.left)), "0")
    return 1 if found.unreadable or found.other_rows or found.left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
