"""The slides as PowerPoint: native text and native charts with their data, so that everybody can go on working on them.

All lengths are units of a stage of 1280x720 until `_Stage` turns them into those of the presentation. Fonts are those of the theme, for
Latin and for complex script, so that one change of the theme's fonts changes the whole file.
"""

import io
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import XmlPart
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from pages.parts.present.slide import Deck, Picture, Slide
from pages.parts.present.svg import COLOURS, axis_start, running, text_width
from pages.parts.say.text import Words

TINTS = {"rise": "#8fc1de", "fall": "#eda06b"}  # light enough for black numbers, which a stacked bar can only bear inside
THAI_FACE = "Tahoma"  # has Thai letters and is part of both Windows and macOS; an installed face is set once, in the theme
PATTERNS = {
    "inferred": MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    "need": MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    "in_progress": MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL,
    "not_possible": MSO_PATTERN.LARGE_CHECKER_BOARD,
}
MARKERS = {"main": XL_MARKER_STYLE.CIRCLE, "compare": XL_MARKER_STYLE.SQUARE, "band": XL_MARKER_STYLE.DIAMOND}
ROWS = 6  # rows of a table that a slide has room for
THAI = "[$-D000000]"  # of a number format: Thai digits (ECMA-376 part 1, 18.8.31); the chart's data stay numbers
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


class UnusableTemplate(ValueError):
    """The template that a user gave is not a PowerPoint file, or has no layout."""


class _Stage:
    """Units of the stage as EMU of this presentation, and its type sizes in points."""

    def __init__(self, presentation):
        self.across, self.down = presentation.slide_width / 1280, presentation.slide_height / 720
        self.type = min(self.across, self.down) / 9525

    def box(self, x, y, width, height):
        return Emu(round(x * self.across)), Emu(round(y * self.down)), Emu(round(width * self.across)), Emu(round(height * self.down))

    def points(self, size):
        return Pt(max(round(size * self.type), 9))


def _theme_fonts(part) -> None:
    """Sets the faces of a theme for Latin, East Asian and complex script, and for the script Thai."""
    theme = part.part_related_by(RT.THEME)
    parsed = isinstance(theme, XmlPart)  # as python-pptx makes it; read from a file it is bytes
    root = theme._element if parsed else etree.fromstring(theme.blob)
    for fonts in root.iter(f"{A}majorFont", f"{A}minorFont"):
        for name in ("latin", "ea", "cs"):
            fonts.find(f"{A}{name}").set("typeface", THAI_FACE)
        for old in fonts.findall(f"{A}font[@script='Thai']"):
            fonts.remove(old)
        fonts.append(etree.Element(f"{A}font", script="Thai", typeface=THAI_FACE))
    if not parsed:
        theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@cache
def _blank() -> bytes:
    """python-pptx's own empty presentation, made 16:9 and given Thai faces and a headline on the left."""
    presentation = Presentation()
    wider = (1280 * 9525) / presentation.slide_width
    presentation.slide_width, presentation.slide_height = Emu(1280 * 9525), Emu(720 * 9525)
    master = presentation.slide_master
    for shapes in (master.shapes, *(layout.shapes for layout in presentation.slide_layouts)):
        for shape in shapes:
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                shape.left, shape.width = Emu(round(shape.left * wider)), Emu(round(shape.width * wider))
    title = master._element.find(".//" + qn("p:titleStyle") + "/" + qn("a:lvl1pPr"))
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("b", "1")
    _theme_fonts(master.part)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def _open(template: bytes | None):
    try:
        presentation = Presentation(io.BytesIO(_blank() if template is None else template))
        if not len(presentation.slide_layouts):
            raise UnusableTemplate
    except UnusableTemplate:
        raise
    except Exception as error:  # python-pptx lets zipfile, lxml and its own errors through
        raise UnusableTemplate(str(error)) from error
    for entry in list(presentation.slides._sldIdLst):  # a template's example slides are not ours to show
        presentation.part.drop_rel(entry.rId)
        presentation.slides._sldIdLst.remove(entry)
    return presentation


def usable(template: bytes) -> bool:
    """Whether a user's file can serve as template."""
    try:
        _open(template)
    except UnusableTemplate:
        return False
    return True


def _layout(presentation):
    """The layout with a title and the least besides it."""

    def others(layout):
        return sum(
            shape.placeholder_format.type not in (1, 3, 13, 15, 16) for shape in layout.placeholders
        )  # title, dates, footers, numbers

    titled = [
        layout for layout in presentation.slide_layouts if any(shape.placeholder_format.type in (1, 3) for shape in layout.placeholders)
    ]
    return min(titled or presentation.slide_layouts, key=others)


