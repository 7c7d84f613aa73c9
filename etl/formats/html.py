"""HTML: tables of cells and the paragraphs between them. A place is the line of the source."""


def html_blocks(source: str, first_line: int = 1) -> list:
    raise NotImplementedError
