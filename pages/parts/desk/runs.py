"""The builder's processes that a draft needs: open (read a document), keep (its rows become a transcript), back."""

import threading
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from pages.parts.ask import warehouse
from pages.parts.builder import ETL, Run
from pages.parts.desk import drafts, may
from pages.parts.say.text import Words


def why_not(run: Run, words: Words) -> str:
    """Why it did not end well, in the builder's own sentences; "" where it did."""
    said = [event["said"].get(words.lang) or event["said"]["th"] for event in run.events if event["kind"] == "failed"]
    if said:
        return words.sentence(said)
    if run.too_long:
        return words("add.too_long", minutes=may.limits()["minutes"])
    return "" if run.right else words("add.not_read")


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
                # It stops itself, and says so; the minute more is for when it does not.
                self.runs[draft] = Run([*ETL, *command], limits["minutes"] + 1, self.turn)
            return self.runs[draft]

    def forget(self, draft: str) -> None:
        with self.lock:
            self.runs.pop(draft, None)


@st.cache_resource
def readings() -> Readings:
    return Readings()


def keep(draft: str, who: str, then: Callable) -> Run:
    folder = str((drafts.home() / draft).absolute())
    return Run([*ETL, "keep", folder, "--data", _data(), *(["--who", who] if who else [])], may.limits()["minutes"], then=then)


def back(entry: int, who: str) -> Run:
    return Run([*ETL, "keep", "--back", str(entry), "--data", _data(), *(["--who", who] if who else [])], may.limits()["minutes"])


def _data() -> str:
    return str(Path(warehouse.data_folder()).absolute())
