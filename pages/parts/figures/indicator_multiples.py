"""Ten indicators side by side, small."""

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words

ACROSS, ACROSS_NARROW = 5, 2
FLOOR, TITLE = 0.17, 0.85  # within a panel of height 1: where its plot begins, where its title stands
LINES, HEIGHT = {1: 0.47, 2: 0.38}, {1: 112, 2: 126}  # how high its plot and it are (px), by the lines of the longest title


def indicator_multiples(frame: DataFrame, words: Words) -> style.Drawn:
    """How did each indicator go? A small line each, all on one scale with the pass mark; the last score is printed.

    The panels share one pair of axes, each in its own square of it: twenty axes would take ten times as long to make and to draw.
    """
    rows = dict(zip(frame.index, frame.to_dict("records"), strict=True))  # plain values: a frame takes ten times as long to read by rows
    years = sorted({row["fiscal_year"] for row in rows.values()})
    low = style.axis_begin(frame[["score", "mark"]])
    marks = {row["fiscal_year"]: row["mark"] for row in rows.values()}
    width = max(len(years) - 1, 1)
    across = ACROSS_NARROW if words.narrow else ACROSS
    deep = max(1, -(-frame["indicator"].nunique() // across))
    letters = 20 if words.narrow else 24
    named = {row["indicator"]: wrapped(words.numbered(row), letters) for row in rows.values()}
    deepest = min(2, max((name.count("<br>") + 1 for name in named.values()), default=1))
    lines, limits, titles, values, ticks = ([[], [], []] for _ in range(5))  # each x, y, and text or row of the frame

    def put(mark: list[list], x: float | None, y: float | None, extra) -> None:
        for values_, value in zip(mark, (x, y, extra), strict=True):
            values_.append(value)

    for place, one in enumerate(dict.fromkeys(row["indicator"] for row in rows.values())):
        own = {index: row for index, row in rows.items() if row["indicator"] == one}
        left, bottom = place % across * 1.95, -(place // across)

        def at(year, score, left=left, bottom=bottom):
            return left + years.index(year) / width, bottom + FLOOR + (score - low) / (100 - low) * LINES[deepest]

        last = None
        for index, row in own.items():
            known = not isna(row["score"])
            put(lines, *(at(row["fiscal_year"], row["score"]) if known else (None, None)), index)
            last = row if known else last
        put(lines, None, None, None)
        for x, year in ((left - 0.08, years[0]), *((at(year, low)[0], year) for year in years), (left + 1.62, years[-1])):
            put(limits, x, None if isna(marks[year]) else at(year, marks[year])[1], None)
        put(limits, None, None, None)
        put(titles, left - 0.1, bottom + TITLE, named[one])
        for year in dict.fromkeys([years[0], years[-1]]):
            put(ticks, at(year, low)[0], bottom + 0.06, words.tick(year))
        if last is not None:
            x, y = at(last["fiscal_year"], last["score"])
            put(values, x + 0.2, y + 0.06, words.number(last["score"]))  # above the mark rather than on it

    hover = [
        None
        if index is None or isna(rows[index]["score"])
        else f"{words.tick(rows[index]['fiscal_year'])}  {words.number(rows[index]['score'])}"
        for index in lines[2]
    ]
    traces = [
        style.scatter(x=limits[0], y=limits[1], mode="lines", line={"color": style.LIMIT, "width": 1.5, "shape": "hvh"}, hoverinfo="skip"),
        style.scatter(
            x=lines[0],
            y=lines[1],
            mode="lines+markers",
            line={"color": style.MAIN, "width": 3},
            marker={"size": 8},
            customdata=lines[2],
            hovertext=hover,
            hoverinfo="text",
            connectgaps=False,
        ),
        *(
            style.scatter(
                x=mark[0],
                y=mark[1],
                mode="text",
                text=mark[2],
                textposition=position,
                hoverinfo="skip",
                cliponaxis=False,
                textfont={"size": size, "weight": weight},
            )
            for mark, position, size, weight in (
                (titles, "middle right", 14, 400),
                (values, "middle right", 16, 700),
                (ticks, "middle center", 12, 400),
            )
        ),
    ]
    hidden = {"visible": False}
    return style.figure(
        traces,
        words,
        height=HEIGHT[deepest] * deep,
        showlegend=False,
        margin={"t": 2, "l": 2, "r": 2, "b": 2},
        xaxis=hidden | {"range": [-0.2, across * 1.95 - 0.1]},
        yaxis=hidden | {"range": [0.97 - deep, 1.03]},
    )
