"""The cheapest path to a level."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.text import Words


def path(frame: DataFrame, words: Words) -> style.Drawn:
    """What is the least that brings the level? Today's scores, what the cheapest path adds hatched at their ends, and at the right what
    one point of each indicator is worth in the total."""
    names = [words.numbered(row._asdict()) for row in frame.itertuples()]
    rows = list(range(len(frame)))
    today = style.bar(
        y=names,
        x=frame["score"],
        orientation="h",
        name=words("path.today"),
        customdata=rows,
        marker={"color": style.MAIN},
        text=[words.number(value) for value in frame["score"]],
        textposition="inside",
        insidetextanchor="start",
        constraintext="none",
        textfont={"size": 16, "color": "#ffffff"},
        hovertemplate="%{y}: %{x:.2f}<extra>" + words("path.today") + "</extra>",
    )
    added = style.bar(
        y=names,
        x=frame["rise"],
        orientation="h",
        name=words("path.needed"),
        customdata=rows,
        marker={"color": style.FALL, "pattern": {"shape": "/"} | style.HATCH},
        text=[words.signed(value) if value else "" for value in frame["rise"]],
        textposition="outside",
        cliponaxis=False,
        textfont={"size": 18, "weight": 700},
        hovertemplate="%{y}: +%{x:.2f}<extra>" + words("path.needed") + "</extra>",
    )
    notes = [
        style.note(words("path.leverage", points=words.number(value)), 1, name, xref="paper", xanchor="left", xshift=8)
        for name, value in zip(names, frame["leverage"], strict=True)
    ]
    return style.figure(
        [today, added],
        words,
        height=380,
        annotations=notes,
        barmode="stack",
        bargap=0.3,
        margin={"r": 150},
        xaxis={"range": [0, 160 if words.narrow else 120], "showgrid": False, "showticklabels": False},
        yaxis={"type": "category", "autorange": "reversed", "tickfont": {"size": 16}},
        legend={"traceorder": "normal"},
    )
