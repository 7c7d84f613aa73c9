"""Points lost against work aimed."""

from pandas import DataFrame, notna

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words

MEASURES, THEN = 58, 186  # middle of each column, in pixels from the end of the bars


def aim(frame: DataFrame, words: Words) -> style.Drawn:
    """Was the work aimed where points were lost? For each indicator the points of the total lost the year before, hatched where no
    measure names it; beside it the measures that do and what its score then did."""
    names = [wrapped(words.numbered(row._asdict()), 20 if words.narrow else 60) for row in frame.itertuples()]
    aimed = frame["measures"] > 0
    bars = []
    for some, key, colour, shape in ((aimed, "aim.aimed", style.MAIN, ""), (~aimed, "aim.not_aimed", style.FALL, "/")):
        rows = [at for at, one in enumerate(some) if one]
        if rows:
            bars.append(
                style.bar(
                    y=[names[at] for at in rows],
                    x=frame["lost"].iloc[rows],
                    orientation="h",
                    name=words(key),
                    customdata=rows,
                    text=[words.number(value) for value in frame["lost"].iloc[rows]],
                    textposition="outside",
                    cliponaxis=False,
                    textfont={"size": 16, "weight": 600},
                    hovertemplate="%{y}: %{x:.2f}<extra></extra>",
                    marker={"color": colour, "pattern": {"shape": shape} | style.HATCH},
                )
            )
    top = max(frame["lost"].max(), 0.5)
    columns = {"xref": "paper", "xanchor": "center"}  # at the right, each as wide as its words on a screen of any width
    notes = [
        style.note(f"<b>{words(key)}</b>", 1, -0.5, xshift=at, yanchor="bottom", font={"size": 15}, **columns)
        for key, at in (("aim.measures", MEASURES), ("aim.then", THEN))
    ]
    for row, name in zip(frame.itertuples(), names, strict=True):
        done = words("aim.none") if row.measures == 0 else words("aim.done", completed=row.completed, measures=row.measures)
        notes.append(style.note(done, 1, name, xshift=MEASURES, font={"size": 16}, **columns))
        then = words("number.unknown")
        if notna(row.after) and notna(row.before):
            change = words.signed(round(row.after - row.before, 2))
            then = words("aim.change", change=change, points=words.signed(row.points)) if notna(row.points) else change
        notes.append(style.note(then, 1, name, xshift=THEN, font={"size": 16}, **columns))
    return style.figure(
        bars,
        words,
        height=560 if words.narrow else 400,
        annotations=notes,
        margin={"t": 34, "r": 262},
        bargap=0.3,
        barmode="overlay",
        xaxis={"range": [0, top * (2 if words.narrow else 1.3)], "showgrid": False, "showticklabels": False},
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": names,
            "tickfont": {"size": 15},
            "range": [len(names) - 0.4, -2.2 if words.narrow else -1.4],
        },
    )
