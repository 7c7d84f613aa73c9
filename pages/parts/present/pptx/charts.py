"""Pictures as PowerPoint's own charts and tables, with their data."""

from lxml import etree

from pages.parts.present.pptx.text import Stage, faces, say, write
from pages.parts.present.slide import Deck, Picture
from pages.parts.present.svg.marks import COLOURS, text_width
from pages.parts.present.svg.waterfall import axis_start, running
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

TINTS = {"rise": "#8fc1de", "fall": "#eda06b"}  # light enough for black numbers, which a stacked bar can only bear inside
PATTERNS = {
    "completed_inferred": MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    "need": MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    "in_progress": MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL,
    "not_possible": MSO_PATTERN.LARGE_CHECKER_BOARD,
}
MARKERS = {"main": XL_MARKER_STYLE.CIRCLE, "compare": XL_MARKER_STYLE.SQUARE, "band": XL_MARKER_STYLE.DIAMOND}
ROWS = 6  # rows of a table that a slide has room for
THAI = "[$-D000000]"  # of a number format: Thai digits (ECMA-376 part 1, 18.8.31); the chart's data stay numbers


def _paint(fill, role: str) -> None:
    if role in PATTERNS:
        fill.patterned()
        fill.pattern = PATTERNS[role]
        fill.fore_color.rgb, fill.back_color.rgb = RGBColor(255, 255, 255), RGBColor.from_string(COLOURS[role].lstrip("#"))
    else:
        fill.solid()
        fill.fore_color.rgb = RGBColor.from_string(COLOURS[role].lstrip("#"))


def _numbers(frame, column) -> list[float | None]:
    return [None if value is None or value != value else float(value) for value in frame[column]]


def _format(picture: Picture, role: str = "") -> str:
    digits = "0." + "0" * picture.decimals if picture.decimals else "0"
    digits = THAI + digits if picture.digits == "thai" else digits
    return (
        f"+{digits};-{digits};{digits}"
        if picture.signed or role in ("change", "need", "rise")
        else f"-{digits};-{digits}"
        if role == "fall"
        else digits
    )


def _labels(series, number_format: str, position=None) -> None:
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, number_format, False
    if position is not None:
        labels.position = position


def _plain_axes(chart, low=None, high=None) -> None:
    """Categories read from above; the value axis gives way to the numbers at the bars."""
    chart.has_title = False
    chart.category_axis.reverse_order = True
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.format.line.color.rgb = RGBColor.from_string(COLOURS["compare"].lstrip("#"))
    chart.category_axis.format.line.width = Pt(2)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    every = etree.Element(qn("c:tickLblSkip"), val="1")  # no label is left out where rows are close
    chart.category_axis._element.find(qn("c:noMultiLvlLbl")).addprevious(every)
    value = chart.value_axis
    value.has_major_gridlines, value.visible = False, False
    value.minimum_scale, value.maximum_scale = low, high


def _reference(chart, picture: Picture) -> None:
    """The one reference line of a bar chart, as the only grid line: ticks at 0 and at its value."""
    for name, at in picture.lines[:1]:
        axis = chart.value_axis
        axis.visible, axis.has_major_gridlines, axis.major_unit = True, True, at
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = f'[={at:g}]"{name.replace(chr(34), "")}";""', False
        axis.format.line.fill.background()
        line = axis.major_gridlines.format.line
        line.color.rgb, line.width, line.dash_style = RGBColor.from_string(COLOURS["fall"].lstrip("#")), Pt(2), MSO_LINE.DASH


def _legend(chart) -> None:
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False


