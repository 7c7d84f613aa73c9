"""A picture as static SVG: light, sharp on a projector and on paper, and needing neither a browser library nor a server.

`draw(picture, width, height, size)` gives one <svg> element; `size` is the type size in the same units as width and height.
A picture is told apart without colour too: by markers and dashes in lines, by hatching in stacks, by signs at the ends of bars.
Colours are those of the pages' theme, a blue against an orange, which the colour-blind tell apart.
"""

import math
import re
import unicodedata
import zlib
from html import escape

from pages.parts.figures import style
from pages.parts.say.breaks import pieces
from pages.parts.say.text import in_digits

INK, FAINT, PAPER, QUIET = "#16222e", "#d5dbe1", "#ffffff", "#4a5663"
COLOURS = {
    "main": style.MAIN, "compare": style.QUIET, "band": "#c9d3dc", "total": INK, "rise": style.RISE, "fall": style.FALL, "need": "#d99a1c",
    "stated": style.STATUS["completed"], "inferred": "#8fc1de", "in_progress": style.STATUS["in_progress"],
    "not_started": style.STATUS["not_started"], "not_possible": style.STATUS["not_possible"], "unknown": "#eef1f4",
}  # fmt: skip
LINE = style.LIMIT
HATCHED = {"inferred": 45, "need": 45, "in_progress": -45, "not_started": 0, "not_possible": 90}  # degrees: grey print tells them apart
PALE = {"unknown", "band", "inferred", "need"}  # drawn with an outline
TYPE = 24  # size of type in the units of a drawing
MARKERS = {"main": "circle", "compare": "square", "band": "diamond"}
DASHES = {"main": "", "compare": "10 7", "band": "3 6"}


def text_width(text: str, size: float) -> float:
    """Approximate width of a line in Sarabun; Thai vowels and tone marks above and below the line take no room."""
    return sum(0.0 if unicodedata.category(c) == "Mn" else 0.33 if c in " .,:|'()iIlj" else 0.57 for c in text) * size


def printed(value: float | None, decimals: int, signed: bool = False, digits: str = "arabic") -> str:
    """A number as people read it: fixed decimals, a sign where it is a change, an en dash where there is none; in these digits of Words."""
    if value is None or value != value:
        return "–"
    text = f"{value:+.{decimals}f}" if signed else f"{value:.{decimals}f}"
    text = text.lstrip("+-") if float(text) == 0 else text
    return in_digits(text, digits)


def shortened(text: str, size: float, room: float) -> str:
    """The text, or as many of its words as fit into the room and an ellipsis."""
    if text_width(text, size) <= room:
        return text
    parts = pieces(text)
    while len(parts) > 1 and text_width("".join(parts).rstrip() + "…", size) > room:
        parts.pop()
    return "".join(parts).rstrip() + "…"


def _tick(value, picture):
    return printed(value, 0 if float(value).is_integer() else 1, digits=picture.digits)


def _text(x, y, text, size, anchor="start", bold=False, colour=INK, halo=False):
    """`halo`: paper around the letters, for numbers that may lie on a line."""
    weight = ' font-weight="700"' if bold else ""
    around = f' stroke="{PAPER}" stroke-width="{size * 0.28:.1f}" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" text-anchor="{anchor}" fill="{colour}"{weight}{around}>{escape(text)}</text>'
    )


def _ink(role):
    """The colour of lines and letters; that of a band is too pale for either."""
    return COLOURS["compare" if role == "band" else role]


def _fill(role):
    return f"url(#hatch-{role})" if role in HATCHED else COLOURS[role]


def _box(x, y, width, height, role):
    outline = f' stroke="{COLOURS["compare"]}" stroke-width="1.5"' if role in PALE else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" fill="{_fill(role)}"{outline}/>'


def _plate(x, y, text, size):
    """Paper under a centred number, which must be read on hatching and on dots too."""
    wide = text_width(text, size) * 1.08 + size * 0.4
    place = f'x="{x - wide / 2:.1f}" y="{y - size * 0.62:.1f}" width="{wide:.1f}" height="{size * 1.24:.1f}" rx="{size * 0.2:.1f}"'
    return f'<rect {place} fill="{PAPER}" fill-opacity="0.9"/>'


def _line(x1, y1, x2, y2, colour=FAINT, width=1.5, dash=""):
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{width}"{dashes}/>'


