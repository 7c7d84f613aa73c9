"""The hand-out: two A4 pages of one municipality as PDF, from the slides' data and drawings; a whole province in one command:

python -m pages.parts.exports.handout --province NAME [--year 2568] [--lang th] [--into DIR]
"""

import json
import re
from functools import cache
from pathlib import Path

import typst

from pages.parts.exports.slide import Deck, Slide
from pages.parts.exports.svg import draw
from pages.parts.text import Words

HERE = Path(__file__).parent
STATIC = HERE.parents[2] / "static"
# What each page shows, with the height of its drawing where 728 units are the width of the page (a unit is 0.25 mm).
FIRST = {"trend": 280, "weakest": 330}
SECOND = {"path": 270, "measures": 130, "aim": 300}
SIZE = 13  # of type in the drawings: 9 points
ROWS = 4  # sources that have room


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(HERE / "handout.typ"), root=str(HERE), font_paths=[str(STATIC)], ignore_system_fonts=True)


def _apart(svg: str) -> str:
    """Sara am as the two signs that it is made of: of the one sign typst 0.15, reading SVG, lays the second part on the letter."""
    return re.sub(r"([\u0e48-\u0e4b]?)\u0e33", lambda found: chr(0x0E4D) + found[1] + chr(0x0E32), svg)


def _part(slide: Slide | None, words: Words, height: int, width: int = 728) -> dict:
    if slide is None:
        return {"headline": "", "svg": "", "alt": "", "empty": "", "own": ""}
    svg = _apart(draw(slide.picture, width, height, SIZE)) if slide.picture is not None else ""
    own = words("slide.own_note", note=slide.own_note) if slide.own_note else ""
    return {"headline": slide.headline, "svg": svg, "alt": slide.picture.alt if svg else "", "empty": slide.empty, "own": own}


def _sources(slide: Slide | None, words: Words) -> list[list[str]]:
    if slide is None or slide.picture is None:
        return []
    columns = slide.picture.series
    records = slide.picture.frame.to_dict("records")
    rows = [[s.name for s in columns]] + [[str(record[s.column]) for s in columns] for record in records[:ROWS]]
    if len(records) > ROWS:
        rows.append([words("slide.more", n=len(records) - ROWS)] + [""] * (len(columns) - 1))
    return rows


def handout(deck: Deck) -> bytes:
    """The hand-out of the deck of one agency as PDF: verdict, trend, weakest, path, completion, aim and sources on two A4 pages."""
    words, slides = Words(deck.language), {slide.word: slide for slide in deck.slides}
    sources = slides.get("sources")
    data = {
        "language": deck.language,
        "title": deck.title,
        "subtitle": deck.subtitle,
        "about": deck.about,
        "synthetic": words("slide.synthetic") if deck.synthetic else "",
        "foot": slides["verdict"].source,
        "facts": slides["verdict"].facts,
        "verdict": _part(slides["verdict"], words, 138, 520),
        "first": [_part(slides[word], words, height) for word, height in FIRST.items() if word in slides],
        "second": [_part(slides[word], words, height) for word, height in SECOND.items() if word in slides],
        "sources_title": sources.headline if sources else "",
        "sources": _sources(sources, words),
    }
    return _compiler().compile(sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf")
