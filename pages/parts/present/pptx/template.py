"""The presentation to write into: our own blank one, or a user's template without its slides."""

import io
from functools import cache

from lxml import etree

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import XmlPart
from pptx.oxml.ns import qn
from pptx.util import Emu

THAI_FACE = "Tahoma"  # has Thai letters and is part of both Windows and macOS; an installed face is set once, in the theme
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# What names slides by number or id without a relationship: sections and custom shows, and which of them is shown.
LISTS = {"sectionLst", "custShowLst", "custShow", "sldRg"}


class UnusableTemplate(ValueError):
    """The template that a user gave is not a PowerPoint file, or has no layout."""


def theme_fonts(part) -> None:
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
    theme_fonts(master.part)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def _changed(part, change) -> None:
    """Gives the XML of a part to `change(root)`; parts that python-pptx has not parsed hold it as bytes."""
    if isinstance(part, XmlPart):
        change(part._element)
    elif part.partname.ext == "xml":
        root = etree.fromstring(part.blob)
        change(root)
        part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _without(elements) -> None:
    """Takes elements away, and with each the parents that hold nothing else."""
    for element in elements:
        parent = element.getparent()
        parent.remove(element)
        if etree.QName(parent).localname in ("ext", "extLst") and not len(parent):
            _without([parent])


def _without_slides(presentation) -> None:
    """A template's example slides are not ours to show. Whatever else points to them goes as well: sections, custom shows, the outline of
    the last view, jumps; a slide that is still pointed to would stay in the file, under the name of one of ours."""
    slides = {relation.target_part for relation in presentation.part.rels.values() if relation.reltype == RT.SLIDE}
    for part in list(presentation.part.package.iter_parts()):
        if part in slides:
            continue
        gone = {rid for rid, relation in part.rels.items() if not relation.is_external and relation.target_part in slides}
        if gone or part.partname in (presentation.part.partname, "/ppt/presProps.xml"):
            _changed(part, lambda root, gone=gone: _without([
                element for element in root.iter(etree.Element)
                if etree.QName(element).localname in LISTS or gone & {value for name, value in element.attrib.items() if name.startswith(R)}
            ]))  # fmt: skip
        for rid in gone:
            part.rels.pop(rid)


def opened(template: bytes | None):
    try:
        presentation = Presentation(io.BytesIO(_blank() if template is None else template))
        if not len(presentation.slide_layouts):
            raise UnusableTemplate
    except UnusableTemplate:
        raise
    except Exception as error:  # python-pptx lets zipfile, lxml and its own errors through
        raise UnusableTemplate(str(error)) from error
    _without_slides(presentation)
    return presentation


def usable(template: bytes) -> bool:
    """Whether a user's file can serve as template."""
    try:
        opened(template)
    except UnusableTemplate:
        return False
    return True


def layout_of(presentation):
    """The layout with a title and the least besides it."""

    def others(layout):
        return sum(
            shape.placeholder_format.type not in (1, 3, 13, 15, 16) for shape in layout.placeholders
        )  # title, dates, footers, numbers

    titled = [
        layout for layout in presentation.slide_layouts if any(shape.placeholder_format.type in (1, 3) for shape in layout.placeholders)
    ]
    return min(titled or presentation.slide_layouts, key=others)
