"""At which levels the agencies of a sheet are."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.text import Words


def province_levels(frame: DataFrame, words: Words) -> style.Drawn:
    """How many agencies are at each level? A bar a level, the best first; hatched what lacks points of a floor of the next one."""
    return counted(frame, [words.of(row, "level") for row in frame.to_dict("records")], words)


def counted(frame: DataFrame, names: list[str], words: Words) -> style.Drawn:
    """A bar a row: hatched the agencies that lack points, beside them the others, and how many of how many."""
    lacking = frame["lacking"]
    bars = [
        style.bar(
            y=names,
            x=values,
            orientation="h",
            name=words(f"province_levels.{name}"),
            customdata=list(range(len(frame))),
            marker={"color": colour} | ({"pattern": {"shape": "/"} | style.HATCH} if name == "lacking" else {}),
            hovertemplate="%{y}: %{x}<extra>%{fullData.name}</extra>",
        )
        for name, values, colour in (("lacking", lacking, style.FALL), ("others", frame["agencies"] - lacking, style.MAIN))
    ]
    notes = [
        style.note(f"{words.count(part)}/{words.count(of)}", of, name, xanchor="left", xshift=16, font={"size": 15, "weight": 700})
        for name, part, of in zip(names, lacking, frame["agencies"], strict=True)
    ]
    return style.figure(
        bars,
        words,
        annotations=notes,
        legend={"traceorder": "normal"},
        margin={"r": 60},
        height=min(900, 90 + 34 * len(frame)),
        barmode="stack",
        bargap=0.25,
        xaxis={"visible": False, "rangemode": "tozero"},
        yaxis={"type": "category", "range": [len(frame) - 0.5, -0.5], "showgrid": False, "tickfont": {"size": 14}},
    )
