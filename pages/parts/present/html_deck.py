"""The slides as HTML: one file that needs neither server nor network, and the same markup for the page that presents them.

All data is escaped. The file's own policy (CSP) forbids every request and every script but ours, so a name can carry no code.
"""

import base64
import hashlib
import math
import re
from functools import cache
from html import escape
from pathlib import Path

from pages.parts.present.slide import Deck, Picture, Slide
from pages.parts.present.svg import draw
from pages.parts.present.svg.marks import text_width
from pages.parts.say.text import Words

HERE = Path(__file__).parent
STATIC = HERE.parents[2] / "static"
# Room for the picture in a stage of 1280x720 and of 1024x768, less the lines that the headline, facts and note take.
WIDE, TALL = (1184, 470), (952, 530)
LINES = {"": 36, "long": 29, "longer": 25, "longest": 21}  # sizes of a headline: the largest that takes two lines at most
BUTTONS = {"previous": "‹", "next": "›", "play": "▷", "notes": "N", "full": "F", "help": "?", "close": "×"}
SWITCHES = ("play", "notes", "help")
KEYS = [
    ("→ ↓ Space PageDown", "next"),
    ("← ↑ PageUp", "previous"),
    ("Home End", "ends"),
    ("1 2 3 … Enter", "digits"),
    ("F", "full"),
    ("B", "black"),
    ("N", "notes"),
    ("A", "play"),
    ("?", "help"),
    ("Esc", "close"),
]
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none';"
START = """
const running = presentDeck(document.querySelector(".deck"), {
  first: Number(location.hash.slice(1)), seconds: %d, changed: (n) => history.replaceState(null, "", "#" + n),
});
addEventListener("hashchange", () => running.show(Number(location.hash.slice(1))));
"""
ROWS = 6  # rows of a table that a slide has room for
RANGES = {"thai": "U+0303,U+0331,U+0E01-0E5B,U+200C-200D,U+25CC", "latin": "U+0000-00FF,U+0131,U+2000-206F,U+20AC,U+2122,U+2212"}


