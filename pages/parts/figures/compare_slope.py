"""Two years side by side."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words


def compare_slope(frame: DataFrame, words: Words) -> style.Drawn:
    """Who rose and who fell between two years? A line an agency, ours strong; the ends of ours and of the group's extremes are named."""
    ends = [words.tick(frame[name].iloc[0]) if len(frame) else "" for name in ("before_year", "fiscal_year")]
    traces = []
    for mine, width, colour in ((False, 1, style.QUIET), (True, 5, style.MAIN)):
        some = frame[frame["mine"] == mine]
        if some.empty:
            continue
        traces.append(
            style.scatter(
                x=[x for _ in range(len(some)) for x in (*ends, None)],
                y=[y for row in some.itertuples() for y in (row.before, row.after, None)],
                mode="lines+markers",
                line={"color": colour, "width": width},
                marker={"size": 12 if mine else 5},
                showlegend=True,
                customdata=[row for index in some.index for row in (index, index, None)],
                connectgaps=False,
                name=words("series.this_agency" if mine else "series.others"),
                text=[text for row in some.itertuples() for text in (row.agency_name, row.agency_name, None)],
                hovertemplate="%{text}<br>%{x}: %{y:.2f}<extra></extra>",
            )
        )
    named = frame[frame["mine"] | frame.index.isin([frame.index.min(), frame.index.max()])] if len(frame) else frame
    notes = [
        style.note(
            f"{wrapped(row.agency_name, 30)} {words.signed(row.change)}",
            1,
            row.after,
            xanchor="left",
            xshift=12,
            font={"size": 15, "weight": 700 if row.mine else 400},
        )
        for row in _apart(named)
    ]
    mine = frame[frame["mine"]]
    notes += [
        style.note(words.number(row.before), 0, row.before, xanchor="right", xshift=-12, font={"size": 17, "weight": 700})
        for row in mine.itertuples()
    ]
    notes += [
        style.note(words.number(row.after), 1, row.after, yshift=16, xanchor="right", font={"size": 17, "weight": 700})
        for row in mine.itertuples()
    ]
    return style.figure(
        traces,
        words,
        height=420,
        annotations=notes,
        margin={"r": 330, "l": 60, "t": 40},
        xaxis={"type": "category", "range": [-0.15, 1.1], "showgrid": False, "tickfont": {"size": 18}},
        yaxis={"showticklabels": not words.narrow},  # our own scores stand in their place
    )


def _apart(named: DataFrame) -> list:
    """The rows whose names do not fall on one another: ours first."""
    kept = []
    for row in named.sort_values("mine", ascending=False, kind="stable").itertuples():
        if all(abs(row.after - other.after) > 1 for other in kept):
            kept.append(row)
    return kept
