"""The ten indicators against the middle half of the group."""

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.say.text import Words


def compare_profile(frame: DataFrame, words: Words) -> style.Drawn:
    """In which indicators is it unlike its peers? Boxes are the peers' middle half, a line their median; the agency is a triangle, up where
    it is higher and down where it is lower. Higher than others is not yet good: the colours say only how it compares."""
    names = [words.numbered(row._asdict()) for row in frame.itertuples()]
    rows = list(range(len(frame)))
    traces = [
        style.bar(
            y=names,
            x=frame["peers_high"] - frame["peers_low"],
            base=frame["peers_low"],
            orientation="h",
            customdata=rows,
            name=words("series.peers"),
            marker={"color": style.GROUP, "opacity": 0.45},
            width=0.6,
            hoverinfo="skip",
        ),
        style.scatter(
            y=names,
            x=frame["peers_median"],
            mode="markers",
            name=words("series.peers_median"),
            customdata=rows,
            marker={"color": style.GROUP, "size": 20, "symbol": "line-ns-open", "line": {"width": 4, "color": style.GROUP}},
            hovertemplate="%{y}: %{x:.2f}<extra>" + words("series.peers_median") + "</extra>",
        ),
    ]
    gap = frame["gap"]
    for which, colour, symbol, chosen in (
        ("higher", style.HIGHER, "triangle-up", gap > 0),
        ("lower", style.LOWER, "triangle-down", gap < 0),
        ("equal", style.QUIET, "circle", gap == 0),
    ):
        some = frame[chosen.fillna(False).astype(bool)]
        if len(some):
            traces.append(
                style.scatter(
                    y=[names[row] for row in some.index],
                    x=some["score"],
                    mode="markers",
                    name=words(f"series.{which}"),
                    customdata=list(some.index),
                    marker={"color": colour, "size": 17, "symbol": symbol, "line": {"color": "#ffffff", "width": 1}},
                    hovertemplate="%{y}: %{x:.2f}<extra>" + words(f"series.{which}") + "</extra>",
                )
            )
    notes = [
        style.beside(f"{words.number(row.score)} ({words.signed(row.gap)})", name)
        for name, row in zip(names, frame.itertuples(), strict=True)
        if not isna(row.score)
    ]
    values = frame[["score", "peers_low", "peers_high"]].stack()
    span = [min(values) - 2, min(100.5, max(values) + 2)] if len(values) else [0, 100]
    return style.figure(
        traces,
        words,
        height=405,
        annotations=notes,
        margin={"r": 140, "t": 40},
        xaxis={"range": span},
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "tickfont": {"size": 16}},
    )
