"""How every figure looks. Text colours are left to the page's theme, so that one figure reads on white and on dark; every colour
below keeps a contrast of 3:1 against both, tells apart under the common colour blindnesses, and never carries a meaning alone
(tests/test_colours.py computes all three)."""

import math
import re
from functools import cache
from numbers import Real

import plotly.graph_objects as go
import plotly.io as pio
from pandas import DataFrame
from plotly.basedatatypes import BaseFigure

from pages.parts.say.text import Words

INK = {"light": "#16222e", "dark": "#eef2f5"}  # text, as in .streamlit/config.toml
FONT = "Sarabun, 'Leelawadee UI', Thonburi, 'Noto Sans Thai', Loma, sans-serif"
MAIN = "#2a7fb0"  # the agency
QUIET = "#838b94"  # the nation, what is only context
RISE, FALL = "#2a7fb0", "#d2713f"  # blue and orange, with + and - beside them
LIMIT = "#b3374f"  # what a rule asks for
INSTRUMENT = {"IIT": "#1da674", "EIT": "#935182", "OIT": "#d2713f"}
INSTRUMENT_DASH = {"IIT": "dash", "EIT": "longdash", "OIT": "dashdot"}
INSTRUMENT_SYMBOL = {"IIT": "square", "EIT": "diamond", "OIT": "triangle-up"}
PEERS = "#836608"
STATUS = {"completed": "#2a7fb0", "in_progress": "#836608", "not_started": "#d2713f", "not_possible": "#b3374f", "unknown": "#838b94"}
GROUP = "#704dc4"  # those an agency is compared with
HIGHER, LOWER = "#704dc4", "#948a3c"  # than others, which is neither good nor bad: not the colours of rise and fall, and shapes beside them
RELATIVE = [[0.0, "#c9bd63"], [0.5, "#f1eef5"], [1.0, "#b394d6"]]  # lower and higher than others, behind text
SCALE = [[0.0, "#dd8350"], [0.35, "#ecc0a0"], [0.7, "#b8d6e6"], [1.0, "#5c9fca"]]  # low to high, behind text
HATCH = {"fillmode": "overlay", "fgcolor": "#ffffff", "fgopacity": 0.45, "size": 9}  # of a bar's pattern
BAND = "rgba(125,133,142,0.09)"
PLOTLY_NUMBER = re.compile(r"%\{([xy])(?::([^}]+))?\}")  # in a hovertemplate

CONFIG = {  # of st.plotly_chart: a PNG in three times the size, with the fonts of the machine; nothing that leaves it
    "displaylogo": False,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"format": "png", "scale": 3},
    "scrollZoom": False,
}


class Drawn(BaseFigure):
    """A figure as its function said it, which goes to the browser as it is. Plotly's own figure looks at each property and copies the whole
    twice, a third of what a rerun with a heatmap costs the server; tests look at every figure as Plotly does (`draw`)."""

    def __init__(self, traces: list[dict], layout: dict):
        self._traces, self._given = traces, layout

    @property
    def data(self) -> list[dict]:
        """The traces."""
        return self._traces

    @property
    def layout(self) -> dict:
        """The layout, to be written into."""
        return self._given

    def to_dict(self) -> dict:
        """Traces and layout, with the template that Plotly gives every figure and without what is None, as of Plotly's own figure."""
        return {"data": _said(self._traces), "layout": _said(self._given) | {"template": _template(pio.templates.default)}}


def _said(given):
    if isinstance(given, dict):
        return {name: _said(value) for name, value in given.items() if value is not None}
    given = given.tolist() if hasattr(given, "tolist") else given  # a column of a frame
    nested = isinstance(given, list | tuple) and any(isinstance(one, dict) for one in given)
    return [_said(one) for one in given] if nested else given


@cache
def _template(name: str) -> dict:
    return go.Figure(layout={"template": name}).to_dict()["layout"]["template"]


