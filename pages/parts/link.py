"""What a widget's callback writes into the link, and what a widget shows of it.

A browser sends its link along with every choice. Who chooses twice before the first answer has come (a slow line, a busy server) sends the
old link twice, and the second would undo the first. So the session remembers what it wrote last, until a run comes that no callback began:
Back, another page, a link.
"""

from typing import NamedTuple

import streamlit as st


class Stood(NamedTuple):
    """What a widget was told, in which box it is (none: ""), and in which run of the session it was told."""

    value: object
    box: str
    told: int


def change(**values: str | None) -> None:
    """In a callback: these parameters of the link are so now; None or an empty text takes one out."""
    link = st.session_state.get("link", dict(st.query_params)) | values
    st.session_state["link"] = {name: str(value) for name, value in link.items() if value not in (None, "")}
    st.session_state["link_changed"] = True
    st.query_params.from_dict(st.session_state["link"])


def begin() -> None:
    """The frame, at the start of a run: what the browser brings is the link, unless a callback has just written it."""
    if not st.session_state.pop("link_changed", False):
        st.session_state.pop("link", None)


def begin_widgets(view) -> None:
    """The frame, once it knows the view: the page and how it is spoken. In another one every widget is new to the browser."""
    same = st.session_state.get("stood_in") == view
    before = st.session_state.get("stood", {}) if same else {}
    st.session_state["stood_before"] = before
    st.session_state["touched"] = (st.session_state.get("touched", set()) if same else set()) | _seen(before)
    st.session_state["stood"], st.session_state["stood_in"] = {}, view
    st.session_state["run"] = st.session_state.get("run", 0) + 1


def _seen(before: dict[str, Stood]) -> set[str]:
    """What the browser shows of the boxes that a viewer chose in: with the widget that was touched all that were told no later than it."""
    opened = {}
    for key, stood in before.items():
        if st.session_state.get(key, stood.value) != stood.value:
            opened[stood.box] = max(opened.get(stood.box, 0), stood.told)
    return {key for key, stood in before.items() if stood.told <= opened.get(stood.box, 0)}


def tell_again() -> None:
    """In the callback of a component that asks for more by itself as soon as it stands there: the answer may replace the widgets of the run
    before while the browser has not drawn them yet, and what they were told is lost (a list then shows its first option, and sends it)."""
    st.session_state["stood"] = {}


def end() -> None:
    """The frame, at the end of a run: a page may have taken out what no longer belongs to it."""
    if "link" in st.session_state:
        st.session_state["link"] = dict(st.query_params)


def stands(key: str, value, box: str = "") -> str:
    """Before a widget is made: this is what it shows. Returns the key to make it with.

    Where the run before made it too, in the same view, and the viewer's own choice is this value already, nothing is set: whoever has
    chosen again since would see this choice once more when the answer to it comes. A widget that is new to the browser has to be told; in a
    `box` that opens (its name) that is every one as long as the viewer has chosen nothing there: when the box opens it would show its first
    option, and send it.

    What a browser has of a box that is closed again is not told anew: with the next thing that is done it would send what was shown before,
    as a choice. So where another value than that comes (Back, a link), the box gets another widget in its place, `key` with a number.
    """
    numbers = st.session_state.setdefault("numbered", {})
    before, touched = st.session_state["stood_before"], st.session_state["touched"]
    own = f"{key}_{numbers[key]}" if key in numbers else key
    there = own in before and own in st.session_state
    if there and st.session_state[own] == value and (own in touched or not box):
        st.session_state["stood"][own] = before[own]
        return own
    touched.discard(own)
    if box and own in st.session_state and st.session_state[own] != value:
        numbers[key] = numbers.get(key, 0) + 1
        own = f"{key}_{numbers[key]}"
    st.session_state[own] = value
    st.session_state["stood"][own] = Stood(value, box, st.session_state["run"])
    return own
