"""What moved the total from one year to the next."""

import plotly.graph_objects as go
from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.text import Words, change


def change_waterfall(frame: DataFrame, words: Words) -> go.Figure:
    """Which indicators moved the total? From the total of one year, step by step, to the total of the next; each step in printed points
    with its sign, the largest move first. The two totals are marks, not bars: the axis does not begin at zero."""
    ends = frame[frame["kind"].isin(["start", "end"])]
    if ends.empty:
        return style.figure([], words)
    parts = frame[frame["kind"].isin(["part", "weights"])].copy()
    parts = parts.loc[parts["points"].abs().sort_values(ascending=False, kind="stable").index]
    start, end = ends["points"].iloc[0], ends["points"].iloc[-1]
    parts["from"] = start + parts["points"].cumsum() - parts["points"]
    names = [words("waterfall.weights") if row.kind == "weights" else words.numbered(row._asdict()) for row in parts.itertuples()]
    total = [words("waterfall.total", year=words.tick(year)) for year in ends["fiscal_year"]]
    colours = [{"rise": style.RISE, "fall": style.FALL}.get(change(value), style.QUIET) for value in parts["points"]]
    hatched = {"shape": ["/" if value < 0 else "" for value in parts["points"]]} | style.HATCH
    bars = style.bar(
        y=names,
        x=parts["points"],
        base=parts["from"],
        orientation="h",
        customdata=list(parts.index),
        showlegend=False,
        marker={"color": colours, "pattern": hatched},
        hovertemplate="%{y}<extra></extra>",
    )
    marks = style.scatter(
        y=total,
        x=[start, end],
        mode="markers+text",
        text=[f" {words.number(value)}" for value in (start, end)],
        customdata=list(ends.index),
        textposition="middle right",
        textfont={"size": 19, "weight": 700},
        marker={"symbol": "diamond", "size": 17, "color": style.MAIN},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    edges = [start, end, *parts["from"], *(parts["from"] + parts["points"])]
    low, high = min(edges), max(edges)
    room = max(high - low, 1) * (0.4 if words.narrow else 0.16)
    notes = [
        style.note(
            words.signed(row.points), max(row[-1], row[-1] + row.points), name, xanchor="left", xshift=5, font={"size": 16, "weight": 600}
        )
        for name, row in zip(names, parts[["points", "from"]].itertuples(index=False, name="Part"), strict=True)
    ]
    return style.figure(
        [bars, marks],
        words,
        height=405,
        annotations=notes,
        margin={"t": 8},
        bargap=0.35,
        xaxis={"range": [low - room * 0.3, high + room], "showgrid": True, "nticks": 6},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [total[-1], *reversed(names), total[0]],
            "tickfont": {"size": 15},
        },
    )
