"""A figure of a page as it stands still: the dialect of Plotly that figures/ speaks as one <svg> element, for words without a picture of
their own. Nothing is drawn for what it does not know (`still` gives "")."""

import re
from base64 import b64decode
from collections.abc import Iterator
from html import escape, unescape

import numpy as np

from pages.parts.figures import style
from pages.parts.present.svg.marks import FAINT, INK, shortened, text_width

KNOWN = {"bar", "scatter", "heatmap"}
DASH = {"dash": "9 9", "dot": "3 4", "longdash": "14 7", "dashdot": "9 5 3 5"}
# Of a bar's pattern: the path of one tile of 8 x 8.
HATCHED = {
    "/": "M-2 10L10 -2M6 10L10 6M-2 2L2 -2",
    "\\": "M-2 -2L10 10M6 -2L10 2M-2 6L2 10",
    "x": "M0 0L8 8M8 0L0 8",
    "-": "M0 4H8",
    ".": "M3 4H5",
}
# A marker with radius 1, as a path; others are circles.
SYMBOLS = {
    "square": "M-1 -1H1V1H-1Z",
    "diamond": "M0 -1.3L1.3 0L0 1.3L-1.3 0Z",
    "triangle-up": "M0 -1.2L1.1 0.8H-1.1Z",
    "triangle-down": "M0 1.2L1.1 -0.8H-1.1Z",
    "triangle-left": "M-1.2 0L0.8 1.1V-1.1Z",
    "triangle-right": "M1.2 0L-0.8 1.1V-1.1Z",
    "cross": "M-1 -0.4H-0.4V-1H0.4V-0.4H1V0.4H0.4V1H-0.4V0.4H-1Z",
    "x": "M-1 -0.5L-0.5 -1L0 -0.5L0.5 -1L1 -0.5L0.5 0L1 0.5L0.5 1L0 0.5L-0.5 1L-1 0.5L-0.5 0Z",
    "star": "M0 -1.3L0.35 -0.4H1.25L0.55 0.15L0.8 1.1L0 0.55L-0.8 1.1L-0.55 0.15L-1.25 -0.4H-0.35Z",
    "line-ns": "M0 -1V1",
}
MARKUP = re.compile("</?b>")  # beside <br>: what figures/ write into texts; that of data is none (literal.for_figure)
LEGEND = 15  # px of its type
NAMES = 0.42  # of the width, at most, for the names of rows
NEAR = 1.2  # px: points of a path that are nearer to the one before are left out


def still(figure: style.Drawn, width: float, name: str) -> str:
    """The figure as an <svg> element so many px wide, called `name` by those who read it out."""
    given = figure.to_plotly_json()
    traces, layout = [_plain(trace) for trace in given["data"]], _plain(given["layout"])
    if not traces or {trace["type"] for trace in traces} - KNOWN or any(trace.get("orientation", "h") != "h" for trace in traces):
        return ""
    plot = Plot(traces, layout, width)
    drawn = "".join(
        [
            *plot.shapes(),
            *plot.grid(),
            *(part for trace in traces for part in plot.trace(trace)),
            *plot.notes(),
            *plot.legend(),
            *plot.key(),
        ]
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {plot.height:.0f}" role="img" aria-label="{escape(name)}" '
        f'font-family="{escape(style.FONT)}"><defs>{"".join(plot.defs.values())}</defs>{drawn}</svg>'
    )


def _plain(given):
    """The same with arrays as lists: Plotly packs them for the browser."""
    if isinstance(given, dict):
        if "bdata" in given:
            flat = np.frombuffer(b64decode(given["bdata"]), given["dtype"])
            return (flat.reshape([int(n) for n in given["shape"].split(",")]) if "shape" in given else flat).tolist()
        return {key: _plain(value) for key, value in given.items()}
    if isinstance(given, (list, tuple)):
        return [_plain(one) for one in given]
    return given.tolist() if isinstance(given, np.ndarray) else given


def _missing(value) -> bool:
    return value is None or value != value


def _each(value, count: int) -> list:
    """A value for each of `count` points: given once for all, or for each."""
    return value if isinstance(value, list) else [value] * count


