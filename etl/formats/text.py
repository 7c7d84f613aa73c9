"""Text and Markdown: tables of cells parted by tabs, pipes or runs of spaces, HTML tables and tags, paragraphs between them.

A row is a line. A table is a run of rows; an empty line, or a line without cells, ends it. "One cell a line" stays
paragraphs: only a layout can tell where its rows begin. A place is the line of the source where the row begins.
"""

import re

from etl.formats.document import Cell, Paragraph, Table
from etl.formats.html import html_blocks
from etl.formats.markup import closes, open_tag, plain
from etl.formats.seen import struck
from etl.formats.spaced import in_one_column, spaced_tables

# A cell spread over lines by a tag or quote that a later line closes; longer ones are taken for a mark that nobody closed.
MOST_LINES_OF_A_CELL = 200
_HEADING_MARK = re.compile(r"#{1,6}\s+")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_STRUCK = re.compile(r"~~([^~\n]+)~~")
_PIPE = re.compile(r"(?<!\\)\|")


def text_blocks(text: str, markdown: bool = False) -> list[Paragraph | Table]:
    """Paragraphs and tables of `text` in order; `markdown` also undoes its backslash escapes."""
    blocks: list[Paragraph | Table] = []
    run: list[tuple[int, str]] = []
    kind_of_run = "empty"
    lines = _line_ends(text).split("\n")
    for number, line in _logical_lines(lines):
        kind = _kind(line)
        if kind != kind_of_run:
            blocks += _run_blocks(kind_of_run, run, markdown)
            run, kind_of_run = [], kind
        run.append((number, line))
    return blocks + _run_blocks(kind_of_run, run, markdown)


