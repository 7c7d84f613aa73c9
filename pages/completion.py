"""Completion: how much of the reported work is done, how sure that is, and where work is left."""

import streamlit as st

from pages.parts import controls
from pages.parts.show import show

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words, all_too=True)
about = {words("control.agency"): agency.name if agency else words("control.all_agencies")}
if agency is None:
    show("completion_by_year", words, about, agency=None)
    st.caption(words("completion.choose"))
else:
    view = controls.choice(words, "view", ["year", "group", "unit"], lambda one: words(f"completion.{one}"))
    if view == "year":
        show("completion_by_year", words, about, agency=agency.agency_id)
    else:
        show(f"completion_by_{view}", words, about | {words("control.year"): words.year(year)}, agency=agency.agency_id, year=year)
