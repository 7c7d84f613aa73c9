"""Change of scores where work was completed, against where it was not."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.text import Words


def moved(frame: DataFrame, words: Words) -> style.Drawn:
    """Did scores move more where measures were completed? For each indicator the difference of the mean changes, with its 95 % interval
    and the numbers of agencies; an interval over the line of none says no difference. Too few agencies: no mark. A narrow screen draws the
    intervals and leaves their numbers to the table."""
    names = [words.numbered(row._asdict()) for row in frame.itertuples()]
    marks = []
    groups = (
        ("moved.more", frame["low"] > 0, style.RISE, "triangle-right"),
        ("moved.less", frame["high"] < 0, style.FALL, "triangle-left"),
        ("moved.neither", (frame["low"] <= 0) & (frame["high"] >= 0), style.QUIET, "circle"),
    )
    for key, some, colour, symbol in groups:
        rows = [at for at, one in enumerate(some.fillna(False)) if one]
        if rows:
            part = frame.iloc[rows]
            marks.append(
                style.scatter(
                    x=part["difference"],
                    y=[names[at] for at in rows],
                    mode="markers",
                    customdata=rows,
                    name=words(key),
                    cliponaxis=False,
                    marker={"color": colour, "symbol": symbol, "size": 15},
                    hovertemplate="%{y}: %{x:+.2f}<extra></extra>",
                    error_x={
                        "type": "data",
                        "symmetric": False,
                        "array": part["high"] - part["difference"],
                        "arrayminus": part["difference"] - part["low"],
                        "color": colour,
                        "thickness": 3,
                        "width": 7,
                    },
                )
            )
    ends = [1.0, *frame["low"].abs().dropna(), *frame["high"].abs().dropna()]
    span = max(ends) * 1.1
    notes = []
    for row, name in zip(frame.itertuples(), names, strict=True):
        counts = {"done": words.count(row.agencies_done), "rest": words.count(row.agencies_not)}
        if words.narrow:
            said = words("moved.counts", **counts)
        elif row.enough:
            ends_said = {one: words.signed(getattr(row, one)) for one in ("difference", "low", "high")}
            said = words("moved.interval", **ends_said) + words("moved.agencies", **counts)
        else:
            said = words("moved.few") + words("moved.agencies", **counts)
        notes.append(style.note(said, span * 1.08, name, xanchor="left", font={"size": 15}))
    if not marks:  # axes need a trace: one that draws nothing
        marks = [style.scatter(x=[None] * len(names), y=names, mode="markers", showlegend=False)]
    zero = {"type": "line", "x0": 0, "x1": 0, "y0": -0.5, "y1": len(names) - 0.5, "line": {"color": style.QUIET, "width": 2, "dash": "dot"}}
    edge = round(max(ends), 1)
    return style.figure(
        marks,
        words,
        height=400,
        annotations=notes,
        shapes=[zero],
        xaxis={
            "range": [-span, span * (2.6 if words.narrow else 3.2)],
            "showgrid": False,
            "tickvals": [-edge, 0, edge],
            "ticktext": [words.signed(value, 1) for value in (-edge, 0, edge)],
        },
        yaxis={"type": "category", "categoryorder": "array", "categoryarray": list(reversed(names)), "tickfont": {"size": 15}},
    )