def _marker(x, y, radius, role):
    colour, shape = _ink(role), MARKERS.get(role, "circle")
    edge = f'fill="{colour}" stroke="{PAPER}" stroke-width="2"'
    if shape == "square":
        return f'<rect x="{x - radius:.1f}" y="{y - radius:.1f}" width="{2 * radius:.1f}" height="{2 * radius:.1f}" {edge}/>'
    if shape == "diamond":
        return (
            f'<path d="M{x:.1f} {y - radius * 1.3:.1f}l{radius * 1.3:.1f} {radius * 1.3:.1f}l{-radius * 1.3:.1f} {radius * 1.3:.1f}'
            f'l{-radius * 1.3:.1f} {-radius * 1.3:.1f}z" {edge}/>'
        )
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {edge}/>'


def _patterns(roles, size, mark):
    """`mark` makes the ids of one drawing its own: where ids repeat in a page, browsers take the first, which may lie in a hidden slide."""
    gap = size * 0.42
    return "".join(
        f'<pattern id="hatch-{role}-{mark}" width="{gap:.1f}" height="{gap:.1f}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({HATCHED[role]})">'
        f'<rect width="{gap:.1f}" height="{gap:.1f}" fill="{COLOURS[role]}"/>'
        f'<rect width="{gap * 0.35:.1f}" height="{gap:.1f}" fill="#ffffff" fill-opacity="0.62"/></pattern>'
        for role in sorted(set(roles) & set(HATCHED))
    )


def _legend(entries, x, y, width, size, marker=None):
    """Names of series with their swatches, in as many lines as they need; gives the drawing and its height."""
    parts, left, line = [], x, 0
    for name, role in entries:
        need = size * 1.3 + text_width(name, size) + size * 1.2
        if left > x and left + need - size > x + width:
            left, line = x, line + 1
        middle = y + line * size * 1.5 + size * 0.95
        parts.append(
            _marker(left + size * 0.45, middle, size * 0.36, role)
            if marker
            else _box(left, middle - size * 0.42, size * 0.84, size * 0.84, role)
        )
        parts.append(_text(left + size * 1.2, middle + size * 0.33, name, size))
        left += need
    return "".join(parts), (line + 1) * size * 1.5 + size * 0.3


