"""Measures: how much is done and how sure that is, what was never reported, and whether work was aimed where points were lost."""

import streamlit as st

from pages.parts import controls, measures
from pages.parts.ask.warehouse import ask
from pages.parts.say.sentences import say, sentences
from pages.parts.say.text import plain
from pages.parts.show import card, nothing, show, show_table

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words, all_too=True)
one = agency.agency_id if agency else None
about = {words("control.agency"): agency.name if agency else words("control.all_agencies")}
of_year = about | ({words("control.year"): words.year(year)} if year else {})
VIEWS = ["done", "plan", "when", "aim", "moved", "copies", "list"]


def done() -> None:
    """Statuses by year, heading, unit, and agency where several stand side by side."""
    with choices:
        beside = measures.beside(words, agency)
        kinds = ["year", "group", "unit", *(["agency"] if beside else [])]
        by = controls.choice(words, "by", kinds, lambda each: words(f"completion.{each}"), default="agency" if beside else "year")
    if by == "agency":
        show("completion_by_agency", words, about, agencies=[one, *beside])
    elif by == "year":
        show("completion_by_year", words, about, agencies=[one] if one else None)
        if one:
            in_a_line(["aim", "plan_pairs"])
    else:
        found = show(f"completion_by_{by}", words, of_year, agency=one, year=year)
        if one and len(found):
            show_table("open_measures", words, of_year, agency=one, year=year)


def in_a_line(findings: list[str]) -> None:
    """What other views of this page find of the year: what they count, and what stands out first."""
    for word in findings:
        frame = ask(word, agency=one, year=year)
        if len(frame):
            card(word, words(f"{word}.title"), words.sentence(sentences(word, frame, words)[:2]))


def plan() -> None:
    """The plan of a year against its report, and how much of each plan was reported on."""
    if one is None:
        show("plan_coverage", words, about, agency=None)
        return
    show("plan_pairs", words, of_year, agency=one, year=year)
    coverage = ask("plan_coverage", agency=one)
    if len(coverage) == 1:
        st.caption(plain(say("plan_coverage", coverage, words)))
    elif len(coverage):
        show("plan_coverage", words, about, heading="subheader", agency=one)


def when() -> None:
    """Quarters and units of the report of a year, or of its plan."""
    first = next(iter(ask("sections", agency=one, year=year)["section"]), "result")
    with choices:
        section = controls.choice(words, "section", ["result", "plan"], lambda each: words(f"section.{each}"), default=first)
    if len(show("quarters", words, of_year, agency=one, year=year, section=section)):
        st.caption(plain(say("budgets", ask("budgets", agency=one, year=year, section=section), words)))


def aim() -> None:
    """Points lost last year against this year's work, of one agency or of all; of one the measures that name no indicator."""
    if one is None:
        show("nation_aim", words, of_year, year=year)
    elif len(show("aim", words, of_year, agency=one, year=year)):
        st.caption(plain(say("completion_rate", ask("completion_rate", agency=one, year=year), words)))
        if ask("aim", agency=one, year=year)["unplaced"].iloc[0]:
            show_table("unplaced_measures", words, of_year, agency=one, year=year)


def moved() -> None:
    """The nation's scores where measures were completed and where not; the same whichever agency is chosen."""
    with choices:
        span = controls.choice(words, "span", ["same", "next"], lambda each: words(f"moved.{each}"))
    show("moved", words, {words("control.year"): words.year(year)} if year else {}, year=year, span=span)


choices = st.container(horizontal=True, key="choices")
with choices:
    view = controls.choice(words, "view", VIEWS, lambda each: words(f"completion.{each}"))
if view == "when" and one is None:
    nothing(words("completion.choose_agency"), words)
elif view == "copies":
    show_table("copies", words, about, heading="title", agency=one)
elif view == "list":
    measures.listed(words, of_year, agency, year)
else:
    {"done": done, "plan": plan, "when": when, "aim": aim, "moved": moved}[view]()
