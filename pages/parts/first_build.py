"""The first build of the database: a process of its own, whose progress every viewer who waits sees in their language."""

import threading
from pathlib import Path

import streamlit as st

from pages.parts.ask import warehouse
from pages.parts.ask.freshness import is_stale
from pages.parts.builder import ETL, Run, wait
from pages.parts.say.text import plain

COMMAND = [*ETL, "build", "--json"]
MINUTES = 30  # a whole made-up nation takes one


def begun(data: Path, database: Path) -> Run:
    return Run([*COMMAND, "--data", str(data.absolute()), "--db", str(database.absolute())], MINUTES)


def built(run: Run) -> bool:
    """It came to its end, whatever single files could not be used."""
    return any(event["kind"] == "built" for event in run.events)


class Builds:
    """One build at a time, however many viewers come at once."""

    def __init__(self):
        self.lock, self.running = threading.Lock(), None

    def needed(self) -> Run | None:
        """The build that runs, or a new one where the database is missing, cannot be read or is older than its inputs."""
        with self.lock:
            if self.running is None or self.running.ended.is_set():
                data, database = warehouse.data_folder(), warehouse.database()
                self.running = begun(data, database) if warehouse.is_damaged() or is_stale(data, database) else None
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
        wait(build, words("frame.building"))
        say_what_came_of_it(build, words)
    st.session_state["database_checked"] = "repaired" if checked == "damaged" else "checked"


def say_what_came_of_it(build: Run, words) -> None:
    show = {"note": st.info, "problem": st.warning, "failed": st.error}
    said = [event for event in build.events if event["kind"] in show]
    for event in said:
        sentence = event["said"].get(words.lang) or next(iter(event["said"].values()))
        show[event["kind"]](plain(f"{event['about']}: {sentence}" if event["kind"] == "problem" else sentence))
    if build.too_long:
        st.error(words("frame.build_too_long", minutes=MINUTES))
    elif not built(build) and not any(event["kind"] == "failed" for event in said):
        st.error(words("frame.build_failed"))


def once_more() -> None:
    """A page came to a damaged part of the database: the next run builds anew (tried once a session) or takes the last good data."""
    if st.session_state.get("database_checked") != "repaired":
        st.session_state["database_checked"] = "damaged"