def _spread(wanted: list[float], gap: float, low: float, high: float) -> list[float]:
    """Positions of labels as near as may be to the wanted ones, at least `gap` apart and inside low..high."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    placed = {}
    edge = low
    for i in order:
        placed[i] = edge = max(wanted[i], edge)
        edge += gap
    edge = high
    for i in reversed(order):
        placed[i] = min(placed[i], edge)
        edge = placed[i] - gap
    return [placed[i] for i in range(len(wanted))]


def _present(values):
    return [float(v) for v in values if v is not None and v == v]


def _lines(picture, width, height, size):
    frame = picture.frame
    labels = [str(label) for label in frame.label]
    seen = [v for s in picture.series for v in _present(frame[s.column])] + [value for _, value in picture.lines]
    low, high = min(seen), max(seen)
    pad = max(high - low, 2) * 0.14
    low, high = max(0.0, low - pad) if min(seen) >= 0 else low - pad, min(high + pad, 100.0) if high <= 100 else high + pad
    if high - max(seen) < pad * 0.6:
        high = max(seen) + pad
    names = [s.name for s in picture.series] + [name for name, _ in picture.lines]
    left, top, bottom = size * 2.6, size * 0.9, height - size * 1.7
    right = width - min(max(text_width(n, size) for n in names) + size * 1.1, width * 0.38)
    across = (
        (lambda i: (left + right) / 2)
        if len(labels) == 1
        else (lambda i: left + 2.4 * size + (right - left - 4 * size) * i / (len(labels) - 1))
    )

    def down(v):
        return bottom - (bottom - top) * (v - low) / (high - low)

    parts = []
    for tick in style.ticks(low, high):
        if tick <= 100 or high > 101:
            parts += [
                _line(left, down(tick), right, down(tick), FAINT, 1),
                _text(left - size * 0.4, down(tick) + size * 0.34, _tick(tick, picture), size, "end"),
            ]
    every = max(1, math.ceil(len(labels) * text_width("2568 ", size) / (right - left)))
    parts += [
        _text(across(i), height - size * 0.45, label, size, "middle")
        for i, label in enumerate(labels)
        if (len(labels) - 1 - i) % every == 0
    ]
    ends = []  # (height wanted, name, role)
    for name, value in picture.lines:
        parts.append(_line(left, down(value), right, down(value), LINE, 2.5, "14 6"))
        ends.append((down(value), name, "fall", None))
    for series in reversed(picture.series):  # the main series is drawn last, on top
        values = [None if v is None or v != v else float(v) for v in frame[series.column]]
        colour = _ink(series.role)
        stroke = 5 if series.role == "main" else 3
        for i in range(len(values) - 1):  # a missing year leaves a gap: nothing is drawn across it
            if values[i] is not None and values[i + 1] is not None and not _broken(frame, i + 1):
                parts.append(
                    _line(across(i), down(values[i]), across(i + 1), down(values[i + 1]), colour, stroke, DASHES.get(series.role, ""))
                )
        for i, v in enumerate(values):
            if v is not None:
                parts.append(_marker(across(i), down(v), size * (0.34 if series.role == "main" else 0.25), series.role))
                if series.role == "main":
                    above = not any(
                        0 < down(v) - down(o) < size * 1.5
                        for s in picture.series
                        for o in _present([frame[s.column].iloc[i]])
                        if s is not series
                    )
                    parts.append(
                        _text(
                            across(i),
                            down(v) + (-size * 0.62 if above else size * 1.35),
                            printed(v, picture.decimals, digits=picture.digits),
                            size,
                            "middle",
                            True,
                            colour,
                            halo=True,
                        )
                    )
        last = next((v for v in reversed(values) if v is not None), None)
        if last is not None:
            ends.append((down(last), series.name, series.role, series.role))
    places = _spread([e[0] for e in ends], size * 1.25, top, bottom)
    for (_, name, role, marker), y in zip(ends, places, strict=True):
        colour = LINE if marker is None else INK if role != "main" else _ink(role)
        if marker:
            parts.append(_marker(right + size * 0.45, y, size * 0.26, marker))
        parts.append(
            _text(
                right + size * (0.9 if marker else 0.3),
                y + size * 0.34,
                shortened(name, size, width - right - size * 0.9),
                size,
                colour=colour,
                bold=role == "main",
            )
        )
    for i in range(1, len(labels)):
        if _broken(frame, i):
            x = (across(i - 1) + across(i)) / 2
            parts.append(_line(x, top, x, bottom, COLOURS["compare"], 2, "2 6"))
    return "".join(parts)


def _broken(frame, i):
    return "comparable" in frame and not frame["comparable"].iloc[i]


def _rows(picture, width, size):
    """Left edge of the bars, and each row's label cut to its room."""
    labels = [str(label) for label in picture.frame.label]
    strong = list(picture.frame["strong"]) if "strong" in picture.frame else [False] * len(labels)
    room = min(max(text_width(label, size) * (1.08 if s else 1.0) for label, s in zip(labels, strong, strict=True)), width * 0.44)
    return room + size * 0.7, [(shortened(label, size, room + size * 0.2), s) for label, s in zip(labels, strong, strict=True)]


def _reference(picture, scale, top, bottom, size, right):
    """The upright lines of a bar chart with their names above it."""
    parts = []
    for name, value in picture.lines:
        x = scale(value)
        anchor = "end" if x + text_width(name, size) / 2 > right else "middle"
        parts += [
            _line(x, top, x, bottom, LINE, 2.5, "10 6"),
            _text(min(x, right) if anchor == "end" else x, top - size * 0.35, name, size, anchor, False, LINE),
        ]
    return "".join(parts)


def _halves(name: str, size: float) -> list[str]:
    """A heading over two lines, broken at the space that makes them most alike; one line where it has no space."""
    words = name.split(" ")
    ways = [[" ".join(words[:i]), " ".join(words[i:])] for i in range(1, len(words))]
    return min(ways, key=lambda way: max(text_width(line, size) for line in way), default=[name])


