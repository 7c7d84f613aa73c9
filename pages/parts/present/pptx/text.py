"""Text of slides: faces, sizes and boxes, in units of a stage of 1280x720."""

import math

from lxml import etree

from pages.parts.present.svg.marks import text_width
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt


class Stage:
    """Units of the stage as EMU of this presentation, and its type sizes in points."""

    def __init__(self, presentation):
        self.across, self.down = presentation.slide_width / 1280, presentation.slide_height / 720
        self.type = min(self.across, self.down) / 9525

    def box(self, x, y, width, height):
        return Emu(round(x * self.across)), Emu(round(y * self.down)), Emu(round(width * self.across)), Emu(round(height * self.down))

    def points(self, size):
        return Pt(max(round(size * self.type), 9))


def faces(properties, language: str, heading: bool = False) -> None:
    """Gives a:rPr or a:defRPr their language and the theme's faces; Thai is complex script, which a:latin leaves out."""
    properties.set("lang", {"th": "th-TH", "en": "en-GB"}.get(language, language))
    for name in ("latin", "ea", "cs"):
        for old in properties.findall(qn(f"a:{name}")):
            properties.remove(old)
    letters = "mj" if heading else "mn"
    for name, script in (("latin", "lt"), ("ea", "ea"), ("cs", "cs")):
        etree.SubElement(properties, qn(f"a:{name}"), typeface=f"+{letters}-{script}")


def say(paragraph, text: str, language: str, size=None, bold=None, colour=None, heading=False) -> None:
    run = paragraph.add_run()
    run.text = "".join(c for c in text if c >= " " or c in "\t")  # XML has no other control characters
    run.font.size, run.font.bold = size, bold
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    faces(run._r.get_or_add_rPr(), language, heading)


def write(shapes, box, lines, language, anchor=MSO_ANCHOR.TOP):
    """A text box of `lines`: lists of (text, size in points, bold, colour)."""
    shape = shapes.add_textbox(*box)
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for i, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if i == 0 else frame.add_paragraph()
        for text, size, bold, colour in line:
            say(paragraph, text, language, size, bold, colour)
    return shape


def described(shape, name: str, alt: str) -> None:
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("name", name)
    properties.set("descr", alt)


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a size (points); faces differ, so a fifth is kept free."""
    return math.ceil(text_width(text, size * 4 / 3) * 1.2 / width)


def fitting(text: str, width: float, lines: int, sizes) -> float:
    """The largest of the sizes (points) at which the text takes no more than so many lines."""
    return next((size for size in sizes if lines_of(text, width, size) <= lines), sizes[-1])