def _lines(shapes, box, picture: Picture, *_):
    data = CategoryChartData()
    data.categories = [str(label) for label in picture.frame.label]
    for series in picture.series:
        data.add_series(series.name, _numbers(picture.frame, series.column), _format(picture) if series.role != "mark" else "0.##")
    shape = shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, data)
    chart = shape.chart
    chart.has_title = False
    _legend(chart)
    seen = [v for s in picture.series for v in _numbers(picture.frame, s.column) if v is not None]
    axis = chart.value_axis
    axis.minimum_scale = max(0, min(seen) // 5 * 5 - 5 if min(seen) % 5 < 2 else min(seen) // 5 * 5)
    axis.maximum_scale = max(seen) // 5 * 5 + 5
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(COLOURS["band"].lstrip("#"))
    axis.format.line.fill.background()
    for drawn, series in zip(chart.plots[0].series, picture.series, strict=True):
        _draw_line(drawn, series.role)
        if series.role == "main":
            _labels(drawn, _format(picture), XL_LABEL_POSITION.ABOVE)
        for i, joined in enumerate(picture.frame.get("comparable", [])):  # no line across a break of comparability
            if i and not joined and series.role != "mark":
                drawn.points[i].format.line.fill.background()
    return [(shape, picture.title, picture.alt)]


def _draw_line(drawn, role: str) -> None:
    """The line of a series, told apart by its width, dashes and markers too; what a rule asks for has none of these."""
    colour = RGBColor.from_string(COLOURS[{"band": "compare", "mark": "fall"}.get(role, role)].lstrip("#"))
    drawn.smooth = False
    drawn.format.line.color.rgb, drawn.format.line.width = colour, Pt(3.5 if role == "main" else 2.25)
    drawn.marker.style = MARKERS.get(role, XL_MARKER_STYLE.NONE)
    if role in MARKERS:
        drawn.marker.size = 10 if role == "main" else 7
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = colour
    if role != "main":
        drawn.format.line.dash_style = MSO_LINE.ROUND_DOT if role == "band" else MSO_LINE.DASH


def _gap(rows: int) -> int:
    """Percent of a bar's width between bars: one bar alone must not fill the slide."""
    return {1: 300, 2: 160, 3: 90}.get(rows, 45)


def _bars(shapes, box, picture: Picture, stage: Stage, language: str):
    """One chart a series, side by side on one scale; only the first bears the labels of the rows. Headings stand above, so that the rows
    of all charts lie level."""
    x, y, width, height = box
    frame, many = picture.frame, len(picture.series) > 1
    measured = [s for s in picture.series if s.role != "count"]
    values = [v for s in measured for v in _numbers(frame, s.column) if v is not None] + [at for _, at in picture.lines]
    high, low = max([*values, 0.01]), min([*values, 0])
    room = (high - low) * 0.22  # for the numbers at the ends of the bars
    widest = max(text_width(str(label), 25) for label in frame.label) / 1184
    shares = [0.45 if s.role == "count" else 1.0 for s in picture.series]
    shares = [share * (1 - widest) / sum(shares) + (widest if i == 0 else 0) for i, share in enumerate(shares)]
    heading = stage.box(0, 0, 0, 32)[3] if many else 0
    made, at = [], x
    for i, series in enumerate(picture.series):
        wide = Emu(round(width * shares[i]))
        if many:
            indent = Emu(round(width * widest)) if i == 0 else 0
            write(shapes, (Emu(at + indent), y, Emu(wide - indent), heading), [[(series.name, stage.points(16), True, None)]], language)
        data = CategoryChartData()
        data.categories = [str(label) for label in frame.label]
        data.add_series(series.name, _numbers(frame, series.column), "0" if series.role == "count" else _format(picture, series.role))
        shape = shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, at, Emu(y + heading), wide, Emu(height - heading), data)
        chart = shape.chart
        at = Emu(at + wide)
        if series.role == "count":
            _plain_axes(chart, 0, max([v for v in _numbers(frame, series.column) if v] or [1]) * 1.5)
        else:
            _plain_axes(chart, low - (room if low < 0 else 0), high + room if high > 100 or not picture.lines else 100 * 1.16)
            _reference(chart, picture)
        chart.has_legend = False
        if i:
            chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        plot = chart.plots[0]
        plot.gap_width, plot.vary_by_categories = _gap(len(frame)), False
        drawn = plot.series[0]
        drawn.invert_if_negative = False
        _paint(drawn.format.fill, "main" if series.role in ("change", "count") else series.role)
        roles = list(frame["role"]) if "role" in frame else ["fall" if (v or 0) < 0 else "rise" for v in _numbers(frame, series.column)]
        if "role" in frame or series.role == "change":
            for j, role in enumerate(roles):
                if role != series.role:
                    _paint(drawn.points[j].format.fill, role)
        _labels(drawn, "0" if series.role == "count" else _format(picture, series.role), XL_LABEL_POSITION.OUTSIDE_END)
        made.append((shape, f"{picture.title}: {series.name}" if many else picture.title, picture.alt))
    return made


