"""Overview: the verdict of one agency and year, why, what moved it, what to do next; then every indicator small."""

import streamlit as st
from pandas import DataFrame

from pages.parts import controls
from pages.parts.ask.warehouse import ask, ask_together
from pages.parts.reckon import steps
from pages.parts.say.sentences import say
from pages.parts.show import card, found, headline, show_frame

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)


def facts(frames: dict[str, DataFrame]) -> None:
    """What one minute has room for, a sentence each, from the same frames as the pages that show more; what cannot be said stands in one
    card together."""
    known = [word for word, frame in frames.items() if len(frame)]
    at_best = frames["standing"]["next_th"].isna().iloc[0]  # then no next step is missing
    missing = [word for word in frames if word not in known and not (word == "next_step" and at_best)]
    short = [word for word in known if word != "aim"]
    for column, word in zip(st.columns(len(short), gap="small"), short, strict=True):
        with column:
            card(word, words(f"{word}.title"), say(word, frames[word], words))
    if "aim" in known:
        card("aim", words("aim.title"), say("aim", frames["aim"], words))
    if missing:
        card("missing", words("overview.missing"), words("overview.load", facts=words.list(words(f"{word}.title") for word in missing)))


if agency:
    about = {words("control.agency"): agency.name, words("control.year"): words.year(year)}
    one = {"agency": agency.agency_id, "year": year}
    frames = ask_together(
        verdict=one,
        change_waterfall=one,
        completion_rate=one,
        aim=one,
        path=one,
        path_levels={"year": year},
        indicator_multiples={"agency": agency.agency_id},
    )
    if len(frames["verdict"]):
        found("verdict", frames["verdict"], words)
        facts(
            {
                "movers": frames["change_waterfall"],
                "standing": frames["verdict"],
                "completion_rate": frames["completion_rate"],
                "next_step": steps.next_path(frames["path"], frames["path_levels"]),
                "aim": frames["aim"],
            }
        )
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
        headline(words("verdict.empty"))
        controls.offer(words)
        if len(frames["completion_rate"]):
            card("completion_rate", words("completion_rate.title"), say("completion_rate", frames["completion_rate"], words))
