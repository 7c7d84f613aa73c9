"""The first build of the database: a process of its own, whose progress every viewer who waits sees in their language."""

import json
import logging
import subprocess
import sys
import threading
from pathlib import Path

import streamlit as st

from pages.parts.ask import warehouse
from pages.parts.ask.freshness import PROGRAM, is_stale
from pages.parts.say.text import plain

COMMAND = [sys.executable, "-m", "etl", "build", "--json"]
MINUTES = 30  # a whole made-up nation takes one
LOOK_AGAIN = 0.2  # seconds between two looks at its progress


class Build:
    """One run of the build, begun when it is made. `ended` is set at its end; `done` of `of` steps are behind it.

    `said`: what it has to say, as (kind, about what, sentence by language); of kind note, problem or failed. `built`: it came to its end.
    """

    def __init__(self, data: Path, database: Path):
        self.done, self.of, self.said, self.built, self.too_long = 0, 1, [], False, False
        self.ended = threading.Event()
        command = [*COMMAND, "--data", str(data.absolute()), "--db", str(database.absolute())]
        threading.Thread(target=self._follow, args=(command,), daemon=True).start()

    def _follow(self, command: list[str]) -> None:
        try:
            # What it says on stderr, a fault of ours, goes where the server's own log goes.
            with subprocess.Popen(command, cwd=PROGRAM, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, encoding="utf-8") as process:
                clock = threading.Timer(MINUTES * 60, self._stop, [process])
                clock.start()
                for line in process.stdout:
                    self._hear(line)
                clock.cancel()
        except OSError:
            logging.exception("the build could not be started")
        finally:
            self.ended.set()

    def _hear(self, line: str) -> None:
        try:
            event = json.loads(line)
            if event["kind"] == "progress":
                self.done, self.of = event["done"], event["of"]
            elif event["kind"] == "built":
                self.built = True
            else:
                self.said.append((event["kind"], event["about"], event["said"]))
        except (ValueError, KeyError, TypeError):
            logging.log(logging.WARNING, "the build said: %s", line.rstrip())

    def _stop(self, process: subprocess.Popen) -> None:
        self.too_long = True
        process.kill()


class Builds:
    """One build at a time, however many viewers come at once."""

    def __init__(self):
        self.lock, self.running = threading.Lock(), None

    def needed(self) -> Build | None:
        """The build that runs, or a new one where the database is missing, cannot be read or is older than its inputs."""
        with self.lock:
            if self.running is None or self.running.ended.is_set():
                data, database = warehouse.data_folder(), warehouse.database()
                self.running = Build(data, database) if warehouse.is_damaged() or is_stale(data, database) else None
            return self.running


@st.cache_resource
def builds() -> Builds:
    return Builds()


def when_needed(words) -> None:
    """Once a viewer's session, and once more where a page found the database damaged: waits for the build where one is needed, and shows
    how far it is. Whatever prevents it is said, with what to do, and what was built before is shown."""
    checked = st.session_state.get("database_checked")
    if checked in ("checked", "repaired"):
        return
    if build := builds().needed():
        bar = st.progress(0.0, words("frame.building"))
        while not build.ended.wait(LOOK_AGAIN):
            bar.progress(min(build.done / build.of, 1.0), words("frame.building"))
        bar.empty()
        say_what_came_of_it(build, words)
    st.session_state["database_checked"] = "repaired" if checked == "damaged" else "checked"


def say_what_came_of_it(build: Build, words) -> None:
    show = {"note": st.info, "problem": st.warning, "failed": st.error}
    for kind, about, said in build.said:
        sentence = said.get(words.lang) or next(iter(said.values()))
        show[kind](plain(f"{about}: {sentence}" if kind == "problem" else sentence))
    if build.too_long:
        st.error(words("frame.build_too_long", minutes=MINUTES))
    elif not build.built and not any(kind == "failed" for kind, *_ in build.said):
        st.error(words("frame.build_failed"))


def once_more() -> None:
    """A page came to a damaged part of the database: the next run builds anew (tried once a session) or takes the last good data."""
    if st.session_state.get("database_checked") != "repaired":
        st.session_state["database_checked"] = "damaged"
