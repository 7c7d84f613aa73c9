"""Lines over years."""

import math

from pages.parts.figures import style
from pages.parts.present.slide import printed
from pages.parts.present.svg import marks

DASHES = {"main": "", "compare": "10 7", "band": "3 6"}


def lines(picture, width, height, size):
    labels, values = [str(label) for label in picture.frame.label], {s.column: marks.known(picture.frame[s.column]) for s in picture.series}
    low, high = _span([v for column in values.values() for v in column if v is not None])
    left, top, bottom = size * 2.6, size * 0.9, height - size * 1.7
    right = width - min(max(marks.text_width(s.name, size) for s in picture.series) + size * 1.1, width * 0.38)
    step = (right - left - 4 * size) / max(len(labels) - 1, 1)
    at = [(left + right) / 2] if len(labels) == 1 else [left + 2.4 * size + step * i for i in range(len(labels))]

    def down(v):
        return None if v is None else bottom - (bottom - top) * (v - low) / (high - low)

    parts = _axes(picture, labels, at, (low, high, down), (left, right, height), size)
    broken = [i for i, joined in enumerate(picture.frame.get("comparable", [])) if i and not joined]
    parts += [marks.line((at[i - 1] + at[i]) / 2, top, (at[i - 1] + at[i]) / 2, bottom, marks.COLOURS["compare"], 2, "2 6") for i in broken]
    ends = []  # (height wanted, name, role)
    for series in reversed(picture.series):  # the main series is drawn last, on top
        heights = [down(v) for v in values[series.column]]
        if series.role == "mark":
            parts += _steps(heights, at, left, right)
        else:
            parts += _line(heights, at, broken, series.role, size)
        if series.role == "main":
            others = [[down(values[s.column][i]) for s in picture.series if s is not series] for i in range(len(labels))]
            parts += _values(picture, values[series.column], heights, others, at, size)
        last = next((y for y in reversed(heights) if y is not None), None)
        if last is not None:
            ends.append((last, series.name, series.role))
    return "".join(parts + _names(ends, (top, bottom), right, width, size))


def _span(seen: list[float]) -> tuple[float, float]:
    """Where the axis begins and ends: a little beyond what is seen, within 0 and 100 where that is."""
    low, high = min(seen), max(seen)
    pad = max(high - low, 2) * 0.14
    begin = max(0.0, low - pad) if low >= 0 else low - pad
    end = min(high + pad, 100.0) if high + pad * 0.4 <= 100 else high + pad
    return begin, end


def _axes(picture, labels, at, scale, edges, size):
    (low, high, down), (left, right, height) = scale, edges
    parts = []
    for tick in style.ticks(low, high):
        if tick <= 100 or high > 101:
            parts.append(marks.line(left, down(tick), right, down(tick), marks.FAINT, 1))
            parts.append(marks.text(left - size * 0.4, down(tick) + size * 0.34, marks.tick(tick, picture), size, "end"))
    every = max(1, math.ceil(len(labels) * marks.text_width("2568 ", size) / (right - left)))
    years = [(x, label) for i, (x, label) in enumerate(zip(at, labels, strict=True)) if (len(labels) - 1 - i) % every == 0]
    return parts + [marks.text(x, height - size * 0.45, label, size, "middle") for x, label in years]


def _steps(heights, at, left, right):
    """What a rule asks for in each year, as a line behind its year."""
    edges = [left, *((a + b) / 2 for a, b in zip(at, at[1:], strict=False)), right]
    spans = zip(heights, edges, edges[1:], strict=False)
    return [marks.line(begin, y, end, y, marks.LINE, 2.5, "14 6") for y, begin, end in spans if y is not None]


def _line(heights, at, broken, role, size):
    """A missing year leaves a gap, and so does one that may not be compared with the year before."""
    ink, stroke, dash = marks.ink(role), 5 if role == "main" else 3, DASHES.get(role, "")
    radius = size * (0.34 if role == "main" else 0.25)
    joined = [i for i in range(1, len(at)) if i not in broken and heights[i - 1] is not None and heights[i] is not None]
    parts = [marks.line(at[i - 1], heights[i - 1], at[i], heights[i], ink, stroke, dash) for i in joined]
    return parts + [marks.marker(x, y, radius, role) for x, y in zip(at, heights, strict=True) if y is not None]


def _values(picture, values, heights, others, at, size):
    """The numbers of the main series, above its points, or below where another line is close above."""
    parts = []
    for x, y, value, near in zip(at, heights, values, others, strict=True):
        if y is not None:
            above = not any(other is not None and 0 < y - other < size * 1.5 for other in near)
            text = printed(value, picture.decimals, digits=picture.digits)
            parts.append(
                marks.text(x, y + (-size * 0.62 if above else size * 1.35), text, size, "middle", True, marks.ink("main"), halo=True)
            )
    return parts


def _names(ends, span, right, width, size):
    """The names of the series at the ends of their lines."""
    parts = []
    for (_, name, role), y in zip(ends, _spread([end[0] for end in ends], size * 1.25, *span), strict=True):
        is_mark = role == "mark"
        if not is_mark:
            parts.append(marks.marker(right + size * 0.45, y, size * 0.26, role))
        said = marks.shortened(name, size, width - right - size * 0.9)
        colour = marks.LINE if is_mark else marks.ink(role) if role == "main" else marks.INK
        parts.append(marks.text(right + size * (0.3 if is_mark else 0.9), y + size * 0.34, said, size, colour=colour, bold=role == "main"))
    return parts


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
