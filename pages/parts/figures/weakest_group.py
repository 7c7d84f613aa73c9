"""Which indicator is the weakest in how many agencies of a group."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.text import Words


def weakest_group(frame: DataFrame, words: Words) -> style.Drawn:
    """Is the weak spot ours alone? For each indicator the agencies of the group in which it is the lowest; ours is marked."""
    names = [words.numbered(row._asdict()) for row in frame.itertuples()]
    mine = list(frame["mine"])
    text = [
        words("weakest_group.bar_mine" if own else "weakest_group.bar", n=words.count(n))
        for n, own in zip(frame["weakest"], mine, strict=True)
    ]
    bars = style.bar(
        y=names,
        x=frame["weakest"],
        orientation="h",
        customdata=list(range(len(frame))),
        showlegend=False,
        text=text,
        textposition="outside",
        textfont={"size": 17, "weight": 700},
        cliponaxis=False,
        hovertemplate="%{y}: %{x}<extra></extra>",
        marker={
            "color": [style.FALL if own else style.MAIN for own in mine],
            "pattern": {"shape": ["/" if own else "" for own in mine]} | style.HATCH,
        },
    )
    top = frame["weakest"].max() if len(frame) else 1
    return style.figure(
        [bars],
        words,
        height=405,
        margin={"t": 8, "r": 30},
        bargap=0.32,
        xaxis={"range": [0, max(top, 1) * (2.4 if words.narrow else 1.35)], "showgrid": False, "showticklabels": False},
        yaxis={"type": "category", "autorange": "reversed", "tickfont": {"size": 16}},
    )
