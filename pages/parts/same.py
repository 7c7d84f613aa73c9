"""A choice in one figure marks the same in the others of the page: in the browser (same.js), without asking the server.

Each figure carries what its rows are (an agency, a district, a level, a province, an indicator in a year); what of a page has nothing in
common pays nothing.
"""

from pathlib import Path

import streamlit as st
from pandas import DataFrame, isna

from pages.parts.say.text import Words

KEYS = ("agency_id", "district", "level_th", "province")  # a figure is of the first that it has
INDICATOR = "indicator"  # of a year: what a figure is of that has none of them
_mount = st.components.v2.component(
    "same",
    html='<div role="status"></div>',
    css="div { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def begin() -> None:
    """The frame, before a page: nothing is drawn yet."""
    st.session_state["same"] = []


def told(figure, frame: DataFrame, words: Words):
    """The figure with what its rows are written into it: key -> a value a row, and what a row is called."""
    keys = _keys(frame)
    if keys and len(frame):
        columns = {key: _values(frame, key) for key in keys}
        figure.layout["meta"] = figure.layout.get("meta", {}) | {"same": {"keys": columns, "names": _names(frame, keys[0], words)}}
    return figure


def drawn(frame: DataFrame) -> None:
    """A figure of this frame stands on the page."""
    st.session_state.setdefault("same", []).append(set(_keys(frame)))


def offer(words: Words) -> None:
    """The frame, after a page: the script, where two figures have something in common."""
    shown = st.session_state["same"]
    if any(one & other for at, one in enumerate(shown) for other in shown[at + 1 :]):
        st.caption(words("same.how"))
        _mount(key="same", data={"keys": [*KEYS, INDICATOR], "said": words("same.said"), "how": words("same.how")})


def _keys(frame: DataFrame) -> list[str]:
    """What the rows of a frame are."""
    has = set(frame.columns) | ({"province"} if "province_code" in frame else set())
    return [key for key in KEYS if key in has] or ([INDICATOR] if {"indicator", "fiscal_year", "name_th"} <= has else [])


def _values(frame: DataFrame, key: str) -> list[str | None]:
    """What each row is; null: nothing of this kind."""
    if key == INDICATOR:
        return [None if isna(one) else f"{one} {year}" for one, year in zip(frame["indicator"], frame["fiscal_year"], strict=True)]
    return [None if isna(value) else value for value in frame["name_th" if key == "province" and key not in frame else key]]


def _names(frame: DataFrame, key: str, words: Words) -> list[str]:
    if key == "level_th":
        return ["" if isna(row["level_th"]) else words.of(row, "level") for row in frame[["level_th", "level_en"]].to_dict("records")]
    if key == INDICATOR:  # read by columns, and each indicator and year said once: of seventy rows a fifth of the time
        fields = ("indicator", "name_th", "name_en")
        rows, years = list(zip(*(frame[name].tolist() for name in fields), strict=True)), frame["fiscal_year"].tolist()
        named = {
            row: words.indicator(row[0]) if isna(row[1]) else words.numbered(dict(zip(fields, row, strict=True)))  # the total has no name
            for row in set(rows)
            if not isna(row[0])
        }
        ticks = {year: words.tick(year) for year in set(years)}
        return [f"{named[row]} · {ticks[year]}" if row in named else "" for row, year in zip(rows, years, strict=True)]
    column = "agency_name" if key == "agency_id" and "agency_name" in frame else key
    return ["" if value is None else value for value in _values(frame, column)]
