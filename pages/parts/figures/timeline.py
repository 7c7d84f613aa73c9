"""The year of one agency: its papers and the work of its measures."""

from datetime import date

import plotly.graph_objects as go
from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words

SHOWN = 14  # rows that one screen has room for; the table has them all
WORK = {  # state of work -> colour and pattern
    "done": (style.STATUS["completed"], ""),
    "open": (style.STATUS["in_progress"], "\\"),
    "untold": (style.STATUS["unknown"], "."),
}
PAPER = {"read_in": "circle", "missing": "circle-open"}
NOWHERE = -24  # days before the year: where what has no day stands


def timeline(frame: DataFrame, words: Words) -> go.Figure:
    """What is due when, and what of it is there? A row a paper, with a sign at its day, filled where a document holds it; then a bar for
    the work of each period, coloured by what of it is done."""
    rows = frame.head(SHOWN).reset_index(drop=True)
    begin = date(int(rows["fiscal_year"].iloc[0]) - 544, 10, 1) if len(rows) else date(2000, 10, 1)
    starts, ends = ([_days(day, begin) for day in rows[name]] for name in ("starts", "ends"))
    labels = [_label(row, words) for row in rows.to_dict("records")]
    hovers = [f"{label}<br>{_when(row, words)}<extra></extra>" for label, row in zip(labels, rows.to_dict("records"), strict=True)]
    days = [_days(day, begin) for day in rows["due"].fillna(rows["ends"])]
    traces = []
    for state, (colour, shape) in WORK.items():
        at = [place for place in rows.index[rows["state"] == state] if starts[place] is not None]
        if at:
            traces.append(
                style.bar(
                    y=at,
                    base=[starts[place] for place in at],
                    x=[ends[place] - starts[place] + 1 for place in at],
                    width=0.5,
                    orientation="h",
                    name=words(f"timeline.{state}"),
                    customdata=at,
                    hovertemplate=[hovers[place] for place in at],
                    marker={"color": colour, "pattern": {"shape": shape} | style.HATCH},
                )
            )
    for state, symbol in PAPER.items():
        at = list(rows.index[rows["state"] == state])
        if at:
            traces.append(_signs(at, days, words(f"timeline.{state}"), hovers, symbol, style.MAIN))
    if at := [place for place in rows.index[~rows["state"].isin(list(PAPER))] if starts[place] is None]:
        traces.append(_signs(at, days, words("timeline.no_period"), hovers, "diamond-open", style.QUIET))
    spans = [  # the time that a report tells of
        {"type": "line", "x0": starts[place], "x1": ends[place], "y0": place, "y1": place, "line": {"color": style.MAIN, "width": 2}}
        for place in rows.index[rows["state"].isin(list(PAPER))]
        if starts[place] is not None
    ]
    known = [day for day in (*starts, *ends, *days) if day is not None]
    nowhere = any(days[place] is None for place in rows.index)
    first, last = min([0, *known]), max([365, *known])
    ticks = _ticks(begin, first, last, words)
    if nowhere:
        ticks = [(first + NOWHERE, words("timeline.no_day")), *ticks]
    notes = [style.beside(_beside(row, words), place) for place, row in enumerate(rows.to_dict("records"))]
    return style.figure(
        traces,
        words,
        height=120 + 34 * max(len(rows), 2) + (22 * len(traces) if words.narrow else 0),
        annotations=notes,
        shapes=[*_quarters(begin), *spans],
        margin={"r": 24 + 9 * max((len(one["text"]) for one in notes), default=0)},
        xaxis={
            "range": [first + (2 * NOWHERE if nowhere else -6), last + 6],
            "tickvals": [at for at, _ in ticks],
            "ticktext": [text for _, text in ticks],
            "tickangle": 0,
            "showgrid": False,
        },
        yaxis={
            "range": [max(len(rows), 1) - 0.5, -0.5],
            "tickvals": list(rows.index),
            "ticktext": labels,
            "showgrid": False,
            "tickfont": {"size": 15},
        },
        legend={"traceorder": "normal"},
    )


def _signs(at: list[int], days: list, name: str, hovers: list[str], symbol: str, colour: str) -> dict:
    return style.scatter(
        y=at,
        x=[NOWHERE if days[place] is None else days[place] for place in at],
        mode="markers",
        name=name,
        customdata=at,
        hovertemplate=[hovers[place] for place in at],
        marker={"symbol": symbol, "size": 15, "color": colour, "line": {"color": colour, "width": 2}},
    )


def _days(day, begin: date) -> int | None:
    return None if isna(day) else (day.date() - begin).days


def _label(row: dict, words: Words) -> str:
    name = words.value("task", row["task"])
    return wrapped(name if isna(row["code"]) else f"{words.written(row['code'].lower())} {name}", 20 if words.narrow else 34, 3)


def _when(row: dict, words: Words) -> str:
    """The last day to publish it where that is known, else the days that it is about."""
    if not isna(row["due"]):
        return words("papers.due", day=words.date(row["due"]))
    days = [words.date(row[name]) for name in ("starts", "ends") if not isna(row[name])]
    return " – ".join(days) or words("timeline.no_day")


def _beside(row: dict, words: Words) -> str:
    """Of work how many of its measures are completed, of a paper whether it is there."""
    if isna(row["measures"]):
        return words(f"timeline.short_{row['state']}")
    return words("rate.count", completed=int(row["completed"]), decided=int(row["measures"]))


def _quarters(begin: date) -> list[dict]:
    """The first and the third quarter of the year as bands."""
    after = begin.year + 1
    edges = [(0, (date(after, 1, 1) - begin).days), ((date(after, 4, 1) - begin).days, (date(after, 7, 1) - begin).days)]
    band = {"type": "rect", "y0": 0, "y1": 1, "yref": "paper", "fillcolor": style.BAND, "line": {"width": 0}}
    return [band | {"x0": first, "x1": last} for first, last in edges]


def _ticks(begin: date, first: int, last: int, words: Words) -> list[tuple[int, str]]:
    """The first day of each month, where there is room, with its year where one begins."""
    found, every = [], 3 if words.narrow or last - first > 550 else 1
    for months in range(-36, 49, every):
        year, month = divmod(begin.year * 12 + begin.month - 1 + months, 12)
        at = (date(year, month + 1, 1) - begin).days
        if first - 2 <= at <= last:
            name, of = words("slide.months").split("|")[month], words("timeline.month_year", be=year + 543, ce=year)
            found.append((at, f"{name}<br>{of}" if not found or month == 0 else name))
    return found
