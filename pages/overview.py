"""Overview: the verdict of one agency and year, why, what moved it, what to do next; then every indicator small."""

import streamlit as st

from pages.parts import controls, steps
from pages.parts.show import card, headline, say, show
from pages.parts.warehouse import ask

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)


def next_path(one: dict):
    """The cheapest path to the next level; empty where scores are missing or there is no next level."""
    scores, levels = ask("path", **one), ask("path_levels", year=one["year"])
    above = steps.better(scores, levels) if len(scores) else []
    return steps.path(scores, levels, above[0]) if above else scores.head(0)


def facts(one: dict, verdict) -> None:
    """What one minute has room for, a sentence each, from the same frames as the pages that show more; what cannot be said stands in one
    card together."""
    frames = {"movers": ask("change_waterfall", **one), "standing": verdict, "completion_rate": ask("completion_rate", **one),
              "next_step": next_path(one), "aim": ask("aim", **one)}
    known = [word for word, frame in frames.items() if len(frame)]
    missing = [word for word in frames if word not in known and not (word == "next_step" and at_best(verdict))]
    short = [word for word in known if word != "aim"]
    for column, word in zip(st.columns(max(len(short), 1), gap="small"), short, strict=False):
        with column:
            card(word, words(f"{word}.title"), say(word, frames[word], words))
    if "aim" in known:
        card("aim", words("aim.title"), say("aim", frames["aim"], words))
    if missing:
        card("missing", words("overview.missing"), words("overview.load", facts=words.list(words(f"{word}.title") for word in missing)))


def at_best(verdict) -> bool:
    """True where there is no better level, so that no next step is missing."""
    return bool(verdict["next_th"].isna().iloc[0])


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
            if len(ask("indicator_multiples", agency=agency.agency_id)):
                show("indicator_multiples", words, about, heading="none", agency=agency.agency_id)
    else:
        headline(words("verdict.empty"))
        done = ask("completion_rate", **one)
        if len(done):
            card("completion_rate", words("completion_rate.title"), say("completion_rate", done, words))
