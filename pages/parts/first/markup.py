"""The first view as HTML: what stands in the page that the server sends before the application is there. All data is escaped."""

import json
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from pandas import isna

from pages.parts import menu, twin
from pages.parts.controls import SHARED
from pages.parts.first.still import still
from pages.parts.first.view import Link, View
from pages.parts.present.svg import draw
from pages.parts.say.text import LANGUAGES, Words

HERE = Path(__file__).parent
WIDE, PART, NARROW = (1205, 395, 16), (293, 225, 15), (356, 400, 13)  # width and height of a drawing and its size of type, in px
STILL, STILL_NARROW = 1205, 516  # width of a figure: a phone shows it smaller, as static/page.css does
ROWS = 40  # of a table; the application shows all
# The row of choices above the headline; of another page it is one line high.
CHOICES = {"overview": "", "papers": "", "present": "high", "compare": "high", "province": "high"}
FAMILY = "Sarabun First"
FONTS = [(part, weight) for weight in (400, 700, 600) for part in ("thai", "latin")]  # those of most text first
RANGES = {
    "thai": "U+02D7,U+0303,U+0331,U+0E01-0E5B,U+200C-200D,U+25CC",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,"
    "U+2212,U+2215,U+FEFF,U+FFFD",
}


@cache
def style() -> str:
    """The CSS of the first view."""
    return (HERE / "first.css").read_text(encoding="utf-8")


@cache
def faces(folder: str) -> str:
    """The fonts of the first view as a style sheet, for pages without a script."""
    return "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};unicode-range:{RANGES[part]};"
        f"src:url('{folder}/sarabun-{part}-{weight}-normal.woff2')}}"
        for part, weight in FONTS
    )


@cache
def fonts(folder: str) -> str:
    """The fonts of the first view, which lie in this folder of the server, for the head of its page.

    By a script: those of a style sheet are drawn anew whenever the application adds a style sheet with fonts, and the text moves. Under a
    name of their own, so that the application's, the same files, change nothing here.
    """
    every = [(f"{folder}/sarabun-{part}-{weight}-normal.woff2", RANGES[part], str(weight)) for part, weight in FONTS]
    first = [f'rel="preload" as="font" type="font/woff2" href="{folder}/sarabun-{part}-{weight}-normal.woff2"' for part, weight in FONTS]
    return "".join(
        [
            *(f"<link {what} crossorigin>" for what in first),
            f"<script>for (const [file, unicodeRange, weight] of {json.dumps(every)}) document.fonts.add("
            f"new FontFace('{FAMILY}', `url(${{file}})`, {{unicodeRange, weight, display: 'block'}}))</script>",
            f"<noscript><style>{faces(folder)}#first{{position:static}}</style></noscript>",
        ]
    )


@cache
def script() -> str:
    """What lets the application take the place of the first view."""
    return (HERE / "first.js").read_text(encoding="utf-8")


def address(page: str, given: dict[str, str]) -> str:
    """A link to a page of this server, from any of its pages."""
    query = urlencode(given)
    return f"./{'' if page == 'overview' else page}" + (f"?{query}" if query else "")


def markup(link: Link, view: View, icon: str, to=address, pages=menu.PAGES, languages=LANGUAGES) -> str:
    """The first view as one element; `icon` is the address of the picture in the head, `to(page, parameters)` that of another page; it has
    links to `pages` and to itself in `languages`."""
    words, shared = link.words, {name: value for name, value in link.given.items() if name in SHARED}
    links = "".join(
        f'<li><a href="{escape(to(name, shared))}"{" aria-current=page" if name == link.page else ""}>'
        f"{escape(words(f'{name}.page'))}</a></li>"
        for name in pages
    )
    spoken = "".join(
        f'<a href="{escape(to(link.page, dict(link.given) | {"lang": lang}))}" lang="{lang}" hreflang="{lang}"'
        f"{' aria-current=true' if lang == words.lang else ''}>{escape(words(f'language.{lang}'))}</a>"
        for lang in languages
    )
    choices = CHOICES.get(link.page, "low") if view.rows == 1 else "two"
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in view.notes)
    return "".join(
        [
            f'<div id="first" class="{escape(words.screen)}" lang="{words.lang}">',
            f'<header class="head"><img src="{escape(icon)}" alt=""></header>',
            f'<nav aria-label="{escape(words("frame.name"))}"><ul>{links}</ul></nav>',
            f'<main><div class="who">{_who(link)}<div class="lang">{spoken}</div></div>',
            "" if words.narrow else notes,
            f'<div class="choices {choices}"></div>' if choices else "",
            f'<p class="note above">{escape(view.above)}</p>' if view.above else "",
            f"<h1>{escape(view.headline)}</h1>",
            f'<p class="more">{escape(view.more)}</p>' if view.more else "",
            notes if words.narrow else "",  # a phone has the finding first
            _facts(view),
            _drawn(view, words),
            _table(view, words),
            f'<p class="note">{escape(view.reach)}</p></main></div>',
        ]
    )


