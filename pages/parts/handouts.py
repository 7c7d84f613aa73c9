"""The hand-outs of several agencies as one ZIP, made with a progress bar and then taken."""

import streamlit as st
from pandas import DataFrame

from pages.parts import take
from pages.parts.present import handout
from pages.parts.say.text import Words, plain


def offer(members: DataFrame, name: str, label: str, year: int, words: Words) -> None:
    """The button that makes them, and once they are made the one that hands them out. `members`: agency_id and name."""
    this = (tuple(members["agency_id"]), year, words)
    if st.button(plain(label), icon=":material/folder_zip:"):
        bar = st.progress(0.0, words("present.making", done=0, n=len(members)))
        files = []
        for done, file in enumerate(handout.handouts(members, year, words), 1):
            files.append(file)
            bar.progress(done / len(members), words("present.making", done=done, n=len(members)))
        st.session_state["handouts_made"] = this, handout.Handouts(tuple(files))
    what, made = st.session_state.get("handouts_made", (None, None))
    if what == this:
        take.buttons(made, f"{name}-{year}", words, "province")
