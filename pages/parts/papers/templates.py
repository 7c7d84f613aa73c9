"""Writes the templates that ship: `python -m pages.parts.papers.templates [FOLDER]`. Run after a change of FORMS or of their words; an
office changes its own copies in Word and never runs this."""

import sys
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from pages.parts.papers.paper import FORMS, LINE, Form, Lines, Table, filling, head_rows, heading
from pages.parts.papers.word import SHIPPED
from pages.parts.say.text import LANGUAGES, Words

FONT, ELSE = "TH Sarabun New", "Sarabun"  # of official papers; what stands in for it where it is not installed
BODY, CELL, HEAD = Pt(16), Pt(14), Pt(13)  # of text, cells and their headings
ALIGNED = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
CENTER = WD_ALIGN_PARAGRAPH.CENTER
# As official papers commonly have it: 3 cm at the binding, 2 at the other side. An office that has it otherwise changes it in Word.
MARGINS = {"top_margin": Cm(2.5), "bottom_margin": Cm(2), "left_margin": Cm(3), "right_margin": Cm(2)}
LYING = {"top_margin": Cm(2.5), "bottom_margin": Cm(1.5), "left_margin": Cm(2), "right_margin": Cm(2)}  # of wide tables: bound at the top


def _font(properties, size, bold: bool = False) -> None:
    """Sets letters of every script: Word takes the size and face of Thai from the complex-script ones."""
    properties.name, properties.size, properties.bold = FONT, size, bold
    properties.color.rgb = RGBColor(0, 0, 0)
    element = properties.element.get_or_add_rPr()
    fonts = element.get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
    for tag, value in (("w:bCs", "1" if bold else "0"), ("w:szCs", str(int(size.pt * 2)))):
        for old in element.findall(qn(tag)):
            element.remove(old)
        one = OxmlElement(tag)
        one.set(qn("w:val"), value)
        before = {"w:bCs": "w:b", "w:szCs": "w:sz"}[tag]
        element.find(qn(before)).addnext(one)


def _styles(document) -> None:
    styles = document.styles
    _font(styles["Normal"].font, BODY)
    styles["Normal"].paragraph_format.space_after = Pt(0)
    styles["Normal"].paragraph_format.line_spacing = 1.0
    for name, size in (("Title", Pt(18)), ("Heading 1", BODY)):
        style = styles[name]
        _font(style.font, size, bold=True)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(6), Pt(2)
        style.paragraph_format.keep_with_next = True
        borders = style.element.pPr.find(qn("w:pBdr"))
        if borders is not None:
            style.element.pPr.remove(borders)
    styles["Title"].paragraph_format.alignment = CENTER
    for name, size, bold in (("Cell", CELL, False), ("Cell Heading", HEAD, True)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _font(style.font, size, bold)
        style.paragraph_format.space_after = Pt(0)


def _alternative(document) -> None:
    """Names the face that stands in for the official one, where the file lists its fonts."""
    for part in document.part.package.iter_parts():
        if str(part.partname).endswith("fontTable.xml"):
            text = part.blob.decode("utf-8")
            kind = '<w:charset w:val="DE"/><w:family w:val="auto"/><w:pitch w:val="variable"/>'
            entry = f'<w:font w:name="{FONT}"><w:altName w:val="{ELSE}"/>{kind}</w:font>'
            part._blob = text.replace("</w:fonts>", entry + "</w:fonts>").encode("utf-8")


def _without_extras(document) -> None:
    """Leaves out what no paper needs: a picture of an empty page, a second set of styles, an empty part of custom data."""
    for part in (document.part.package, document.part):
        for name, relation in list(part.rels.items()):
            if relation.reltype.endswith(("thumbnail", "stylesWithEffects", "customXml")):
                part.rels.pop(name)


def _without_unused_styles(document) -> None:
    """Leaves out the hundred styles of tables that python-docx brings: nine tenths of a paper's size, and Word has them itself."""
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()


def _field(paragraph, code: str) -> None:
    for kind, text in (("begin", None), (None, code), ("separate", None), ("value", "1"), ("end", None)):
        run = paragraph.add_run()
        if kind == "value":
            run.text = text
        elif kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)
        else:
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
            run._r.append(sign)


def _edges(document, words: Words) -> None:
    """The mark of made-up data above, page numbers below."""
    section = document.sections[0]
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    above.text, above.alignment = "{{ mark }}", CENTER
    below.alignment = CENTER
    before, between, after = words("paper.page_of", page="\0", pages="\0").split("\0")
    below.add_run(before)
    _field(below, "PAGE")
    below.add_run(between)
    _field(below, "NUMPAGES")
    below.add_run(after)


def _row_rule(row, *tags: str) -> None:
    properties = row._tr.get_or_add_trPr()
    for tag in tags:
        properties.append(OxmlElement(tag))


def _write(cell, text: str, style: str = "Cell", align: str = "left") -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.text = text
    paragraph.alignment = ALIGNED[align]


