"""An agency and the local governments around it, as they lie."""

import math

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.figures.outlines import shape, within
from pages.parts.say.text import Words

HEIGHT = 430
NARROWEST = 0.16  # degrees: nearer neighbours would fill the window without anything to know the place by
LIST = 400  # pixels beside the map for the list of names
LONGEST = 42  # letters of a name in the list; a tap and the table have all of it


def neighbours(frame: DataFrame, words: Words) -> style.Drawn:
    """Who lies around, and are they higher or lower? The agency as a star, its neighbours numbered by distance, listed beside the map (on a
    phone beneath it): triangles up and down for a higher and a lower total, a ring where no total is loaded."""
    mine, around = frame[frame["mine"]], frame[~frame["mine"]]
    own = mine["total"].iloc[0] if len(mine) else None
    south, north, west, east = (
        (frame["lat"].min(), frame["lat"].max(), frame["lon"].min(), frame["lon"].max()) if len(frame) else (13, 14, 100, 101)
    )
    half = max(NARROWEST, north - south, east - west) * 0.62
    middle = ((west + east) / 2, (south + north) / 2)
    traces = [
        style.scatter(
            x=list(mine["lon"]),
            y=list(mine["lat"]),
            mode="markers",
            customdata=[int(row) for row in mine.index],
            text=[said(row, words) for row in mine.itertuples()],
            hovertemplate="%{text}<extra></extra>",
            name=words("neighbours.mine"),
            marker={"symbol": "star", "size": 18, "color": style.MAIN},
        )
    ]
    kinds = [standing(row.total, own) for row in around.itertuples()]
    sides = apart(list(zip(around["lon"], around["lat"], strict=True)), list(zip(mine["lon"], mine["lat"], strict=True)), half)
    for kind, symbol, colour in (
        ("higher", "triangle-up", style.HIGHER),
        ("same", "square", style.QUIET),
        ("lower", "triangle-down", style.LOWER),
        ("unknown", "circle-open", style.QUIET),
    ):
        of_kind = [one == kind for one in kinds]
        rows = around[of_kind]
        if len(rows):
            traces.append(
                style.scatter(
                    x=list(rows["lon"]),
                    y=list(rows["lat"]),
                    mode="markers+text",
                    customdata=[int(row) for row in rows.index],
                    text=[words.written(row.nearness) for row in rows.itertuples()],
                    textposition=[side for side, shown in zip(sides, of_kind, strict=True) if shown],
                    textfont={"size": 14},
                    hovertext=[said(row, words) for row in rows.itertuples()],
                    hovertemplate="%{hovertext}<extra></extra>",
                    name=words(f"neighbours.{kind}"),
                    marker={"symbol": symbol, "size": 13, "color": colour} | ({"line": {"width": 2}} if kind == "unknown" else {}),
                )
            )
    listed = "<br>".join(f"<b>{words.written(row.nearness)}</b> {said(row, words, LONGEST)}" for row in around.itertuples())
    beneath = 22 * len(around) + 8
    at = {"x": 0, "y": 0, "yshift": -8} if words.narrow else {"x": 1, "y": 1, "xshift": 14}
    names = style.note(listed, xref="paper", yref="paper", align="left", xanchor="left", yanchor="top", **at)
    # The window is a square; the plot around it is up to three times as wide.
    seen = within(middle[0] - half * 3, middle[1] - half, middle[0] + half * 3, middle[1] + half)
    return style.figure(
        traces,
        words,
        height=400 + beneath if words.narrow else HEIGHT,
        annotations=[names] if len(around) else [],
        shapes=[shape(code, style.BAND, {"width": 1.5}) for code in seen],
        margin={"t": 34, "l": 4} | ({"r": 4, "b": beneath} if words.narrow else {"r": LIST, "b": 4}),
        xaxis={"visible": False, "range": [middle[0] - half, middle[0] + half]},
        yaxis={
            "visible": False,
            "range": [middle[1] - half, middle[1] + half],
            "scaleanchor": "x",
            "scaleratio": 1 / math.cos(math.radians(middle[1])),
        },
    )


# Where a number stands beside its mark, in parts of the window's half height: across and up.
SIDES = {
    "top center": (0.0, 0.09), "bottom center": (0.0, -0.09), "middle left": (-0.07, 0.0), "middle right": (0.07, 0.0),
    "top left": (-0.06, 0.08), "top right": (0.06, 0.08), "bottom left": (-0.06, -0.08), "bottom right": (0.06, -0.08),
}  # fmt: skip


def apart(marks: list[tuple[float, float]], others: list[tuple[float, float]], half: float) -> list[str]:
    """For each mark the side of it where its number is farthest from all marks and from the numbers placed before it."""
    taken = [*marks, *others]
    sides = []
    for x, y in marks:
        spots = {side: (x + across * half, y + up * half) for side, (across, up) in SIDES.items()}
        away = {side: min((math.dist(spot, one) for one in taken if one != (x, y)), default=math.inf) for side, spot in spots.items()}
        sides.append(max(away, key=lambda side: (min(away[side], 0.2 * half), -list(SIDES).index(side))))
        taken.append(spots[sides[-1]])
    return sides


def standing(total: float, own: float | None) -> str:
    """Whether a neighbour's total is higher or lower than the agency's; unknown where either is not loaded."""
    if isna(total) or own is None or isna(own):
        return "unknown"
    return "same" if total == own else "higher" if total > own else "lower"


def said(row, words: Words, letters: int = 200) -> str:
    """A neighbour in a line: its name (of a longer one so many letters), how far it is, and its total; the agency without a distance."""
    name = row.agency_name if len(row.agency_name) <= letters else row.agency_name[: letters - 1] + "…"
    total = "" if isna(row.total) else words.number(row.total)
    far = "" if row.mine else words("neighbours.km", km=words.number(row.km, 1))
    return " · ".join(filter(None, [name, far, total]))
