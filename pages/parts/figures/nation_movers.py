"""Who moved most."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words


def nation_movers(frame: DataFrame, words: Words) -> style.Drawn:
    """Which agencies rose and fell most on the year before? From a hollow mark to a full one, the change printed with its sign, and what of
    it the agency moved beyond the nation."""
    names = [wrapped(row.agency_name, 42) + "\u200b" * place for place, row in enumerate(frame.itertuples())]
    rows = list(range(len(frame)))
    traces = [style.ways(frame, names)]
    for column, symbol in (("before", "circle-open"), ("after", "circle")):
        traces.append(
            style.scatter(
                x=frame[column],
                y=names,
                mode="markers",
                customdata=rows,
                name=words(f"column.{column}"),
                marker={"symbol": symbol, "size": 13, "color": [style.RISE if change > 0 else style.FALL for change in frame["change"]]},
                hovertemplate="%{y}: %{x:.2f}<extra>" + words(f"column.{column}") + "</extra>",
            )
        )
    split = frame["own"].notna().any() and not words.narrow  # on a phone there is room for the change alone; the table has both
    said = [
        words("tide.beside_change", change=words.signed(row.change), own=words.signed(row.own)) if split else words.signed(row.change)
        for row in frame.itertuples()
    ]
    notes = [style.beside(text, name, font={"size": 16, "weight": 700}) for name, text in zip(names, said, strict=True)]
    return style.figure(
        traces,
        words,
        height=min(1300, max(240, 70 + (36 if any("<br>" in name for name in names) else 24) * len(frame))),
        annotations=notes,
        margin={"r": 190 if split else 90, "t": 36},
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "tickfont": {"size": 14}},
    )