@cache
def style() -> str:
    """deck.css."""
    return (HERE / "deck.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """deck.js."""
    return (HERE / "deck.js").read_text(encoding="utf-8")


@cache
def fonts() -> str:
    """The four faces of Sarabun that slides use, as @font-face rules that hold their own data."""
    faces = []
    for weight in (400, 700):
        for part, letters in RANGES.items():
            data = base64.b64encode((STATIC / f"sarabun-{part}-{weight}-normal.woff2").read_bytes()).decode()
            faces.append(
                f'@font-face{{font-family:Sarabun;font-weight:{weight};unicode-range:{letters};src:url("data:font/woff2;base64,{data}")}}'
            )
    return "".join(faces)


def table(picture: Picture, rows: int, more) -> str:
    """The frame of a table picture as HTML; what does not fit is counted in its last row, in the words of `more(n)`."""
    head = "".join(f"<th>{escape(s.name)}</th>" for s in picture.series)
    records = picture.frame.to_dict("records")
    body = "".join(
        "<tr>" + "".join(f"<td><div>{escape(str(record[s.column]))}</div></td>" for s in picture.series) + "</tr>"
        for record in records[:rows]
    )
    if len(records) > rows:
        body += f'<tr><td colspan="{len(picture.series)}">{escape(more(len(records) - rows))}</td></tr>'
    return f'<table aria-label="{escape(picture.title)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _unbroken(headline: str, words: Words) -> str:
    """The headline escaped, with the terms held together that a browser's dictionary would break in the middle."""
    terms = "|".join(re.escape(term) for term in words("slide.unbroken").split("|"))
    return re.sub(rf"(?:{terms})(?: \d+)?", r'<span class="whole">\g<0></span>', escape(headline))


def _more_lines(slide: Slide) -> int:
    """Lines that what adds to the headline takes."""
    return math.ceil(text_width(slide.more, 24) / (0.94 * TALL[0])) if slide.picture is not None else 0


def _picture(slide: Slide, words: Words) -> str:
    if slide.picture is None:
        return f'<p class="empty">{escape(slide.empty or slide.more)}</p>'
    if slide.picture.kind == "table":
        return f'<div class="picture">{table(slide.picture, ROWS, lambda n: words("slide.more", n=n))}</div>'
    taken = (76 if slide.facts else 0) + (44 if slide.own_note else 0) + (_more_lines(slide) * 31)
    drawings = {
        name: draw(slide.picture, width, height - taken, 24, slide.headline) for name, (width, height) in (("wide", WIDE), ("tall", TALL))
    }
    return "".join(f'<div class="picture {name}">{drawing}</div>' for name, drawing in drawings.items())


def _slide(deck: Deck, slide: Slide, number: int, words: Words) -> str:
    count = words.written(f"{number} / {len(deck.slides)}")
    facts = "".join(f"<div><b>{escape(value)}</b><span>{escape(name)}</span></div>" for value, name in slide.facts)
    made_up = f'<span class="made-up">{escape(words("slide.synthetic"))}</span>' if deck.synthetic else ""
    own = f'<p class="own">{escape(words("slide.own_note", note=slide.own_note))}</p>' if slide.own_note else ""
    size = next((name for name, size in LINES.items() if text_width(slide.headline, size) <= 2 * 0.94 * TALL[0]), "longest")
    size = "alone" if slide.picture is None and not slide.empty else size
    more = f'<p class="more">{_unbroken(slide.more, words)}</p>' if slide.more and slide.picture is not None else ""
    return "".join(
        [
            f'<section class="slide" data-word="{escape(slide.word)}" role="group" aria-roledescription="{escape(words("deck.slide"))}"',
            f' aria-label="{count}">',
            f'<div class="stage"><p class="where"><span>{escape(deck.title)} · {escape(deck.subtitle)}</span>{made_up}</p>',
            f'<h2 class="{size}">{_unbroken(slide.headline, words)}</h2>{more}',
            f'<div class="facts">{facts}</div>' if facts else "",
            _picture(slide, words),
            own,
            f'<p class="foot"><span>{escape(slide.source)}</span><span class="number">{count}</span></p></div>',
            f'<aside class="notes" tabindex="0">{escape(slide.notes)}</aside></section>',
        ]
    )


def markup(deck: Deck, closing: bool = False) -> str:
    """All slides with their buttons and help, one element of class `deck` for presentDeck(). `closing`: there is a page to return to."""
    words = deck.words

    def button(name: str, sign: str) -> str:
        said, switch = escape(words(f"deck.{name}")), ' aria-pressed="false"' if name in SWITCHES else ""
        return f'<button type="button" data-do="{name}" title="{said}" aria-label="{said}"{switch}>{sign}</button>'

    slides = "".join(_slide(deck, slide, number, words) for number, slide in enumerate(deck.slides, 1))
    bar = "".join(button(name, sign) for name, sign in BUTTONS.items() if closing or name != "close")
    keys = "".join(f"<dt>{key}</dt><dd>{escape(words(f'deck.{name}'))}</dd>" for key, name in KEYS)
    title = escape(words("deck.keys"))
    return "".join(
        [
            f'<div class="deck" lang="{deck.language}" tabindex="-1">{slides}<output class="typed"></output><div class="bar">{bar}</div>',
            f'<div class="dark"></div><div class="help"><div role="dialog" aria-label="{title}"><h2>{title}</h2><dl>{keys}</dl>',
            f'<button type="button" data-do="help">{escape(words("deck.close"))}</button></div></div></div>',
        ]
    )


def html_deck(deck: Deck, seconds: int = 0) -> bytes:
    """One HTML file (UTF-8) with the slides, the fonts and the keys. `seconds`: the next slide comes by itself after so many, 0 for never.

    The number of the slide stands in the address as #3. Printing gives one slide a page.
    """
    run = script() + START % int(seconds)
    digest = base64.b64encode(hashlib.sha256(run.encode()).digest()).decode()
    about = "".join(f'<meta name="{escape(name)}" content="{escape(value)}">' for name, value in deck.about)
    return "".join(
        [
            f'<!doctype html><html lang="{deck.language}"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY} script-src \'sha256-{digest}\'">',
            f'<meta name="viewport" content="width=device-width, initial-scale=1">{about}',
            f"<title>{escape(deck.title)} · {escape(deck.subtitle)}</title>",
            f"<style>{fonts()}html,body{{margin:0;height:100%}}{style()}</style></head><body>{markup(deck)}<script>{run}</script></body></html>",
        ]
    ).encode()
