"""The totals of many agencies, small."""

from pandas import DataFrame, isna

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words

ACROSS, ACROSS_NARROW = 5, 2


def compare_multiples(frame: DataFrame, words: Words) -> style.Drawn:
    """Did they go the same way? A panel an agency with its total by year, ours first and strong, all on one scale; the last is printed.

    The panels share one pair of axes, each in its own square of it: forty axes would take ten times as long to draw.
    """
    years = sorted(frame["fiscal_year"].unique())
    marks = frame.drop_duplicates("fiscal_year").set_index("fiscal_year")["mark"]
    low = style.axis_begin(frame[["total", "mark"]])
    width = max(len(years) - 1, 1)
    across = ACROSS_NARROW if words.narrow else ACROSS
    lines = {mine: ([], [], [], []) for mine in (False, True)}
    limit, titles, values = ([], []), ([], [], []), ([], [], [])
    count = 0
    for place, (_, rows) in enumerate(frame.groupby("agency_id", sort=False)):
        count, left, bottom = place + 1, place % across * 1.5, -(place // across)
        mark = lines[bool(rows["mine"].iloc[0])]

        def at(score, bottom=bottom):
            return None if isna(score) else bottom + 0.08 + (score - low) / (100 - low) * 0.55

        for row in rows.itertuples():
            for values_, value in zip(
                mark,
                (
                    left + years.index(row.fiscal_year) / width,
                    at(row.total),
                    row.Index,
                    f"{row.agency_name} {words.tick(row.fiscal_year)}: {words.number(row.total)}",
                ),
                strict=True,
            ):
                values_.append(value)
        for values_ in mark:
            values_.append(None)
        limit[0].extend([*(left + i / width for i in range(len(years))), None])
        limit[1].extend([*(at(marks[year]) for year in years), None])
        titles[0].append(left - 0.04)
        titles[1].append(bottom + 0.83)
        titles[2].append(wrapped(rows["agency_name"].iloc[0], 24 if words.narrow else 34))
        known = rows[rows["total"].notna()]
        if len(known):
            values[0].append(left + years.index(known["fiscal_year"].iloc[-1]) / width + 0.03)
            values[1].append(at(known["total"].iloc[-1]))
            values[2].append(words.number(known["total"].iloc[-1]))
    traces = [
        style.scatter(
            x=limit[0],
            y=limit[1],
            mode="lines",
            name=words("series.pass_mark"),
            hoverinfo="skip",
            line={"color": style.LIMIT, "width": 1.5, "dash": "dot", "shape": "hvh"},
        )
    ]
    traces += [
        style.scatter(
            x=x,
            y=y,
            customdata=rows,
            text=text,
            mode="lines+markers",
            connectgaps=False,
            name=words("series.this_agency" if mine else "series.others"),
            marker={"size": 9 if mine else 6},
            line={"color": style.MAIN if mine else style.QUIET, "width": 4 if mine else 2},
            hovertemplate="%{text}<extra></extra>",
        )
        for mine, (x, y, rows, text) in lines.items()
        if x
    ]
    for mark, position, size in ((titles, "middle right", 13), (values, "middle right", 15)):
        traces.append(
            style.scatter(
                x=mark[0],
                y=mark[1],
                text=mark[2],
                mode="text",
                textposition=position,
                textfont={"size": size},
                hoverinfo="skip",
                showlegend=False,
                cliponaxis=False,
            )
        )
    deep = max(1, -(-count // across))
    hidden = {"visible": False}
    return style.figure(
        traces,
        words,
        height=max(230, 46 + 84 * deep),
        margin={"t": 36, "l": 2, "r": 2, "b": 2},
        xaxis=hidden | {"range": [-0.1, across * 1.5 - (0 if words.digits == "thai" else 0.15)]},
        yaxis=hidden | {"range": [1 - deep, 1]},
    )
