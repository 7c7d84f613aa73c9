"""The marks of a drawing as SVG: text, boxes, lines, markers, hatching, legends; all in the units of the drawing, type in TYPE of them."""

import unicodedata
from functools import lru_cache
from html import escape

from pages.parts.figures import style
from pages.parts.present.slide import printed
from pages.parts.say.breaks import pieces

INK, FAINT, PAPER, QUIET = "#16222e", "#d5dbe1", "#ffffff", "#4a5663"
COLOURS = {
    "main": style.MAIN, "compare": style.QUIET, "band": "#c9d3dc", "total": INK, "rise": style.RISE, "fall": style.FALL, "need": "#d99a1c",
    "completed_stated": style.STATUS["completed"], "completed_inferred": "#8fc1de", "in_progress": style.STATUS["in_progress"],
    "not_started": style.STATUS["not_started"], "not_possible": style.STATUS["not_possible"], "unknown": "#eef1f4",
}  # fmt: skip
LINE = style.LIMIT
HATCHED = {
    "completed_inferred": 45,
    "need": 45,
    "in_progress": -45,
    "not_started": 0,
    "not_possible": 90,
}  # degrees: grey print tells them apart
PALE = {"unknown", "band", "completed_inferred", "need"}  # drawn with an outline
TYPE = 24  # size of type in the units of a drawing
MARKERS = {"main": "circle", "compare": "square", "band": "diamond"}


@lru_cache(maxsize=4096)
def text_width(text: str, size: float) -> float:
    """Approximate width of a line in Sarabun; Thai vowels and tone marks above and below the line take no room."""
    return sum(0.0 if unicodedata.category(c) == "Mn" else 0.33 if c in " .,:|'()iIlj" else 0.57 for c in text) * size


@lru_cache(maxsize=4096)
def shortened(text: str, size: float, room: float) -> str:
    """The text, or as many of its words as fit into the room and an ellipsis."""
    if text_width(text, size) <= room:
        return text
    parts = pieces(text)
    while len(parts) > 1 and text_width("".join(parts).rstrip() + "…", size) > room:
        parts.pop()
    return "".join(parts).rstrip() + "…"


def tick(value, picture):
    return printed(value, 0 if float(value).is_integer() else 1, digits=picture.digits)


def text(x, y, text, size, anchor="start", bold=False, colour=INK, halo=False):
    """`halo`: paper around the letters, for numbers that may lie on a line."""
    weight = ' font-weight="700"' if bold else ""
    around = f' stroke="{PAPER}" stroke-width="{size * 0.28:.1f}" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" text-anchor="{anchor}" fill="{colour}"{weight}{around}>{escape(text)}</text>'
    )


def ink(role):
    """The colour of lines and letters; that of a band is too pale for either."""
    return COLOURS["compare" if role == "band" else role]


def fill(role):
    return f"url(#hatch-{role})" if role in HATCHED else COLOURS[role]


def box(x, y, width, height, role):
    outline = f' stroke="{COLOURS["compare"]}" stroke-width="1.5"' if role in PALE else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" fill="{fill(role)}"{outline}/>'


def plate(x, y, text, size):
    """Paper under a centred number, which must be read on hatching and on dots too."""
    wide = text_width(text, size) * 1.08 + size * 0.4
    place = f'x="{x - wide / 2:.1f}" y="{y - size * 0.62:.1f}" width="{wide:.1f}" height="{size * 1.24:.1f}" rx="{size * 0.2:.1f}"'
    return f'<rect {place} fill="{PAPER}" fill-opacity="0.9"/>'


def line(x1, y1, x2, y2, colour=FAINT, width=1.5, dash=""):
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"{dashes}/>'


def marker(x, y, radius, role):
    colour, shape = ink(role), MARKERS.get(role, "circle")
    edge = f'fill="{colour}" stroke="{PAPER}" stroke-width="2"'
    if shape == "square":
        return f'<rect x="{x - radius:.1f}" y="{y - radius:.1f}" width="{2 * radius:.1f}" height="{2 * radius:.1f}" {edge}/>'
    if shape == "diamond":
        return (
            f'<path d="M{x:.1f} {y - radius * 1.3:.1f}l{radius * 1.3:.1f} {radius * 1.3:.1f}l{-radius * 1.3:.1f} {radius * 1.3:.1f}'
            f'l{-radius * 1.3:.1f} {-radius * 1.3:.1f}z" {edge}/>'
        )
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {edge}/>'


def patterns(roles, size, mark):
    """`mark` makes the ids of one drawing its own: where ids repeat in a page, browsers take the first, which may lie in a hidden slide."""
    gap = size * 0.42
    return "".join(
        f'<pattern id="hatch-{role}-{mark}" width="{gap:.1f}" height="{gap:.1f}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({HATCHED[role]})">'
        f'<rect width="{gap:.1f}" height="{gap:.1f}" fill="{COLOURS[role]}"/>'
        f'<rect width="{gap * 0.35:.1f}" height="{gap:.1f}" fill="#ffffff" fill-opacity="0.62"/></pattern>'
        for role in sorted(set(roles) & set(HATCHED))
    )


def legend(entries, width, size):
    """Names of series with their swatches, in as many lines as they need; gives the drawing and its height."""
    parts, left, line = [], 0, 0
    for name, role in entries:
        need = size * 1.3 + text_width(name, size) + size * 1.2
        if left and left + need - size > width:
            left, line = 0, line + 1
        middle = line * size * 1.5 + size * 0.95
        parts.append(box(left, middle - size * 0.42, size * 0.84, size * 0.84, role))
        parts.append(text(left + size * 1.2, middle + size * 0.33, name, size))
        left += need
    return "".join(parts), (line + 1) * size * 1.5 + size * 0.3


def known(values) -> list[float | None]:
    """The values of a column, None where one is missing."""
    return [None if v is None or v != v else float(v) for v in values]


def present(values):
    return [float(v) for v in values if v is not None and v == v]
