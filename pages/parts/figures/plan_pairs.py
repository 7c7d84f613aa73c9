"""Plan against result, measure by measure."""

import plotly.graph_objects as go
from pandas import DataFrame, notna

from pages.parts.figures import style
from pages.parts.text import Words

KINDS = {  # kind -> colour, dash of its line, symbol of its ends
    "paired": (style.MAIN, "solid", "circle"),
    "reworded": (style.PEERS, "dash", "diamond"),
    "grouped": (style.QUIET, "dot", "square"),
    "dropped": (style.FALL, None, "x"),
    "new": (style.INSTRUMENT["EIT"], None, "cross"),
    "unclear": (style.QUIET, None, "circle-open"),
}


def plan_pairs(frame: DataFrame, words: Words) -> go.Figure:
    """What became of each planned measure? The plan above, the report below, both in their order, a line from each measure to its
    result: lines that lean show numbers that shifted, an end without a line a measure without its pair."""
    if frame.empty:
        return style.figure([], words)
    several = frame["family"].nunique() > 1
    traces = []
    for kind, (colour, dash, symbol) in KINDS.items():
        rows = frame[frame["pair"] == kind]
        if rows.empty:
            continue
        for is_line in (True, False):
            x, y, text, data = [], [], [], []
            for at, row in zip(rows.index, rows.itertuples(), strict=True):
                ends = [(position, side, number, title) for position, side, number, title in (
                    (row.plan_position, 1, row.plan_number, row.plan_title), (row.result_position, 0, row.result_number, row.result_title))
                    if notna(position)]
                if is_line and len(ends) < 2:
                    continue
                for position, side, number, title in ends:
                    x.append(position)
                    y.append(side)
                    text.append(_hover(words, row, side, number, title, several))
                    data.append(at)
                if is_line:
                    x, y, text, data = [*x, None], [*y, None], [*text, None], [*data, None]
            if is_line and x:
                traces.append(style.scatter(x=x, y=y, mode="lines", line={"color": colour, "dash": dash or "solid", "width": 2.5},
                                         hoverinfo="skip", showlegend=False))
            elif not is_line:
                traces.append(style.scatter(
                    x=x, y=y, mode="markers", customdata=data, text=text, hovertemplate="%{text}<extra></extra>",
                    name=words("plan_pairs.legend", kind=words(f"pair.{kind}"), n=len(rows)), cliponaxis=False,
                    marker={"color": colour, "symbol": symbol, "size": 15 if dash is None else 12, "line": {"width": 2, "color": colour}}))
    notes = []
    last = max(frame["plan_position"].max(), frame["result_position"].max())
    for column, number, side, shift in (("plan_position", "plan_number", 1, 22), ("result_position", "result_number", 0, -22)):
        known = frame[frame[column].notna()].drop_duplicates([column, "family"])
        for row in known.itertuples():
            printed = getattr(row, number)
            notes.append(style.note(str(printed) if notna(printed) else "?", getattr(row, column), side, yshift=shift,
                                    font={"size": 15 if last < 25 else 12}))
    return style.figure(
        traces, words, height=330, annotations=notes, margin={"b": 26, "t": 60},
        xaxis={"range": [0.3, last + 0.7], "showgrid": False, "showticklabels": False},
        yaxis={"range": [-0.25, 1.25], "tickvals": [1, 0], "ticktext": [words("section.plan"), words("section.result")], "showgrid": False,
               "tickfont": {"size": 17}})


def _hover(words: Words, row, side: int, number, title, several: bool) -> str:
    part = words("section.plan") if side else words("section.result")
    said = f"{part} {number if notna(number) else '?'}"
    if several:
        said += f" · {words(f'family.{row.family}')}"
    title = str(title) if notna(title) else words("plan_pairs.no_title")
    return f"{said}<br>{title[:90]}{'…' if len(title) > 90 else ''}<br>{words(f'pair.{row.pair}')}"