def _line_ends(text: str) -> str:
    """Every line ends in a newline; a form feed (a new page) ends a line only where none is there already."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\n\f", "\n").replace("\f", "\n")


def _kind(line: str) -> str:
    if not line.strip(" \t\u00a0\u200b\ufeff"):
        return "tabs" if line.count("\t") > 1 else "empty"
    if _is_html_table(line):
        return "html"
    if "\t" in line:
        return "tabs"
    return "pipes" if _PIPE.search(line) else "text"


def _is_html_table(line: str) -> bool:
    return "<table" in line[:200].lower()


def _logical_lines(lines: list[str]):
    """(line number, text) with the lines of one cell, or of one HTML table, joined by newlines."""
    at = 0
    while at < len(lines):
        last = _last_line_of(lines, at)
        yield at + 1, lines[at] if last == at else "\n".join(lines[at : last + 1])
        at = last + 1


def _last_line_of(lines: list[str], first: int) -> int:
    line = lines[first]
    if "<" in line:
        if _is_html_table(line):
            return _end_of_html_table(lines, first)
        last = first
        while "<" in lines[last] and (tag := open_tag(lines[last].rsplit("\t", 1)[-1])):
            end = _closing_line(lines, last, tag)
            if end is None or end - first > MOST_LINES_OF_A_CELL:
                break
            last = end
        if last > first:
            return last
    if "\t" in line and '"' in line:
        return _end_of_quoted_cell(lines, first)
    return first


def _closing_line(lines: list[str], first: int, tag: str) -> int | None:
    for at in range(first + 1, min(first + MOST_LINES_OF_A_CELL, len(lines))):
        closed = closes(tag, lines[at].split("\t", 1)[0])
        if closed is not None:
            return at if closed else None
        if "\t" in lines[at]:
            return None
    return None


def _end_of_html_table(lines: list[str], first: int) -> int:
    """The line that closes the table; where nothing closes it, the last line before one that holds no tag."""
    depth = 0
    last = first
    for at in range(first, len(lines)):
        lowered = lines[at].lower()
        depth += lowered.count("<table") - lowered.count("</table")
        if depth <= 0:
            return at
        if "<" in lowered:
            last = at
        elif at - last > MOST_LINES_OF_A_CELL:
            break
    return last


def _end_of_quoted_cell(lines: list[str], first: int) -> int:
    """Cells pasted from a spreadsheet: a cell with line breaks stands in double quotes."""
    last, open_cell = first, _opens_quote(lines[first])
    while open_cell:
        closing = _closing_quote(lines, last)
        if closing is None:
            break
        last, open_cell = closing, "\t" in lines[closing] and _opens_quote(lines[closing])
    return last


def _opens_quote(line: str) -> bool:
    cell = line.rsplit("\t", 1)[-1]
    return cell.startswith('"') and cell.count('"') % 2 == 1


def _closing_quote(lines: list[str], first: int) -> int | None:
    for at in range(first + 1, min(first + MOST_LINES_OF_A_CELL, len(lines))):
        head, tab, _ = lines[at].partition("\t")
        if head.count('"') % 2 == 1:
            return at if head.rstrip().endswith('"') else None
        if tab:
            return None
    return None


def _run_blocks(kind: str, run: list[tuple[int, str]], markdown: bool) -> list[Paragraph | Table]:
    if kind == "html":
        return [block for number, source in run for block in html_blocks(source, first_line=number)]
    if kind == "tabs" and any(_has_cells(line) for _, line in run):
        return _table([(number, _tab_cells(line)) for number, line in run], markdown)
    if kind == "pipes" and _is_pipe_table([line for _, line in run]):
        rows = [(number, _pipe_cells(line)) for number, line in run]
        if len(run) > 1 and _is_delimiter_row(run[1][1]):
            del rows[1]
        return _table(rows, markdown)
    blocks: list[Paragraph | Table] = []
    for is_table, lines in spaced_tables(in_one_column(run)) if kind == "text" else [(False, run)]:
        if is_table:
            blocks += _table(lines, markdown)
            continue
        texts = [(number, _paragraph(line, markdown)) for number, line in lines]
        blocks += [Paragraph(text, f"line {number}") for number, text in texts if text]
    return blocks


def _has_cells(line: str) -> bool:
    """A tab parts cells, unless it only indents a paragraph."""
    return "\t" in line.lstrip("\t")


def _is_delimiter_row(line: str) -> bool:
    """The second line of a Markdown table: | --- | :-: |"""
    return "|" in line and "-" in line and not line.strip(" |:-\t") and all("-" in cell for cell in _pipe_cells(line))


def _is_pipe_table(lines: list[str]) -> bool:
    if len(lines) > 1 and _is_delimiter_row(lines[1]):
        return True
    return all(line.strip().startswith("|") and len(_pipe_cells(line)) > 1 for line in lines)


def _pipe_cells(line: str) -> list[str]:
    line = line.strip()
    line = line[1:] if line.startswith("|") else line
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [cell.replace("\\|", "|") for cell in _PIPE.split(line)]


def _tab_cells(line: str) -> list[str]:
    cells = line.split("\t")
    if '"' not in line or "\n" not in line:
        return cells
    return [cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell for cell in cells]


def _table(rows: list[tuple[int, list[str]]], markdown: bool) -> list[Table]:
    cells = tuple(tuple(Cell(_plain(text, markdown), f"line {number}") for text in row) for number, row in rows)
    if not any(cell.text for row in cells for cell in row):
        return []
    return [Table(cells, f"line {rows[0][0]}")]


def _paragraph(text: str, markdown: bool) -> str:
    text = _plain(text, markdown)
    if mark := _HEADING_MARK.match(text):
        return text[mark.end() :].rstrip(" #")
    return text


def _plain(text: str, markdown: bool) -> str:
    text = plain(text)
    if "**" in text:
        text = _BOLD.sub(r"\1", text)
    if markdown and "~~" in text:
        text = _STRUCK.sub(lambda match: struck(match[1]), text)
    return re.sub(r"\\([\\`*_{}\[\]()#+\-.!>~|])", r"\1", text) if markdown and "\\" in text else text