def _who(link: Link) -> str:
    """The chosen province, agency and year, where the controls will stand."""
    words, agency = link.words, link.agency
    province = (agency.province or words("control.province_none")) if agency else words("control.all_provinces")
    name = agency.name if agency else words("control.all_agencies")
    year = words.year(link.year) if link.year else ""
    if words.narrow:
        return f"<span>{escape(' · '.join(filter(None, [name, words.tick(link.year) if link.year else ''])))}</span>"
    parts = {"province": province, "agency": name, "year": year}
    return "".join(f'<span class="{part}">{escape(text)}</span>' for part, text in parts.items())


def _facts(view: View) -> str:
    if not view.facts:
        return ""
    boxes = [f"<div{' class=wide' if wide else ''}><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text, wide in view.facts]
    short = min(4, sum(not wide for *_, wide in view.facts))
    return f'<dl class="facts of{short}">{"".join(boxes)}</dl>'


def _drawn(view: View, words: Words) -> str:
    """The drawings, whose names and numbers are read out, too."""
    finding = words.sentence([view.headline, view.more]) if view.more else view.headline
    if view.figure is not None:
        drawn = still(view.figure, STILL_NARROW if words.narrow else STILL, f"{words(f'{view.word}.title')}. {finding}")
        return f'<div class="drawn"><div>{drawn}</div></div>' if drawn else ""
    if view.picture is None:
        return ""
    whole = NARROW if words.narrow else WIDE
    if view.beside is None:
        return f'<div class="drawn"><div>{draw(view.picture, *whole, finding)}</div></div>'
    left = draw(view.picture, *(NARROW[0], PART[1], NARROW[2]) if words.narrow else PART, finding)
    right = draw(view.beside, *(NARROW[0], 560, NARROW[2]) if words.narrow else (895, 225, 14))
    return f'<div class="drawn"><div class="part">{left}</div><div>{right}</div></div>'


def _table(view: View, words: Words) -> str:
    """The table of the page, or of the figure: what the application shows under its button."""
    if view.sheet:
        return view.sheet
    if view.frame.empty:
        return ""
    table = twin.table(view.frame.head(ROWS), words)
    # not by itertuples: headings are no names of Python
    kinds = {name: table[name].dtype.kind for name in table}
    heads = "".join(f"<th scope=col{' class=number' if kinds[name] in 'iuf' else ''}>{escape(name)}</th>" for name in table)
    rows = zip(*(_cells(table[name].tolist(), kinds[name], words) for name in table), strict=True)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    more = len(view.frame) - ROWS
    last = f'<p class="note">{escape(words("first.more", n=more))}</p>' if more > 0 else ""
    title = escape(words(f"{view.word}.title"))
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{title}"><table><caption>{title}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>{last}</div>"
    )


def _cells(values: list, kind: str, words: Words) -> list[str]:
    """The cells of a column, of numbers as pages print them."""
    if kind in "iuf":
        said = [words.number(value, 2 if kind == "f" else 0) for value in values]
        return [f'<td class="number">{escape(text)}</td>' for text in said]
    return [f"<td>{escape(_text(value, words))}</td>" for value in values]


def _text(value, words: Words) -> str:
    if isinstance(value, (list, tuple)) or hasattr(value, "tolist"):
        return words.list(list(value))
    return words("number.unknown") if value is None or isna(value) else str(value)