def _faces(properties, language: str, heading: bool = False) -> None:
    """Gives a:rPr or a:defRPr their language and the theme's faces; Thai is complex script, which a:latin leaves out."""
    properties.set("lang", {"th": "th-TH", "en": "en-GB"}.get(language, language))
    for name in ("latin", "ea", "cs"):
        for old in properties.findall(qn(f"a:{name}")):
            properties.remove(old)
    letters = "mj" if heading else "mn"
    for name, script in (("latin", "lt"), ("ea", "ea"), ("cs", "cs")):
        etree.SubElement(properties, qn(f"a:{name}"), typeface=f"+{letters}-{script}")


def _say(paragraph, text: str, language: str, size=None, bold=None, colour=None, heading=False) -> None:
    run = paragraph.add_run()
    run.text = "".join(c for c in text if c >= " " or c in "\t")  # XML has no other control characters
    run.font.size, run.font.bold = size, bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    _faces(run._r.get_or_add_rPr(), language, heading)


def _write(shapes, box, lines, language, anchor=MSO_ANCHOR.TOP):
    """A text box of `lines`: lists of (text, size in points, bold, colour)."""
    shape = shapes.add_textbox(*box)
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for i, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        for text, size, bold, colour in line:
            _say(paragraph, text, language, size, bold, colour)
    return shape