def figure(traces: list, words: Words, height: int = 440, years=None, **layout) -> Drawn:
    """A figure of these traces; `years` makes x an axis of fiscal years as categories, every one with its tick, data or none."""
    given = {
        "height": height,
        "font": {"family": FONT, "size": 16},
        "margin": {"l": 10, "r": 10, "t": 34, "b": 10},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.01,
            "yanchor": "bottom",
            "font": {"size": 15},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "hoverlabel": {"font": {"family": FONT, "size": 15}},
        "hovermode": "closest",
        "dragmode": False,
        "separators": ".,",
        "xaxis": {"fixedrange": True, "automargin": True, "zeroline": False, "tickfont": {"size": 14}},
        "yaxis": {"fixedrange": True, "automargin": True, "zeroline": False, "tickfont": {"size": 14}},
    }
    if years is not None:
        ticks = [words.tick(year) for year in years]
        given["xaxis"] |= {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": ticks,
            "showgrid": False,
            "range": [-0.5, max(len(ticks), 1) - 0.5],
            "tickfont": {"size": 17},
        }
    for key, value in layout.items():
        given[key] = given[key] | value if isinstance(value, dict) and isinstance(given.get(key), dict) else value
    if given["yaxis"].get("type") == "category":
        given["yaxis"] = {"dtick": 1} | given["yaxis"]  # every row keeps its name, however low the figure
    traces = [_clickable(trace) for trace in traces]
    if words.digits == "thai":  # Plotly itself writes Arabic digits only, on axes and in hover texts
        given["xaxis"], given["yaxis"] = (given[f"{way}axis"] | _ticks_said(given[f"{way}axis"], traces, way, words) for way in "xy")
        traces = [_hover_said(trace, words) for trace in traces]
    if words.screen == "projector":
        traces, given = _sized(traces, PROJECTOR), _sized(given, PROJECTOR)
    elif words.narrow:
        sizes = NARROW_THAI if words.digits == "thai" else NARROW
        traces, given = _sized(traces, sizes), _sized(given, sizes)
    return Drawn(traces, given)


# What a screen makes of a figure: its type, its lines, its height and margins
PROJECTOR = {
    "font": lambda size: round(size * 1.25),
    "width": lambda width: width * 1.5,
    "height": lambda height: round(height * 1.1),
    "margin": lambda room: round(room * 1.2),
}
NARROW = {"font": lambda size: max(size, 15)}  # page.css draws most figures of a phone at 0.69 of their size
NARROW_THAI = {"font": lambda size: max(round(size * 0.86), 15)}  # Thai digits are so much wider than Arabic ones


def _sized(given, sizes: dict):
    """A trace or layout in the sizes of a screen; what it says stays as it is."""
    if isinstance(given, list | tuple):
        return [_sized(one, sizes) for one in given]
    if not isinstance(given, dict):
        return given
    sized = {}
    for name, value in given.items():
        if name.endswith("font") and isinstance(value, dict) and isinstance(value.get("size"), int | float):
            sized[name] = value | {"size": sizes["font"](value["size"])}
        elif name == "line" and "width" in sizes and isinstance(value, dict) and isinstance(value.get("width"), int | float):
            sized[name] = value | {"width": sizes["width"](value["width"])}
        elif name == "margin" and name in sizes:
            sized[name] = {side: sizes[name](room) for side, room in value.items()}
        elif name == "height" and name in sizes:
            sized[name] = sizes[name](value)
        else:
            sized[name] = _sized(value, sizes)
    return sized


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Round values from low to high, about `count` of them."""
    step = 10 ** math.floor(math.log10(max(high - low, 1e-9) / count))
    step *= next(m for m in (1, 2, 2.5, 5, 10) if (high - low) / (step * m) <= count)
    first = math.ceil(low / step - 1e-9)
    return [n * step for n in range(first, math.floor(high / step + 1e-9) + 1)]


def _ticks_said(axis: dict, traces: list[dict], way: str, words: Words) -> dict:
    """Ticks of an axis of numbers in the viewer's digits; nothing where the axis has words or no ticks."""
    if axis.get("type") == "category" or axis.get("visible") is False or axis.get("showticklabels") is False or "ticktext" in axis:
        return {}
    values = [value for trace in traces if way in trace for value in trace[way] if isinstance(value, Real) and not math.isnan(value)]
    low, high = sorted(axis.get("range") or ([min(values), max(values)] if values else [0, 1]))
    step = axis.get("dtick")
    every = step and range(math.ceil(low / step), math.floor(high / step) + 1)
    at = [n * step for n in every] if step else ticks(low, high, axis.get("nticks") or 6)
    return {"tickvals": at, "ticktext": [words.written(f"{value:,.10g}{axis.get('ticksuffix', '')}") for value in at]}


