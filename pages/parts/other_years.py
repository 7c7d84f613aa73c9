"""Another year at once: while a viewer opens the list of years, the browser gets the figures of the other years, and draws a chosen one
itself instead of waiting for the server, whose own answer follows and replaces it.

Most of the time of a change of year goes into delivery, not into work: some 20 messages of a rerun, each drawn by the browser. Nobody who
leaves the year alone pays for this.
"""

import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

import streamlit as st
from pandas import DataFrame

from pages.parts.ask import warehouse
from pages.parts.say.text import Words

_mount = st.components.v2.component("other_years", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"))


def begin() -> None:
    """The frame, before a page: nothing is drawn yet."""
    st.session_state["drawn"], st.session_state["years"], st.session_state["year_shown"] = {}, [], None


def offered(years: list[int], shown: int) -> None:
    """The control of the year: these can be chosen, and the page is of the one `shown`."""
    st.session_state["years"], st.session_state["year_shown"] = years, shown


def drawn(key: str, asked: Callable[[int], DataFrame], figure: Callable[[DataFrame, int], object]) -> None:
    """A figure that stands on the page under the element key `key`; `figure(asked(year), year)` is the same of another year."""
    st.session_state["drawn"][key] = asked, figure


def of_year(figure, words: Words, year: int | None = None):
    """The figure with what it is of written into it, so that the browser knows a late answer from the one that it waits for."""
    figure.layout["meta"] = figure.layout.get("meta", {}) | {"view": _view(words), "year": year or st.session_state["year_shown"]}
    return figure


def _view(words: Words) -> str:
    """All that makes the figures of a page but the year: what the browser has kept is drawn again for the very same view only."""
    given = {name: value for name, value in st.query_params.items() if name != "year"}
    return json.dumps([st.session_state["page"], given, astuple(words), st.context.theme.type, warehouse.version()])


def offer(words: Words) -> None:
    """The frame, after a page: what the browser needs to ask for the other years of what stands there."""
    if st.session_state["drawn"] and len(st.session_state["years"]) > 1:
        _offer(words, _view(words))


@st.fragment
def _offer(words: Words, view: str) -> None:
    wanted = st.session_state.pop("years_wanted", None) == view
    years = {words.year(year): year for year in st.session_state["years"]}
    # `run`: the browser hears of every answer, also of one like the last (a year and back): the words are no longer of another year.
    data = {
        "view": view,
        "years": years,
        "shown": st.session_state["year_shown"],
        "figures": _figures(view) if wanted else None,
        "run": str(time.monotonic_ns()),
    }
    with st.container(key="setup_years"):
        _mount(key="other_years", on_wanted_change=_wanted, data=data)


def _wanted() -> None:
    st.session_state["years_wanted"] = st.session_state["other_years"].get("wanted")


def _figures(view: str) -> dict[int, dict[str, dict]]:
    """Year -> element key -> figure; a year that lacks one of the figures is left to the server, and so are all where the data are no
    longer those of `view`."""
    found = {}
    with contextlib.suppress(warehouse.NoData), warehouse.one_version():
        for year in st.session_state["years"] if json.loads(view)[-1] == list(warehouse.version()) else []:
            frames = {key: asked(year) for key, (asked, _) in st.session_state["drawn"].items()}
            if all(len(frame) for frame in frames.values()):
                found[year] = {
                    key: json.loads(figure(frames[key], year).to_json()) for key, (_, figure) in st.session_state["drawn"].items()
                }
    return found
