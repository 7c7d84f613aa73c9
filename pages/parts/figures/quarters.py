"""Measures by quarter and unit."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words

COLUMNS = ("q1", "q2", "q3", "q4", "outside", "without_period", "measures")
SHOWN = 10  # rows that one screen has room for; the table has them all


def quarters(frame: DataFrame, words: Words) -> style.Drawn:
    """When is the work to be done, and by whom? The first row counts every measure, the others those of each unit; the columns are the
    quarters of the fiscal year, measures without a period, and all."""
    drop = [name for name in ("outside",) if not frame[name].sum()]
    columns = [name for name in COLUMNS if name not in drop]
    rows = frame.head(SHOWN)
    labels = [_label(row, words, frame["family"].nunique() > 1) for row in rows.itertuples()]
    ticks = [wrapped(words(f"quarters.{name}"), 6 if words.narrow else 20, 3) for name in columns]
    shade = rows[columns].astype(float)
    shade = shade.div(shade["measures"].where(shade["measures"] > 0, 1), axis=0)
    shade[["without_period", "measures"]] = 0.0
    heat = style.heatmap(
        x=ticks,
        y=labels,
        z=shade.values,
        zmin=0,
        zmax=1,
        colorscale=[[0, "#e8ecef"], [1, "#86b8d6"]],
        showscale=False,
        xgap=4,
        ygap=4,
        hoverinfo="skip",
        texttemplate="%{text}",
        text=[[words.count(value) for value in row] for row in rows[columns].itertuples(index=False)],
        textfont={"size": 17, "color": style.INK["light"]},
    )
    # A heatmap takes no clicks: transparent points over its cells do.
    taps = style.scatter(
        x=[tick for _ in labels for tick in ticks],
        y=[label for label in labels for _ in ticks],
        mode="markers",
        showlegend=False,
        customdata=[at for at in range(len(labels)) for _ in ticks],
        hovertemplate="%{y}<br>%{x}<extra></extra>",
        marker={"size": 26, "symbol": "square", "color": style.MAIN, "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
    )
    return style.figure(
        [heat, taps],
        words,
        height=90 + 36 * len(labels),
        margin={"t": 8},
        xaxis={"type": "category", "side": "top", "tickfont": {"size": 15}, "tickangle": 0, "showgrid": False},
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "tickfont": {"size": 15}},
    )


def _label(row, words: Words, several: bool) -> str:
    said = words("quarters.all") if row.kind == "all" else words("unit.none") if row.kind == "none" else wrapped(row.unit, 34)
    return f"{said} · {words(f'family.{row.family}')}" if several else said
