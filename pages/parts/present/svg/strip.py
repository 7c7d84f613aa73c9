"""Every agency a dot."""

import math

from pages.parts.figures import style
from pages.parts.present.slide import printed
from pages.parts.present.svg import marks


def strip(picture, width, height, size):
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
    parts = [marks.line(left, base, right, base, marks.INK, 2)]
    for tick in style.ticks(low, high, 6):
        parts += [
            marks.line(scale(tick), base, scale(tick), base + size * 0.25, marks.INK, 1.5),
            marks.text(scale(tick), height - size * 0.6, marks.tick(tick, picture), size, "middle"),
        ]
    for i, (name, value) in enumerate(names):
        x, y = scale(value), size * (1.3 + 1.5 * i)
        end = x + marks.text_width(name, size) + size > width
        parts += [
            marks.line(x, y - size * 0.8, x, base, marks.LINE, 2.5, "10 6"),
            marks.text(x + size * (-0.35 if end else 0.35), y, name, size, "end" if end else "start", colour=marks.LINE),
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
                f'<circle cx="{scale(values[i]):.1f}" cy="{y:.1f}" r="{radius * 0.88:.1f}" fill="{marks.COLOURS["band"]}" '
                f'stroke="{marks.COLOURS["compare"]}" stroke-width="1.5"/>'
            )
    if ours:
        x, y, name, value = ours
        text = f"{name} {printed(value, picture.decimals, digits=picture.digits)}"
        half = marks.text_width(text, size) * 0.55
        pile = heights[round(x / (2 * radius))]
        label_y = base - radius * (2 * pile + 1) - size * 0.5
        at = min(max(x, half), width - half)
        parts.append(marks.marker(x, y, radius * 1.25, "main"))
        parts.append(marks.plate(at, label_y - size * 0.3, text, size))
        parts.append(marks.text(at, label_y, text, size, "middle", True))
    return "".join(parts)
