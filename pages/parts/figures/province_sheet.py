"""What the agencies of a province lack of their next level."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words

MOST = 30  # agencies that a picture has room for; the sheet has all
PARTS = {"iit": "IIT", "eit": "EIT", "oit": "OIT", "total": "TOTAL"}
SHAPES = {"iit": "", "eit": "/", "oit": ".", "total": "x"}


def province_sheet(frame: DataFrame, words: Words) -> style.Drawn:
    """Who needs what most? For each agency that lacks something of its next level, in the order of the sheet, the points short of each
    floor of that level side by side in one bar: of each instrument, and of the total."""
    lacking = frame[[f"short_{part}" for part in PARTS]].fillna(0).sum(axis=1)
    rows = list(frame.index[lacking > 0][:MOST])
    some = frame.loc[rows]
    names = [wrapped(name, 42) + "\u200b" * place for place, name in enumerate(some["agency_name"])]
    colours = {**{part: style.INSTRUMENT[code] for part, code in PARTS.items() if code in style.INSTRUMENT}, "total": style.QUIET}
    bars = [
        style.bar(
            y=names,
            x=some[f"short_{part}"],
            orientation="h",
            name=words("indicator.TOTAL") if part == "total" else code,
            customdata=rows,
            marker={"color": colours[part], "pattern": {"shape": SHAPES[part]} | style.HATCH},
            hovertemplate="%{y}: %{x:.2f}<extra>%{fullData.name}</extra>",
        )
        for part, code in PARTS.items()
    ]
    double = any("<br>" in name for name in names)
    return style.figure(
        bars,
        words,
        height=min(1300, max(200, 90 + (38 if double else 26) * len(names))),
        barmode="stack",
        bargap=0.3,
        xaxis={"showgrid": True, "nticks": 3 if words.narrow else 6, "rangemode": "tozero"},
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "tickfont": {"size": 14}},
    )
