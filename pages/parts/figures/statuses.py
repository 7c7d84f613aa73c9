"""Stacked statuses of measures, shared by the figures of completion."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.text import Words

PARTS = {  # column -> colour and pattern: stated is plain, inferred the same colour hatched, unknown dotted and set apart at the end
    "completed_stated": (style.STATUS["completed"], ""),
    "completed_inferred": (style.STATUS["completed"], "/"),
    "in_progress": (style.STATUS["in_progress"], "\\"),
    "not_started": (style.STATUS["not_started"], "x"),
    "not_possible": (style.STATUS["not_possible"], "-"),
    "unknown": (style.STATUS["unknown"], "."),
}
SHOWN = 14  # bars that one screen has room for; the table has every row
FEW = 5  # a rate of fewer decided measures is shown as counts alone


def stacked(frame: DataFrame, labels: list[str], words: Words) -> style.Drawn:
    """A bar a row: its measures by status, and at its end completed of decided, as a rate where that says something."""
    labels = _distinct(labels)
    rows = list(range(len(frame)))
    bars = [
        style.bar(
            y=labels,
            x=frame[part],
            orientation="h",
            name=words(f"part.{part}"),
            customdata=rows,
            marker={"color": colour, "pattern": {"shape": shape} | style.HATCH},
            hovertemplate="%{x}<extra>" + words(f"part.{part}") + "</extra>",
        )
        for part, (colour, shape) in PARTS.items()
        if frame[part].sum() > 0
    ]
    several = max(len(frame), 2)
    row = max(30 if any("<br>" in label for label in labels) else 24, min(48, 336 / several))
    ends = frame[list(PARTS)].sum(axis=1)
    notes = [
        style.note(rate(row.completed, row.decided, words), end, label, xanchor="left", xshift=8, font={"size": 16, "weight": 600})
        for row, end, label in zip(frame.itertuples(), ends, labels, strict=True)
    ]
    return style.figure(
        bars,
        words,
        height=int(100 + row * several) + (22 * len(bars) if words.narrow else 0),  # a phone lists the colours one a line
        annotations=notes,
        barmode="stack",
        bargap=0.35,
        margin={"r": room(notes)},
        xaxis={"range": [0, max(1, ends.max() if len(frame) else 1) * 1.02], "showgrid": False, "nticks": 6, "tickformat": ","},
        yaxis={"type": "category", "autorange": "reversed", "tickfont": {"size": 15 if row > 32 else 12}},
        legend={"traceorder": "normal"},
    )


def room(notes: list[dict]) -> int:
    """The pixels at the right of the bars that the longest of their notes needs."""
    return 20 + 9 * max((len(one["text"]) for one in notes), default=0)


def rate(completed: int, decided: int, words: Words) -> str:
    """14/14 (100.00 %), or 3/4 where a percentage would say too much, or that nothing is decided."""
    if decided == 0:
        return words("rate.none")
    if decided < FEW:
        return words("rate.count", completed=int(completed), decided=int(decided))
    return words("rate.percent", completed=words.count(completed), decided=words.count(decided), percent=words.percent(completed, decided))


def _distinct(labels: list[str]) -> list[str]:
    """Equal labels would share one bar: each further one gets an invisible mark (a zero-width space)."""
    seen: dict[str, int] = {}
    out = []
    for label in labels:
        out.append(label + "\u200b" * seen.get(label, 0))
        seen[label] = seen.get(label, 0) + 1
    return out
