"""Present: the story of one agency or one group as slides, on the screen, as files to take away and as a page to leave behind."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from pages.parts import controls, handouts, link, take
from pages.parts.ask import directory
from pages.parts.ask.warehouse import ask, version
from pages.parts.desk import uploads
from pages.parts.present import deck as decks
from pages.parts.present import handout, pptx
from pages.parts.present.presenter import presenter
from pages.parts.present.slide import Deck, Paper, Talk
from pages.parts.say.text import Words, plain

controls.within_frame()
words = controls.words()
agency, year = controls.agency_and_year(words)
NOTE = "note_"  # of the parameters that hold one's own notes


@dataclass(frozen=True)
class Subject:
    """Whom the slides are about: one agency, or several under a name."""

    name: str
    agency: str | None
    several: tuple[str, ...] = ()

    @property
    def slides(self) -> tuple[str, ...]:
        return decks.AGENCY if self.agency else decks.GROUP


@st.cache_resource(max_entries=60, show_spinner=False)
def made(subject: Subject, year: int, words: Words, data: tuple, only: tuple[str, ...]) -> Deck:
    """The slides of a subject, kept; `data` is the version of the database that they are of."""
    if subject.agency:
        return decks.agency_deck(subject.agency, subject.name, year, words, only)
    return decks.group_deck(list(subject.several), subject.name, year, words, only)


def chosen_subject() -> Subject:
    """The chosen agency, the agencies compared with it, or those of its province."""
    scopes = ["agency"] + (["group"] if st.query_params.get("with") else []) + (["province"] if agency.province else [])
    scope = controls.choice(words, "scope", scopes, lambda one: words(f"present.{one}"))
    if scope == "agency":
        return Subject(agency.name, agency.agency_id)
    if scope == "province":
        members = ask("province_members", province=agency.province, year=year)["agency_id"]
        return Subject(words("present.of_province", province=agency.province), None, tuple(members))
    given = list(dict.fromkeys(one for one in st.query_params["with"].split(",") if one))
    known = [one for one in given if directory.agency(one) is not None]
    if len(known) < len(given):
        controls.unknown(words, "agency", next(one for one in given if one not in known))
    return Subject(words("present.of_group", name=agency.name), None, tuple(dict.fromkeys([agency.agency_id, *known])))


def asked_slides(subject: Subject) -> list[str]:
    """The slides of the URL in its order; empty: all that have something to show."""
    asked = [word for word in st.query_params.get("slides", "").split(",") if word]
    if unknown := [word for word in asked if word not in decks.WORDS]:  # those of another scope come back with it
        controls.unknown(words, "slides", unknown[0])
    return [word for word in dict.fromkeys(asked) if word in subject.slides]


def chosen(whole: Deck, asked: list[str], notes: dict[str, str]) -> Deck:
    """The slides asked for, else those that have something to show, with the viewer's notes."""
    full = [slide.word for slide in whole.slides if not slide.empty]
    return whole.chosen(list(asked or full or [whole.slides[0].word]), notes)


def arranged(slides: list[str]) -> None:
    link.change(slides=",".join(slides))


def noted(word: str, text: str) -> None:
    link.change(**{NOTE + word: text.strip()})


def downloads(whole: Callable[[], Deck], deck: Callable[[], Deck], name: str, of_agency: bool) -> None:
    """The same slides as HTML and PowerPoint, and the hand-out; each is made when its button is pressed."""
    template = st.session_state.get("template")
    usable = template is not None and pptx.usable(template.getvalue())
    take.buttons(Talk(deck, seconds, template.getvalue() if usable else None), name, words, "deck")
    if of_agency:
        take.buttons(Paper(whole), name, words, "deck")
    with st.popover(words("present.more"), icon=":material/more_horiz:", key="present_more"):
        uploads.opened("present")
        st.file_uploader(words("present.template"), ["pptx", "potx"], key="template")
        if template is not None and not usable:
            st.error(plain(words("present.bad_template", name=template.name)))
        if agency.province:
            whole_province()


def whole_province() -> None:
    """The hand-outs of every agency of the province."""
    members = ask("province_members", province=agency.province, year=year)
    handouts.offer(members, agency.province, words("present.make_province", province=agency.province), year, words)


if agency and year:
    with st.container(horizontal=True, vertical_alignment="center", key="present_controls"):
        subject = chosen_subject()
        seconds = controls.choice(
            words, "seconds", [0, 10, 20, 30, 60], widget="list", label=lambda n: words("present.seconds" if n else "present.by_hand", n=n)
        )
        asked, notes = asked_slides(subject), {word: st.query_params.get(NOTE + word, "")[:160] for word in subject.slides}
        # Only the first slide at first: the browser asks for the others once it stands there, and then they are kept.
        this = str((subject, year, words, version()))
        complete = st.session_state.get("slides_wanted") == this
        all_of_it = partial(made, subject, year, words, version(), subject.slides)
        whole = all_of_it() if complete else made(subject, year, words, version(), tuple(asked[:1] or subject.slides[:1]))
        deck = chosen(whole, asked, notes)
        downloads(all_of_it, lambda: chosen(all_of_it(), asked, notes), f"{deck.title}-{year}", subject.agency is not None)
    st.title(plain(words("present.title", name=deck.title, subtitle=deck.subtitle)), anchor=False)
    shown = [slide.word for slide in deck.slides]
    presenter(
        deck,
        [slide.word for slide in whole.slides if slide.word not in shown],
        words,
        seconds,
        (lambda: handout.handout_html(whole)) if complete and subject.agency else None,
        arranged,
        noted,
        None if complete else this,
    )
