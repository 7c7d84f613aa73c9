"""Ten indicators side by side, small."""

import plotly.graph_objects as go
from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.text import Words

ACROSS, DOWN = 5, 2


def indicator_multiples(frame: DataFrame, words: Words) -> go.Figure:
    """How did each indicator go? A small line each, all on one scale with the line of 85 points; the last score is printed."""
    order = list(dict.fromkeys(frame["indicator"]))
    years = sorted(frame["fiscal_year"].unique())
    lowest = frame["score"].min()
    low = max(0, (min(80, 80 if isna(lowest) else lowest) - 8) // 10 * 10)
    traces, layout, notes, lines = [], {}, [], []
    for place, one in enumerate(order):
        rows = frame[frame["indicator"] == one]
        number = str(place + 1) if place else ""
        column, line = place % ACROSS, place // ACROSS
        left, bottom = column / ACROSS, 1 - (line + 1) / DOWN
        traces.append(go.Scatter(
            x=[words.tick(year) for year in rows["fiscal_year"]], y=rows["score"], mode="lines+markers",
            xaxis=f"x{number}", yaxis=f"y{number}", customdata=list(rows.index), connectgaps=False, showlegend=False,
            line={"color": style.MAIN, "width": 3}, marker={"size": 8}, hovertemplate="%{x}  %{y:.2f}<extra></extra>", cliponaxis=False))
        layout[f"xaxis{number}"] = {
            "domain": [left + 0.008, left + 1 / ACROSS - 0.035], "anchor": f"y{number}", "type": "category", "categoryorder": "array",
            "categoryarray": [words.tick(year) for year in years], "fixedrange": True,
            "range": [-0.3, (len(years) - 1) + max(0.75, 0.34 * len(years))], "showgrid": False,
            "tickvals": [words.tick(year) for year in dict.fromkeys([years[0], years[-1]])],
            "tickfont": {"size": 12}}
        layout[f"yaxis{number}"] = {
            "domain": [bottom + 0.1, bottom + 1 / DOWN - 0.15], "anchor": f"x{number}", "range": [low, 104], "fixedrange": True,
            "showticklabels": False, "showgrid": False, "zeroline": False}
        lines.append({"type": "line", "xref": f"x{number} domain", "yref": f"y{number}", "x0": 0, "x1": 1, "y0": 85, "y1": 85,
                      "line": {"color": style.LINE85, "width": 1.5}})
        title = _two_lines(f"{one} {words.of(rows.iloc[0], 'name')}")
        notes.append(style.note(title, left + 0.004, bottom + 1 / DOWN - 0.005, xref="paper", yref="paper",
                                xanchor="left", yanchor="top", align="left"))
        known = rows[rows["score"].notna()]
        if len(known):
            last = known.iloc[-1]
            # Above the line of 85 rather than on it.
            notes.append(style.note(f"<b>{words.number(last['score'])}</b>", years.index(last["fiscal_year"]), last["score"], yshift=7,
                                    xref=f"x{number}", yref=f"y{number}", xanchor="left", xshift=8, font={"size": 16}))
    return style.figure(traces, words, height=225, annotations=notes, shapes=lines, margin={"t": 4, "l": 4, "r": 4, "b": 4}, **layout)


def _two_lines(name: str, room: int = 24) -> str:
    """A long English name in two lines; Thai names have no spaces and fit."""
    if len(name) <= room or " " not in name[2:]:
        return name
    at = max(name.rfind(" ", 2, room + 1), name.find(" ", 2))
    return f"{name[:at]}<br>{name[at + 1:]}"
