"""The controls of comparing: whom to compare with, chosen by hand, by weights or automatically; all of it in the URL by id."""

import streamlit as st
from pandas import isna

from pages.parts import link, meant
from pages.parts.ask import directory
from pages.parts.ask.warehouse import ask
from pages.parts.controls import NONE, from_url, unknown
from pages.parts.meant import Agency, Group
from pages.parts.reckon import peers
from pages.parts.say.text import Words, plain


def group(words: Words, agency: Agency, year: int) -> Group:
    """The group of the URL. What of it does not exist gets a message."""
    found, wrong = meant.compared(words, agency, year, st.query_params)
    for name, value in wrong:
        unknown(words, name, value)
    return found


def edit(words: Words, agency: Agency, compared: Group) -> None:
    """The button with everything that changes the group: name, add, drop, weights, back to the automatic peers."""
    with st.popover(words("compare.edit"), icon=":material/tune:", key="edit_group", on_change="rerun") as box:
        if box.open:
            _name(words)
            left, right = st.columns(2)
            with left:
                _add(words, agency, compared)
            with right:
                _weights(words)
            _drop(words, compared)
            st.button(words("compare.reset"), on_click=_reset, key="reset_group")


def _name(words: Words) -> None:
    def named() -> None:
        link.change(group=st.session_state["control_group"].strip()[:60])

    link.stands("control_group", st.query_params.get("group", ""))
    st.text_input(words("control.group"), key="control_group", on_change=named, max_chars=60)


def _add(words: Words, agency: Agency, compared: Group) -> None:
    """Province and then agency: a list of the whole nation would be sent at every rerun."""
    provinces = [NONE if isna(name) else name for name in ask("provinces")["province"]]
    province = st.selectbox(
        words("control.add_province"),
        provinces,
        filter_mode="contains",
        key="control_add_province",
        index=provinces.index(agency.province or NONE) if (agency.province or NONE) in provinces else 0,
        format_func=lambda name: words("control.province_none") if name == NONE else name,
    )
    offered = directory.of_province(None if province == NONE else province)
    names = dict(zip(offered["agency_id"], offered["name"], strict=True))
    free = [one for one in names if one not in compared.names and one != agency.agency_id]

    def added() -> None:
        one = st.session_state["control_add"]
        st.session_state["control_add"] = None
        if one in free:
            _compare_with([*compared.names, one])

    st.selectbox(
        words("control.add"),
        free,
        index=None,
        key="control_add",
        on_change=added,
        format_func=lambda one: names.get(one, one),
        filter_mode="contains",
        placeholder=words("control.add"),
    )


def _drop(words: Words, compared: Group) -> None:
    """One at a time, and nothing stays chosen: a list of all members would come back with the next choice, sent before the answer to the
    first, and undo it."""

    def dropped() -> None:
        one = st.session_state["control_drop"]
        st.session_state["control_drop"] = None
        if one in compared.names:
            _compare_with([each for each in compared.names if each != one])

    st.selectbox(
        words("control.drop"),
        list(compared.names),
        index=None,
        key="control_drop",
        on_change=dropped,
        format_func=lambda one: compared.names.get(one, one),
        filter_mode="contains",
        placeholder=words("control.drop_one", n=len(compared.names)),
    )


def _weights(words: Words) -> None:
    weights, _ = peers.weighed(st.query_params.get("weights", ""))

    def weighed() -> None:
        link.change(**{"with": None}, weights=peers.written({name: st.session_state[f"control_weight_{name}"] for name in peers.WEIGHTS}))

    st.caption(words("control.weights"))
    for name in peers.WEIGHTS:
        link.stands(f"control_weight_{name}", weights[name])
        st.slider(words(f"weight.{name}"), 0, peers.HEAVIEST, key=f"control_weight_{name}", on_change=weighed)


def _compare_with(ids: list[str]) -> None:
    link.change(**{"with": ",".join(ids)}, weights=None)


def _reset() -> None:
    link.change(**{"with": None}, weights=None, group=None)


def headed(words: Words, compared: Group) -> None:
    """Why these agencies, under the name that the analyst gave the group."""
    name = st.query_params.get("group")
    st.caption(plain((words("compare.named", group=name[:60]) + " · " if name else "") + compared.why))


def pick_indicator(words: Words, year: int, start: str = "TOTAL") -> str:
    """TOTAL or an indicator of the year, kept in the URL; where one begins with an indicator, one of these only."""
    frame = ask("compare_indicators", year=year)
    names = {"TOTAL": words("indicator.TOTAL")} | {row["indicator"]: words.numbered(row) for _, row in frame.iterrows()}
    if start != "TOTAL":
        del names["TOTAL"]
        if st.query_params.get("indicator") == "TOTAL":
            del st.query_params["indicator"]  # left from another view: no fault of a link
    value = from_url(words, "indicator", list(names), start)
    link.stands("control_indicator", value)

    def chosen() -> None:
        one = st.session_state["control_indicator"]
        link.change(**({"indicator": one} if one in names else {}))

    st.selectbox(
        words("control.indicator"),
        list(names),
        key="control_indicator",
        on_change=chosen,
        format_func=lambda one: names.get(one, one),
        label_visibility="collapsed",
        filter_mode="contains",
        width=260,
    )
    return value
