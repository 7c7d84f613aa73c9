"""Overview: the verdict of one agency and year, why, what moved it, what to do next; then every indicator small."""

import streamlit as st

from pages.parts import controls, facts
from pages.parts.ask.warehouse import ask, ask_together
from pages.parts.say.sentences import say
from pages.parts.show import card, found, nothing, show_frame

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)


def show_facts(known: dict[str, tuple[str, str]]) -> None:
    """The short ones beside each other, the others each over the whole width."""
    short = [word for word in known if word not in facts.WIDE]
    for column, word in zip(st.columns(len(short), gap="small"), short, strict=True):
        with column:
            card(word, *known[word])
    for word in [word for word in known if word in facts.WIDE]:
        card(word, *known[word])


if agency:
    about = {words("control.agency"): agency.name, words("control.year"): words.year(year)}
    frames = ask_together(**facts.questions(agency.agency_id, year))
    if len(frames["verdict"]):
        found("verdict", frames["verdict"], words)
        show_facts(facts.of(frames, words))
        # A room reads one figure after the other, each over the whole width.
        left, right = (st.container(), st.container()) if words.screen == "projector" else st.columns([1, 3], gap="small")
        with left:
            show_frame(
                "verdict",
                frames["verdict"],
                words,
                about,
                heading="none",
                note=False,
                of_year=lambda other: ask("verdict", agency=agency.agency_id, year=other),
            )
        with right:
            if len(frames["indicator_multiples"]):
                show_frame("indicator_multiples", frames["indicator_multiples"], words, about, heading="none")
    else:
        nothing(words("verdict.empty"), words)
        if len(frames["completion_rate"]):
            card("completion_rate", words("completion_rate.title"), say("completion_rate", frames["completion_rate"], words))
