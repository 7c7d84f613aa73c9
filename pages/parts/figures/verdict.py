"""Total and instruments of one year against the floors of the next level."""

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.say.text import Words


def verdict(frame: DataFrame, words: Words) -> style.Drawn:
    """What holds the next level back? The total and the three instruments as bars, what is below its floor hatched."""
    row = frame.iloc[0] if len(frame) else {}
    names = {"total": words("series.total"), "iit": "IIT", "eit": "EIT", "oit": "OIT"}
    known = [one for one in names if len(frame) and not isna(row[one])]
    floors = {one: row["next_total"] if one == "total" else row["next_instrument"] for one in known}
    short = [not isna(floors[one]) and row[one] < floors[one] for one in known]
    bars = style.bar(
        y=[names[one] for one in known],
        x=[row[one] for one in known],
        orientation="h",
        showlegend=False,
        customdata=[0] * len(known),
        marker={
            "color": [style.FALL if one else style.MAIN for one in short],
            "pattern": {"shape": ["/" if one else "" for one in short]} | style.HATCH,
        },
        hovertemplate="%{y}: %{x:.2f}<extra></extra>",
    )
    lines = sorted({floor for floor in floors.values() if not isna(floor)})
    shapes = [
        {"type": "line", "x0": floor, "x1": floor, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": style.LIMIT, "width": 2}}
        for floor in lines
    ]
    # The numbers stand in a column of their own, clear of the floor's line.
    numbers = [style.note(f"<b>{words.number(row[one])}</b>", 104, names[one], xanchor="left", font={"size": 18}) for one in known]
    notes = [style.note(words.floor(floor), floor, 1, yref="paper", yanchor="bottom") for floor in lines]
    return style.figure(
        [bars],
        words,
        height=225,
        shapes=shapes,
        annotations=numbers + notes,
        margin={"t": 24, "l": 4, "r": 4, "b": 2},
        bargap=0.3,
        xaxis={"range": [0, 155 if words.digits == "thai" else 140], "showticklabels": False, "showgrid": False},
        yaxis={"type": "category", "autorange": "reversed", "tickfont": {"size": 16}},
    )