class Axis:
    """Where values of an axis lie: `begin` and `end` are px of its first and last."""

    def __init__(self, given: dict, values: list, bars: bool):
        self.given = given
        values = [value for value in values if not _missing(value)]
        self.words = given.get("categoryarray") or list(dict.fromkeys(map(str, values))) if given.get("type") == "category" else []
        if self.words:
            low, high = -0.5, len(self.words) - 0.5
        else:
            low, high = min(values, default=0), max(values, default=1)
            room = (high - low or 1) * 0.05
            low, high = (min(0, low), max(0, high) + room) if bars else (low - room, high + room)
        self.low, self.high = given.get("range") or (low, high)
        if given.get("autorange") == "reversed":
            self.low, self.high = self.high, self.low
        self.begin, self.end = 0.0, 1.0

    def number(self, value) -> float:
        return float(self.words.index(value)) if value in self.words else float(value)

    def __call__(self, value) -> float:
        return self.begin + (self.number(value) - self.low) / (self.high - self.low) * (self.end - self.begin)

    @property
    def unit(self) -> float:
        return abs((self.end - self.begin) / (self.high - self.low))

    def ticks(self) -> list[tuple]:
        """Value and text of each tick."""
        if self.given.get("visible") is False or self.given.get("showticklabels") is False:
            return []
        if "ticktext" in self.given:
            return list(zip(self.given["tickvals"], self.given["ticktext"], strict=True))
        if self.words:
            return [(word, word) for word in self.words]
        low, high = sorted((self.low, self.high))
        return [(value, f"{value:,.10g}") for value in style.ticks(low, high, self.given.get("nticks") or 6)]


