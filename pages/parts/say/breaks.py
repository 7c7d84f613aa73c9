"""Where a line of a label may end. Thai writes no spaces between words and Plotly never wraps, so labels come with their breaks: by the
dictionary of ICU (Unicode Standard Annex 14, class SA), and never within the terms of the text `label.unbroken`."""

import re
import unicodedata
from functools import cache, lru_cache

from icu4py.breakers import LineBreaker

from pages.parts.say.text import rows


@cache
def _unbroken() -> tuple[re.Pattern, re.Pattern]:
    """Terms that stay whole, and short words and numbers that stay with what follows them."""
    terms = sorted(rows()["label.unbroken"]["th"].split("|"), key=len, reverse=True)
    leading = rows()["label.leading"]["th"].replace("|", "$|") + "$"
    return re.compile("|".join(map(re.escape, terms))), re.compile(rf"[\d.]+ $|{leading}")


def letters(text: str) -> int:
    """How many letters wide a text is: vowels and marks above and below take no room."""
    return sum(unicodedata.category(letter) not in ("Mn", "Cf") for letter in text)


def pieces(text: str) -> list[str]:
    """The text in pieces, between any two of which a line may end."""
    terms, leading = _unbroken()
    inside = {at for term in terms.finditer(text) for at in range(term.start() + 1, term.end())}
    found, at, before = [], 0, ""
    for piece in LineBreaker(text, "th"):
        if at in inside or leading.match(before):
            found[-1] += piece
        else:
            found.append(piece)
        at, before = at + len(piece), piece
    return found


def _lines(parts: list[str], room: int) -> list[str]:
    lines = [""]
    for part in parts:
        if lines[-1] and letters(lines[-1] + part.rstrip()) > room:
            lines.append("")
        lines[-1] += part
    return [line.strip() for line in lines]


@lru_cache(maxsize=8192)  # names stay the same from rerun to rerun, and a figure asks for one once a year: an eighth of an overview
def wrapped(text: str, room: int, most: int = 2) -> str:
    """The text in lines of `room` letters, as even as they can be, with <br> between them. A text that `most` lines have no room for
    ends in … at the end of a word."""
    parts = pieces(text)
    if len(parts) < 2:
        return text
    lines = _lines(parts, room)
    if len(lines) > most:
        while len(lines) > most or letters(lines[-1]) >= room and len(parts) > 1:
            parts = parts[:-1]
            lines = _lines(parts, room)
        return "<br>".join(lines) + "…"
    ways = (_lines(parts, width) for width in range(min(letters(text) // len(lines), room), room + 1))
    return "<br>".join(next(way for way in ways if len(way) == len(lines)))
