"""The year of one agency: its papers and the work of its measures."""

from datetime import date

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words

SHOWN = 16  # rows that one screen has room for, work that is done left out first; the table has them all
WORK = {  # state of work -> colour and pattern
    "done": (style.STATUS["completed"], ""),
    "open": (style.STATUS["in_progress"], "\\"),
    "untold": (style.STATUS["unknown"], "."),
}
PAPER = {"read_in": "circle", "missing": "circle-open"}


def timeline(frame: DataFrame, words: Words) -> style.Drawn:
    """What is due when, and what of it is there? A row a paper, with a sign at its day, filled where a document holds it; then a bar for
    the work of each period, coloured by what of it is done."""
    rows = frame.loc[(frame["state"] == "done").sort_values(kind="stable").index[:SHOWN].sort_values()]
    rows = rows.reset_index(names="row")
    begin = date(int(rows["fiscal_year"].iloc[0]) - 544, 10, 1) if len(rows) else date(2000, 10, 1)
    starts, ends, days = ([_days(day, begin) for day in one] for one in (rows["starts"], rows["ends"], rows["due"].fillna(rows["ends"])))
    known = [day for day in (*starts, *ends, *days) if day is not None]
    first, last = min([0, *known]), max([365, *known])
    ticks, left = _ticks(begin, first, last, words), first - 6
    if len(days) > sum(day is not None for day in days):  # what has no day stands before the year
        nowhere = first - (110 if words.narrow else 26)
        ticks = [(nowhere, wrapped(words("timeline.no_day"), 8, 2)), *ticks[words.narrow :]]  # a phone has no room for both
        left = 2 * nowhere - first
        days = [nowhere if day is None else day for day in days]
    labels = [_label(row, words) for row in rows.to_dict("records")]
    hovers = [f"{label}<br>{_when(row, words)}<extra></extra>" for label, row in zip(labels, rows.to_dict("records"), strict=True)]
    bars = _bars(rows, starts, ends, hovers, words)
    signs = _signs(rows, days, hovers, words)
    spans = [  # the time that a report tells of
        {"type": "line", "x0": starts[at], "x1": ends[at], "y0": at, "y1": at, "line": {"color": style.MAIN, "width": 2}}
        for at in rows.index[rows["measures"].isna() & rows["starts"].notna()]
    ]
    tall = 42 if any("<br>" in label for label in labels) else int(min(34, max(27, 440 / max(len(rows), 1))))
    notes = [style.beside(_beside(row, words), at) for at, row in enumerate(rows.to_dict("records"))]
    return style.figure(
        [*bars, *signs],
        words,
        height=120 + tall * max(len(rows), 2) + (22 * len(bars + signs) if words.narrow else 0),  # a phone lists them one a line
        annotations=notes,
        shapes=[*_quarters(begin), *spans],
        margin={"r": 24 + 9 * max((len(one["text"]) for one in notes), default=0)},
        xaxis={
            "range": [left, last + (24 if words.narrow else 6)],
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


def _bars(rows: DataFrame, starts: list, ends: list, hovers: list[str], words: Words) -> list[dict]:
    """The work of each period, a trace a state."""
    traces = []
    for state, (colour, shape) in WORK.items():
        at = list(rows.index[(rows["state"] == state) & rows["starts"].notna()])
        if at:
            traces.append(
                style.bar(
                    y=at,
                    base=[starts[row] for row in at],
                    x=[ends[row] - starts[row] + 1 for row in at],
                    width=0.5,
                    orientation="h",
                    name=words(f"timeline.{state}"),
                    customdata=rows["row"][at],
                    hovertemplate=[hovers[row] for row in at],
                    marker={"color": colour, "pattern": {"shape": shape} | style.HATCH},
                )
            )
    return traces


def _signs(rows: DataFrame, days: list, hovers: list[str], words: Words) -> list[dict]:
    """The papers, a trace a state, and the work that has no period."""
    idle = rows["measures"].notna() & rows["starts"].isna()
    kinds = {state: (rows["state"] == state, symbol, style.MAIN) for state, symbol in PAPER.items()}
    kinds["no_period"] = idle, "diamond-open", style.QUIET
    traces = []
    for name, (chosen, symbol, colour) in kinds.items():
        at = list(rows.index[chosen])
        if at:
            traces.append(
                style.scatter(
                    y=at,
                    x=[days[row] for row in at],
                    mode="markers",
                    name=words(f"timeline.{name}"),
                    cliponaxis=False,
                    customdata=rows["row"][at],
                    hovertemplate=[hovers[row] for row in at],
                    marker={"symbol": symbol, "size": 15, "color": colour, "line": {"color": colour, "width": 2}},
                )
            )
    return traces


def _days(day, begin: date) -> int | None:
    return None if isna(day) else (day.date() - begin).days


def _label(row: dict, words: Words) -> str:
    """A paper by its item and name, work by what it is of and its last day."""
    name = words.value("task", row["task"])
    if not isna(row["code"]):
        name = f"{words.written(row['code'].lower())} {name}"
    elif not isna(row["measures"]) and not isna(row["ends"]):
        name = words("timeline.until", task=name, day=words.date(row["ends"]))
    return wrapped(name, 22 if words.narrow else 46, 2)


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
