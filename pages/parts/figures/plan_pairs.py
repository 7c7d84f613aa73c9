"""Plan against result, measure by measure."""

from pandas import DataFrame, notna

from pages.parts.figures import style
from pages.parts.say.breaks import wrapped
from pages.parts.say.text import Words

KINDS = {  # kind -> colour, dash of its line, symbol of its ends
    "paired": (style.MAIN, "solid", "circle"),
    "reworded": (style.PEERS, "dash", "diamond"),
    "grouped": (style.QUIET, "dot", "square"),
    "dropped": (style.FALL, None, "x"),
    "new": (style.INSTRUMENT["EIT"], None, "cross"),
    "unclear": (style.QUIET, None, "circle-open"),
}


def plan_pairs(frame: DataFrame, words: Words) -> style.Drawn:
    """What became of each planned measure? The plan above, the report below, both in their order, a line from each measure to its
    result: lines that lean show numbers that shifted, an end without a line a measure without its pair."""
    if frame.empty:
        return style.figure([], words)
    several = frame["family"].nunique() > 1
    last = max(frame["plan_position"].max(), frame["result_position"].max())
    traces = []
    for kind, (colour, dash, symbol) in KINDS.items():
        rows = frame[frame["pair"] == kind]
        if rows.empty:
            continue
        found = [(at, row, *end) for at, row in zip(rows.index, rows.itertuples(), strict=True) for end in _ends(row)]
        ends = list({(row.family, side, position): (at, row, side, position, *more) for at, row, side, position, *more in found}.values())
        if dash:
            line = {"color": colour, "dash": dash, "width": 2.5}
            between = [row for row in rows.itertuples() if notna(row.plan_position) and notna(row.result_position)]
            traces.append(
                style.scatter(
                    x=[x for row in between for x in (row.plan_position, row.result_position, None)],
                    y=[1, 0, None] * len(between),
                    mode="lines",
                    line=line,
                    hoverinfo="skip",
                    showlegend=False,
                )
            )
        traces.append(
            style.scatter(
                x=[position for _, _, _, position, *_ in ends],
                y=[side for _, _, side, *_ in ends],
                mode="markers+text",
                text=[words.written(number) if notna(number) else "?" for *_, number, _ in ends],
                customdata=[at for at, *_ in ends],
                textposition=["top center" if side else "bottom center" for _, _, side, *_ in ends],
                textfont={"size": 15 if last < 25 else 12},
                hovertext=[_hover(words, row, *end, several) for _, row, *end in ends],
                hovertemplate="%{hovertext}<extra></extra>",
                name=words("plan_pairs.legend", kind=words(f"pair.{kind}"), n=len(rows)),
                cliponaxis=False,
                marker={"color": colour, "symbol": symbol, "size": 12 if dash else 15, "line": {"width": 2, "color": colour}},
            )
        )
    return style.figure(
        traces,
        words,
        height=330,
        margin={"b": 26, "t": 60},
        xaxis={"range": [0.3, last + 0.7], "showgrid": False, "showticklabels": False},
        yaxis={
            "range": [-0.3, 1.3],
            "tickvals": [1, 0],
            "ticktext": [words("section.plan"), words("section.result")],
            "showgrid": False,
            "tickfont": {"size": 17},
        },
    )


def _ends(row) -> list[tuple]:
    """The ends of one row of the frame: side (1 plan, 0 report), position, number, title."""
    ends = [(1, row.plan_position, row.plan_number, row.plan_title), (0, row.result_position, row.result_number, row.result_title)]
    return [end for end in ends if notna(end[1])]


def _hover(words: Words, row, side: int, _, number, title, several: bool) -> str:
    part = words("section.plan") if side else words("section.result")
    said = f"{part} {words.written(number) if notna(number) else '?'}"
    if several:
        said += f" · {words(f'family.{row.family}')}"
    title = str(title) if notna(title) else words("plan_pairs.no_title")
    return f"{said}<br>{wrapped(title, 60, 3)}<br>{words(f'pair.{row.pair}')}"
