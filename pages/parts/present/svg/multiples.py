"""A small line for each series, all on one scale."""

from pages.parts.present.slide import printed
from pages.parts.present.svg import marks

ACROSS, ACROSS_NARROW, NARROW = 5, 2, 30  # panels beside each other; below so many sizes of type a drawing is narrow


def multiples(picture, width, height, size):
    """A panel a series: its name, its line over the labels, its last value; the reference line where it lies on the scale."""
    frame, labels = picture.frame, [str(label) for label in picture.frame["label"]]
    across = ACROSS_NARROW if width < NARROW * size else ACROSS
    deep = -(-len(picture.series) // across)
    wide, high = width / across, height / deep
    known = [value for series in picture.series for value in marks.present(frame[series.column])]
    low = min([*known, *(value for _, value in picture.lines)])
    low, parts = max(0, low - 8), []
    for place, series in enumerate(picture.series):
        left, top = place % across * wide, place // across * high
        first, last, upper, lower = left + size * 0.5, left + wide * 0.62, top + size * 2.3, top + high - size * 2.0

        def at(index, value, first=first, last=last, upper=upper, lower=lower):
            x = first if len(labels) == 1 else first + (last - first) * index / (len(labels) - 1)
            return x, lower - (value - low) / (100 - low) * (lower - upper)

        parts.append(marks.text(left, top + size * 1.1, marks.shortened(series.name, size, wide - size * 0.6), size))
        for _, value in picture.lines:
            parts.append(marks.line(left, at(0, value)[1], left + wide * 0.86, at(0, value)[1], marks.LINE, 2))
        points = [(index, value) for index, value in enumerate(marks.known(frame[series.column])) if value is not None]
        for (a, one), (b, other) in zip(points, points[1:], strict=False):
            if b == a + 1:  # a missing year breaks the line
                parts.append(marks.line(*at(a, one), *at(b, other), marks.COLOURS["main"], 4))
        parts += [marks.marker(*at(index, value), size * 0.3, "main") for index, value in points]
        if points:
            x, y = at(*points[-1])
            value = printed(points[-1][1], picture.decimals, digits=picture.digits)
            parts.append(marks.text(x + size * 0.5, y + size * 0.1, value, size * 1.1, bold=True, halo=True))
        for index in dict.fromkeys([0, len(labels) - 1]):
            x = at(index, low)[0]
            parts.append(marks.text(x, top + high - size * 0.6, labels[index], size * 0.85, "start" if index == 0 else "middle"))
    return "".join(parts)
