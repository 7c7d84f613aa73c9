"""A process that prints lines of JSON, as the builder's (`python -m etl ...`), followed to its end: its progress is for all who wait."""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable

import streamlit as st

from pages.parts.ask.freshness import PROGRAM

ETL = [sys.executable, "-m", "etl"]
LOOK_AGAIN = 0.2  # seconds between two looks at its progress


class Run:
    """One process, begun when this is made. `ended` is set at its end; `done` of `of` steps are behind it; `events`: what else it said;
    `right`: it ended well, and `then` was called; `too_long`: it was stopped after its `minutes`; `cancelled`: nobody wants it any more."""

    def __init__(self, command: list[str], minutes: float, turn: threading.Semaphore | None = None, then: Callable | None = None):
        self.done, self.of, self.events, self.right, self.too_long, self.cancelled = 0, 1, [], False, False, False
        self.ended, self._process = threading.Event(), None
        threading.Thread(target=self._follow, args=(command, minutes, turn, then), daemon=True).start()

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


def wait(run: Run, said: str) -> None:
    """Waits for its end, and shows how far it is."""
    bar = st.progress(0.0, said)
    while not run.ended.wait(LOOK_AGAIN):
        bar.progress(min(run.done / run.of, 1.0), said)
    bar.empty()
