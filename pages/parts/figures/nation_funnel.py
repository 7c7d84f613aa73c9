"""Groups of unequal size beside the limits of chance."""

from pandas import DataFrame

from pages.parts.figures import style
from pages.parts.say.text import Words

NAMED = 4  # groups each way that are named in the figure


def nation_funnel(frame: DataFrame, words: Words) -> style.Drawn:
    """Which provinces are really apart? Each by its number of agencies and its mean, between the limits within which the means of so many
    lie by chance; those outside have a mark of their own, and the farthest their names."""
    by_size = frame.sort_values("agencies", kind="stable")
    lines = []
    for name, dash in (("95", "dot"), ("998", "solid")):
        for side in ("low", "high"):
            lines.append(
                style.scatter(
                    x=by_size["agencies"],
                    y=by_size[f"{side}{name}"],
                    mode="lines",
                    name=words(f"nation_funnel.limit{name}"),
                    showlegend=side == "low",
                    hoverinfo="skip",
                    line={"color": style.QUIET, "width": 1.5 if side == "low" else 1.6, "dash": dash},
                )
            )
    marks = []
    for which, colour, symbol in (
        ("above", style.HIGHER, "triangle-up"),
        ("below", style.LOWER, "triangle-down"),
        (None, style.QUIET, "circle"),
    ):
        some = frame[frame["outside"].isna() if which is None else frame["outside"] == which]
        if len(some):
            farthest = (some["shrunk"] - some["common"]).abs().nlargest(NAMED).index if which and not words.narrow else []
            marks.append(
                style.scatter(
                    x=some["agencies"],
                    y=some["mean"],
                    mode="markers+text",
                    customdata=list(some.index),
                    name=words(f"nation_funnel.{which or 'within'}"),
                    text=[row.part_name if row.Index in farthest else "" for row in some.itertuples()],
                    hovertext=list(some["part_name"]),
                    textposition="middle right",
                    textfont={"size": 14},
                    cliponaxis=False,
                    marker={"color": colour, "symbol": symbol, "size": 11},
                    hovertemplate="%{hovertext}: %{y:.2f}<extra></extra>",
                )
            )
    if not marks:
        marks = [style.scatter(x=[None], y=[None], mode="markers", showlegend=False)]
    most = frame["agencies"].max() if len(frame) else 1
    return style.figure(
        [*lines, *marks],
        words,
        height=420,
        xaxis={"title": {"text": words("column.agencies")}, "range": [0, most * 1.12], "showgrid": False},
        yaxis={"title": {"text": words("column.mean")}},
    )