class Plot:
    """The parts of one figure, as SVG."""

    def __init__(self, traces: list[dict], layout: dict, width: float):
        self.traces, self.layout, self.defs = traces, layout, {}
        self.width, self.height = width, layout["height"]
        self.ends: dict = {}  # of stacked bars: where the next one of a row begins
        bars = any(trace["type"] == "bar" for trace in traces)
        values = [value for trace in traces for value in trace["x"]]
        self.x = Axis(layout["xaxis"], values, bars)
        self.y = Axis(layout["yaxis"], [value for trace in traces for value in trace["y"]], False)
        self._lay()

    def _lay(self) -> None:
        """The plot's box: margins, and what ticks and legend need beyond them."""
        margin, small = self.layout["margin"], self.layout["xaxis"]["tickfont"]["size"]
        wide = max((_wide(text, self.layout["yaxis"]["tickfont"]["size"]) for _, text in self.y.ticks()), default=0)
        wide = min(wide, NAMES * self.width)
        deep = max((1.35 * small * len(_lines(text)) + 8 for _, text in self.x.ticks()), default=0)
        entries = self._entries()
        self.rows, left = [], self.width
        for entry in entries:
            need = 50 + _wide(entry["name"], LEGEND)
            if left + need > self.width - 20:
                self.rows.append([])
                left = 0
            self.rows[-1].append((left, entry))
            left += need
        over = self.layout["xaxis"].get("side") == "top"
        title = 24 if self.layout["xaxis"].get("title") and self.x.ticks() else 0
        top = max(margin["t"], 22 * len(self.rows) + 8) + (deep if over else 0)
        left = max(margin["l"], wide + 8 + (22 if self.layout["yaxis"].get("title") else 0))
        self.left, self.right = left, self.width - margin["r"]
        self.top, self.bottom = top, self.height - margin["b"] - (0 if over else deep) - title
        if self.layout["yaxis"].get("scaleanchor"):  # a degree north is as long as it is in nature
            ratio = self.layout["yaxis"]["scaleratio"] * abs(self.y.high - self.y.low) / abs(self.x.high - self.x.low)
            size = min(self.right - self.left, (self.bottom - self.top) / ratio)
            middle = (self.left + self.right) / 2
            self.left, self.right, self.bottom = middle - size / 2, middle + size / 2, self.top + size * ratio
        self.x.begin, self.x.end, self.y.begin, self.y.end = self.left, self.right, self.bottom, self.top

    # --- around the marks -------------------------------------------------------------------------------------------------------

    def _entries(self) -> list[dict]:
        named = [trace for trace in self.traces if trace.get("name") and trace.get("showlegend") is not False]
        return named if len(named) > 1 or any(trace.get("showlegend") for trace in named) else []

    def legend(self) -> Iterator[str]:
        """Above the plot, in as many lines as it needs."""
        deep = self.layout["xaxis"]["tickfont"]["size"] * 1.35 + 8 if self.layout["xaxis"].get("side") == "top" else 0
        for row, entries in enumerate(self.rows):
            y = self.top - deep - 22 * (len(self.rows) - row) + 8
            for left, trace in entries:
                yield self._swatch(trace, left + 15, y)
                yield _text(trace["name"], left + 34, y, LEGEND)

    def _swatch(self, trace: dict, x: float, y: float) -> str:
        if trace["type"] == "bar":
            return f'<rect x="{x - 10:.1f}" y="{y - 7:.1f}" width="20" height="14" {self._fill(trace["marker"], 0)}/>'
        drawn = _line([(x - 14, y), (x + 14, y)], trace["line"]) if "lines" in trace["mode"] else ""
        return drawn + (_marker(x, y, trace.get("marker", {}) | {"size": 12, "opacity": 1}, 0) if "markers" in trace["mode"] else "")

    def grid(self) -> Iterator[str]:
        """Ticks, lines of the grid, and the names of the axes."""
        xaxis, yaxis = self.layout["xaxis"], self.layout["yaxis"]
        for value, text in self.x.ticks():
            at, lines = self.x(value), len(_lines(text))
            if xaxis.get("showgrid") is not False and not self.x.words:
                yield _line([(at, self.top), (at, self.bottom)], {"color": FAINT, "width": 1})
            size = xaxis["tickfont"]["size"]
            y = self.top - 6 - size * 0.65 * lines if xaxis.get("side") == "top" else self.bottom + 6 + size * 0.65 * lines
            yield _text(text, at, y, size, "middle")
        for value, text in self.y.ticks():
            at = self.y(value)
            if yaxis.get("showgrid") is not False and not self.y.words:
                yield _line([(self.left, at), (self.right, at)], {"color": FAINT, "width": 1})
            size = yaxis["tickfont"]["size"]
            cut = "<br>".join(shortened(line, size, NAMES * self.width) for line in _lines(text))
            yield _text(cut, self.left - 6, at, size, "end")
        if title := (xaxis.get("title") or {}).get("text"):
            yield _text(title, (self.left + self.right) / 2, self.height - self.layout["margin"]["b"] - 10, 14, "middle")
        if title := (yaxis.get("title") or {}).get("text"):
            yield f'<g transform="translate(12 {(self.top + self.bottom) / 2:.1f}) rotate(-90)">{_text(title, 0, 0, 14, "middle")}</g>'

    def _place(self, way: str, value, reference: str | None) -> float:
        axis = self.x if way == "x" else self.y
        return axis.begin + value * (axis.end - axis.begin) if reference == "paper" else axis(value)

    def shapes(self) -> Iterator[str]:
        """Lines, boxes and outlines beneath the marks."""
        for shape in self.layout.get("shapes", []):
            line = shape.get("line", {})
            if shape["type"] == "path":
                yield f'<path d="{self._outline(shape["path"])}" {_colour("fill", shape["fillcolor"])} {_stroke(line)}/>'
                continue
            (x0, x1), (y0, y1) = ([self._place(way, shape[f"{way}{end}"], shape.get(f"{way}ref")) for end in (0, 1)] for way in "xy")
            if shape["type"] == "line":
                yield _line([(x0, y0), (x1, y1)], line)
            else:
                size = f'width="{abs(x1 - x0):.1f}" height="{abs(y1 - y0):.1f}"'
                fill = _colour("fill", shape.get("fillcolor", "none"))
                yield f'<rect x="{min(x0, x1):.1f}" y="{min(y0, y1):.1f}" {size} {fill} {_stroke(line)}/>'

    def _outline(self, path: str) -> str:
        rings = []
        for ring in path.split("M")[1:]:
            points: list[tuple[float, float]] = []
            for pair in ring.rstrip("Z").split("L"):
                lon, lat = pair.split(",")
                point = self.x(float(lon)), self.y(float(lat))
                if not points or abs(point[0] - points[-1][0]) + abs(point[1] - points[-1][1]) > NEAR:
                    points.append(point)
            rings.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points) + "Z" if len(points) > 2 else "")
        return "".join(rings)

    def notes(self) -> Iterator[str]:
        """The texts in and beside the plot."""
        for note in self.layout.get("annotations", []):
            x = self._place("x", note["x"], note.get("xref")) + note.get("xshift", 0)
            y = self._place("y", note["y"], note.get("yref")) - note.get("yshift", 0)
            anchor = {"left": "start", "right": "end"}.get(note.get("xanchor"), "middle")
            font = note["font"]
            yield _text(note["text"], x, y, font["size"], anchor, font.get("color"), font.get("weight", 400) >= 600)

    def key(self) -> Iterator[str]:
        """What the colours of a map say: from low to high upwards, in the corner at the right."""
        for trace in self.traces:
            of = trace.get("marker", {}) if trace["type"] == "scatter" else trace
            if not (bar := of.get("colorbar")):
                continue
            deep, wide = bar["len"] * (self.bottom - self.top), bar["thickness"]
            left, top = self.width - 190, self.bottom - deep - 10
            stops = "".join(f'<stop offset="{at}" style="stop-color:{colour}"/>' for at, colour in of["colorscale"])
            self.defs["key"] = f'<linearGradient id="still-key" x1="0" y1="1" x2="0" y2="0">{stops}</linearGradient>'
            yield f'<rect x="{left}" y="{top:.1f}" width="{wide}" height="{deep:.1f}" fill="url(#still-key)"/>'
            yield _text(bar["title"]["text"], self.width - 10, top - 18, bar["title"]["font"]["size"], "end")
            for value, text in zip(bar["tickvals"], bar["ticktext"], strict=True):
                share = (value - bar["tickvals"][0]) / (bar["tickvals"][-1] - bar["tickvals"][0])
                yield _text(text, left + wide + 6, top + deep * (1 - share), bar["tickfont"]["size"])

    # --- marks ------------------------------------------------------------------------------------------------------------------

    def trace(self, trace: dict) -> Iterator[str]:
        """One trace."""
        return {"bar": self._bars, "scatter": self._scatter, "heatmap": self._heat}[trace["type"]](trace)

    def _fill(self, marker: dict, at: int) -> str:
        """The colour of a bar and its hatching."""
        colour = _each(marker["color"], at + 1)[at]
        shape = _each((marker.get("pattern") or {}).get("shape", ""), at + 1)[at]
        if not shape:
            return _colour("fill", colour, marker.get("opacity"))
        if (shape, colour) not in self.defs:
            self.defs[shape, colour] = (
                f'<pattern id="still-{len(self.defs)}" width="8" height="8" patternUnits="userSpaceOnUse">'
                f'<rect width="8" height="8" {_colour("fill", colour)}/>'
                f'<path d="{HATCHED[shape]}" style="stroke:#fff" stroke-opacity="0.6" stroke-width="2"/></pattern>'
            )
        return f'fill="url(#still-{list(self.defs).index((shape, colour))})"'

    def _bars(self, trace: dict) -> Iterator[str]:
        stacked, count = self.layout.get("barmode") == "stack", len(trace["x"])
        wide = _each(trace.get("width") or 1 - self.layout.get("bargap", 0.2), count)
        for at, (row, value, base) in enumerate(zip(trace["y"], trace["x"], _each(trace.get("base"), count), strict=True)):
            if _missing(value) or value == 0:
                continue
            begin = self.ends.get(row, 0) if stacked else 0 if _missing(base) else base
            self.ends[row] = begin + value
            left, right = sorted((self.x(begin), self.x(begin + value)))
            thick = wide[at] * self.y.unit
            yield (
                f'<rect x="{left:.1f}" y="{self.y(row) - thick / 2:.1f}" width="{right - left:.1f}" height="{thick:.1f}" '
                f"{self._fill(trace['marker'], at)}/>"
            )

    def _scatter(self, trace: dict) -> Iterator[str]:
        points = [None if _missing(x) or _missing(y) else (self.x(x), self.y(y)) for x, y in zip(trace["x"], trace["y"], strict=True)]
        marker, mode = trace.get("marker", {}), trace["mode"]
        if "lines" in mode:
            for run in _runs(points):
                yield _line(_steps(run) if trace["line"].get("shape") == "hvh" else run, trace["line"])
        known = [(at, *point) for at, point in enumerate(points) if point]
        if "markers" in mode and marker.get("opacity", 1) > 0:
            marker = {"color": trace.get("line", {}).get("color")} | marker
            for at, x, y in known:
                if error := trace.get("error_x"):
                    low, high = self.x(trace["x"][at] - error["arrayminus"][at]), self.x(trace["x"][at] + error["array"][at])
                    yield _line([(low, y), (high, y)], {"color": error["color"], "width": error["thickness"]})
                yield _marker(x, y, marker, at)
        if "text" in mode:
            sizes, places = trace["textfont"]["size"], _each(trace.get("textposition", "middle center"), len(points))
            for at, x, y in known:
                up, side = places[at].split()
                room = _each(marker.get("size", 0), len(points))[at] / 2 + 4
                y += {"top": -room - sizes * 0.6, "bottom": room + sizes * 0.6}.get(up, 0)
                x += {"right": room, "left": -room}.get(side, 0)
                anchor = {"right": "start", "left": "end"}.get(side, "middle")
                yield _text(str(_each(trace["text"], len(points))[at]), x, y, sizes, anchor, trace["textfont"].get("color"))

    def _heat(self, trace: dict) -> Iterator[str]:
        wide, high = self.x.unit - trace.get("xgap", 0), self.y.unit - trace.get("ygap", 0)
        for row, (values, texts) in enumerate(zip(trace["z"], trace["text"], strict=True)):
            for column, (value, text) in enumerate(zip(values, texts, strict=True)):
                x, y = self.x(trace["x"][column]), self.y(trace["y"][row])
                if not _missing(value):
                    colour = _between(trace["colorscale"], (value - trace["zmin"]) / ((trace["zmax"] - trace["zmin"]) or 1))
                    place = f'x="{x - wide / 2:.1f}" y="{y - high / 2:.1f}" width="{wide:.1f}" height="{high:.1f}"'
                    yield f"<rect {place} {_colour('fill', colour)}/>"
                if text:
                    yield _text(str(text), x, y, trace["textfont"].get("size", 14), "middle", trace["textfont"]["color"])


