"""Plan coverage by year."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.figures.statuses import rate, room
from pages.parts.say.text import Words


def plan_coverage(frame: DataFrame, words: Words) -> style.Drawn:
    """How much of each plan was reported on? A bar a year and family: planned measures with a result, and without."""
    labels = [f"{words.tick(row.fiscal_year)} {words(f'family.{row.family}')}" for row in frame.itertuples()]
    rows = list(range(len(frame)))
    bars = [
        style.bar(
            y=labels,
            x=frame[part],
            orientation="h",
            name=words(f"column.{part}"),
            customdata=rows,
            hovertemplate="%{x}<extra></extra>",
            marker={"color": colour, "pattern": {"shape": shape} | style.HATCH},
        )
        for part, colour, shape in (("paired", style.MAIN, ""), ("unpaired", style.FALL, "x"))
    ]
    notes = [
        style.note(rate(row.paired, row.plans, words), row.plans, label, xanchor="left", xshift=8, font={"size": 16, "weight": 600})
        for row, label in zip(frame.itertuples(), labels, strict=True)
    ]
    return style.figure(
        bars,
        words,
        height=min(400, 110 + 40 * len(frame)),
        annotations=notes,
        barmode="stack",
        bargap=0.35,
        margin={"r": room(notes)},
        xaxis={"range": [0, max(1, frame["plans"].max()) * 1.02], "showgrid": False, "nticks": 6},
        yaxis={"type": "category", "autorange": "reversed", "tickfont": {"size": 15}},
        legend={"traceorder": "normal"},
    )
