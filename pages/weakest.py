"""Weakest: the indicators ranked by what they cost, and whether the group shares the weak spot."""

import streamlit as st

from pages.parts import controls, learn
from pages.parts.show import show

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)
if agency:
    about = {words("control.agency"): agency.name, words("control.year"): words.year(year)}
    with st.container(horizontal=True, key="choices"):
        view = controls.choice(words, "view", ["own", "group"], lambda one: words(f"weakest.{one}"))
        if view == "own":
            order = controls.choice(words, "order", ["score", "gain", "peers"], lambda one: words(f"weakest.by_{one}"))
        else:
            scope = controls.choice(words, "scope", ["peers", "province", "nation"], lambda one: words(f"weakest.in_{one}"))
    if view == "own":
        learn.links(words, show("weakest", words, about, agency=agency.agency_id, year=year, order=order), agency.agency_id, year)
    else:
        show("weakest_group", words, about, agency=agency.agency_id, year=year, scope=scope)
