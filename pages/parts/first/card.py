"""What a link says of itself where it is passed on (Open Graph): title, description, and a picture of 1200x630."""

import io
import json
import re
import threading
from html import escape
from pathlib import Path

import typst
from PIL import Image

from pages.parts.first.view import Link, View
from pages.parts.present.svg import draw
from pages.parts.say.text import Words

HERE = Path(__file__).parent
STATIC = HERE.parents[2] / "static"
SIZE = (1200, 630)
DRAWN = (760, 250, 19)  # width and height of the drawing and its size of type
COLOURS = 128  # of a picture: letters stay smooth, and it stays below 60 kB
LOCALES = {"th": "th_TH", "en": "en_US"}
# The typesetter draws the letter am of a picture's text over the next one; its two parts, with a mark of tone between them, it sets well.
TONES, AM, PARTS = f"{chr(0xE48)}-{chr(0xE4B)}", chr(0xE33), (chr(0xE4D), chr(0xE32))
_thread = threading.local()


def title(link: Link) -> str:
    """Whom and which year a link is about, and its page."""
    words = link.words
    who = link.agency.name if link.agency else words("control.all_agencies")
    return " · ".join([who, *([words.year(link.year)] if link.year else []), words(f"{link.page}.page")])


def description(view: View, words: Words) -> str:
    """Score and level, and the finding."""
    return " · ".join([*(f"{name} {value}" for value, name in view.standing), *view.notes[:1], view.headline])


def tags(link: Link, view: View, url: str, picture: str) -> str:
    """The <meta> elements; `url` and `picture` are the absolute addresses of the page and of its picture."""
    words = link.words
    said = {
        "og:type": "website",
        "og:site_name": words("frame.name"),
        "og:title": title(link),
        "og:description": description(view, words),
        "og:url": url,
        "og:locale": LOCALES.get(words.lang, words.lang),
        "og:image": picture,
        "og:image:type": "image/png",
        "og:image:width": str(SIZE[0]),
        "og:image:height": str(SIZE[1]),
        "og:image:alt": title(link),
    }
    every = "".join(f'<meta property="{name}" content="{escape(text)}">' for name, text in said.items())
    return f'{named(view, words)}{every}<meta name="twitter:card" content="summary_large_image">'


def named(view: View, words: Words) -> str:
    """The description of a page for whoever lists it."""
    return f'<meta name="description" content="{escape(description(view, words))}">'


def picture(link: Link, view: View) -> bytes:
    """The picture as PNG: agency, year, score, level and the headline."""
    words = link.words
    place = [link.agency.province if link.agency else None, words.year(link.year) if link.year else None, words(f"{link.page}.page")]
    data = {
        "who": link.agency.name if link.agency else words("control.all_agencies"),
        "where": " · ".join(filter(None, place)),
        "headline": view.headline,
        "standing": view.standing,
        "svg": _taken_apart(draw(view.picture, *DRAWN)) if view.picture is not None else "",
        "foot": " · ".join([words("frame.name"), *view.notes[:1]]),
        "lang": words.lang,
    }
    drawn = _compiler().compile(sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="png", ppi=72)
    with Image.open(io.BytesIO(drawn)) as whole:
        small = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    kept = io.BytesIO()
    small.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _taken_apart(svg: str) -> str:
    above, after = PARTS
    return re.sub(f"([{TONES}]?){AM}", rf"{above}\1{after}", svg)


def _compiler() -> typst.Compiler:
    """One typesetter a thread: it reads its fonts once and may not be shared."""
    if not hasattr(_thread, "compiler"):
        _thread.compiler = typst.Compiler(str(HERE / "card.typ"), root=str(HERE), font_paths=[str(STATIC)], ignore_system_fonts=True)
    return _thread.compiler