def _table(document, part: Table, words: Words, given: dict[str, str], width: int) -> None:
    """A table whose heading rows come again on every page and whose rows do not break, with the loop that fills it."""
    above, below = head_rows(words, part, given)
    columns, heads = len(part.columns), 2 if below else 1
    shares = [column.share for column in part.columns]
    widths = [width * share // sum(shares) for share in shares]
    table = document.add_table(heads + 7, columns, "Table Grid")
    table.autofit = False
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    for row in table.rows:
        for cell, wide in zip(row.cells, widths, strict=True):
            cell.width = wide
    at = 0
    for text, wide, high in above:
        cell = table.cell(0, at).merge(table.cell(high - 1 if below else 0, at + wide - 1))
        _write(cell, text, "Cell Heading", "center")
        at += wide
    under = [at for at, column in enumerate(part.columns) if column.over]
    for at, text in zip(under, below, strict=True):
        _write(table.cell(1, at), text, "Cell Heading", "center")
    for row in table.rows[:heads]:
        _row_rule(row, "w:cantSplit", "w:tblHeader")
    tags = (f"{{%tr for row in {part.name} %}}", "{%tr if row.group %}", None, "{%tr else %}", None, "{%tr endif %}", "{%tr endfor %}")
    for row, tag in zip(table.rows[heads:], tags, strict=True):
        if tag:
            _write(row.cells[0], tag)
    group, cells = table.rows[heads + 2], table.rows[heads + 4]
    _write(group.cells[0].merge(group.cells[-1]), "{{ row.group }}", "Cell Heading")
    for cell, column in zip(cells.cells, part.columns, strict=True):
        _write(cell, f"{{{{ row.{column.key} }}}}", align=column.align)
    for row in (group, cells):
        _row_rule(row, "w:cantSplit")
    for cell in group.cells[:1]:
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _memo_head(document, words: Words) -> None:
    """The head of a memo: a place for the garuda emblem, which an office has itself, beside the title; then its labelled lines."""
    head = document.add_table(1, 3)
    head.autofit = False
    for column, cell, wide in zip(head.columns, head.rows[0].cells, (Cm(1.6), Cm(12.8), Cm(1.6)), strict=True):
        column.width = cell.width = wide
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    emblem, title, _ = head.rows[0].cells
    head.rows[0].height, head.rows[0].height_rule = Cm(1.5), WD_ROW_HEIGHT_RULE.AT_LEAST
    _write(emblem, words("paper.memo.emblem"), "Cell Heading", "center")
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "dotted"), ("sz", "4"), ("space", "0"), ("color", "auto")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    emblem._tc.get_or_add_tcPr().insert_element_before(borders, "w:vAlign")
    _write(title, "{{ title }}", "Title", "center")
    title.paragraphs[0].runs[0].font.size = Pt(29)
    _complex_size(title.paragraphs[0].runs[0], 29)
    filled = {"office": "{{ agency }}", "year": "{{ year_text }}", "line": LINE}
    for key in ("office", "number", "subject", "to"):
        paragraph = document.add_paragraph()
        given = filled | ({"line": LINE[:36]} if key == "number" else {})
        for at, part in enumerate(words(f"paper.memo.{key}", **given).split("  ")):
            run = paragraph.add_run(f"{'  ' if at else ''}{part}")
            run.bold = run.font.cs_bold = at % 2 == 0


def _complex_size(run, points: int) -> None:
    """The size of Thai letters, which Word keeps apart from that of Latin ones."""
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(2 * points))
    run._r.get_or_add_rPr().find(qn("w:sz")).addnext(size)


def write(form: str, words: Words):
    """The template of a form in one language, as a python-docx document."""
    laid: Form = FORMS[form]
    document = Document()
    _styles(document)
    _alternative(document)
    _without_extras(document)
    section = document.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if laid.landscape else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if laid.landscape else WD_ORIENT.PORTRAIT
    for name, value in (LYING if laid.landscape else MARGINS).items():
        setattr(section, name, value)
    width = section.page_width - section.left_margin - section.right_margin
    _edges(document, words)
    given = filling(words, "{{ year }}", "{{ year_before }}") | {"round": "{{ round }}", "unit": "{{ unit }}"}
    if form == "memo":
        _memo_head(document, words)
    else:
        document.add_paragraph("{{ title }}", "Title")
        for field in ("agency", "place"):
            document.add_paragraph(f"{{{{ {field} }}}}").alignment = CENTER
    for part in laid.parts:
        if part.name == "head":
            continue
        document.add_paragraph(f"{{%p if {part.name} %}}")
        if part.name == "sign":
            document.add_paragraph()
        if text := heading(words, form, part, given):
            document.add_paragraph(text, "Heading 1")
        if isinstance(part, Lines):
            document.add_paragraph(f"{{%p for line in {part.name} %}}")
            line = document.add_paragraph("{{ line }}")
            if not part.untitled or part.name == "body":
                line.paragraph_format.first_line_indent = Cm(2.5) if part.untitled else Cm(1.25)
            if part.name == "sign":
                line.alignment, line.paragraph_format.left_indent = CENTER, Cm(7)
            document.add_paragraph("{%p endfor %}")
        else:
            _table(document, part, words, given, width)
        document.add_paragraph("{%p endif %}")
    document.add_paragraph(words("paper.blank.title"), "Heading 1").paragraph_format.page_break_before = True
    document.add_paragraph("{%p for line in blanks %}")
    document.add_paragraph("{{ line }}", "List Number")
    document.add_paragraph("{%p endfor %}")
    _without_unused_styles(document)
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.title = "{{ title }}"
    return document


def main(arguments: list[str] | None = None) -> int:
    folder = Path((arguments or sys.argv[1:] or [SHIPPED])[0])
    folder.mkdir(parents=True, exist_ok=True)
    for form in FORMS:
        for lang in LANGUAGES:
            write(form, Words(lang)).save(folder / f"{form}.{lang}.docx")
    return 0


if __name__ == "__main__":
    sys.exit(main())
