"""Bars, side by side in panels or stacked."""

from pages.parts.present.slide import printed
from pages.parts.present.svg import marks


def row_labels(picture, width, size):
    """Left edge of the bars, and each row's label cut to its room."""
    labels = [str(label) for label in picture.frame.label]
    strong = list(picture.frame["strong"]) if "strong" in picture.frame else [False] * len(labels)
    room = min(max(marks.text_width(label, size) * (1.08 if s else 1.0) for label, s in zip(labels, strong, strict=True)), width * 0.44)
    return room + size * 0.7, [(marks.shortened(label, size, room + size * 0.2), s) for label, s in zip(labels, strong, strict=True)]


def reference(picture, scale, top, bottom, size, right):
    """The upright lines of a bar chart with their names above it."""
    parts = []
    for name, value in picture.lines:
        x = scale(value)
        anchor = "end" if x + marks.text_width(name, size) / 2 > right else "middle"
        parts += [
            marks.line(x, top, x, bottom, marks.LINE, 2.5, "10 6"),
            marks.text(min(x, right) if anchor == "end" else x, top - size * 0.35, name, size, anchor, False, marks.LINE),
        ]
    return "".join(parts)


def _halves(name: str, size: float) -> list[str]:
    """A heading over two lines, broken at the space that makes them most alike; one line where it has no space."""
    words = name.split(" ")
    ways = [[" ".join(words[:i]), " ".join(words[i:])] for i in range(1, len(words))]
    return min(ways, key=lambda way: max(marks.text_width(line, size) for line in way), default=[name])


def bars(picture, width, height, size):
    """A row a label, bars from zero. Of several series each has its panel, side by side on one scale; a series of role `count` is a column
    of numbers."""
    frame, series = picture.frame, picture.series
    left, labels = row_labels(picture, width, size)
    heads = {s.column: _halves(s.name, size) if len(series) > 1 else [] for s in series}
    values = {s.column: marks.present(frame[s.column]) for s in series if s.role != "count"}
    highs = {column: max([*known, *(v for _, v in picture.lines), 1e-9]) for column, known in values.items()}
    lows = {column: min([0.0, *known]) for column, known in values.items()}
    every = (printed(v, picture.decimals, picture.signed, picture.digits) for known in values.values() for v in known)
    longest = max(every, key=len, default="–")
    tail = marks.text_width(longest, size) * 1.06 + size * 0.6  # room for the number at the end of a bar
    needs = {
        column: max([marks.text_width(line, size) * 1.08 + size * 0.6 for line in lines], default=0) for column, lines in heads.items()
    }
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
    parts = [
        marks.text(left - size * 0.5, y + size * 0.34, label, size, "end", bold) for y, (label, bold) in zip(middles, labels, strict=True)
    ]
    edge = left
    for s in series:
        wide = widths[s.column]
        at, anchor = (edge + wide / 2, "middle") if s.role == "count" else (edge, "start")
        parts += [marks.text(at, size * (1.25 + 1.25 * i), line, size, anchor, True) for i, line in enumerate(heads[s.column])]
        if s.role == "count":
            rows = zip(frame[s.column], middles, labels, strict=True)
            parts += [
                marks.text(at, y + size * 0.34, printed(v, 0, digits=picture.digits), size, "middle", bold) for v, y, (_, bold) in rows
            ]
        else:
            zero = edge + (tail - lows[s.column] * unit if lows[s.column] < 0 else 0)
            thick, strong = min(step * 0.7, size * 1.9), [bold for _, bold in labels]
            parts += _panel(picture, s, (zero, unit), (top, height), middles, thick, strong, size)
            parts.append(reference(picture, lambda v, zero=zero: zero + v * unit, top, height, size, edge + wide))
        edge += wide
    return "".join(parts)


def _panel(picture, series, scale, span, middles, thick, strong, size):
    """The bars of one series with their numbers. `scale`: where zero is, and units a point; `span`: top and bottom of the axis."""
    (zero, unit), frame = scale, picture.frame
    bars, numbers = [marks.line(zero, span[0], zero, span[1], marks.INK, 2)], []
    for i, (value, middle) in enumerate(zip(frame[series.column], middles, strict=True)):
        if value is None or value != value:
            numbers.append(marks.text(zero + size * 0.35, middle + size * 0.34, "–", size))
            continue
        value = float(value)
        role = frame["role"].iloc[i] if "role" in frame else series.role
        role = role if role != "change" else "fall" if value < 0 else "rise"
        end = zero + value * unit
        bars.append(marks.box(min(end, zero), middle - thick / 2, abs(end - zero), thick, role))
        text = printed(value, picture.decimals, picture.signed or series.role == "change", picture.digits)
        at, anchor = (end + size * 0.3, "start") if value >= 0 else (end - size * 0.3, "end")
        numbers.append(marks.text(at, middle + size * 0.34, text, size, anchor, strong[i], halo=True))
    return [*bars, *numbers]


def stacked(picture, width, height, size):
    """A row a label, its parts one behind the other and their sum at the end; what is needed (role `need`) once more in brackets."""
    rows = [
        [(s.role, value) for s in picture.series for value in marks.present([row[s.column]]) if value]
        for row in picture.frame.to_dict("records")
    ]
    left, labels = row_labels(picture, width, size)
    ends = [_sum(picture, parts) for parts in rows]
    high = max([*(sum(value for _, value in parts) for parts in rows), 1e-9])
    unit = (width - max(marks.text_width(end, size) for end in ends) * 1.06 - size * 0.5 - left) / high
    seen = {role for parts in rows for role, _ in parts}
    legend, top = marks.legend([(s.name, s.role) for s in picture.series if s.role in seen], width, size)
    step = (height - top - size * 0.2) / len(labels)
    thick = min(step * 0.74, size * 3.2)
    drawn = [legend]
    for i, (label, strong) in enumerate(labels):
        middle, x = top + size * 0.2 + step * (i + 0.5), left
        drawn.append(marks.text(left - size * 0.5, middle + size * 0.34, label, size, "end", strong))
        for role, value in rows[i]:
            drawn.append(marks.box(x, middle - thick / 2, value * unit, thick, role))
            text = printed(value, picture.decimals, digits=picture.digits)
            if picture.decimals == 0 and value * unit > marks.text_width(text, size) + size * 0.7 and thick > size * 1.1:
                drawn.append(marks.plate(x + value * unit / 2, middle, text, size))
                drawn.append(marks.text(x + value * unit / 2, middle + size * 0.34, text, size, "middle", True))
            x += value * unit
        drawn.append(marks.text(x + size * 0.3, middle + size * 0.34, ends[i], size, bold=strong, halo=True))
    return "".join([*drawn, marks.line(left, top, left, height, marks.INK, 2)])


def _sum(picture, parts) -> str:
    said = printed(sum(value for _, value in parts), picture.decimals, digits=picture.digits)
    needed = [printed(value, picture.decimals, True, picture.digits) for role, value in parts if role == "need"]
    return f"{said} ({needed[0]})" if needed else said
