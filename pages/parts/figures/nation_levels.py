"""The share of agencies at each level by year."""

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.say.text import Words

STEPS = ["#1c6bc2", "#2a8be6", "#616378", "#a2915e", "#df6e1b", "#be2d37", "#b474a9"]  # by rank; the words stand on them
DEEP = {0, 2, 5}  # steps that bear white words
SHAPES = ["", "/", ".", "x", "-", "+", "|"]


def nation_levels(frame: DataFrame, words: Words) -> style.Drawn:
    """Are more agencies at the better levels? A bar a year, best below; where the levels have another scale the names change with it."""
    years = sorted(frame["fiscal_year"].unique())
    order = frame.sort_values("rank", na_position="last")
    bars = []
    for (_, rank), rows in order.groupby(["level_scale", "rank"], dropna=False, sort=False):
        known = not isna(rank)
        name = words.of(rows.iloc[0].to_dict(), "level") if known else words("nation_levels.undecided")
        step = min(int(rank) - 1, len(STEPS) - 1) if known else 0
        bars.append(
            style.bar(
                x=[words.tick(year) for year in rows["fiscal_year"]],
                y=rows["share"],
                customdata=list(rows.index),
                name=name,
                showlegend=False,
                marker={
                    "color": STEPS[step] if known else style.QUIET,
                    "pattern": style.HATCH | {"shape": SHAPES[step] if known else ".", "fgopacity": 0.18},
                },
                text=[f"{name}{'<br>' if share >= 11 else ' '}{words.number(share)}%" if share >= 5 else "" for share in rows["share"]],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"size": 14, "color": "#ffffff" if known and step in DEEP else style.INK["light"]},
                constraintext="inside",
                hovertemplate=f"{name}: %{{y:.2f}}%<extra></extra>",
            )
        )
    notes = [
        style.note(words("nation_levels.of", n=words.count(n)), place, 101, yanchor="bottom")
        for place, n in enumerate(frame.groupby("fiscal_year")["all_agencies"].first())
    ]
    return style.figure(
        bars,
        words,
        height=430,
        years=years,
        barmode="stack",
        bargap=0.12,
        annotations=notes,
        yaxis={"range": [0, 108], "ticksuffix": "%", "showgrid": False},
    )
