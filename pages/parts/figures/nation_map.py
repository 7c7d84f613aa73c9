"""The provinces as tiles."""

import csv
from functools import cache
from pathlib import Path

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.say.breaks import letters, wrapped
from pages.parts.say.text import Words

ROOM, ROOM_PROJECTOR = 20, 16  # letters on a tile: it is 114 px wide in a window of 1280 px


@cache
def tiles() -> dict[str, tuple[int, int]]:
    """province_code -> row and column of its tile (tiles.csv): our own arrangement, neighbours near each other, the South below."""
    with open(Path(__file__).with_name("tiles.csv"), encoding="utf-8", newline="") as handle:
        return {row["province_code"]: (int(row["row"]), int(row["column"])) for row in csv.DictReader(handle)}


def nation_map(frame: DataFrame, words: Words) -> style.Drawn:
    """Which provinces are higher and which lower than the nation's middle? A tile a province with its median; no map is fetched. Colours
    say higher or lower than the others and are not those of good and bad. A narrow screen has no room for names: a tap tells them."""
    deep, wide = (1 + max(tile[way] for tile in tiles().values()) for way in (0, 1))
    colours, names = [[None] * wide for _ in range(deep)], [[""] * wide for _ in range(deep)]
    empty = []
    span = span_of(frame)
    for row in frame.itertuples():
        down, across = tiles()[row.province_code]
        colours[down][across] = None if isna(row.median) else row.median - row.national_median
        said = words.number(row.median, 0) if words.narrow else on_tile(words.of(row._asdict(), "name"), words.number(row.median), words)
        said = f"<b>▶{said}</b>" if row.mine else said
        if isna(row.median):
            empty.append(style.note(said, across, down, font={"size": 12}))  # in the colour of the page: there is no tile behind it
        else:
            names[down][across] = said
    heat = style.heatmap(
        z=colours,
        x=list(range(wide)),
        y=list(range(deep)),
        colorscale=style.RELATIVE,
        zmin=-span,
        zmax=span,
        xgap=4,
        ygap=4,
        hoverinfo="skip",
        text=names,
        texttemplate="%{text}",
        textfont={"color": style.INK["light"], "size": 12},
        colorbar=colour_key(span, words) | {"len": 0.36, "x": 0.985},
    )
    places = [tiles()[code] for code in frame["province_code"]]
    taps = style.scatter(
        x=[across for _, across in places],
        y=[down for down, _ in places],
        mode="markers",
        customdata=list(range(len(frame))),
        text=told(frame, words),
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
        marker={"size": 30, "symbol": "square", "color": style.GROUP, "opacity": 0},
        selected={"marker": {"opacity": 0}},
    )
    return style.figure(
        [heat, taps],
        words,
        height=610,
        annotations=empty,
        margin={"t": 4, "l": 4, "r": 4, "b": 4},
        xaxis={"visible": False, "range": [-0.55, wide - 0.45]},
        yaxis={"visible": False, "range": [deep - 0.45, -0.55]},
    )


def on_tile(name: str, median: str, words: Words) -> str:
    """Name and median in two lines; the median goes beside the end of a name that is too long for one."""
    room = ROOM_PROJECTOR if words.screen == "projector" else ROOM
    return f"{name}<br>{median}" if letters(name) <= room else wrapped(f"{name} {median}", room)


def span_of(frame: DataFrame) -> float:
    """How far the colours reach: the gap to the nation's middle that 95 of 100 provinces do not pass, at least a point."""
    gaps = (frame["median"] - frame["national_median"]).abs()
    return max(1.0, float(gaps.quantile(0.95))) if gaps.notna().any() else 1.0


def colour_key(span: float, words: Words) -> dict:
    """The key to the colours, in the lower right corner; its `len` and `x` are the figure's own."""
    return {
        "title": {"text": words("nation_map.key"), "font": {"size": 13}},
        "thickness": 14,
        "xanchor": "right",
        "y": 0.02,
        "yanchor": "bottom",
        "tickfont": {"size": 13},
        "tickvals": [-span, 0, span],
        "ticktext": [words.signed(value, 1) for value in (-span, 0, span)],
    }


def told(frame: DataFrame, words: Words) -> list[str]:
    """What a tap on each province tells."""
    return [
        words("nation_map.tile", name=words.of(row._asdict(), "name"), median=words.number(row.median), n=row.agencies)
        for row in frame.itertuples()
    ]
