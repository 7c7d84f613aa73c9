"""The provinces as they lie."""

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.figures.nation_map import colour_key, span_of, told
from pages.parts.figures.outlines import outlines, shape
from pages.parts.say.text import Words

UNKNOWN = "rgba(125,133,142,0.28)"
FLATTER = 1 / 0.973  # a degree of latitude to one of longitude, in the middle of the country
HEIGHT = 520


def nation_outlines(frame: DataFrame, words: Words) -> style.Drawn:
    """Where do the higher and the lower provinces lie? Each province's median against the nation's, in the colours of the tiles; the
    agency's own has a firm border and a star. A tap tells name and number."""
    span = span_of(frame)
    ordered = frame.sort_values("mine")  # the firm border over those of its neighbours
    shapes = [
        shape(row.province_code, UNKNOWN if isna(row.median) else between(row.median - row.national_median, span), line(row.mine))
        for row in ordered.itertuples()
    ]
    points = [outlines()[code] for code in frame["province_code"]]
    taps = style.scatter(
        x=[point.lon for point in points],
        y=[point.lat for point in points],
        mode="markers",
        customdata=list(range(len(frame))),
        text=told(frame, words),
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
        marker={"size": 22, "color": style.GROUP, "opacity": 0},
        selected={"marker": {"opacity": 0}},
    )
    key = style.scatter(
        x=[None],
        y=[None],
        mode="markers",
        showlegend=False,
        marker={
            "color": [0],
            "cmin": -span,
            "cmax": span,
            "colorscale": style.RELATIVE,
            "showscale": True,
            "colorbar": colour_key(span, words) | {"len": 0.3, "x": 1},
        },
    )
    mine = [point for point, own in zip(points, frame["mine"], strict=True) if own]
    named = [words.of(row, "name") for row in frame[frame["mine"]].to_dict("records")]
    star = style.scatter(
        x=[point.lon for point in mine],
        y=[point.lat for point in mine],
        mode="markers",
        hoverinfo="skip",
        showlegend=bool(mine),
        name=named[0] if named else "",
        marker={"symbol": "star", "size": 15, "color": style.MAIN, "line": {"color": "#ffffff", "width": 1}},
    )
    nothing = style.scatter(
        x=[None],
        y=[None],
        mode="markers",
        hoverinfo="skip",
        showlegend=bool(frame["median"].isna().any()),
        name=words("nation_outlines.unknown"),
        marker={"symbol": "square", "size": 13, "color": style.QUIET, "opacity": 0.45},
    )
    return style.figure(
        [key, taps, star, nothing],
        words,
        height=HEIGHT,
        shapes=shapes,
        margin={"t": 30, "l": 4, "r": 4, "b": 4},
        xaxis={"visible": False, "range": [97.2, 105.8], "constrain": "domain"},
        yaxis={"visible": False, "range": [5.5, 20.6], "scaleanchor": "x", "scaleratio": FLATTER, "constrain": "domain"},
    )


def line(mine: bool) -> dict:
    """The border of a province."""
    return {"width": 2.4, "color": style.MAIN} if mine else {"width": 0.8}


def between(gap: float, span: float) -> str:
    """The colour of a difference on the scale of higher and lower.

    >>> between(0, 2), between(9, 2) == style.RELATIVE[-1][1]
    ('#f1eef5', True)
    """
    at = min(1.0, max(0.0, 0.5 + gap / span / 2))
    (low, first), (high, last) = next(pair for pair in zip(style.RELATIVE, style.RELATIVE[1:], strict=False) if at <= pair[1][0])
    share = (at - low) / (high - low)
    parts = [round(int(first[n : n + 2], 16) * (1 - share) + int(last[n : n + 2], 16) * share) for n in (1, 3, 5)]
    return "#" + "".join(f"{part:02x}" for part in parts)