# --- small marks ------------------------------------------------------------------------------------------------------------------


def _between(scale: list, at: float) -> str:
    """The colour of a scale (pairs of place and #rrggbb) at a place from 0 to 1."""
    at = min(1.0, max(0.0, at))
    (low, first), (high, last) = next(pair for pair in zip(scale, scale[1:], strict=False) if at <= pair[1][0])
    share = (at - low) / (high - low)
    return "#" + "".join(f"{round(int(first[n : n + 2], 16) * (1 - share) + int(last[n : n + 2], 16) * share):02x}" for n in (1, 3, 5))


def _colour(of: str, colour: str, opacity: float | None = None) -> str:
    """As style, which the dark screen's colours of letters leave alone."""
    return f'style="{of}:{escape(str(colour))}"' + (f' {of}-opacity="{opacity}"' if opacity is not None else "")


def _stroke(line: dict) -> str:
    if not line.get("width", 1):
        return ""
    dash = DASH.get(line.get("dash"))
    colour = escape(str(line.get("color", INK)))
    return f'stroke="{colour}" stroke-width="{line.get("width", 1)}"' + (f' stroke-dasharray="{dash}"' if dash else "")


def _line(points: list[tuple[float, float]], line: dict) -> str:
    return f'<path d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in points)}" fill="none" {_stroke({"width": 2} | line)}/>'


