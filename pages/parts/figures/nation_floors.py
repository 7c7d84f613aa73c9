"""What keeps agencies below the pass mark."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.text import Words


def nation_floors(frame: DataFrame, words: Words) -> style.Drawn:
    """How many agencies have a total, or an instrument, below the pass mark of the year? Where it alone holds them back, hatched."""
    names = [words.code(one) for one in frame["indicator"]]
    alone = frame["only"].fillna(0)
    parts = {"nation_floors.not_alone": (frame["below"] - alone, style.MAIN, ""), "nation_floors.alone": (alone, style.FALL, "/")}
    bars = [
        style.bar(
            y=names,
            x=values,
            orientation="h",
            name=words(key),
            hovertemplate="%{y}: %{x}<extra>" + words(key) + "</extra>",
            marker={"color": colour, "pattern": {"shape": shape} | style.HATCH},
        )
        for key, (values, colour, shape) in parts.items()
    ]
    notes = [
        style.note(
            words("nation_floors.bar", n=words.count(row.below), of=words.count(row.agencies)), row.below, name, xanchor="left", xshift=8
        )
        for name, row in zip(names, frame.itertuples(), strict=True)
    ]
    top = frame["below"].max() if len(frame) else 1
    return style.figure(
        bars,
        words,
        height=80 + 56 * max(len(frame), 2),
        annotations=notes,
        barmode="stack",
        bargap=0.35,
        xaxis={"range": [0, max(top, 1) * (2 if words.narrow else 1.25)], "showgrid": False, "showticklabels": False},
        yaxis={"type": "category", "autorange": "reversed", "tickfont": {"size": 17}},
        legend={"traceorder": "normal"},
    )
