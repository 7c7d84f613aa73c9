"""A document as pages that a person can look at beside its reading: pictures of the pages of a PDF, a scan or a photograph, and paper
set by ourselves (HTML without any script, style, link or picture) for what has no page until a program lays it out.

`places` leads from each place of the reading to where it stands: the page, and on a picture the box, in parts of the page. The cells of
a table have places of their own: that of their row and `#`, the column's number (`table 2 row 3#4`), or the cell's where it has one.
"""

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from html import escape
from pathlib import Path

from PIL import Image, ImageOps

from etl.formats import SUFFIXES, Document, drawn_as
from etl.formats.document import Box, Cell, Paragraph, Table, Unreadable
from etl.messages import message

DPI, QUALITY, LONGEST_SIDE = 110, 60, 2200  # of the pictures; pixels
ROWS_A_PAGE = 60  # paragraphs and rows of tables on a page that we set
INDEX = "pages.json"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NUMBER = re.compile(r"page (\d+)\b")
_SHEET = re.compile(r"(.+)![A-Z]{0,3}\d+")

Tell = Callable[[int, int], None]
Places = dict[str, dict]


def write_pages(document: Document, data: bytes, suffix: str, wanted: Iterable[str], into: Path, tell: Tell) -> None:
    """Writes `pages.json` and the pages of a document into a folder; `tell(done, of)` after each page.

    `data`: the bytes of its file, `suffix` of its name. `wanted`: places of the reading; one that stands nowhere by itself (a whole page,
    the document) is given the page that it names, else the first. Unreadable: a picture that cannot be drawn.
    """
    drawn = drawn_as(data, SUFFIXES.get(suffix))
    boxes = _boxes(document)
    if drawn:
        turns = {box.page: box.turned for box in boxes.values()}
        draw = _pdf_pages if drawn == "pdf" else _pictures
        pages = list(_kept(draw(data, turns), into, tell))
        places: Places = {place: {"page": box.page, "box": list(box[1:5])} for place, box in boxes.items() if box.page <= len(pages)}
    else:
        papers = list(_papers(document))
        pages, places = _written(papers, into, tell)
    for place in wanted:
        places.setdefault(place, _somewhere(place, len(pages), bool(drawn)))
    (into / INDEX).write_text(json.dumps({"pages": pages, "places": places}, ensure_ascii=False), encoding="utf-8")


def _somewhere(place: str, pages: int, drawn: bool) -> dict:
    """Where a place is that has no box: the whole of the page that it names, or of the first."""
    named = _NUMBER.match(place)
    page = int(named[1]) if named and drawn else 1
    return {"page": min(max(page, 1), max(pages, 1))} | ({"box": [0, 0, 1, 1]} if drawn else {})


# --- where what stands --------------------------------------------------------------------------------------------------


def cell_place(row: tuple[Cell, ...], at: int) -> str:
    """The place of a cell: its own where no other cell of its row has it, else that with the number of its column."""
    place = row[at].place
    return place if at and sum(cell.place == place for cell in row) == 1 else f"{place}#{at + 1}"


def _boxes(document: Document) -> dict[str, Box]:
    """The box of each place that a drawn document has: of its line, of its row, of its cell."""
    boxes: dict[str, Box] = {}
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.box:
                boxes[block.place] = _around([boxes[block.place], block.box]) if block.place in boxes else block.box
            continue
        for row in block.rows:
            for at, cell in enumerate(row):
                if cell.box:
                    boxes.setdefault(cell_place(row, at), cell.box)
            for place in {cell.place for cell in row}:
                if place not in boxes and (box := _of_row(row, place)):
                    boxes[place] = box
    return boxes


def _of_row(row: tuple[Cell, ...], place: str) -> Box | None:
    """The box of a row on the page of one of its places: as wide as its cells, and as high as the lowest of them, for a merged cell
    reaches over the rows below."""
    page = _NUMBER.match(place)
    boxes = [cell.box for cell in row if cell.box and (not page or cell.box.page == int(page[1]))]
    own = [cell.box for cell in row if cell.box in boxes and cell.place == place] or boxes
    if not boxes:
        return None
    around = _around(boxes)
    bottom = min(box.y1 for box in own)
    return around._replace(y0=min(box.y0 for box in own), y1=bottom if bottom > around.y0 else around.y1)


def _around(boxes: list[Box]) -> Box:
    first = boxes[0]
    same = [box for box in boxes if box.page == first.page]
    edges = zip((min, min, max, max), zip(*(box[1:5] for box in same), strict=True), strict=True)
    return Box(first.page, *(edge(parts) for edge, parts in edges), first.turned)


