"""Whom to learn from: beneath the figure the completed measures of each example in the words of its document; and the way there."""

import streamlit as st
from pandas import DataFrame, isna

from pages.parts import controls, same
from pages.parts.ask.warehouse import ask
from pages.parts.say.text import Words, plain
from pages.parts.show import found, show_frame

SHOWN = 3  # measures of an example; the list of all measures has the others


def examples(words: Words, about: dict[str, str], agency: str, year: int, indicator: str) -> DataFrame:
    """The view: who stood there and rose, and with which measures. None is an answer too, and then the sentence stands alone."""
    frame = ask("compare_learn", agency=agency, year=year, indicator=indicator)
    if len(frame) < 2:
        found("compare_learn", frame, words)
        if len(frame):
            st.caption(words("compare_learn.note"))
        return frame
    show_frame("compare_learn", frame, words, about)
    for row in frame[~frame["mine"]].itertuples():
        with st.container(border=True, key=f"same_{row.agency_id}"):
            st.markdown(_example(row, words))
    same.drawn(frame[["agency_id"]])  # the boxes, which are marked too
    return frame


def _example(row, words: Words) -> str:
    measures = ask("learn_measures", agency=row.agency_id, year=row.fiscal_year, indicator=row.indicator)
    years = f"{words.tick(row.fiscal_year - 1)} → {words.tick(row.fiscal_year)}"
    lines = [f"**{plain(row.agency_name)}** · {years}"]
    lines += [_measure(each, row.agency_id, words) for each in measures.head(SHOWN).itertuples()]
    if measures.empty:
        lines.append(words("compare_learn.unreported"))
    else:
        way = controls.address("completion", words, agency=row.agency_id, view="list", section="result")
        lines.append(f"[{words('compare_learn.more', n=len(measures))}]({way})")
    return "  \n".join(lines)


def _measure(row, agency: str, words: Words) -> str:
    """The measure as printed, who did it, the report of which year, the document and its page."""
    title = words("plan_pairs.no_title") if isna(row.title) else row.title
    opened = controls.address("completion", words, agency=agency, view="list", measure=row.measure_id)
    source = controls.address("sources", words, agency=agency, view="findings", source=row.source_id)
    who = f"{plain(row.responsible)} · " if row.responsible else ""
    where = f"[{plain(row.document)}]({source}), {plain(words.place(row.place))}"
    return f"“[{plain(title)}]({opened})” :small[:gray[{who}{words.year(row.fiscal_year)} · {where}]]"


def links(words: Words, frame: DataFrame, agency: str, year: int) -> None:
    """Beneath the weakest indicators: for each of the first three the way to whom to learn from."""

    def way(row: dict) -> str:
        there = controls.address("compare", words, agency=agency, year=year, view="learn", indicator=row["indicator"])
        return f"[{plain(words.numbered(row))}]({there})"

    if len(frame):
        with st.container(key="learn_links"):
            st.markdown(f"{words('weakest.learn')} " + " · ".join(way(row) for row in frame.head(3).to_dict("records")))