def _stacked(shapes, box, picture: Picture, *_):
    data = CategoryChartData()
    data.categories = [str(label) for label in picture.frame.label]
    shown = [s for s in picture.series if any(_numbers(picture.frame, s.column))]
    for series in shown:
        data.add_series(series.name, [v or None for v in _numbers(picture.frame, series.column)], _format(picture, series.role))
    shape = shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *box, data)
    chart = shape.chart
    totals = [sum(v or 0 for v in row) for row in zip(*(_numbers(picture.frame, s.column) for s in shown), strict=True)]
    _plain_axes(chart, 0, max([*totals, 1]) * 1.08)
    _legend(chart)
    chart.plots[0].gap_width, chart.plots[0].overlap = _gap(len(picture.frame)), 100
    for drawn, series in zip(chart.plots[0].series, shown, strict=True):
        _paint(drawn.format.fill, series.role)
        if series.role == "unknown":
            drawn.format.line.color.rgb = RGBColor.from_string(COLOURS["compare"].lstrip("#"))
        _labels(drawn, _format(picture, series.role))
        if series.role not in ("unknown", "need"):
            drawn.data_labels.font.color.rgb = RGBColor(255, 255, 255)
        drawn.data_labels.font.bold = True
    return [(shape, picture.title, picture.alt)]


def _waterfall(shapes, box, picture: Picture, *_):
    frame = picture.frame
    begins, ends = running(frame)
    data = CategoryChartData()
    data.categories = [str(label) for label in frame.label]
    data.add_series(
        picture.title, [None if role == "total" else min(b, e) for b, e, role in zip(begins, ends, frame.role, strict=True)], "0.00"
    )
    roles = [role for role in ("total", "rise", "fall") if role in set(frame.role)]
    for role in roles:
        data.add_series(
            {s.role: s.name for s in picture.series}[role],
            [abs(float(points)) if role == is_ else None for points, is_ in zip(frame.points, frame.role, strict=True)],
            _format(picture, role),
        )
    shape = shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *box, data)
    chart = shape.chart
    low = axis_start(frame)
    high = max([*begins, *ends])
    _plain_axes(chart, low, high + (high - low) * 0.12)
    chart.has_legend = False
    chart.plots[0].gap_width, chart.plots[0].overlap = 35, 100
    base, *steps = chart.plots[0].series
    base.format.fill.background()
    for drawn, role in zip(steps, roles, strict=True):
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = RGBColor.from_string(TINTS.get(role, COLOURS[role]).lstrip("#"))
        _labels(drawn, _format(picture, role), XL_LABEL_POSITION.INSIDE_END if role == "total" else XL_LABEL_POSITION.INSIDE_BASE)
        drawn.data_labels.font.bold = True
        if role == "total":
            drawn.data_labels.font.color.rgb = RGBColor(255, 255, 255)
    return [(shape, picture.title, picture.alt)]


