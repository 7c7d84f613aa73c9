"""Whom to learn from."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words


def compare_learn(frame: DataFrame, words: Words) -> style.Drawn:
    """Who stood where this agency stands, and got out of it? First the agency itself; then from a hollow mark to a full one, with a tick
    where its place among all would be and a diamond for the year after; printed beside it the change and what of it is its own."""
    names = [
        wrapped(row.agency_name, 24 if words.narrow else 42)
        + ("" if row.mine else f"<br>{words.tick(row.fiscal_year - 1)} → {words.tick(row.fiscal_year)}")
        + "\u200b" * place
        for place, row in enumerate(frame.itertuples())
    ]
    rows = list(range(len(frame)))
    traces = [style.ways(frame, names)]
    for column, name, symbol, size in (
        ("before", "column.before", "circle-open", 13),
        ("held", "compare_learn.held", "line-ns-open", 16),
        ("after", "column.after", "circle", 13),
        ("later", "column.later", "diamond-open", 13),
    ):
        colour = style.QUIET if column == "held" else style.RISE
        traces.append(
            style.scatter(
                x=frame["before"] + frame["tide"] if column == "held" else frame[column],
                y=names,
                mode="markers",
                customdata=rows,
                name=words(name),
                marker={"symbol": symbol, "size": size, "color": colour, "line": {"width": 3, "color": colour}},
                hovertemplate="%{y}: %{x:.2f}<extra>" + words(name) + "</extra>",
            )
        )
    notes = [
        style.beside(_beside(row, words), name, font={"size": 16, "weight": 700})
        for name, row in zip(names, frame.itertuples(), strict=True)
    ]
    return style.figure(
        traces,
        words,
        height=110 + (96 if words.narrow else 56) * len(frame),
        annotations=notes,
        margin={"r": 90 if words.narrow else 190, "t": 60 if words.narrow else 36},
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "tickfont": {"size": 14}},
    )


def _beside(row, words: Words) -> str:
    if row.mine:
        return words.number(row.before)
    own = words.signed(row.own)
    return own if words.narrow else words("tide.beside_change", change=words.signed(round(row.after - row.before, 2)), own=own)
