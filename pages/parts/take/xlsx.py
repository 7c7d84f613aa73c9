"""What is shown as a workbook: one sheet of numbers as numbers, one that says where they are from."""

from io import BytesIO

import xlsxwriter
from pandas import DataFrame

from pages.parts.take import Format, Table, harmless


def xlsx(frame: DataFrame, sheet: str, about: list[tuple[str, str]], about_sheet: str) -> bytes:
    """A workbook of two sheets: `sheet` with the frame, `about_sheet` with pairs of label and value (agency, year, sources ...)."""
    out = BytesIO()
    # Strings stay strings: nothing in a cell is taken for a formula, a number or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        font = {"font_name": "Sarabun", "font_size": 12}
        plain, bold = book.add_format(font), book.add_format(font | {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        page = book.add_worksheet(_sheet_name(sheet))
        safe = harmless.table(frame)
        for column, name in enumerate(safe.columns):
            page.write(0, column, name, bold)
            for row, value in enumerate(safe[name], start=1):
                page.write(row, column, value.item() if hasattr(value, "item") else harmless.fitting(value), plain)
            longest = max([len(str(name)) // 2, *(len(str(value)) for value in safe[name])])
            page.set_column(column, column, min(max(longest + 2, 10), 60))
        page.freeze_panes(1, 0)
        _chart(book, page, safe, sheet)
        said = book.add_worksheet(_sheet_name(about_sheet))
        for row, (label, value) in enumerate(about):
            said.write_string(row, 0, str(harmless.cell(label)), bold)
            said.write_string(row, 1, harmless.fitting(str(harmless.cell(value))), plain)
        said.set_column(0, 0, 24)
        said.set_column(1, 1, 90)
    return out.getvalue()


def _chart(book: xlsxwriter.Workbook, page, safe: DataFrame, title: str) -> None:
    """A chart of Excel's own beside the table: the first column of text against the columns of scores; up to forty rows, so that it can be
    read."""
    kinds = [{_kind(value) for value in safe.iloc[:, place] if value is not None} for place in range(safe.shape[1])]
    texts = [place for place, kind in enumerate(kinds) if kind == {"text"}]
    numbers = [place for place, kind in enumerate(kinds) if kind == {"score"}][:4]
    if not texts or not numbers or not 2 <= len(safe) <= 40:
        return
    name = page.get_name()
    chart = book.add_chart({"type": "bar"})
    for place in numbers:
        chart.add_series(
            {"name": [name, 0, place], "categories": [name, 1, texts[0], len(safe), texts[0]], "values": [name, 1, place, len(safe), place]}
        )
    font = {"name": "Sarabun", "size": 12}
    chart.set_title({"name": title, "name_font": font | {"size": 14}})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_y_axis({"reverse": True, "num_font": font})
    chart.set_x_axis({"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#d5dbe1"}}})
    chart.set_size({"width": 760, "height": max(360, 60 + 24 * len(safe))})
    page.insert_chart(1, len(kinds) + 1, chart)


def _kind(value) -> str:
    return "text" if isinstance(value, str) else "score" if isinstance(value, float) else "other"


def _sheet_name(name: str) -> str:
    """Excel allows 31 characters and none of []:*?/\\ in the name of a sheet."""
    return "".join(" " if sign in "[]:*?/\\'" else sign for sign in name)[:31].strip() or "1"


FORMAT = Format(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsx",
    ":material/table_view:",
    Table,
    lambda table: xlsx(table.twin, table.words(f"{table.word}.title"), table.about, table.words("show.source")),
)
