"""Steps from one total to the next."""

import math

from pages.parts.figures import style
from pages.parts.present.slide import printed
from pages.parts.present.svg import marks
from pages.parts.present.svg.bars import row_labels


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


def waterfall(picture, width, height, size):
    frame = picture.frame
    left, labels = row_labels(picture, width, size)
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
        parts.append(marks.text(left - size * 0.5, middle + size * 0.34, label, size, "end", strong or role == "total"))
        first, last = sorted((scale(begins[i]), scale(ends[i])))
        if role != "none":
            parts.append(marks.box(first, middle - thick / 2, max(last - first, 2), thick, role))
        text = printed(frame.points.iloc[i], picture.decimals, role != "total", picture.digits)
        parts.append(marks.text(last + size * 0.3, middle + size * 0.34, text, size, "start", role == "total" or strong))
        if i + 1 < len(labels):
            parts.append(
                marks.line(
                    scale(ends[i]), middle + thick / 2, scale(ends[i]), middle + step - thick / 2, marks.COLOURS["compare"], 1.5, "3 4"
                )
            )
    base = height - size * 1.5
    parts.append(marks.line(left, 0, left, base, marks.INK, 2))
    for tick in style.ticks(low, high, 4):
        parts += [
            marks.line(scale(tick), base, scale(tick), base + size * 0.25, marks.INK, 1.5),
            marks.text(scale(tick), height - size * 0.25, marks.tick(tick, picture), size, "middle"),
        ]
    return "".join(parts)