def _described(shape, name: str, alt: str) -> None:
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", alt)


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
        data.add_series(series.name, _numbers(picture.frame, series.column), _format(picture))
    for name, at in picture.lines:
        data.add_series(name, [at] * len(picture.frame), "0.##")
    shape = shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, data)
    chart = shape.chart
    chart.has_title = False
    _legend(chart)
    seen = [v for s in picture.series for v in _numbers(picture.frame, s.column) if v is not None] + [at for _, at in picture.lines]
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale = (
        max(0, min(seen) // 5 * 5 - 5 if min(seen) % 5 < 2 else min(seen) // 5 * 5),
        max(seen) // 5 * 5 + 5,
    )
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(COLOURS["band"].lstrip("#"))
    axis.format.line.fill.background()
    roles = [s.role for s in picture.series] + ["fall"] * len(picture.lines)
    for series, role in zip(chart.plots[0].series, roles, strict=True):
        colour = RGBColor.from_string(COLOURS["compare" if role == "band" else role].lstrip("#"))
        series.smooth = False
        series.format.line.color.rgb, series.format.line.width = colour, Pt(3.5 if role == "main" else 2.25)
        series.marker.style = MARKERS.get(role, XL_MARKER_STYLE.NONE)
        if role in MARKERS:
            series.marker.size = 10 if role == "main" else 7
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = colour
        if role != "main":
            series.format.line.dash_style = MSO_LINE.ROUND_DOT if role == "band" else MSO_LINE.DASH
        else:
            _labels(series, _format(picture), XL_LABEL_POSITION.ABOVE)
        if "comparable" in picture.frame and role != "fall":  # no line across a break of comparability
            for i, joined in enumerate(picture.frame["comparable"]):
                if i and not joined:
                    series.points[i].format.line.fill.background()
    return [(shape, picture.title, picture.alt)]


def _gap(rows: int) -> int:
    """Percent of a bar's width between bars: one bar alone must not fill the slide."""
    return {1: 300, 2: 160, 3: 90}.get(rows, 45)


def _bars(shapes, box, picture: Picture, stage: _Stage, language: str):
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
            _write(shapes, (Emu(at + indent), y, Emu(wide - indent), heading), [[(series.name, stage.points(16), True, None)]], language)
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


def _table(shapes, box, picture: Picture, stage: _Stage, deck: Deck, more):
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
            _say(cell.text_frame.paragraphs[0], text, deck.language, stage.points(15), i == 0)
    return [(shape, picture.title, picture.alt)]


CHARTS = {"lines": _lines, "bars": _bars, "stacked": _stacked, "waterfall": _waterfall, "strip": _strip}


def _chart_faces(chart, language: str, size) -> None:
    """One size and the theme's faces for all text of a chart, also where a label has properties of its own."""
    chart.font.size = size
    for properties in chart._chartSpace.iter(qn("a:defRPr"), qn("a:rPr")):
        _faces(properties, language)
        if properties.get("sz") is None:
            properties.set("sz", str(int(size.pt * 100)))


def _number(slide, layout, stage: _Stage, language: str) -> None:
    """The slide's number: the layout's own place for it, else the corner."""
    place = next((shape for shape in layout.placeholders if shape.placeholder_format.type == 13), None)
    if place is not None:
        shape = deepcopy(place._element)
        slide.shapes._spTree.append(shape)
        body = shape.find(qn("p:txBody"))
        for paragraph in body.findall(qn("a:p")):
            body.remove(paragraph)
    else:
        body = _write(slide.shapes, stage.box(1160, 680, 72, 28), [[]], language)._element.find(qn("p:txBody"))
        body.remove(body.find(qn("a:p")))
    paragraph = etree.SubElement(body, qn("a:p"))
    field = etree.SubElement(paragraph, qn("a:fld"), id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", type="slidenum")
    _faces(etree.SubElement(field, qn("a:rPr"), sz=str(int(stage.points(14).pt * 100))), language)
    etree.SubElement(field, qn("a:t")).text = "‹#›"


def _fitting(text: str, width: float, lines: int, sizes) -> float:
    """The largest of the sizes (points) at which the text takes no more than so many lines; faces differ, so a fifth is kept free."""
    return next((size for size in sizes if text_width(text, size * 4 / 3) * 1.2 <= width * lines), sizes[-1])


def _add(presentation, layout, stage: _Stage, deck: Deck, slide: Slide, words: Words) -> None:
    page = presentation.slides.add_slide(layout)
    language = deck.language
    for extra in [shape for shape in page.placeholders if shape.placeholder_format.type not in (1, 3)]:
        extra._element.getparent().remove(extra._element)
    where = f"{deck.title} · {deck.subtitle}"
    line = [(where, stage.points(15), None, "#4a5663")]
    if deck.synthetic:
        line.append((f"   {words('slide.synthetic')}", stage.points(15), True, "#8a2d00"))
    size = stage.points(_fitting(slide.headline, 1184, 2, (28, 26, 24, 22, 20, 18)))
    if page.shapes.title is not None:
        title = page.shapes.title
        title.left, title.top, title.width, title.height = stage.box(48, 52, 1184, 92)
        title.text_frame.word_wrap, title.text_frame.vertical_anchor = True, MSO_ANCHOR.TOP
        title.text_frame.margin_left = title.text_frame.margin_right = title.text_frame.margin_top = title.text_frame.margin_bottom = 0
        _say(title.text_frame.paragraphs[0], slide.headline, language, size, None, None, heading=True)
    else:
        _write(page.shapes, stage.box(48, 52, 1184, 92), [[(slide.headline, size, True, None)]], language)
    _write(page.shapes, stage.box(48, 20, 1184, 28), [line], language)
    top = 152
    if slide.facts:
        wants = [text_width(value, 53) * 1.25 + text_width(f"  {name}", 21) * 1.25 + 24 for value, name in slide.facts]
        at = 48.0
        for (value, name), want in zip(slide.facts, wants, strict=True):
            wide = want * min(1.0, 1184 / sum(wants))
            parts = [(value, stage.points(40), True, None), (f"  {name}", stage.points(16), None, "#4a5663")]
            _write(page.shapes, stage.box(at, top, wide, 62), [parts], language)
            at += wide
        top += 70
    bottom = 664 - (40 if slide.own_note else 0)
    picture, box = slide.picture, stage.box(48, top, 1184, bottom - top)
    if picture is None or picture.frame.empty:
        _write(page.shapes, box, [[(slide.empty, stage.points(22), None, "#4a5663")]], language)
    elif picture.kind == "table":
        for shape, name, alt in _table(page.shapes, box, picture, stage, deck, lambda n: words("slide.more", n=n)):
            _described(shape, name, alt)
    else:
        for shape, name, alt in CHARTS[picture.kind](page.shapes, box, picture, stage, language):
            _chart_faces(shape.chart, language, stage.points(15))
            _described(shape, name, alt)
    if slide.own_note:
        note = words("slide.own_note", note=slide.own_note)
        _write(page.shapes, stage.box(48, 630, 1184, 32), [[(note, stage.points(16), True, "#7a4b00")]], language)
    _write(
        page.shapes,
        stage.box(48, 680, 1090, 28),
        [[(slide.source, stage.points(_fitting(slide.source, 1090, 1, (14, 13, 12, 11, 10))), None, "#4a5663")]],
        language,
    )
    _number(page, layout, stage, language)
    notes = page.notes_slide.notes_text_frame
    for i, text in enumerate(slide.notes.splitlines() or [""]):
        _say(notes.paragraphs[0] if i == 0 else notes.add_paragraph(), text, language)


def pptx(deck: Deck, template: bytes | None = None) -> bytes:
    """The deck as a .pptx file. `template`: a .pptx or .potx of the user's own, whose theme, master and size are kept and slides left out.

    UnusableTemplate: the template cannot be opened or has no layout.
    """
    presentation = _open(template)
    words, layout, stage = deck.words, _layout(presentation), _Stage(presentation)
    for slide in deck.slides:
        _add(presentation, layout, stage, deck, slide, words)
    if deck.slides and template is None:
        _theme_fonts(presentation.notes_master.part)
    about = presentation.core_properties
    about.title, about.subject, about.language = f"{deck.title} · {deck.subtitle}", deck.subtitle, deck.language
    about.author, about.comments = "", "\n".join(f"{name}: {value}" for name, value in deck.about)[:250]
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()
