"""Points lost against work aimed."""

import plotly.graph_objects as go
from pandas import DataFrame, notna

from pages.parts.figures import style
from pages.parts.text import Words


def aim(frame: DataFrame, words: Words) -> go.Figure:
    """Was the work aimed where points were lost? For each indicator the points of the total lost the year before, hatched where no
    measure names it; beside it the measures that do and what its score then did."""
    names = [f"{row.indicator} {words.of(row._asdict(), 'name')}" for row in frame.itertuples()]
    aimed = frame["measures"] > 0
    bars = []
    for some, key, colour, shape in ((aimed, "aim.aimed", style.MAIN, ""), (~aimed, "aim.not_aimed", style.FALL, "/")):
        rows = [at for at, one in enumerate(some) if one]
        if rows:
            bars.append(style.bar(
                y=[names[at] for at in rows], x=frame["lost"].iloc[rows], orientation="h", name=words(key), customdata=rows,
                text=[words.number(value) for value in frame["lost"].iloc[rows]], textposition="outside", cliponaxis=False,
                textfont={"size": 16, "weight": 600}, hovertemplate="%{y}: %{x:.2f}<extra></extra>",
                marker={"color": colour, "pattern": {"shape": shape} | style.HATCH}))
    top = max(frame["lost"].max(), 0.5)
    notes = [style.note(f"<b>{words(key)}</b>", top * x, -0.95, xanchor="center", font={"size": 15})
             for key, x in (("aim.measures", 1.42), ("aim.then", 1.95))]
    for row, name in zip(frame.itertuples(), names, strict=True):
        done = words("aim.none") if row.measures == 0 else words("aim.done", completed=row.completed, measures=row.measures)
        notes.append(style.note(done, top * 1.42, name, xanchor="center", font={"size": 16}))
        then = words("number.unknown")
        if notna(row.after) and notna(row.before):
            change = words.signed(round(row.after - row.before, 2))
            then = words("aim.change", change=change, points=words.signed(row.points)) if notna(row.points) else change
        notes.append(style.note(then, top * 1.95, name, xanchor="center", font={"size": 16}))
    return style.figure(
        bars, words, height=400, annotations=notes, margin={"t": 34}, bargap=0.3, barmode="overlay",
        xaxis={"range": [0, top * 2.3], "showgrid": False, "showticklabels": False},
        yaxis={"type": "category", "categoryorder": "array", "categoryarray": names, "range": [len(names) - 0.4, -1.4],
               "tickfont": {"size": 15}})