def _runs(points: list) -> Iterator[list]:
    """The points between those that are missing."""
    run: list = []
    for point in [*points, None]:
        if point:
            run.append(point)
        elif run:
            yield run
            run = []


def _steps(run: list) -> list:
    """Half way across, up or down, and on."""
    steps = [run[0]]
    for (x0, y0), (x1, y1) in zip(run, run[1:], strict=False):
        steps += [((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1), (x1, y1)]
    return steps


def _marker(x: float, y: float, marker: dict, at: int) -> str:
    size, colour, symbol = (_each(marker.get(name), at + 1)[at] for name in ("size", "color", "symbol"))
    radius, symbol = (size or 6) / 2, symbol or "circle"
    hollow, kind = symbol.endswith("-open"), symbol.removesuffix("-open")
    colour = colour if isinstance(colour, str) else style.MAIN
    line = {"color": colour, "width": 2} | marker.get("line", {}) if hollow or "line" in marker else {"width": 0}
    paint = f"{_colour('fill', 'none' if hollow else colour)} {_stroke(line)}" + (
        f' opacity="{marker["opacity"]}"' if marker.get("opacity", 1) != 1 else ""
    )
    if kind not in SYMBOLS:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {paint}/>'
    place = f"translate({x:.1f} {y:.1f}) scale({radius:.1f})"
    return f'<path transform="{place}" d="{SYMBOLS[kind]}" vector-effect="non-scaling-stroke" {paint}/>'


def _lines(text: str) -> list[str]:
    return str(text).split("<br>")


def _wide(text: str, size: float) -> float:
    return max(text_width(unescape(MARKUP.sub("", line)), size) for line in _lines(text))


def _text(text: str, x: float, y: float, size: float, anchor: str = "start", colour: str | None = None, bold: bool = False) -> str:
    """A text whose middle is at `y`, in as many lines as it has."""
    lines, parts = _lines(text), []
    fill = _colour("fill", colour) if colour else f'fill="{INK}"'
    for at, line in enumerate(lines):
        thick = ' font-weight="700"' if bold or "<b>" in text else ""
        below = y + size * (0.34 + 1.25 * (at - (len(lines) - 1) / 2))
        said = escape(unescape(MARKUP.sub("", line)))
        parts.append(f'<text x="{x:.1f}" y="{below:.1f}" font-size="{size:g}" text-anchor="{anchor}"{thick} {fill}>{said}</text>')
    return "".join(parts)
