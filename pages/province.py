"""Province: all agencies of a province, a district or a group on one sheet, for a table around which a provincial office and its
municipalities sit: those that need most first. It prints on A3 and is taken along as a workbook, slides and hand-outs."""

from functools import partial

import streamlit as st
from pandas import DataFrame

from pages.parts import controls, handouts, take
from pages.parts.ask import directory
from pages.parts.ask.warehouse import ask
from pages.parts.present import deck as decks
from pages.parts.present.slide import Talk
from pages.parts.reckon import needs
from pages.parts.sheet import sheet
from pages.parts.show import beneath, found, nothing, show_frame
from pages.parts.take.sheet import Sheet

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)
A3 = "@page { size: A3 landscape; margin: 10mm; }"  # of this page alone: a sheet of paper is chosen for a whole document


def members() -> tuple[str, list[str]]:
    """The name of those on the sheet and their ids: of the province, of its district, or of the compared group of the URL."""
    asked = [one for one in st.query_params.get("with", "").split(",") if one]
    scopes = (["province"] if agency.province else []) + (["district"] if agency.province and agency.district else [])
    scope = controls.choice(words, "scope", scopes + (["group"] if asked or not scopes else []), lambda one: words(f"province.{one}"))
    if scope == "group":
        known = [one for one in asked if directory.agency(one) is not None]
        for one in asked:
            if one not in known:
                controls.unknown(words, "agency", one)
                break
        return words("present.of_group", name=agency.name), list(dict.fromkeys([agency.agency_id, *known]))
    all_of_it = ask("province_members", province=agency.province, year=year)
    if scope == "district":
        all_of_it = all_of_it[all_of_it["district"] == agency.district]
        return words("province.of_district", district=agency.district, province=agency.province), list(all_of_it["agency_id"])
    return words("present.of_province", province=agency.province), list(all_of_it["agency_id"])


def take_away(name: str, frame: DataFrame, scores: DataFrame, levels: DataFrame) -> None:
    """The workbook that goes on computing, slides (one an agency), and the hand-outs of all."""
    with st.popover(words("compare.take"), icon=":material/download:", key="take_province", on_change="rerun") as box:
        if box.open:
            st.caption(words("province.take_note"))
            said = [(words("show.what"), words("province_sheet.title")), *about.items()]
            with st.container(horizontal=True):
                take.buttons(Sheet(frame, scores, levels, words, said), name, words, "province_sheet")
                take.buttons(Talk(partial(decks.sheet_deck, frame, levels, name, year, words)), name, words, "province_slides")
            listed = frame[["agency_id"]].assign(name=frame["agency_name"])
            handouts.offer(listed, name, words("province.make_handouts", name=name), year, words)


if agency and year is None:
    nothing(words("province_sheet.empty"), words)
elif agency:
    with st.container(horizontal=True, vertical_alignment="center", key="choices"):
        name, ids = members()
        view = controls.choice(words, "view", ["sheet", "picture"], lambda one: words(f"province.view_{one}"))
        taking = st.empty()
    about = {words("control.scope"): name, words("control.year"): words.year(year)}
    frame, scores, levels = (
        ask("province_sheet", agencies=ids, year=year),
        ask("province_scores", agencies=ids, year=year),
        ask("path_levels", year=year),
    )
    if frame.empty:
        show_frame("province_sheet", frame, words, about)
    elif view == "picture":
        found("province_sheet", frame, words)
        # A room reads one figure after the other, each over the whole width.
        left, right = (st.container(), st.container()) if words.screen == "projector" else st.columns([2, 3], gap="medium")
        with right:
            show_frame("province_sheet", frame, words, about, heading="none", pick="agency_id")
        with left:
            show_frame("province_levels", needs.by_level(frame, levels), words, about, heading="none", note=False)
            show_frame("province_districts", needs.by_district(frame), words, about, heading="none")
    else:
        sentence = found("province_sheet", frame, words)
        frame = needs.with_steps(frame, scores, levels)
        st.html(f"<style>{A3}</style>")
        st.html(sheet(frame, words))
        beneath("province_sheet", frame.drop(columns=["steps"]), words, about, sentence, twin_too=False)
    if len(frame):
        with taking:
            take_away(name, needs.with_steps(frame, scores, levels) if view == "picture" else frame, scores, levels)