def _hover_said(trace: dict, words: Words) -> dict:
    """The trace with a hover text a point instead of a template with numbers of Plotly's."""
    template = trace.get("hovertemplate")
    if not isinstance(template, str) or not PLOTLY_NUMBER.search(template):
        return trace
    places = {way: list(trace[way]) for way in "xy"}

    def said(found: re.Match, at: int) -> str:
        value = places[found[1]][at]
        if not isinstance(value, Real):
            return found[0]
        return words.written(format(value, found[2] or ",.10g"))

    return trace | {"hovertemplate": [PLOTLY_NUMBER.sub(lambda found, at=at: said(found, at), template) for at in range(len(places["x"]))]}


def _clickable(trace: dict) -> dict:
    """A click marks its point and leaves the others as they are: Plotly would fade them, as if they were gone."""
    if trace["type"] == "bar" or trace["type"] == "scatter" and "markers" in trace["mode"]:
        trace = {"unselected": {"marker": {"opacity": trace.get("marker", {}).get("opacity", 1)}}} | trace
    if trace["type"] == "scatter" and "text" in trace["mode"]:
        trace = {"selected": {"textfont": {"color": MAIN}}} | trace
    return trace


def scatter(**given) -> dict:
    """A scatter trace. Traces are plain until the figure is made: Plotly checks them once then, instead of at every step."""
    return {"type": "scatter"} | given


def bar(**given) -> dict:
    """A bar trace."""
    return {"type": "bar"} | given


def heatmap(**given) -> dict:
    """A heatmap trace."""
    return {"type": "heatmap"} | given


def axis_begin(frame) -> float:
    """Where the axis of small panels begins: below everything in the frame, on a multiple of ten."""
    lowest = frame.min().min()
    return 0 if lowest != lowest else max(0, (lowest - 8) // 10 * 10)


def marks(years_marks) -> list[dict]:
    """The pass marks of years that stand side by side (null: the rules say none) as lines behind their columns, equal ones as one line."""
    shapes = []
    for place, mark in enumerate(years_marks):
        if mark is None or mark != mark:
            continue
        if shapes and (shapes[-1]["x1"], shapes[-1]["y1"]) == (place - 0.5, mark):
            shapes[-1]["x1"] = place + 0.5
        else:
            ends = {"x0": place - 0.5, "x1": place + 0.5, "y0": mark, "y1": mark}
            shapes.append({"type": "line", **ends, "line": {"color": LIMIT, "width": 2}})
    return shapes


def note(text: str, x, y, **more) -> dict:
    """A small text inside a figure, without an arrow."""
    return {"text": text, "x": x, "y": y, "showarrow": False, "font": {"size": 14}} | more


def beside(text: str, row, **more) -> dict:
    """What is said of a row, in bold to the right of the plot; the margin there must have room for it."""
    return note(text, 1.01, row, **{"xref": "paper", "xanchor": "left", "font": {"size": 15, "weight": 600}} | more)


def ways(frame: DataFrame, names: list[str]) -> dict:
    """A quiet line a row, named by `names`, from its `before` to its `after`: under the marks at both ends."""
    return scatter(
        x=[x for row in frame.itertuples() for x in (row.before, row.after, None)],
        y=[y for name in names for y in (name, name, None)],
        mode="lines",
        hoverinfo="skip",
        showlegend=False,
        line={"color": QUIET, "width": 4},
    )
