"""On the page: the papers of a whole province, made by a process of its own (province.py) whose progress is seen, that can be stopped, and
that goes on while its viewer looks at other pages; then they are taken."""

import shutil
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from pages.parts import take
from pages.parts.builder import Run
from pages.parts.say.text import Words, plain

PROGRAM = [sys.executable, "-m", "pages.parts.papers.province"]
AT_ONCE = 2  # provinces for all viewers together: each keeps every core busy
FOLDER, DAY = "ita-papers-", 24 * 60 * 60
MINUTES = 15  # the largest has some 350 local governments


@dataclass(frozen=True)
class ProvinceFile:
    """The ZIP of a province, made."""

    path: Path


@st.cache_resource
def _turns() -> threading.Semaphore:
    return threading.Semaphore(AT_ONCE)


def offer(province: str, year: int, words: Words) -> None:
    """The button that begins it; while it runs how far it is, with a button that stops it; at its end the button that hands it out, or why
    there is none."""
    of, run, file, _ = st.session_state.get("papers_made", (None, None, None, None))
    if run and not run.cancelled and not run.ended.is_set():
        st.fragment(run_every=1.0)(_bar)(run, of[0], words)
        return
    st.button(words("papers.make_province"), icon=":material/folder_zip:", key="papers_make", on_click=_begin, args=(province, year, words))
    if run and run.right and of == (province, year):
        take.buttons(ProvinceFile(file), f"{province}-{year}", words, "papers_province", title=words("papers.take_province"))
    elif run and not run.right and not run.cancelled:
        said = [event["said"][words.lang] for event in run.events if event["kind"] == "failed"]
        st.error(plain(words.sentence(said) or words("papers.not_made")))


def _begin(province: str, year: int, words: Words) -> None:
    for left in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):  # by a server that was stopped
        if time.time() - left.stat().st_mtime > DAY:
            shutil.rmtree(left, ignore_errors=True)
    folder = tempfile.TemporaryDirectory(prefix=FOLDER, ignore_cleanup_errors=True)  # goes with the viewer
    file = Path(folder.name) / "papers.zip"
    command = [*PROGRAM, "--province", province, "--year", str(year), "--lang", words.lang, "--digits", words.digits, "--into", str(file)]
    st.session_state["papers_made"] = (province, year), Run([*command, "--json"], MINUTES, _turns()), file, folder


def _bar(run: Run, province: str, words: Words) -> None:
    if run.ended.is_set():
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", key="papers_making"):
        said = words("present.making", done=run.done, n=run.of) if run.of > 1 else words("papers.waiting")
        st.progress(run.done / run.of, f"{plain(province)}: {said}")
        if st.button(words("papers.stop"), icon=":material/stop_circle:", key="papers_stop"):
            run.cancel()
            st.rerun()
