"""The indicators of one year from the weakest."""

from pandas import DataFrame, isna, notna

from pages.parts.figures import style
from pages.parts.say.text import Words

VALUE = {"score": "score", "gain": "gain", "peers": "gap"}


def weakest(frame: DataFrame, words: Words) -> style.Drawn:
    """Where does it hurt? Bars from the weakest, in the order chosen: the score (with the peers' median as a tick), the points of the
    total to gain, or the distance to the peers' median; at the right in how many years each was among the three lowest."""
    order = frame["sorted_by"].iloc[0] if len(frame) else "score"
    if order == "gain" and frame["gain"].isna().all():
        order = "score"  # no source confirms the weights of the year, and so the rows stand by their scores
    names = [words.numbered(row._asdict()) for row in frame.itertuples()]
    values = frame[VALUE[order]] if len(frame) else []
    written = words.number if order == "score" else words.signed
    weak = [place < 3 and not isna(value) and (order != "peers" or value < 0) for place, value in enumerate(values)]
    traces = [
        style.bar(
            y=names,
            x=values,
            orientation="h",
            customdata=list(range(len(frame))),
            showlegend=False,
            text=[written(value) for value in values],
            textposition="none" if order == "score" else "outside",
            textfont={"size": 17, "weight": 700},
            cliponaxis=False,
            marker={
                "color": [style.FALL if one else style.MAIN for one in weak],
                "pattern": {"shape": ["/" if one else "" for one in weak]} | style.HATCH,
            },
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    ]
    if order == "score" and frame["peers_median"].notna().any():
        traces.append(
            style.scatter(
                y=names,
                x=frame["peers_median"],
                mode="markers",
                name=words("series.peers_median"),
                customdata=list(range(len(frame))),
                marker={"symbol": "line-ns-open", "size": 20, "color": style.PEERS, "line": {"width": 4}},
                hovertemplate="%{y}: %{x:.2f}<extra>" + words("series.peers_median") + "</extra>",
            )
        )
    notes = [
        style.note(
            words("weakest.persistence", times=row.weakest_years, years=row.years),
            1,
            name,
            xref="paper",
            xanchor="left",
            xshift=74 if order == "score" else 8,
        )
        for name, row in zip(names, frame.itertuples(), strict=True)
        if row.years > 1
    ]
    if order == "score":  # in a column of their own, clear of the peers' ticks
        notes += [
            style.note(f"<b>{written(value)}</b>", 1, name, xref="paper", xanchor="left", xshift=8, font={"size": 17})
            for name, value in zip(names, values, strict=True)
        ]
    mark = frame["mark"].iloc[0] if len(frame) and order == "score" else None
    shapes = []
    if notna(mark):
        notes.append(style.note(words.floor(mark), mark, 0, yref="paper", yanchor="top"))
        line = {"color": style.LIMIT, "width": 2}
        shapes.append({"type": "line", "x0": mark, "x1": mark, "yref": "paper", "y0": 0, "y1": 1, "line": line})
    return style.figure(
        traces,
        words,
        height=405,
        annotations=notes,
        shapes=shapes,
        bargap=0.32,
        margin={
            "r": (66 if order == "score" else 20) + (124 if (frame["years"] > 1).any() else 10),
            "t": 30 if len(traces) > 1 else 8,
            "b": 26 if order == "score" else 10,
        },
        xaxis={"range": _range(order, values, 1.1 if words.narrow else 0.14), "showgrid": False, "showticklabels": False},
        yaxis={"type": "category", "autorange": "reversed", "tickfont": {"size": 16}},
    )


def _range(order: str, values, share: float) -> list[float]:
    """Scores begin at zero like all bars; the other orders leave a share of the width for the number at the bar's end."""
    known = [value for value in values if not isna(value)]
    if order == "score" or not known:
        return [0, 101]
    low, high = min(0, *known), max(0, *known)
    room = (high - low or 1) * share
    return [low - (room if low < 0 else 0), high + (room if high > 0 else 0)]
