"""Workbooks of Excel 97-2003 (XLS): each cell as the sheet shows it, as `xlsx` reads the newer ones."""

import io

import xlrd

from etl.formats.document import MOST_CELLS, Block, Unreadable
from etl.formats.font import Font, drawn
from etl.formats.markup import plain
from etl.formats.shown import GENERAL, shown
from etl.formats.watch import TooLong
from etl.formats.workbook import LOWEST, NARROWEST, Sheet, workbook_blocks
from etl.messages import message

_SUPERSCRIPT = 1
_WHITE = (1, 9)  # numbers of the palette


def xls_blocks(data: bytes) -> list[Block]:
    """Blocks of all sheets. Unreadable: damaged, locked or too large."""
    try:
        options = {"formatting_info": True, "ragged_rows": True, "ignore_workbook_corruption": True, "logfile": io.StringIO()}
        book = xlrd.open_workbook(file_contents=data, **options)
        return workbook_blocks([_sheet(book, sheet) for sheet in book.sheets()])
    except (Unreadable, TooLong, MemoryError):
        raise
    except xlrd.XLRDError as error:
        raise Unreadable(*message("locked" if "encrypted" in str(error) else "not_workbook")) from None
    except Exception:  # a damaged file makes the library fail in any way: struct.error, IndexError, AssertionError
        raise Unreadable(*message("not_workbook")) from None


def _sheet(book: xlrd.Book, page: xlrd.sheet.Sheet) -> Sheet:
    sheet = Sheet(page.name, page.visibility == 0)
    fonts = [Font(font.name, bool(font.struck_out), font.escapement == _SUPERSCRIPT) for font in book.font_list]
    sheet.hidden_rows = {
        row for row, info in page.rowinfo_map.items() if info.hidden or (info.height < 20 * LOWEST and info.height_mismatch)
    }
    sheet.hidden_columns = [(column, column) for column, info in page.colinfo_map.items() if info.hidden or info.width < 256 * NARROWEST]
    # xlrd counts a range to the row and column after it.
    sheet.merged = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in page.merged_cells]
    count = 0
    for row in range(page.nrows):
        count += page.row_len(row)
        if count > MOST_CELLS:
            raise Unreadable(*message("too_many_cells", place=sheet.name, limit=MOST_CELLS))
        for column in range(page.row_len(row)):
            kind, value = page.cell_type(row, column), page.cell_value(row, column)
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            style = book.xf_list[page.cell_xf_index(row, column)]
            font = fonts[style.font_index]
            code = book.format_map[style.format_key].format_str or GENERAL if style.format_key in book.format_map else GENERAL
            if book.font_list[style.font_index].colour_index in _WHITE and not style.background.fill_pattern:
                sheet.unseen.append((row, column))
            simple = True
            if kind == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(value, "#N/A")
            elif kind == xlrd.XL_CELL_TEXT:
                text, simple = _rich(value, page.rich_text_runlist_map.get((row, column)), font, fonts)
                text = plain(text)
                code = code if shown("a", code) == "" else GENERAL
            else:
                text = shown(bool(value) if kind == xlrd.XL_CELL_BOOLEAN else value, code, book.datemode == 1)
            if text and code != GENERAL and kind == xlrd.XL_CELL_TEXT or not text and kind != xlrd.XL_CELL_TEXT:
                sheet.mask(row, column, value)
                continue
            sheet.put(row, column, font.draws(text) if simple and not font.plain else text)
    return sheet


def _rich(text: str, runs: list[tuple[int, int]] | None, font: Font, fonts: list[Font]) -> tuple[str, bool]:
    if not runs:
        return text, True
    starts = [(0, font), *((start, fonts[index]) for start, index in runs if index < len(fonts))]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return drawn([(text[start:end], font) for (start, font), end in zip(starts, ends, strict=True)])
