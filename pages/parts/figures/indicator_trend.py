"""One indicator across years."""

from pandas import DataFrame, notna

from pages.parts.figures import style
from pages.parts.say.text import Words


def indicator_trend(frame: DataFrame, words: Words) -> style.Drawn:
    """How did this indicator go, beside its peers? Its line, the peers' middle half and the published national mean where one is."""
    years = [words.tick(year) for year in frame["fiscal_year"]]
    rows = list(range(len(frame)))
    lines = []
    if frame["peers_median"].notna().any():
        hidden = {"x": years, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}
        lines.append(style.scatter(y=frame["peers_low"], **hidden))
        lines.append(
            style.scatter(
                y=frame["peers_high"],
                fill="tonexty",
                fillcolor="rgba(131,102,8,0.22)",
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
                mode="markers",
                customdata=rows,
                marker={"symbol": "x-thin-open", "size": 12, "color": style.QUIET, "line": {"width": 3}},
                hovertemplate="%{x}  %{y:.2f}<extra>%{fullData.name}</extra>",
            )
        )
    lines.append(
        style.scatter(
            x=years,
            y=frame["score"],
            name=words("axis.score"),
            mode="lines+markers+text",
            customdata=rows,
            connectgaps=False,
            showlegend=False,
            text=[words.number(value) if notna(value) else "" for value in frame["score"]],
            textposition="top center",
            textfont={"size": 17, "weight": 700},
            line={"color": style.MAIN, "width": 4},
            marker={"size": 11},
            cliponaxis=False,
            hovertemplate="%{x}  %{y:.2f}<extra></extra>",
        )
    )
    lowest = frame[["score", "peers_low", "national", "mark"]].min().min()
    low = max(0, (lowest - 6) // 5 * 5) if notna(lowest) else 0
    axis = {"range": [low, 103], "showgrid": False}
    return style.figure(lines, words, height=360, years=frame["fiscal_year"], shapes=style.marks(frame["mark"]), yaxis=axis)
