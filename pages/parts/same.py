"""A choice in one figure marks the same in the others of the page: in the browser (same.js), without asking the server.

Each figure carries what its rows are (an agency, a district, a level, a province); what of a page has nothing in common pays nothing.
"""

from pathlib import Path

import streamlit as st
from pandas import DataFrame, isna

from pages.parts.say.text import Words

KEYS = ("agency_id", "district", "level_th", "province")  # a figure is of the first that it has
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
    if "province_code" in frame and "province" not in frame:
        frame = frame.assign(province=frame["name_th"])
    keys = [key for key in KEYS if key in frame]
    if keys and len(frame):
        columns = {key: [None if isna(value) else value for value in frame[key]] for key in keys}
        figure.layout.meta = (figure.layout.meta or {}) | {"same": {"keys": columns, "names": _names(frame, keys[0], words)}}
    return figure


def drawn(frame: DataFrame) -> None:
    """A figure of this frame stands on the page."""
    st.session_state.setdefault("same", []).append({key for key in (*KEYS, "province_code") if key in frame})


def offer(words: Words) -> None:
    """The frame, after a page: the script, where two figures have something in common."""
    shown = [{"province" if key == "province_code" else key for key in keys} for keys in st.session_state["same"]]
    if any(one & other for at, one in enumerate(shown) for other in shown[at + 1 :]):
        st.caption(words("same.how"))
        _mount(key="same", data={"keys": KEYS, "said": words("same.said"), "how": words("same.how")})


def _names(frame: DataFrame, key: str, words: Words) -> list[str]:
    if key == "level_th":
        return ["" if isna(row["level_th"]) else words.of(row, "level") for row in frame[["level_th", "level_en"]].to_dict("records")]
    column = "agency_name" if key == "agency_id" and "agency_name" in frame else key
    return ["" if isna(value) else str(value) for value in frame[column]]