def _bars(picture, width, height, size):
    """A row a label, bars from zero. Of several series each has its panel, side by side on one scale; a series of role `count` is a column
    of numbers."""
    frame, series = picture.frame, picture.series
    left, labels = _rows(picture, width, size)
    heads = {s.column: _halves(s.name, size) if len(series) > 1 else [] for s in series}
    values = {s.column: _present(frame[s.column]) for s in series if s.role != "count"}
    highs = {column: max([*known, *(v for _, v in picture.lines), 1e-9]) for column, known in values.items()}
    lows = {column: min([0.0, *known]) for column, known in values.items()}
    every = (printed(v, picture.decimals, picture.signed, picture.digits) for known in values.values() for v in known)
    longest = max(every, key=len, default="–")
    tail = text_width(longest, size) * 1.06 + size * 0.6  # room for the number at the end of a bar
    needs = {column: max([text_width(line, size) * 1.08 + size * 0.6 for line in lines], default=0) for column, lines in heads.items()}
    tails = {column: tail * (2 if lows[column] < 0 else 1) for column in values}
    unit, widths = width, dict(needs)
    while unit > 1e-6:  # one scale for all panels, so that bars compare across them; a heading may need more room than its bars
        widths |= {column: max(tails[column] + (highs[column] - lows[column]) * unit, needs[column]) for column in values}
        if sum(widths.values()) <= width - left:
            break
        unit *= 0.98
    top = size * (0.4 + 1.3 * max(map(len, heads.values()))) + (size * 1.6 if picture.lines else 0)
    step = (height - top) / len(labels)
    middles = [top + step * (i + 0.5) for i in range(len(labels))]
    parts = [_text(left - size * 0.5, y + size * 0.34, label, size, "end", bold) for y, (label, bold) in zip(middles, labels, strict=True)]
    edge = left
    for s in series:
        wide = widths[s.column]
        at, anchor = (edge + wide / 2, "middle") if s.role == "count" else (edge, "start")
        parts += [_text(at, size * (1.25 + 1.25 * i), line, size, anchor, True) for i, line in enumerate(heads[s.column])]
        if s.role == "count":
            rows = zip(frame[s.column], middles, labels, strict=True)
            parts += [_text(at, y + size * 0.34, printed(v, 0, digits=picture.digits), size, "middle", bold) for v, y, (_, bold) in rows]
        else:
            zero = edge + (tail - lows[s.column] * unit if lows[s.column] < 0 else 0)
            thick, strong = min(step * 0.7, size * 1.9), [bold for _, bold in labels]
            parts += _panel(picture, s, (zero, unit), (top, height), middles, thick, strong, size)
            parts.append(_reference(picture, lambda v, zero=zero: zero + v * unit, top, height, size, edge + wide))
        edge += wide
    return "".join(parts)


def _panel(picture, series, scale, span, middles, thick, strong, size):
    """The bars of one series with their numbers. `scale`: where zero is, and units a point; `span`: top and bottom of the axis."""
    (zero, unit), frame = scale, picture.frame
    bars, numbers = [_line(zero, span[0], zero, span[1], INK, 2)], []
    for i, (value, middle) in enumerate(zip(frame[series.column], middles, strict=True)):
        if value is None or value != value:
            numbers.append(_text(zero + size * 0.35, middle + size * 0.34, "–", size))
            continue
        value = float(value)
        role = frame["role"].iloc[i] if "role" in frame else series.role
        role = role if role != "change" else "fall" if value < 0 else "rise"
        end = zero + value * unit
        bars.append(_box(min(end, zero), middle - thick / 2, abs(end - zero), thick, role))
        text = printed(value, picture.decimals, picture.signed or series.role == "change", picture.digits)
        at, anchor = (end + size * 0.3, "start") if value >= 0 else (end - size * 0.3, "end")
        numbers.append(_text(at, middle + size * 0.34, text, size, anchor, strong[i], halo=True))
    return [*bars, *numbers]


