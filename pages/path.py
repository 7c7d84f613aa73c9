"""Path: the least that brings a level, and what other scores would give."""

import streamlit as st

from pages.parts import controls
from pages.parts.ask.warehouse import ask
from pages.parts.reckon import steps
from pages.parts.say.sentences import say
from pages.parts.show import card, found, headline, nothing, show_frame

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)


def cheapest() -> None:
    """Choose a level above today's; see the path."""
    above = steps.better(scores, levels)
    if not above:
        if len(levels):
            headline(words("path.best"))
        else:
            nothing(words("path.no_levels"), words)
        return
    ranks = dict(zip(levels["level"], levels["rank"], strict=True))
    names = {ranks[row.level]: words.of(row._asdict(), "name") for row in levels.itertuples()}
    with options:
        rank = controls.choice(words, "level", [ranks[level] for level in above], names.get)
    level = next(level for level in above if ranks[level] == rank)
    show_frame("path", steps.path(scores, levels, level), words, about)
    chance = ask("next_chance", agency=agency.agency_id, year=year)
    if level == above[0] and len(chance):  # beside the cheapest path to the next level: what became of others that stood here
        card("next_chance", words("next_chance.title"), say("next_chance", chance, words))
        st.caption(words("next_chance.note"))


def trying() -> None:
    """A slider an indicator; total and level move at once."""
    tried = controls.tried_scores(words, steps.known(scores))
    frame = steps.what_if(scores, levels, tried)
    found("what_if", frame, words)
    left, right = st.columns(2, gap="large")
    with left:
        controls.score_sliders(words, scores, tried)
    with right:
        show_frame("what_if", frame, words, about, heading="none")


if agency:
    scores, levels = ask("path", agency=agency.agency_id, year=year), ask("path_levels", year=year)
    about = {words("control.agency"): agency.name, words("control.year"): words.year(year)}
    if scores.empty:
        nothing(words("path.empty"), words)
    else:
        options = st.container(horizontal=True, key="choices")
        with options:
            view = controls.choice(words, "view", ["path", "try"], lambda one: words(f"path.view_{one}"))
        if view == "path":
            cheapest()
        else:
            trying()
