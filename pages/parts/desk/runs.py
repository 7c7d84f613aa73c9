"""The builder's processes that a draft needs: open (read a document), keep (its rows become a transcript), back. Each prints JSON lines,
as `python -m etl build --json` does (pages/parts/first_build.py).
"""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pages.parts.ask import warehouse
from pages.parts.ask.freshness import PROGRAM
from pages.parts.desk import drafts, may

ETL = [sys.executable, "-m", "etl"]


class Run:
    """One process. `ended` is set at its end; `done` of `of` steps are behind it; `events`: what else it said; `right`: it ended well, and
    `then` was called; `cancelled`: somebody no longer wants it."""

    program: list[str] | None = None  # the builder, where it is no other

    def __init__(self, command: list[str], minutes: float, turn: threading.Semaphore | None = None, then: Callable | None = None):
        self.done, self.of, self.events, self.right, self.too_long, self.cancelled = 0, 1, [], False, False, False
        self.ended = threading.Event()
        self._process = None
        threading.Thread(target=self._follow, args=([*(self.program or ETL), *command], minutes, turn, then), daemon=True).start()

    def cancel(self) -> None:
        """Ends it, also where it still waits for its turn."""
        self.cancelled = True
        if self._process:
            self._process.kill()

    def _follow(self, command: list[str], minutes: float, turn: threading.Semaphore | None, then: Callable | None) -> None:
        try:
            with turn or threading.Lock():
                if self.cancelled:
                    return
                # What it says on stderr, a fault of ours, goes where the server's own log goes.
                with subprocess.Popen(command, cwd=PROGRAM, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8") as process:
                    self._process = process
                    if self.cancelled:
                        process.kill()
                    clock = threading.Timer(minutes * 60, self._stop, [process])
                    clock.start()
                    for line in process.stdout:
                        self._hear(line)
                    clock.cancel()
                self.right = process.returncode == 0
                if self.right and then:
                    then()  # here, not in the page: it is done also where the viewer has gone
        except OSError:
            logging.exception("a process of the builder could not be started")
        finally:
            self.ended.set()

    def _hear(self, line: str) -> None:
        try:
            event = json.loads(line)
            if event["kind"] == "progress":
                self.done, self.of = event["done"], max(event["of"], 1)
            else:
                self.events.append(event)
        except (ValueError, KeyError, TypeError):
            logging.log(logging.WARNING, "the builder said: %s", line.rstrip())

    def _stop(self, process: subprocess.Popen) -> None:
        self.too_long = True
        process.kill()

    def why_not(self, words) -> str:
        """Why it did not end well, in the builder's own sentences; "" where it did."""
        said = [event["said"].get(words.lang) or event["said"]["th"] for event in self.events if event["kind"] == "failed"]
        if said:
            return words.sentence(said)
        if self.too_long:
            return words("add.too_long", minutes=may.limits()["minutes"])
        return "" if self.right else words("add.not_read")


class Readings:
    """The readings of drafts, a few at a time for all viewers together."""

    def __init__(self):
        self.lock, self.runs, self.turn = threading.Lock(), {}, threading.Semaphore(may.limits()["readings"])

    def of(self, draft: str) -> Run | None:
        """The reading of a draft that is not read yet: the one that runs, or failed, or a new one (also after a server that stopped)."""
        with self.lock:
            if drafts.reading(draft) is not None:
                self.runs.pop(draft, None)
                return None
            if draft not in self.runs:
                file = drafts.document_of(draft)
                command = ["open", str(file.absolute()), "--into", str(file.parent.absolute()), "--data", _data()]
                limits = may.limits()
                most = {"--seconds": limits["minutes"] * 60, **{f"--{name}": limits[name] for name in ("megabytes", "pages", "memory")}}
                command += ["--name", drafts.name_of(draft), *(str(part) for pair in most.items() for part in pair)]
                self.runs[draft] = Run(
                    command, limits["minutes"] + 1, self.turn
                )  # it stops itself, and says so; this is for when it does not
            return self.runs[draft]

    def forget(self, draft: str) -> None:
        with self.lock:
            self.runs.pop(draft, None)


@st.cache_resource
def readings() -> Readings:
    return Readings()


def keep(draft: str, who: str, then: Callable) -> Run:
    folder = str((drafts.home() / draft).absolute())
    return Run(["keep", folder, "--data", _data(), *(["--who", who] if who else [])], may.limits()["minutes"], then=then)


def back(entry: int, who: str) -> Run:
    return Run(["keep", "--back", str(entry), "--data", _data(), *(["--who", who] if who else [])], may.limits()["minutes"])


def _data() -> str:
    return str(Path(warehouse.data_folder()).absolute())
