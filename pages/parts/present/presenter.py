"""The cards of the presentation page and the presentation in the browser, as one component.

The browser gets the whole deck once. From the start of the presentation it asks nobody for anything: the slides are copied out of the
page into the browser's top layer, above all that the page may show, also when the server is gone.
"""

from pathlib import Path

import streamlit as st

from pages.parts import link
from pages.parts.present.html_deck import markup, script, style
from pages.parts.present.slide import Deck
from pages.parts.say.text import Words

HERE = Path(__file__).parent
SKELETON = """<div class="present">
<div class="actions"><button class="start" type="button"></button><button class="print" type="button"></button></div>
<ol class="cards"></ol><div class="others"></div>
</div>"""
SAID = ("start", "print", "from", "earlier", "later", "leave", "note")


_mount = st.components.v2.component(
    "presentation",
    html=SKELETON,
    css=style() + (HERE / "presenter.css").read_text(encoding="utf-8"),
    js=script() + (HERE / "presenter.js").read_text(encoding="utf-8"),
)


def presenter(
    deck: Deck, others: list[str], words: Words, seconds: int, handout=None, arranged=None, noted=None, wanting: str | None = None
) -> None:
    """Shows the chosen slides as cards, with the start button; `others` are the words of the slides left out.

    `arranged(words)` is called when the user changes the slides or their order, `noted(word, text)` when a note. `handout()` gives HTML for
    the browser's print, made when the user asks for it; None: no hand-out. `wanting`: these are only the first of the slides; the browser
    asks for the others by this name, which then stands in the session as `slides_wanted`.
    """

    def told(name: str, act) -> None:
        if (value := st.session_state["presentation"].get(name)) is not None:
            act(value)

    def want(name: str) -> None:
        st.session_state["slides_wanted"] = name
        link.tell_again()

    def print_next(_) -> None:
        st.session_state["print_handout"] = True

    cards = [
        {
            "word": slide.word,
            "title": f"{words.written(number)} {words(f'{slide.word}.title')}",
            "name": words(f"{slide.word}.title"),
            "note": slide.own_note,
        }
        for number, slide in enumerate(deck.slides, 1)
    ]
    printing = handout is not None and st.session_state.pop("print_handout", False)
    _mount(
        key="presentation",
        data={
            "deck": markup(deck, closing=True),
            "style": style(),
            "cards": cards,
            "seconds": seconds,
            "wanting": wanting,
            "prints": handout is not None,
            "handout": handout() if printing else "",
            "others": [{"word": word, "title": words(f"{word}.title")} for word in others],
            "said": {name: words(f"present.{name}") for name in SAID},
        },
        on_arranged_change=lambda: told("arranged", arranged),
        on_wanted_change=lambda: told("wanted", want),
        on_printed_change=lambda: told("printed", print_next),
        on_noted_change=lambda: told("noted", lambda note: noted(note["word"], note["text"])),
    )