def _stacked(picture, width, height, size):
    frame, series = picture.frame, picture.series
    left, labels = _rows(picture, width, size)
    totals = [sum(_present([frame[s.column].iloc[i] for s in series])) for i in range(len(labels))]
    high = max([*totals, *(v for _, v in picture.lines), 1e-9])
    adds = next((s for s in series if s.role == "need"), None)
    ends = [
        printed(total, picture.decimals, digits=picture.digits)
        + (
            f" ({printed(float(frame[adds.column].iloc[i]), picture.decimals, True, picture.digits)})"
            if adds and _present([frame[adds.column].iloc[i]]) and frame[adds.column].iloc[i]
            else ""
        )
        for i, total in enumerate(totals)
    ]
    right = width - max(text_width(end, size) for end in ends) * 1.06 - size * 0.5
    legend, top = _legend([(s.name, s.role) for s in series if any(_present(frame[s.column]))], 0, 0, width, size)
    top += size * (1.6 if picture.lines else 0.2)

    def scale(v):
        return left + (right - left) * v / high

    parts = [legend]
    step = (height - top) / len(labels)
    thick = min(step * 0.74, size * 3.2)
    for i, (label, strong) in enumerate(labels):
        middle, at = top + step * (i + 0.5), 0.0
        parts.append(_text(left - size * 0.5, middle + size * 0.34, label, size, "end", strong))
        for s in series:
            for value in _present([frame[s.column].iloc[i]]):
                x, wide = scale(at), scale(at + value) - scale(at)
                parts.append(_box(x, middle - thick / 2, wide, thick, s.role))
                text = printed(value, picture.decimals, digits=picture.digits)
                if value and picture.decimals == 0 and wide > text_width(text, size) + size * 0.7 and thick > size * 1.1:
                    parts.append(_plate(x + wide / 2, middle, text, size))
                    parts.append(_text(x + wide / 2, middle + size * 0.34, text, size, "middle", True))
                at += value
        parts.append(_text(scale(at) + size * 0.3, middle + size * 0.34, ends[i], size, bold=strong, halo=True))
    parts.append(_line(left, top, left, height, INK, 2))
    parts.append(_reference(picture, scale, top, height, size, width))
    return "".join(parts)


def running(frame) -> tuple[list[float], list[float]]:
    """Where each step of a waterfall begins and ends; a total stands on the axis.

    `frame` has label, role (total, rise, fall, none) and points.
    """
    begins, ends, at = [], [], 0.0
    for role, points in zip(frame.role, frame.points, strict=True):
        begins.append(0.0 if role == "total" else at)
        at = float(points) if role == "total" else at + float(points)
        ends.append(at)
    return begins, ends


def axis_start(frame) -> float:
    """Where the axis of a waterfall begins: a round value a little below the lowest step, so that steps of a few points can be seen."""
    begins, ends = running(frame)
    seen = [v for b, e, role in zip(begins, ends, frame.role, strict=True) for v in ((e,) if role == "total" else (b, e))]
    span = max(max(seen) - min(seen), 1.0)
    return max(0.0, math.floor((min(seen) - span * 0.25) / 5) * 5.0)


def _waterfall(picture, width, height, size):
    frame = picture.frame
    left, labels = _rows(picture, width, size)
    begins, ends = running(frame)
    low = axis_start(frame)
    high = max([*ends, *begins])
    right = width - size * 3.4

    def scale(v):
        return left + (right - left) * (max(v, low) - low) / (high - low)

    step = (height - size * 1.5) / len(labels)
    thick = min(step * 0.76, size * 1.7)
    parts = []
    for i, (label, strong) in enumerate(labels):
        middle, role = step * (i + 0.5), frame.role.iloc[i]
        parts.append(_text(left - size * 0.5, middle + size * 0.34, label, size, "end", strong or role == "total"))
        first, last = sorted((scale(begins[i]), scale(ends[i])))
        if role != "none":
            parts.append(_box(first, middle - thick / 2, max(last - first, 2), thick, role))
        text = printed(frame.points.iloc[i], picture.decimals, role != "total", picture.digits)
        parts.append(_text(last + size * 0.3, middle + size * 0.34, text, size, "start", role == "total" or strong))
        if i + 1 < len(labels):
            parts.append(
                _line(scale(ends[i]), middle + thick / 2, scale(ends[i]), middle + step - thick / 2, COLOURS["compare"], 1.5, "3 4")
            )
    base = height - size * 1.5
    parts.append(_line(left, 0, left, base, INK, 2))
    for tick in style.ticks(low, high, 4):
        parts += [
            _line(scale(tick), base, scale(tick), base + size * 0.25, INK, 1.5),
            _text(scale(tick), height - size * 0.25, _tick(tick, picture), size, "middle"),
        ]
    return "".join(parts)


