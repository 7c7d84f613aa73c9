"""What was kept by whom, and the way back: data/documents/history.jsonl, a line for each time, and the transcripts as they were before.

A transcript is put in place by one rename. What is going to be said of it is written down before (`pending.json`): where a process ends
between the rename and the line in the history, whoever comes next adds the line. Names of people stand nowhere but here.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from etl.desk.shelf import LOG
from etl.desk.whole import sha256_of, write_whole
from etl.transcripts.columns import Row
from etl.transcripts.file import read_transcript, write_transcript
from etl.transcripts.reread import replaced

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

_PENDING = "pending.json"


class History:
    """The history of a data folder; a process that writes holds it alone (`held`)."""

    def __init__(self, data: Path):
        self.data = data
        self.log = data / "documents" / LOG
        self.folder = data / "documents" / ".history"

    @contextmanager
    def held(self) -> Iterator["History"]:
        """Waits for whoever else writes, and first settles what a process left that was killed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / "lock", "a+b") as lock:
            if fcntl:
                fcntl.flock(lock, fcntl.LOCK_EX)  # the system's own: it ends with its process, however that ends
            else:
                lock.seek(0)
                msvcrt.locking(lock.fileno(), msvcrt.LK_LOCK, 1)
            self._settle()
            yield self

    def entries(self) -> list[dict]:
        """The lines of the history, oldest first; one that is not whole (its process was killed) is none."""
        try:
            lines = self.log.read_text(encoding="utf-8").split("\n")[:-1]
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in lines if line]

    def put(self, home: Path, rows: list[Row], facts: dict) -> dict | None:
        """Puts `rows` in place as the transcript at `home`, or takes it away where there are none; returns the entry that says so.

        None: it says that already. `facts`: what else the entry says.
        """
        made = self.folder / "next.csv"
        made.unlink(missing_ok=True)
        if rows:
            write_transcript(made, rows)
        if sha256_of(made) == sha256_of(home):
            made.unlink(missing_ok=True)
            return None
        number = max((entry["n"] for entry in self.entries()), default=0) + 1
        before = self.folder / f"{number:06}.csv"
        entry = {"n": number, "when": datetime.now(UTC).isoformat(timespec="seconds")} | facts
        entry |= {"transcript": home.name, "before": None, "after": sha256_of(made)}
        before.unlink(missing_ok=True)
        if home.exists():
            _copy(home, before)
            entry["before"] = f".history/{before.name}"
        write_whole(self.folder / _PENDING, json.dumps(entry, ensure_ascii=False))
        home.parent.mkdir(parents=True, exist_ok=True)
        if rows:
            _sync(made)
            os.replace(made, home)
        else:
            home.unlink()
        self._settle()
        return entry

    def as_before(self, number: int) -> tuple[dict, Path, list[Row]] | None:
        """(entry, transcript, its rows as they were before that entry, of its document); None: there is no such entry."""
        entry = next((one for one in self.entries() if one["n"] == number), None)
        if entry is None:
            return None
        home = self.data / "transcripts" / Path(entry["transcript"]).name
        then = read_transcript(self.folder / f"{number:06}.csv").rows if entry["before"] else []
        now = read_transcript(home).rows if home.exists() else []
        rows = [row for row in then if row["document"] == entry["document"]]
        others = [[row for row in some if row["document"] != entry["document"]] for some in (then, now)]
        return entry, home, then if others[0] == others[1] else replaced(now, entry["document"], rows)

    def _settle(self) -> None:
        """Adds the line of what was put in place, where it is missing."""
        pending = self.folder / _PENDING
        with suppress(FileNotFoundError, ValueError):
            entry = json.loads(pending.read_text(encoding="utf-8"))
            in_place = sha256_of(self.data / "transcripts" / Path(entry["transcript"]).name) == entry["after"]
            if in_place and entry["n"] not in {one["n"] for one in self.entries()}:
                self._add(entry)
        pending.unlink(missing_ok=True)
        for left in self.folder.glob(".*.tmp"):
            left.unlink(missing_ok=True)

    def _add(self, entry: dict) -> None:
        line = json.dumps(entry, ensure_ascii=False).encode() + b"\n"
        with open(self.log, "a+b") as handle:
            data_end = handle.seek(0, os.SEEK_END)
            if data_end and not _ends_whole(handle, data_end):
                handle.truncate(_end_of_last_line(handle, data_end))
            handle.write(line)
            handle.flush()
            os.fsync(handle.fileno())


def _ends_whole(handle, end: int) -> bool:
    handle.seek(end - 1)
    return handle.read(1) == b"\n"


def _end_of_last_line(handle, end: int) -> int:
    handle.seek(0)
    return handle.read(end).rfind(b"\n") + 1


def _copy(path: Path, to: Path) -> None:
    unfinished = to.with_name(f".{to.name}.{os.getpid()}.tmp")
    unfinished.write_bytes(path.read_bytes())
    _sync(unfinished)
    os.replace(unfinished, to)


def _sync(path: Path) -> None:
    with open(path, "r+b") as handle:
        os.fsync(handle.fileno())
