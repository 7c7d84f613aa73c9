"""Total and instruments across years."""

from pandas import DataFrame, notna

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words


def score_trend(frame: DataFrame, words: Words) -> style.Drawn:
    """Is it going up? Total and three instruments of an agency by year, with the bands of the levels, the pass mark of each year, the
    nation's mean and the peers' middle half; a dash where the total would stand had the agency
    only moved as the others did. A missing year breaks the lines; a year on a new scale of levels is marked."""
    years = [words.tick(year) for year in frame["fiscal_year"]]
    rows = list(range(len(frame)))
    lines = []
    if frame["peers_median"].notna().any():
        hidden = {"x": years, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False, "connectgaps": False}
        lines.append(style.scatter(y=frame["peers_low"], **hidden))
        lines.append(
            style.scatter(
                y=frame["peers_high"],
                fill="tonexty",
                fillcolor="rgba(148,138,60,0.22)",
                name=words("series.peers"),
                **(hidden | {"showlegend": True}),
            )
        )
    if frame["national"].notna().any():
        lines.append(
            style.scatter(
                x=years,
                y=frame["national"],
                name=words("series.national"),
                mode="lines+markers",
                customdata=rows,
                line={"color": style.QUIET, "width": 2, "dash": "dot"},
                marker={"symbol": "x-thin-open", "size": 9},
                hovertemplate="%{x}  %{y:.2f}<extra>%{fullData.name}</extra>",
            )
        )
    if frame["tide"].notna().any():
        lines.append(
            style.scatter(
                x=years,
                y=frame["total"] - frame["own"],
                name=words("series.with_tide"),
                mode="markers",
                customdata=rows,
                marker={"symbol": "line-ew-open", "size": 26, "color": style.PEERS, "line": {"width": 3}},
                hovertemplate="%{x}  %{y:.2f}<extra>%{fullData.name}</extra>",
            )
        )
    for code in ("IIT", "EIT", "OIT"):
        if frame[code.lower()].notna().any():
            lines.append(
                style.scatter(
                    x=years,
                    y=frame[code.lower()],
                    name=code,
                    mode="lines+markers",
                    customdata=rows,
                    connectgaps=False,
                    line={"color": style.INSTRUMENT[code], "width": 2, "dash": style.INSTRUMENT_DASH[code]},
                    marker={"symbol": style.INSTRUMENT_SYMBOL[code], "size": 9},
                    hovertemplate="%{x}  %{y:.2f}<extra>" + code + "</extra>",
                )
            )
    lines.append(
        style.scatter(
            x=years,
            y=frame["total"],
            name=words("series.total"),
            mode="lines+markers+text",
            customdata=rows,
            connectgaps=False,
            text=[words.number(value) if notna(value) else "" for value in frame["total"]],
            textposition=[_clear(row) for row in frame.itertuples()],
            textfont={"size": 20 if len(years) < 5 else 17, "weight": 700},
            line={"color": style.MAIN, "width": 5},
            marker={"size": 13},
            hovertemplate="%{x}  %{y:.2f}<extra>" + words("series.total") + "</extra>",
            cliponaxis=False,
        )
    )
    low = _lowest(frame)
    shapes, notes = _bands(frame, words, low)
    for place, row in enumerate(frame.itertuples()):
        if place and (row.new_levels or not row.comparable):
            shapes.append(
                {
                    "type": "line",
                    "x0": place - 0.5,
                    "x1": place - 0.5,
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": style.QUIET, "width": 2, "dash": "longdash"},
                }
            )
            text = words("break.levels" if row.comparable else "break.scale")
            notes.append(style.note(text, place - 0.49, low + 0.5, xanchor="left", yanchor="bottom"))
    shapes += style.marks(frame["mark"])
    return style.figure(
        lines,
        words,
        years=frame["fiscal_year"],
        shapes=shapes,
        annotations=notes,
        height=395,
        margin={"r": 146},
        yaxis={"range": [low, 101.5], "dtick": 5 if low > 60 else 10, "showgrid": False},
    )


def _clear(row) -> str:
    """The number of the total stands above its point, or below where the nearest line above is nearer than the nearest below."""
    gaps = [value - row.total for value in (row.iit, row.eit, row.oit, row.national) if notna(value)]
    above, below = min((gap for gap in gaps if gap > 0), default=9), -max((gap for gap in gaps if gap <= 0), default=-9)
    return "bottom center" if above < min(5, below) else "top center"


def _lowest(frame: DataFrame) -> float:
    """Where the axis begins: a little under the lowest value or pass mark, on a multiple of five."""
    lowest = frame[["total", "iit", "eit", "oit", "national", "mark"]].min().min()
    return max(0, (lowest - 4) // 5 * 5) if notna(lowest) else 0


def _bands(frame: DataFrame, words: Words, low: float) -> tuple[list, list]:
    """The levels of each year as bands behind its column, named at the right of the last year."""
    shapes, notes = [], []
    for place, floors in enumerate(frame["floors"]):
        steps: dict[float, list[str]] = {}
        for floor in floors if hasattr(floors, "__len__") else ():  # none of a year whose levels no source confirms
            steps.setdefault(max(low, floor["min_total"] or 0), []).append(words.of(floor, "name"))
        edges = sorted(steps) + [100]
        for turn, (bottom, top) in enumerate(zip(edges, edges[1:], strict=False)):
            if turn % 2 == len(edges) % 2:
                shapes.append(
                    {
                        "type": "rect",
                        "x0": place - 0.5,
                        "x1": place + 0.5,
                        "y0": bottom,
                        "y1": top,
                        "layer": "below",
                        "fillcolor": style.BAND,
                        "line": {"width": 0},
                    }
                )
            if place == len(frame) - 1:
                names = steps[bottom][:1] if bottom <= low else steps[bottom]  # of the levels that begin below the axis, the best
                notes.append(
                    style.note(
                        "<br>".join(wrapped(name, 20) for name in names),
                        1.01,
                        (bottom + top) / 2,
                        xref="paper",
                        xanchor="left",
                        align="left",
                    )
                )
    return shapes, notes