def _strip(shapes, box, picture: Picture, *_):
    """Every agency a point: across its value, up how many lie there already."""
    frame, series = picture.frame, picture.series[0]
    values = _numbers(frame, series.column)
    low, high = min(values), max(values)
    wide = max(high - low, 1) / 60
    piles: dict[int, int] = {}
    ours, others = [], []
    for i in sorted(range(len(values)), key=lambda i: not frame.strong.iloc[i]):
        pile = round(values[i] / wide)
        piles[pile] = piles.get(pile, 0) + 1
        (ours if frame.strong.iloc[i] else others).append((values[i], piles[pile]))
    data = XyChartData(number_format=_format(picture))
    name = next((str(label) for label, strong in zip(frame.label, frame.strong, strict=True) if strong), series.name)
    top = max(piles.values()) + 2
    drawn = [entry for entry in ((series.name, others, "band"), (name, ours, "main")) if entry[1]]
    for title, at in picture.lines:  # first: LibreOffice leaves out a first series of a single point
        cached = data.add_series(title)
        cached.add_data_point(at, 0)
        cached.add_data_point(at, top)
    for title, points, _ in drawn:
        cached = data.add_series(title)
        for across, up in points:
            cached.add_data_point(across, up)
    shape = shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *box, data)
    chart = shape.chart
    chart.has_title = False
    _legend(chart)
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = 0, top
    edges = [*values, *(at for _, at in picture.lines)]
    chart.category_axis.has_major_gridlines = False
    chart.category_axis.minimum_scale, chart.category_axis.maximum_scale = min(edges) // 5 * 5, -(-max(edges) // 5) * 5
    chart.category_axis.tick_labels.number_format, chart.category_axis.tick_labels.number_format_is_linked = "0", False
    for i, cached in enumerate(chart.plots[0].series):
        role = drawn[i - len(picture.lines)][2] if i >= len(picture.lines) else "line"
        if role == "line":
            cached.marker.style = XL_MARKER_STYLE.NONE
            cached.format.line.color.rgb, cached.format.line.width = RGBColor.from_string(COLOURS["fall"].lstrip("#")), Pt(2)
            cached.format.line.dash_style = MSO_LINE.DASH
            continue
        cached.format.line.fill.background()
        cached.marker.style, cached.marker.size = XL_MARKER_STYLE.CIRCLE, 16 if role == "main" else 11
        _paint(cached.marker.format.fill, role)
        cached.marker.format.line.color.rgb = RGBColor.from_string(COLOURS["compare"].lstrip("#"))
    return [(shape, picture.title, picture.alt)]


def table(shapes, box, picture: Picture, stage: Stage, deck: Deck, more):
    x, y, width, height = box
    records = picture.frame.to_dict("records")
    rows = [[s.name for s in picture.series]] + [[str(record[s.column]) for s in picture.series] for record in records[:ROWS]]
    if len(records) > ROWS:
        rows.append([more(len(records) - ROWS)] + [""] * (len(picture.series) - 1))
    shape = shapes.add_table(len(rows), len(picture.series), x, y, width, Emu(height // 8 * len(rows)))
    grid = shape.table
    wants = [max(min(max(text_width(row[i], 24) for row in rows), 620), 60) for i in range(len(picture.series))]
    for column, want in zip(grid.columns, wants, strict=True):
        column.width = Emu(round(width * want / sum(wants)))
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            cell = grid.cell(i, j)
            room = 1.9 * 1184 * wants[j] / sum(wants)
            while text_width(text, 23) > room:  # two lines at most: the rest stands in the notes
                text = text[:-2].rstrip("… ") + "…"
            say(cell.text_frame.paragraphs[0], text, deck.language, stage.points(15), i == 0)
    return [(shape, picture.title, picture.alt)]


CHARTS = {"lines": _lines, "bars": _bars, "stacked": _stacked, "waterfall": _waterfall, "strip": _strip}


def chart_faces(chart, language: str, size) -> None:
    """One size and the theme's faces for all text of a chart, also where a label has properties of its own."""
    chart.font.size = size
    for properties in chart._chartSpace.iter(qn("a:defRPr"), qn("a:rPr")):
        faces(properties, language)
        if properties.get("sz") is None:
            properties.set("sz", str(int(size.pt * 100)))
