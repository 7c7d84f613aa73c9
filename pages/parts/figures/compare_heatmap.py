"""Agencies by indicators."""

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words


def compare_heatmap(frame: DataFrame, words: Words) -> style.Drawn:
    """Who is low in what? A row an agency in the order asked for, a column an indicator; every cell prints its score, the ordering column
    and our row are marked. A narrow screen has room for whole points only; a tap tells the rest."""
    digits, room, total = (0, 26, "compare_heatmap.total") if words.narrow else (2, 38, "indicator.TOTAL")
    order = frame["sorted_by"].iloc[0] if len(frame) else "TOTAL"
    columns = list(dict.fromkeys(frame["indicator"]))
    mark = "▼<br>" if words.narrow else "▼ "
    heads = [words(total) if one == "TOTAL" else words.code(one) for one in columns]
    heads = [f"<b>{mark}{head}</b>" if one == order else head for one, head in zip(columns, heads, strict=True)]
    agencies = [rows for _, rows in frame.groupby("agency_id", sort=False)]
    rows = [_name(one.iloc[0], room, words) + "\u200b" * place for place, one in enumerate(agencies)]  # equal names stay rows of their own
    scores = [[None if isna(value) else value for value in one["score"]] for one in agencies]
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
    cells = [(x, y, row) for (y, one) in zip(rows, agencies, strict=True) for x, row in zip(heads, one.index, strict=True)]
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
        height=max(240, 60 + (11 + 18 * max((row.count("<br>") for row in rows), default=0) + 18) * len(agencies)),
        margin={"t": 8},
        xaxis={
            "side": "top",
            "type": "category",
            "range": [-0.5, len(heads) - 0.5],
            "showgrid": False,
            "tickangle": 0,
            "tickfont": {"size": 16},
        },
        yaxis={"type": "category", "range": [max(len(agencies), 1) - 0.5, -0.5], "showgrid": False, "tickfont": {"size": 14}},
    )


def _name(row, room: int, words: Words) -> str:
    name = f"{words.number(row['rank'], 0)}. {wrapped(row['agency_name'], room)}"
    return f"<b>▶ {name}</b>" if row["mine"] else name
