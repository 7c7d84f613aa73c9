"""Trends: how the total, the instruments and the indicators went, and what moved them."""

from functools import partial

import streamlit as st

from pages.parts import compare, controls, meant
from pages.parts.ask.warehouse import ask
from pages.parts.show import found, show, show_frame, show_table

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)


def indicators() -> None:
    """The heatmap, and beside it the line of the indicator that was clicked, or of the lowest; its measures below."""
    known = ask("indicator_heatmap", agency=agency.agency_id)
    latest = known[known["score"].notna()]
    lowest = latest[latest["fiscal_year"] == latest["fiscal_year"].max()].sort_values("score")["indicator"]
    options = list(dict.fromkeys(known["indicator"]))
    one = controls.from_url(words, "indicator", options, next(iter(lowest), None))
    if one is None:
        show("indicator_heatmap", words, about, agency=agency.agency_id)
        return
    found("indicator_heatmap", known, words)
    left, right = st.columns([11, 9], gap="medium")
    with left:
        show("indicator_heatmap", words, about, heading="none", pick="indicator", agency=agency.agency_id)
    with right:
        show("indicator_trend", words, about, heading="subheader", agency=agency.agency_id, indicator=one, others=others)
    show_table("indicator_measures", words, about, agency=agency.agency_id, year=year, indicator=one)


if agency:
    with st.container(horizontal=True, key="choices"):
        view = controls.choice(words, "view", ["total", "change", "indicators"], lambda one: words(f"trends.{one}"))
        beside = controls.choice(words, "tide", ["nation", "peers"], lambda one: words(f"tide.beside_{one}"))
    others = None if beside == "nation" or not year else list(compare.group(words, agency, year).names)
    about = {words("control.agency"): agency.name, words("control.year"): words.year(year)}
    about[words("control.tide")] = words(f"tide.beside_{beside}")
    if view == "total":
        show("score_trend", words, about, agency=agency.agency_id, others=others)
    elif view == "change":
        moved = partial(meant.what_moved, agency.agency_id, others=others)
        show_frame("change_waterfall", moved(year), words, about, of_year=moved)
    else:
        indicators()
