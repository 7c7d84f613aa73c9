"""Agencies by indicators."""

import plotly.graph_objects as go
from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words

COLUMNS = ["total", *(f"i{one}" for one in range(1, 11))]


def compare_heatmap(frame: DataFrame, words: Words) -> go.Figure:
    """Who is low in what? A row an agency in the order asked for, a column an indicator; every cell prints its score, the ordering column
    and our row are marked. A narrow screen has room for whole points only; a tap tells the rest."""
    digits, room, total = (0, 26, "compare_heatmap.total") if words.narrow else (2, 38, "indicator.TOTAL")
    order = frame["sorted_by"].iloc[0] if len(frame) else "TOTAL"
    heads = [words(total) if name == "total" else words.written(name[1:]) for name in COLUMNS]
    marked = "total" if order == "TOTAL" else f"i{order}"
    mark = "▼<br>" if words.narrow else "▼ "
    heads = [f"<b>{mark}{head}</b>" if name == marked else head for name, head in zip(COLUMNS, heads, strict=True)]
    rows = [
        f"{'<b>▶ ' if row.mine else ''}{words.number(row.rank, 0)}. {wrapped(row.agency_name, room)}{'</b>' if row.mine else ''}"
        + "\u200b" * place
        for place, row in enumerate(frame.itertuples())
    ]  # equal names stay rows of their own
    scores = [[None if isna(value) else value for value in row] for row in frame[COLUMNS].itertuples(index=False)]
    heat = style.heatmap(
        x=heads,
        y=rows,
        z=scores,
        zmin=50,
        zmax=100,
        colorscale=style.SCALE,
        showscale=False,
        xgap=2,
        ygap=2,
        hoverinfo="skip",
        text=[[words.number(value, digits) for value in row] for row in scores],
        texttemplate="%{text}",
        textfont={"color": style.INK["light"], "size": 14},
    )
    cells = [(x, y, place) for place, y in enumerate(rows) for x in heads]
    taps = style.scatter(
        x=[cell[0] for cell in cells],
        y=[cell[1] for cell in cells],
        customdata=[cell[2] for cell in cells],
        mode="markers",
        marker={"size": 20, "symbol": "square", "color": style.MAIN, "opacity": 0},
        showlegend=False,
        text=[words.number(value) for row in scores for value in row],
        hovertemplate="%{y}<br>%{x}: %{text}<extra></extra>",
        selected={"marker": {"opacity": 0}},
    )
    return style.figure(
        [heat, taps],
        words,
        height=max(240, 60 + (11 + 18 * max((row.count("<br>") for row in rows), default=0) + 18) * len(frame)),
        margin={"t": 8},
        xaxis={
            "side": "top",
            "type": "category",
            "range": [-0.5, len(heads) - 0.5],
            "showgrid": False,
            "tickangle": 0,
            "tickfont": {"size": 16},
        },
        yaxis={"type": "category", "range": [max(len(frame), 1) - 0.5, -0.5], "showgrid": False, "tickfont": {"size": 14}},
    )
