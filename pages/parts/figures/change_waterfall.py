"""What moved the total from one year to the next."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.text import Words, change


def change_waterfall(frame: DataFrame, words: Words) -> style.Drawn:
    """Which indicators moved the total? From the total of one year, step by step, to the total of the next; each step in printed points
    with its sign, the largest move first, and what of it the others moved too and what the agency itself, where that is known. The two
    totals are marks, not bars: the axis does not begin at zero."""
    ends = frame[frame["kind"].isin(["start", "end"])]
    if ends.empty:
        return style.figure([], words)
    parts = frame[frame["kind"].isin(["part", "weights"])].copy()
    parts = parts.loc[parts["points"].abs().sort_values(ascending=False, kind="stable").index]
    start, end = ends["points"].iloc[0], ends["points"].iloc[-1]
    parts["from"] = start + parts["points"].cumsum() - parts["points"]
    names = [words("waterfall.weights") if row.kind == "weights" else words.numbered(row._asdict()) for row in parts.itertuples()]
    total = [words("waterfall.total", year=words.tick(year)) for year in ends["fiscal_year"]]
    colours = [{"rise": style.RISE, "fall": style.FALL}.get(change(value), style.QUIET) for value in parts["points"]]
    hatched = {"shape": ["/" if value < 0 else "" for value in parts["points"]]} | style.HATCH
    split = parts["own"].notna().any()
    whole = {"y": names, "orientation": "h", "customdata": list(parts.index), "hovertemplate": "%{y}<extra></extra>"}
    if split:
        bars = _tide_and_own(parts, whole, words)
    else:
        marker = {"color": colours, "pattern": hatched}
        bars = [style.bar(**whole, x=parts["points"], base=parts["from"], showlegend=False, marker=marker)]
    marks = style.scatter(
        y=total,
        x=[start, end],
        mode="markers+text",
        text=[f" {words.number(value)}" for value in (start, end)],
        customdata=list(ends.index),
        textposition="middle right",
        textfont={"size": 19, "weight": 700},
        marker={"symbol": "diamond", "size": 17, "color": style.MAIN},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    edges = [start, end, *parts["from"], *(parts["from"] + parts["points"])]
    edges += list((parts["from"] + parts["tide"]).dropna())
    low, high = min(edges), max(edges)
    room = max(high - low, 1) * (0.4 if words.narrow else 0.55 if split else 0.16)
    notes = [
        style.note(
            _said(row, split, words),
            max(row[-1], row[-1] + row.points, row[-1] + row.tide if split else low),
            name,
            xanchor="left",
            xshift=5,
            font={"size": 16, "weight": 600},
        )
        for name, row in zip(names, parts[["points", "tide", "own", "from"]].itertuples(index=False, name="Part"), strict=True)
    ]
    return style.figure(
        [*bars, marks],
        words,
        height=405,
        annotations=notes,
        margin={"t": 34 if split else 8},
        bargap=0.35,
        xaxis={"range": [low - room * 0.3, high + room], "showgrid": True, "nticks": 6},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": [total[-1], *reversed(names), total[0]],
            "tickfont": {"size": 15},
        },
    )


def _tide_and_own(parts: DataFrame, whole: dict, words: Words) -> list[dict]:
    """Of each step two bars, one under the other: how far the others moved too, and from there the agency itself."""
    grouped = "tide.peers_name" if (parts["tide_basis"] == "peers").any() else "tide.nation_name"
    colours = [style.FALL if value < 0 else style.RISE for value in parts["own"]]
    hatched = {"shape": ["/" if value < 0 else "" for value in parts["own"]]} | style.HATCH
    tide = {"x": parts["tide"], "base": parts["from"], "offset": 0.02, "name": words(grouped), "marker": {"color": style.QUIET}}
    own = {
        "x": parts["own"],
        "base": parts["from"] + parts["tide"],
        "offset": -0.38,
        "name": words("tide.own_name"),
        "marker": {"color": colours, "pattern": hatched},
    }
    return [style.bar(**whole, **one, width=0.36) for one in (tide, own)]


def _said(row, split: bool, words: Words) -> str:
    """The number beside a step; on a phone there is no room for its two parts, which the table has."""
    if not split or words.narrow:
        return words.signed(row.points)
    return words("waterfall.split", points=words.signed(row.points), tide=words.signed(row.tide), own=words.signed(row.own))
