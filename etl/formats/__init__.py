"""One module a file format. Each turns a file into a `Document`: paragraphs and tables of cells, in document order.

Between them a format may yield what it `Noticed` and did not read (hidden, struck out, a part or a page that cannot be read):
`etl.read` makes a finding of each.

Nothing here knows what a report means; that is the layouts' work. A place is the source's own
("line 23", "page 3 line 12", "table 2 row 3", "Sheet1!C17"), never the parser's.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Literal

from etl.formats.document import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_MEGABYTES_OF_TEXT,
    Block,
    Cell,
    Document,
    Noticed,
    Paragraph,
    Table,
    Unreadable,
)
from etl.formats.glyphs import sara_aa_lost, sara_am_once, with_sara_aa
from etl.formats.mhtml import is_mhtml, pages
from etl.formats.seen import seen_blocks
from etl.messages import message

__all__ = ["SUFFIXES", "Cell", "Document", "Noticed", "Paragraph", "Table", "Unreadable", "open_document", "open_text"]

MOST_MEGABYTES = 200
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
# The suffixes under which files are looked for, and what kind of file each promises; what a file holds is told by the file itself.
SUFFIXES = {
    ".csv": "csv", ".doc": "doc", ".docm": "docx", ".docx": "docx", ".htm": "html", ".html": "html", ".markdown": "markdown",
    ".md": "markdown", ".mht": "mhtml", ".mhtml": "mhtml", ".pdf": "pdf", ".tsv": "tsv", ".txt": "text", ".xhtml": "html", ".xls": "xls",
    ".xlsm": "xlsx", ".xlsx": "xlsx", ".xml": "xml",
    ".bmp": "picture", ".gif": "picture", ".jpeg": "picture", ".jpg": "picture", ".png": "picture", ".tif": "picture",
    ".tiff": "picture", ".webp": "picture",
}  # fmt: skip
_PLAIN = ("text", "markdown", "csv", "tsv")  # what looks like another kind of file inside them is their text
_OFFICE_XML = re.compile(r"<\?mso-application\s+progid=.Word\.Document|<(?:pkg:package|w:wordDocument)\b")
_PAGE = re.compile(r"\s*(<\?xml[^>]{0,200}>\s*)?(<!--.{0,2000}?-->\s*)*<(!doctype html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def open_document(path: Path) -> Document:
    """The file at `path`, read by what it holds and, where that does not decide, by its suffix.

    Unreadable: missing, no file, empty, locked, damaged, of another kind, or beyond the bounds of etl/formats/document.py.
    """
    path = Path(path)
    data = _bytes_of(path)
    blocks, noticed = seen_blocks(blocks_of(data, SUFFIXES.get(path.suffix.lower())))
    blocks, said = _with_sara_aa(blocks)
    document = Document(path.name, hashlib.sha256(data).hexdigest(), blocks, (*noticed, *said))
    _check_bounds(document)
    return document


def _with_sara_aa(blocks: list[Paragraph | Table]) -> tuple[tuple[Paragraph | Table, ...], list[Noticed]]:
    """The blocks as they were before a converter printed ำ for า, in all of the text or in single cells and lines of it."""

    def cells(block: Paragraph | Table) -> Iterable[Cell | Paragraph]:
        return chain.from_iterable(block.rows) if isinstance(block, Table) else (block,)

    def repaired(each):
        text = with_sara_aa(each.text) if everywhere or sara_aa_lost(each.text) else sara_am_once(each.text)
        return replace(each, text=text)

    lost = [each for block in blocks for each in cells(block) if sara_aa_lost(each.text)]
    text = [each.text for block in blocks for each in cells(block)]
    if not lost and not any(sara_am_once(each) != each for each in text):
        return tuple(blocks), []
    everywhere = bool(lost) and sum(each.count("ำ") for each in text) > sum(each.count("า") for each in text)
    said = [Noticed("sara_aa_restored", lost[0].place, lost[0].text[:80], with_sara_aa(lost[0].text)[:80])] if lost else []
    return tuple(
        replace(block, rows=tuple(tuple(map(repaired, row)) for row in block.rows)) if isinstance(block, Table) else repaired(block)
        for block in blocks
    ), said


def open_text(path: Path) -> str:
    """The text of a text file. Unreadable: missing, no file, empty, no text, of an unknown encoding, or too large."""
    return _decoded(_bytes_of(Path(path)))


def blocks_of(data: bytes, kind: str | None) -> list[Block]:
    """What the bytes of a file, or of a part of one, hold: told by themselves, and by the `kind` of its suffix where they do not tell."""
    # Each format is imported when a file of it comes: a PDF reader takes longer to load than most reports to read.
    drawn = drawn_as(data, kind)
    if drawn == "pdf":
        from etl.formats.pdf import pdf_blocks

        return pdf_blocks(data)
    if data.startswith(b"PK"):
        return _package_blocks(data, kind)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_office_blocks(data, kind)
    if data.startswith(b"{\\rtf"):
        raise Unreadable(*message("old_word"))
    if drawn == "picture":
        from etl.formats.scan import picture_blocks

        return picture_blocks(data)
    if kind not in _PLAIN and is_mhtml(data):
        return [block for page in pages(data) for block in _text_blocks(page, "html")]
    from etl.formats.encoding import without_strays

    return _text_blocks(without_strays(_decoded(data)), kind)


def drawn_as(data: bytes, kind: str | None) -> Literal["pdf", "picture"] | None:
    """Whether a file is drawn, page by page, and as what; None: its text has no page until a program lays it out."""
    if data.lstrip()[:1024].find(b"%PDF-") >= 0 and kind not in _PLAIN:
        return "pdf"
    return "picture" if data.startswith(_PICTURES) else None


def _decoded(data: bytes) -> str:
    from etl.formats.encoding import decode

    if len(data) > MOST_MEGABYTES_OF_TEXT * 1e6:
        raise Unreadable(*message("too_large", size=f"{len(data) / 1e6:.0f}", limit=MOST_MEGABYTES_OF_TEXT))
    text = decode(data)
    if not text.strip():
        raise Unreadable(*message("empty"))
    return text


def _text_blocks(text: str, kind: str | None) -> list[Block]:
    from etl.formats.csv import csv_blocks, delimiter_of
    from etl.formats.html import html_blocks
    from etl.formats.text import text_blocks
    from etl.formats.xml_workbook import is_xml_workbook, xml_workbook_blocks

    if is_xml_workbook(text):
        return xml_workbook_blocks(text)
    if _OFFICE_XML.search(text[:2000]):
        raise Unreadable(*message("old_word"))
    if kind == "html" or _PAGE.match(text):
        return html_blocks(text)
    if kind == "csv":
        return csv_blocks(text)
    if kind == "tsv":
        return csv_blocks(text, "\t")
    # A table whose cells are parted by commas or semicolons under the name of a text file: nearly all rows have one width.
    delimiter = delimiter_of(text, ",;", least_rows=3, least_width=3, share=0.9) if kind == "text" and "\t" not in text else None
    return csv_blocks(text, delimiter) if delimiter else text_blocks(text, markdown=kind == "markdown")


def _package_blocks(data: bytes, kind: str | None) -> list[Block]:
    from etl.formats.package import main_part, opened

    package = opened(data)
    main = main_part(package)
    head = package.open(main).read(4096) if main else b""
    if re.search(rb"<(?:\w+:)?workbook\b", head):
        from etl.formats.xlsx import xlsx_blocks

        return xlsx_blocks(package)
    if re.search(rb"<(?:\w+:)?document\b", head):
        from etl.formats.docx import docx_blocks

        return docx_blocks(package, lambda part, name: blocks_of(part, SUFFIXES.get(Path(name).suffix.lower())))
    raise Unreadable(*message("not_whole_zip" if kind in ("docx", "xlsx") else "not_text"))


def _old_office_blocks(data: bytes, kind: str | None) -> list[Block]:
    # An OLE file holds its streams' names in UTF-16; a locked DOCX or XLSX is one with a stream EncryptedPackage.
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(*message("locked"))
    if "Workbook".encode("utf-16-le") in data or kind == "xls":
        from etl.formats.xls import xls_blocks

        return xls_blocks(data)
    raise Unreadable(*message("old_word"))


def _check_bounds(document: Document) -> None:
    cells = 0
    for block in document.blocks:
        rows = block.rows if isinstance(block, Table) else ((block,),)
        cells += sum(map(len, rows))
        if cells > MOST_CELLS:
            raise Unreadable(*message("too_many_cells", place=block.place, limit=MOST_CELLS))
        for row in rows:
            if len(row) > MOST_COLUMNS:
                raise Unreadable(*message("too_wide", place=row[0].place, limit=MOST_COLUMNS))
            for cell in row:
                if len(cell.text) > MOST_CHARACTERS:
                    raise Unreadable(*message("text_too_long", place=cell.place, size=len(cell.text), limit=MOST_CHARACTERS))


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Unreadable(*message("folder", name=path.name))
        if path.is_fifo() or path.is_socket():  # opening one waits for whoever writes into it
            raise Unreadable(*message("not_ordinary"))
        megabytes = path.stat().st_size / 1e6
        if megabytes > MOST_MEGABYTES:
            raise Unreadable(*message("too_large", size=f"{megabytes:.0f}", limit=MOST_MEGABYTES))
        with open(path, "rb") as handle:  # a device or a pipe has no size before it is read, or no end
            data = handle.read(MOST_MEGABYTES * 1_000_000 + 1)
        if len(data) > MOST_MEGABYTES * 1_000_000:
            raise Unreadable(*message("too_large", size=f"{len(data) / 1e6:.0f}", limit=MOST_MEGABYTES))
    except FileNotFoundError:
        raise Unreadable(*message("missing")) from None
    except PermissionError:
        raise Unreadable(*message("no_permission")) from None
    except (OSError, ValueError) as error:
        raise Unreadable(*message("not_opened", reason=getattr(error, "strerror", None) or error)) from None
    if not data.strip():
        raise Unreadable(*message("empty"))
    return data