# --- pictures -----------------------------------------------------------------------------------------------------------


def _pdf_pages(data: bytes, turns: dict[int, int]) -> Iterator[tuple[Image.Image, int]]:
    """(picture, number of pages) for each page of a PDF, one after the other."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(data)) as pdf:
        for number in range(1, len(pdf) + 1):
            with closing(pdf[number - 1]) as page:
                scale = min(DPI / 72, LONGEST_SIDE / max(*page.get_size(), 1))
                yield page.render(scale=scale, rotation=turns.get(number, 0)).to_pil(), len(pdf)


def _pictures(data: bytes, turns: dict[int, int]) -> Iterator[tuple[Image.Image, int]]:
    """(picture, number of pictures) for each frame of a picture file. Unreadable: damaged, or too large."""
    from etl.formats.scan import MOST_PIXELS  # also takes off the bound of Pillow's own: ours says how large a picture is

    try:
        picture = Image.open(io.BytesIO(data))
        of = getattr(picture, "n_frames", 1)
    except Exception:  # a damaged picture makes the library fail in any way
        raise Unreadable(*message("not_picture")) from None
    with picture:
        for number in range(1, of + 1):
            try:
                picture.seek(number - 1)
                if picture.width * picture.height > MOST_PIXELS:
                    raise Unreadable(*message("picture_too_large", width=picture.width, height=picture.height))
                picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                shown = _on_white(ImageOps.exif_transpose(picture))
            except Unreadable:
                raise
            except Exception:
                raise Unreadable(*message("not_picture")) from None
            shown.thumbnail((LONGEST_SIDE * 3 // 4, LONGEST_SIDE * 3 // 4))
            turned = turns.get(number, 0)
            yield shown.rotate(-turned, expand=True) if turned else shown, of


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture.convert("RGBA")).convert("RGB")
    return picture.convert("RGB")


def _kept(pictures: Iterable[tuple[Image.Image, int]], into: Path, tell: Tell) -> Iterator[dict]:
    for number, (picture, of) in enumerate(pictures, 1):
        name = f"page-{number:04}.webp"
        picture.save(into / name, "WEBP", quality=QUALITY, method=2)
        tell(number, of)
        yield {"page": number, "picture": name, "width": picture.width, "height": picture.height}


# --- paper --------------------------------------------------------------------------------------------------------------

Line = Paragraph | tuple[Cell, ...]  # a paragraph, or a row of a table
Paper = list[tuple[int, Line]]  # with the number of its block


def _papers(document: Document) -> Iterator[Paper]:
    """The paragraphs and rows of a document, a page at a time: a sheet of a workbook begins one."""
    paper: Paper = []
    sheet = None
    for number, block in enumerate(document.blocks):
        lines: tuple[Line, ...] = block.rows if isinstance(block, Table) else (block,)
        here = _SHEET.fullmatch(block.place)
        if here and sheet and here[1] != sheet and paper:
            yield paper
            paper = []
        sheet = here[1] if here else sheet
        for line in lines:
            if not line:
                continue
            if len(paper) >= ROWS_A_PAGE:
                yield paper
                paper = []
            paper.append((number, line))
    if paper:
        yield paper


def _written(papers: list[Paper], into: Path, tell: Tell) -> tuple[list[dict], Places]:
    pages, places = [], {}
    for number, paper in enumerate(papers, 1):
        name = f"page-{number:04}.html"
        (into / name).write_text(_html(paper, number, places), encoding="utf-8")
        pages.append({"page": number, "html": name})
        tell(number, len(papers))
    return pages, places


def _html(paper: Paper, page: int, places: Places) -> str:
    """One page; each place that stands on it is added to `places`, the first that has it keeps it."""

    def here(place: str) -> str:
        if place in places:
            return ""
        places[place] = {"page": page}
        return f' data-place="{escape(place)}"'

    parts: list[str] = []
    table: int | None = None
    for number, line in paper:
        if table is not None and number != table:
            parts.append("</table>")
            table = None
        if isinstance(line, Paragraph):
            parts.append(f"<p{here(line.place)}>{_text(line.text)}</p>")
            continue
        if table is None:
            parts.append("<table>")
            table = number
        opened = f"<tr{here(line[0].place)}>"
        parts.append(opened + "".join(f"<td{here(cell_place(line, at))}>{_text(cell.text)}</td>" for at, cell in enumerate(line)) + "</tr>")
    return '<section class="sheet">\n' + "\n".join([*parts, *["</table>"] * (table is not None)]) + "\n</section>\n"


def _text(text: str) -> str:
    return escape(_CONTROL.sub("", text)).replace("\n", "<br>")
