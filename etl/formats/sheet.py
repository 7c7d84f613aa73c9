"""Rows of a sheet (CSV or workbook) -> tables and paragraphs: empty rows part tables, a lone cell above a table is its title."""

from etl.formats.document import Cell, Paragraph, Table


def sheet_blocks(rows: list[list[Cell]]) -> list[Paragraph | Table]:
    """Tables and the paragraphs between them. Empty columns left of everything, or right of one table, are left out."""
    first = min((at for row in rows for at, cell in enumerate(row) if cell.text), default=0)
    blocks: list[Paragraph | Table] = []
    run: list[list[Cell]] = []
    for row in [*rows, []]:
        if any(cell.text for cell in row):
            run.append(row[first:])
        elif run:
            blocks += _run_blocks(run)
            run = []
    return blocks


def _run_blocks(run: list[list[Cell]]) -> list[Paragraph | Table]:
    filled = [[cell for cell in row if cell.text] for row in run]
    titles = next((at for at, cells in enumerate(filled) if len(cells) > 1), len(run))
    paragraphs = [Paragraph(cells[0].text, cells[0].place) for cells in filled[:titles]]
    width = max((at + 1 for row in run[titles:] for at, cell in enumerate(row) if cell.text), default=0)
    table = tuple(tuple(row[:width]) for row in run[titles:])
    return paragraphs + ([Table(table, table[0][0].place)] if table else [])
