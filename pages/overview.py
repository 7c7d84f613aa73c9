"""Overview: the verdict of one agency and year, why, what moved it, what to do next; then every indicator small."""

import streamlit as st

from pages.parts import controls, steps
from pages.parts.show import card, headline, say, show
from pages.parts.warehouse import ask

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)


def fact(word: str, frame) -> None:
    """One card: the sentence of a word, or what is missing and what to load."""
    card(word, words(f"{word}.title"), say(word, frame, words) if len(frame) else words(f"{word}.empty"))


def next_path(one: dict):
    """The cheapest path to the next level; empty where scores are missing or there is no next level."""
    scores, levels = ask("path", **one), ask("path_levels", year=one["year"])
    above = steps.better(scores, levels) if len(scores) else []
    return steps.path(scores, levels, above[0]) if above else scores.head(0)


def facts(one: dict, verdict) -> None:
    """What one minute has room for, a sentence each, from the same frames as the pages that show more."""
    frames = {"movers": ask("change_waterfall", **one), "standing": verdict, "completion_rate": ask("completion_rate", **one),
              "next_step": next_path(one)}
    for column, (word, frame) in zip(st.columns(len(frames), gap="small"), frames.items(), strict=True):
        with column:
            fact(word, frame)
    fact("aim", ask("aim", **one))


if agency:
    about = {words("control.agency"): agency.name, words("control.year"): words.year(year)}
    one = {"agency": agency.agency_id, "year": year}
    verdict = ask("verdict", **one)
    if len(verdict):
        headline(say("verdict", verdict, words))
        facts(one, verdict)
        left, right = st.columns([1, 3], gap="small")
        with left:
            show("verdict", words, about, heading="none", note=False, **one)
        with right:
            show("indicator_multiples", words, about, heading="none", agency=agency.agency_id)
    else:
        headline(words("verdict.empty"))
        fact("completion_rate", ask("completion_rate", **one))
