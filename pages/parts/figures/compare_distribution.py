"""Where an agency stands in its group: the spread of the total and of each indicator."""

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.figures.statuses import room
from pages.parts.say.text import Words


def compare_distribution(frame: DataFrame, words: Words) -> style.Drawn:
    """Is it ahead or behind, and is that far? For each score the range, the middle half and the median of the group, the agency marked;
    at the right its rank and the share of the others that it is above."""
    names = [words("indicator.TOTAL") if row.indicator == "TOTAL" else words.numbered(row._asdict()) for row in frame.itertuples()]
    traces = spread(frame, names, words, "lowest", "highest")
    traces.append(
        style.scatter(
            x=frame["score"],
            y=names,
            mode="markers",
            name=words("series.this_agency"),
            customdata=list(range(len(frame))),
            marker={"color": style.MAIN, "size": 17, "symbol": "diamond", "line": {"color": "#ffffff", "width": 1.5}},
            hovertemplate="%{y}: %{x:.2f}<extra>" + words("series.this_agency") + "</extra>",
        )
    )
    notes = []
    for name, row in zip(names, frame.itertuples(), strict=True):
        rank = words("compare_distribution.tied_rank" if row.tied else "compare_distribution.rank", rank=row.rank, agencies=row.agencies)
        above = "" if isna(row.percentile) else f" · {words.number(row.percentile)}%"
        notes.append(style.beside(rank + above, name))
    return rows_figure(frame, traces, words, notes)


def spread(frame: DataFrame, names: list[str], words: Words, low: str, high: str) -> list[dict]:
    """The traces of a row each: a thin line from `low` to `high`, a thick one for the middle half, a mark for the median."""
    rows = list(range(len(frame)))

    def spans(left: str, right: str) -> dict:
        ends = [(a, b) for a, b in zip(frame[left], frame[right], strict=True)]
        return {
            "x": [x for a, b in ends for x in (a, b, None)],
            "y": [y for name in names for y in (name, name, None)],
            "mode": "lines",
            "hoverinfo": "skip",
        }

    return [
        style.scatter(name=words(f"series.{low}_{high}"), line={"color": style.QUIET, "width": 2}, **spans(low, high)),
        style.scatter(
            name=words("series.middle_half"),
            line={"color": style.GROUP, "width": 13},
            opacity=0.55,
            **spans("lower_quartile", "upper_quartile"),
        ),
        style.scatter(
            x=frame["median"],
            y=names,
            mode="markers",
            name=words("series.median"),
            customdata=rows,
            marker={"color": style.GROUP, "size": 18, "symbol": "line-ns-open", "line": {"width": 4, "color": style.GROUP}},
            hovertemplate="%{y}: %{x:.2f}<extra>" + words("series.median") + "</extra>",
        ),
    ]


def rows_figure(frame: DataFrame, traces: list[dict], words: Words, notes: list[dict]) -> style.Drawn:
    """A figure of rows from top to bottom, with room for the notes at the right."""
    return style.figure(
        traces,
        words,
        height=min(1300, max(230, 74 + (38 if words.narrow else 28) * len(frame))),
        annotations=notes,
        margin={"r": room(notes), "t": 40},
        xaxis={"tickfont": {"size": 15}, "tickangle": 0, "nticks": 4 if words.narrow else 0, "showgrid": True},
        yaxis={"type": "category", "autorange": "reversed", "showgrid": False, "tickfont": {"size": 16}},
    )
