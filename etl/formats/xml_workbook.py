"""“XML Spreadsheet 2003”, which web systems write under the names .xls and .xml: each cell as the sheet shows it. Places as in XLSX."""

import datetime
import re

from lxml import etree

from etl.formats.document import Block, Noticed, Unreadable
from etl.formats.font import Font, drawn
from etl.formats.markup import plain
from etl.formats.shown import GENERAL, shown
from etl.formats.workbook import LOWEST, NARROWEST, Sheet, is_below, workbook_blocks
from etl.messages import message

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MOST_CELLS_OF_A_RANGE = 16_384
_POINTS_OF_A_LETTER = 5.3
_ZERO = datetime.datetime(1899, 12, 30)
# Formats that this kind of file has by name.
_NAMED = {
    "General Number": GENERAL, "General Date": "d/m/yyyy", "Long Date": "d/m/yyyy", "Medium Date": "d-mmm-yy", "Short Date": "d/m/yyyy",
    "Long Time": "h:mm", "Medium Time": "h:mm", "Short Time": "h:mm", "Currency": "#,##0.00", "Euro Currency": "#,##0.00", "Fixed": "0.00",
    "Standard": "#,##0.00", "Percent": "0.00%",
}  # fmt: skip
_BEGINNING = re.compile(
    r"\s*(?:<\?xml.{0,200}?\?>\s*)?(?:<!--.{0,2000}?-->\s*|<\?mso-application.{0,200}?\?>\s*)*<(?:\w+:)?Workbook\b", re.DOTALL
)


def is_xml_workbook(text: str) -> bool:
    return bool(_BEGINNING.match(text)) and _SS[1:-1] in text[:5000]


def xml_workbook_blocks(text: str) -> list[Block]:
    """Blocks of all sheets. Unreadable: no whole XML, entities of its own, or too large."""
    if "<!DOCTYPE" in text[:5000] or "<!ENTITY" in text[:5000]:
        raise Unreadable(*message("hidden_entities"))
    text = re.sub(r"^\s*<\?xml.{0,200}?\?>", "", text, count=1)  # lxml takes no declared encoding with a text
    try:
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
        styles = {style.get(f"{_SS}ID"): style for style in root.iter(f"{_SS}Style")}
        return workbook_blocks([_sheet(sheet, styles) for sheet in root.iterfind(f"{_SS}Worksheet")])
    except (etree.LxmlError, ValueError):
        raise Unreadable(*message("not_workbook")) from None


def _sheet(element, styles: dict[str, etree._Element]) -> Sheet:
    sheet = Sheet(element.get(f"{_SS}Name") or "")
    sheet.colourful = element.find("{*}ConditionalFormatting") is not None
    sheet.visible = not any(
        option.text in ("SheetHidden", "SheetVeryHidden") for option in element.iterfind("{*}WorksheetOptions/{*}Visible")
    )
    column = row = 0
    for each in element.iterfind(f"{_SS}Table/{_SS}Column"):
        column = _index(each, column)
        span = _number(each, "Span")
        if each.get(f"{_SS}Hidden") == "1" or is_below(each.get(f"{_SS}Width"), _POINTS_OF_A_LETTER * NARROWEST):
            sheet.hidden_columns.append((column, column + span))
        column += span + 1
    for each in element.iterfind(f"{_SS}Table/{_SS}Row"):
        row = _index(each, row)
        span = _number(each, "Span")
        if each.get(f"{_SS}Hidden") == "1" or is_below(each.get(f"{_SS}Height"), LOWEST):
            sheet.hidden_rows |= set(range(row, row + min(span, _MOST_CELLS_OF_A_RANGE) + 1))
        _row(sheet, row, each, styles)
        row += span + 1
    return sheet


def _row(sheet: Sheet, row: int, element, styles: dict[str, etree._Element]) -> None:
    column = 0
    for cell in element.iterfind(f"{_SS}Cell"):
        column = _index(cell, column)
        across, down = _number(cell, "MergeAcross"), _number(cell, "MergeDown")
        if across or down:
            sheet.merged.append((row, column, row + down, column + across))
        data = cell.find(f"{_SS}Data")
        style = cell.get(f"{_SS}StyleID") or element.get(f"{_SS}StyleID")
        if data is not None and "".join(data.itertext()).strip():
            _put(sheet, row, column, data, *_look(style, styles))
        elif formula := cell.get(f"{_SS}Formula"):
            sheet.noticed.append(Noticed("formula_without_value", sheet.place(row, column), formula))
        column += across + 1


def _put(sheet: Sheet, row: int, column: int, data, code: str, font: Font) -> None:
    kind, written = data.get(f"{_SS}Type"), "".join(data.itertext())
    simple = True
    if kind == "Number":
        text = shown(float(written), code)
    elif kind == "Boolean":
        text = shown(written.strip() == "1")
    elif kind == "DateTime":
        day = datetime.datetime.fromisoformat(written.strip()[:19])
        text = shown((day - _ZERO) / datetime.timedelta(days=1), code if code != GENERAL else "d/m/yyyy")
    else:
        text, simple = _rich(data) if len(data) else (written, True)
        text = plain(text) if shown("a", code) else ""
    if not text:
        sheet.mask(row, column, written)
    if font.unseen:
        sheet.unseen.append((row, column))
    sheet.put(row, column, font.draws(text) if simple and not font.plain else text)


def _rich(data) -> tuple[str, bool]:
    """Text with HTML of its own: <Sup>, <S>, <Font html:Face>."""
    pieces: list[tuple[str, Font]] = [(data.text or "", Font())]

    def walk(element, font: Font) -> None:
        for child in element:
            tag = etree.QName(child).localname.lower()
            face = next((value for key, value in child.attrib.items() if key.endswith("}Face")), font.name)
            own = Font(face, font.struck or tag in ("s", "strike", "del"), font.raised or tag == "sup")
            pieces.append((child.text or "", own))
            walk(child, own)
            pieces.append((child.tail or "", font))

    walk(data, Font())
    return drawn([piece for piece in pieces if piece[0]])


def _look(style: str | None, styles: dict[str, etree._Element]) -> tuple[str, Font]:
    """The number format and the font of a style, or of the one that it is based on."""
    code = name = None
    struck = raised = False
    colour = fill = None
    seen: set[str] = set()
    element = styles.get(style or "Default")
    while element is not None and (style := element.get(f"{_SS}ID")) not in seen:
        seen.add(style)
        form, font = element.find(f"{_SS}NumberFormat"), element.find(f"{_SS}Font")
        inside = element.find(f"{_SS}Interior")
        if fill is None and inside is not None:
            fill = inside.get(f"{_SS}Pattern") or inside.get(f"{_SS}Color")
        if code is None and form is not None:
            code = form.get(f"{_SS}Format")
        if font is not None:
            name = name or font.get(f"{_SS}FontName")
            colour = colour or font.get(f"{_SS}Color")
            struck = struck or font.get(f"{_SS}StrikeThrough") == "1"
            raised = raised or font.get(f"{_SS}VerticalAlign") == "Superscript"
        element = styles.get(element.get(f"{_SS}Parent"))
    unseen = (colour or "").upper() == "#FFFFFF" and fill in (None, "None")
    return _NAMED.get(code or GENERAL, code or GENERAL), Font(name, struck, raised, unseen)


def _index(element, otherwise: int) -> int:
    return max(0, int(element.get(f"{_SS}Index") or otherwise + 1) - 1)


def _number(element, name: str) -> int:
    return max(0, int(element.get(f"{_SS}{name}") or 0))
