"""Present: the story of one agency or one group as slides, on the screen, as files to take away and as a page to leave behind."""

import streamlit as st

from pages.parts import controls, link, take
from pages.parts.ask.warehouse import ask, version
from pages.parts.present import deck as decks
from pages.parts.present import handout, pptx
from pages.parts.present.presenter import presenter
from pages.parts.present.slide import Deck, Talk
from pages.parts.say.text import Words, plain

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)
NOTE = "note_"  # of the parameters that hold one's own notes


@st.cache_data(max_entries=40, show_spinner=False)
def agency_deck(agency_id: str, name: str, year: int, words: Words, data: tuple) -> Deck:
    return decks.agency_deck(agency_id, name, year, words)


@st.cache_data(max_entries=10, show_spinner=False)
def group_deck(agencies: tuple, name: str, year: int, words: Words, data: tuple) -> Deck:
    return decks.group_deck(list(agencies), name, year, words)


def whole_deck() -> Deck:
    """The slides of the chosen agency, of the agencies compared with it, or of its province."""
    scopes = ["agency"] + (["group"] if st.query_params.get("with") else []) + (["province"] if agency.province else [])
    scope = controls.choice(words, "scope", scopes, lambda one: words(f"present.{one}"))
    if scope == "agency":
        return agency_deck(agency.agency_id, agency.name, year, words, version())
    if scope == "province":
        members = tuple(ask("province_members", province=agency.province, year=year)["agency_id"])
        return group_deck(members, words("present.of_province", province=agency.province), year, words, version())
    given = list(dict.fromkeys(one for one in st.query_params["with"].split(",") if one))
    known = [one for one in given if len(ask("agency", agency=one))]
    if len(known) < len(given):
        unknown = next(one for one in given if one not in known)
        controls.unknown(words, "agency", unknown)
    members = tuple(dict.fromkeys([agency.agency_id, *known]))
    return group_deck(members, words("present.of_group", name=agency.name), year, words, version())


def chosen(whole: Deck) -> Deck:
    """The slides of the URL in its order; without one, all that have something to show. Notes stand in the URL too."""
    known = [slide.word for slide in whole.slides]
    asked = [word for word in st.query_params.get("slides", "").split(",") if word]
    if unknown := [word for word in asked if word not in decks.WORDS]:  # those of the other scope come back with it
        controls.unknown(words, "slides", unknown[0])
    full = [slide.word for slide in whole.slides if not slide.empty]
    wanted = list(dict.fromkeys(word for word in asked if word in known)) or full
    notes = {word: st.query_params.get(NOTE + word, "")[:160] for word in known}
    return whole.chosen(wanted or known[:1], notes)


def arranged(slides: list[str]) -> None:
    link.change(slides=",".join(slides))


def noted(word: str, text: str) -> None:
    link.change(**{NOTE + word: text.strip()})


def downloads(deck: Deck, whole: Deck, of_agency: bool) -> None:
    """The same slides as HTML and PowerPoint, and the hand-out; each is made when its button is pressed."""
    name = f"{deck.title}-{year}"
    template = st.session_state.get("template")
    usable = template is not None and pptx.usable(template.getvalue())
    take.buttons(Talk(deck, seconds, template.getvalue() if usable else None), name, words, "deck")
    if of_agency:
        take.buttons(whole, name, words, "deck")
    with st.popover(words("present.more"), icon=":material/more_horiz:", key="present_more"):
        st.file_uploader(words("present.template"), ["pptx", "potx"], key="template")
        if template is not None and not usable:
            st.error(plain(words("present.bad_template", name=template.name)))
        if agency.province:
            whole_province()


def whole_province() -> None:
    """The hand-outs of every agency of the province as one ZIP: made with a progress bar, then taken."""
    if st.button(plain(words("present.make_province", province=agency.province)), icon=":material/folder_zip:"):
        members = ask("province_members", province=agency.province, year=year)
        bar = st.progress(0.0, words("present.making", done=0, n=len(members)))
        files = []
        for done, file in enumerate(handout.handouts(members, year, words), 1):
            files.append(file)
            bar.progress(done / len(members), words("present.making", done=done, n=len(members)))
        st.session_state["province_made"] = (agency.province, year, words), handout.Handouts(tuple(files))
    what, made = st.session_state.get("province_made", (None, None))
    if what == (agency.province, year, words):
        take.buttons(made, f"{agency.province}-{year}", words, "province")


if agency and year:
    with st.container(horizontal=True, vertical_alignment="center", key="present_controls"):
        whole = whole_deck()
        seconds = controls.choice(
            words, "seconds", [0, 10, 20, 30, 60], widget="list", label=lambda n: words("present.seconds" if n else "present.by_hand", n=n)
        )
        deck = chosen(whole)
        of_agency = whole.about[0][0] == words("slide.about_agency")
        downloads(deck, whole, of_agency)
    st.title(plain(words("present.title", name=deck.title, subtitle=deck.subtitle)), anchor=False)
    shown = [slide.word for slide in deck.slides]
    presenter(
        deck,
        [slide.word for slide in whole.slides if slide.word not in shown],
        words,
        seconds,
        (lambda: handout.handout_html(whole)) if of_agency else None,
        arranged,
        noted,
    )
