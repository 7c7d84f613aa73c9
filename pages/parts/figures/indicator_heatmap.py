"""Indicators by year."""

from pandas import DataFrame, notna

from pages.parts.figures import style
from pages.parts.say.text import Words


def indicator_heatmap(frame: DataFrame, words: Words) -> style.Drawn:
    """Which indicator was low in which year? Every cell prints its score; a dash where no source gives one."""
    years = sorted(frame["fiscal_year"].unique())
    order = list(dict.fromkeys(frame["indicator"]))
    rows = list(frame.itertuples())
    names = {one: words.numbered(row._asdict()) for one, row in {row.indicator: row for row in rows}.items()}
    cells = {(row.indicator, row.fiscal_year): row for row in rows}
    scores = [[cells[one, year].score if (one, year) in cells else None for year in years] for one in order]
    ticks = [words.tick(year) for year in years]
    heat = style.heatmap(
        x=ticks,
        y=[names[one] for one in order],
        z=scores,
        zmin=50,
        zmax=100,
        colorscale=style.SCALE,
        xgap=3,
        ygap=3,
        hoverinfo="skip",
        showscale=False,
        text=[[words.number(value) for value in row] for row in scores],
        texttemplate="%{text}",
        textfont={"color": style.INK["light"]},
    )
    # A heatmap takes no clicks: transparent points over its cells do.
    taps = style.scatter(
        x=[words.tick(year) for year in frame["fiscal_year"]],
        y=[names[one] for one in frame["indicator"]],
        mode="markers",
        customdata=list(range(len(frame))),
        marker={"size": 30, "symbol": "square", "color": style.MAIN, "opacity": 0},
        showlegend=False,
        text=[words.number(row.score) if notna(row.score) else words("number.unknown") for row in rows],
        hovertemplate="%{y}<br>%{x}: %{text}<extra></extra>",
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
    )
    return style.figure(
        [heat, taps],
        words,
        height=405,
        years=years,
        margin={"t": 8},
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "tickfont": {"size": 16}},
    )
