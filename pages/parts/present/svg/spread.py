"""Where one value lies in the spread of many, a row each."""

from pages.parts.figures import style
from pages.parts.present.svg import marks
from pages.parts.present.svg.bars import row_labels


def spread(picture, width, height, size):
    """A row a label: a thin line from `lowest` to `highest`, a thick one for the middle half, an upright mark for `median`, and the first
    series as a marker with its number; the column `told` stands at the right."""
    frame, own = picture.frame, picture.series[0]
    left, labels = row_labels(picture, width, size)
    told = [str(text) for text in frame["told"]]
    end = width - max(marks.text_width(text, size) for text in told) * 1.1 - size
    drawn, top = marks.legend([(series.name, series.role) for series in picture.series], width, size)
    columns = ("lowest", "lower_quartile", "median", "upper_quartile", "highest")
    known = [value for column in (own.column, *columns) for value in marks.present(frame[column])]
    low, high = min(known), max(known)
    low, high = low - (high - low or 1) * 0.08, high + (high - low or 1) * 0.08
    step = (height - top - size * 1.8) / len(labels)

    def x(value):
        return left + (end - left) * (value - low) / (high - low)

    parts = [drawn]
    for tick in [one for one in style.ticks(low, high, 6) if low <= one <= min(high, 100)]:
        parts.append(marks.line(x(tick), top, x(tick), height - size * 1.6, marks.FAINT, 1.5))
        parts.append(marks.text(x(tick), height - size * 0.4, marks.tick(tick, picture), size, "middle"))
    for place, row in enumerate(frame.to_dict("records")):
        y = top + step * (place + 0.5)
        label, strong = labels[place]
        parts.append(marks.text(left - size * 0.7, y + size * 0.35, label, size, "end", strong))
        parts.append(marks.line(x(row["lowest"]), y, x(row["highest"]), y, marks.COLOURS["compare"], 2))
        parts.append(
            marks.box(x(row["lower_quartile"]), y - size * 0.25, x(row["upper_quartile"]) - x(row["lower_quartile"]), size * 0.5, "band")
        )
        parts.append(marks.line(x(row["median"]), y - size * 0.45, x(row["median"]), y + size * 0.45, marks.COLOURS["total"], 4))
        parts.append(marks.marker(x(row[own.column]), y, size * 0.42, "main"))
        parts.append(marks.text(width, y + size * 0.35, told[place], size, "end", True))
    return "".join(parts)
