"""The cards of the presentation page and the presentation in the browser, as one component.

The browser gets the whole deck once. From the start of the presentation it asks nobody for anything: the slides are copied out of the
page into the browser's top layer, above all that the page may show, also when the server is gone.
"""

from pathlib import Path

import streamlit as st

from pages.parts.exports.html_deck import markup, script, style
from pages.parts.exports.slide import Deck
from pages.parts.text import Words

HERE = Path(__file__).parent
SKELETON = """<div class="present">
<div class="actions"><button class="start" type="button"></button><button class="print" type="button"></button></div>
<ol class="cards"></ol><div class="others"></div>
</div>"""
SAID = ("start", "print", "from", "earlier", "later", "leave", "note")


def _component():
    return st.components.v2.component(
        "presentation", html=SKELETON, css=style() + (HERE / "presenter.css").read_text(encoding="utf-8"),
        js=script() + (HERE / "presenter.js").read_text(encoding="utf-8"))


_mount = _component()


def presenter(deck: Deck, others: list[str], words: Words, seconds: int, handout: str, arranged, noted) -> None:
    """Shows the chosen slides as cards, with the start button; `others` are the words of the slides left out.

    `arranged` is called when the user changes the slides or their order, `noted` when a note; `changes()` then says what.
    `handout`: HTML for the browser's print, "" for none.
    """
    cards = [{"word": slide.word, "title": words(f"slide.{slide.word}"), "note": slide.own_note} for slide in deck.slides]
    _mount(key="presentation", on_arranged_change=arranged, on_noted_change=noted, data={
        "deck": markup(deck, closing=True), "style": style(), "cards": cards, "seconds": seconds, "handout": handout,
        "others": [{"word": word, "title": words(f"slide.{word}")} for word in others],
        "said": {name: words(f"present.{name}") for name in SAID}})


def changes():
    """What the component told last: `arranged` is a list of words, `noted` {word, text}; for use in the callbacks."""
    return st.session_state["presentation"]
