"""What other scores would give."""

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.say.text import Words, change


def what_if(frame: DataFrame, words: Words) -> style.Drawn:
    """What would these scores give? Total and instruments as tried, today's as a tick, and the floor of the next level."""
    names = [words.indicator(code) for code in frame["indicator"]] if len(frame) else []
    rows = list(range(len(frame)))
    colour = {"rise": style.RISE, "fall": style.FALL, "none": style.QUIET}
    ways = [change(row.tried - row.today) for row in frame.itertuples()]
    tried = style.bar(
        y=names,
        x=frame["tried"],
        orientation="h",
        name=words("what_if.tried"),
        customdata=rows,
        showlegend=False,
        marker={"color": [colour[way] for way in ways], "pattern": {"shape": ["/" if way == "fall" else "" for way in ways]} | style.HATCH},
        hovertemplate="%{y}: %{x:.2f}<extra></extra>",
    )
    numbers = [
        style.note(
            f"<b>{words.number(row.tried)} ({words.signed(row.tried - row.today)})</b>", 103, name, xanchor="left", font={"size": 17}
        )
        for name, row in zip(names, frame.itertuples(), strict=True)
    ]
    marks = [
        style.scatter(
            y=names,
            x=frame[column],
            mode="markers",
            name=words(f"what_if.{column}"),
            customdata=rows,
            hovertemplate="%{x:.2f}<extra></extra>",
            marker={"symbol": "line-ns-open", "size": size, "color": tint, "line": {"width": 4}},
        )
        for column, tint, size in (("today", style.PEERS, 14), ("floor", style.LIMIT, 30))
        if not isna(frame[column]).all()
    ]
    return style.figure(
        [tried, *marks],
        words,
        height=320,
        annotations=numbers,
        bargap=0.4,
        xaxis={"range": [0, 165], "showgrid": False, "showticklabels": False},
        yaxis={"type": "category", "autorange": "reversed", "tickfont": {"size": 16}},
    )