def _strip(picture, width, height, size):
    """Every agency a dot along the scale, the same or nearly the same values piled up; `strong` is ours."""
    frame = picture.frame
    column = picture.series[0].column
    values = [float(v) for v in frame[column]]
    seen = values + [value for _, value in picture.lines]
    low, high = min(seen), max(seen)
    pad = max((high - low) * 0.08, 1)
    low, high = math.floor(low - pad), min(100, math.ceil(high + pad)) if max(seen) <= 100 else math.ceil(high + pad)
    left, right, base = size * 1.2, width - size * 1.2, height - size * 2.0
    names = sorted(picture.lines, key=lambda entry: entry[1])

    def scale(v):
        return left + (right - left) * (v - low) / (high - low)

    lines_top = size * (1.5 * len(names) + 1.8)
    radius = size * 0.7
    while radius > 1.5:  # smaller dots where the pile would reach the names above
        piles: dict[int, int] = {}
        for v in values:
            piles[round(scale(v) / (2 * radius))] = piles.get(round(scale(v) / (2 * radius)), 0) + 1
        if max(piles.values()) * 2 * radius <= base - lines_top - size:
            break
        radius *= 0.9
    parts = [_line(left, base, right, base, INK, 2)]
    for tick in style.ticks(low, high, 6):
        parts += [
            _line(scale(tick), base, scale(tick), base + size * 0.25, INK, 1.5),
            _text(scale(tick), height - size * 0.6, _tick(tick, picture), size, "middle"),
        ]
    for i, (name, value) in enumerate(names):
        x, y = scale(value), size * (1.3 + 1.5 * i)
        end = x + text_width(name, size) + size > width
        parts += [
            _line(x, y - size * 0.8, x, base, LINE, 2.5, "10 6"),
            _text(x + size * (-0.35 if end else 0.35), y, name, size, "end" if end else "start", colour=LINE),
        ]
    heights: dict[int, int] = {}
    ours = None
    for i in sorted(range(len(values)), key=lambda i: not frame.strong.iloc[i]):
        pile = round(scale(values[i]) / (2 * radius))
        y = base - radius * (1.3 + 2 * heights.get(pile, 0))
        heights[pile] = heights.get(pile, 0) + 1
        if frame.strong.iloc[i] and ours is None:
            ours = (scale(values[i]), y, str(frame.label.iloc[i]), values[i])
        else:
            parts.append(
                f'<circle cx="{scale(values[i]):.1f}" cy="{y:.1f}" r="{radius * 0.88:.1f}" fill="{COLOURS["band"]}" '
                f'stroke="{COLOURS["compare"]}" stroke-width="1.5"/>'
            )
    if ours:
        x, y, name, value = ours
        text = f"{name} {printed(value, picture.decimals, digits=picture.digits)}"
        half = text_width(text, size) * 0.55
        pile = heights[round(x / (2 * radius))]
        label_y = base - radius * (2 * pile + 1) - size * 0.5
        at = min(max(x, half), width - half)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius * 1.25:.1f}" fill="{COLOURS["main"]}" stroke="{PAPER}" stroke-width="2"/>'
        )
        parts.append(_plate(at, label_y - size * 0.3, text, size))
        parts.append(_text(at, label_y, text, size, "middle", True))
    return "".join(parts)


DRAWINGS = {"lines": _lines, "bars": _bars, "stacked": _stacked, "waterfall": _waterfall, "strip": _strip}


def draw(picture, width: float, height: float, size: float, finding: str = "") -> str:
    """The picture as an <svg> element; "" for a table or an empty frame. For those who do not see it: its name with the `finding`, the
    sentence that it shows, and its numbers in <desc>.

    `size` is the size of type where the drawing is `width` wide; strokes and markers keep their proportion to it.
    """
    if picture.kind not in DRAWINGS or picture.frame.empty:
        return ""
    width, height = width * TYPE / size, height * TYPE / size
    drawing = DRAWINGS[picture.kind](picture, width, height, TYPE)
    mark = f"{zlib.crc32(f'{width} {height} {drawing}'.encode()):x}"
    defs = _patterns([s.role for s in picture.series] + list(picture.frame.get("role", [])), TYPE, mark)
    drawing = re.sub(r"url\(#(hatch-\w+)\)", rf"url(#\1-{mark})", drawing)
    name = escape(f"{picture.title}. {finding}" if finding else picture.title)
    words = f"<title>{escape(picture.title)}</title><desc>{escape(picture.alt)}</desc>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-label="{name}" '
        f'font-family="{escape(style.FONT)}">'
        + words + (f"<defs>{defs}</defs>" if defs else "") + drawing + "</svg>"
    )  # fmt: skip
