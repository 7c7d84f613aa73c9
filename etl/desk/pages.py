"""A document as pages that a person can look at beside its reading: pictures of the pages of a PDF, a scan or a photograph, and paper
set by ourselves (HTML without any script, style, link or picture) for what has no page until a program lays it out.

`places` leads from each place of the reading to where it stands: the page, and on a picture the box, in parts of the page. The cells of
a table have places of their own: the cell's where it has one (`Sheet1!C17`), else that of their row with the column (`table 2 row 3#4`).
"""

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image, ImageOps

from etl.formats import SUFFIXES, Document, drawn_as
from etl.formats.document import Box, Cell, Paragraph, Unreadable
from etl.messages import message

DPI, QUALITY, LONGEST_SIDE = 110, 60, 2200  # of the pictures; pixels
ROWS_A_PAGE = 60  # paragraphs and rows of tables on a page that we set
INDEX = "pages.json"
_MERGED = 1.8  # heights of the lowest cell of a row: higher ones are merged with cells below
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


@dataclass(frozen=True)
class Laid:
    """A paragraph, or a row of a table, as it lies on a page: the number of its block, its place, and those of its cells.

    A place that several rows have (a page of HTML that is one line) is followed by `~2`, `~3` ... from the second on.
    """

    block: int
    line: Paragraph | tuple[Cell, ...]
    place: str
    cells: tuple[str, ...] = ()


def laid(document: Document) -> Iterator[Laid]:
    """The paragraphs and rows of a document, in order, each with places that nothing else has."""
    seen: Counter = Counter()

    def own(place: str) -> str:
        seen[place] += 1
        return place if seen[place] == 1 else f"{place}~{seen[place]}"

    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield Laid(number, block, own(block.place))
            continue
        for row in filter(None, block.rows):
            place = own(row[0].place)
            places = [cell.place for cell in row]
            alone = [at > 0 and places.count(each) == 1 and not seen[each] for at, each in enumerate(places)]
            cells = tuple(own(each) if single else f"{place}#{at + 1}" for at, (each, single) in enumerate(zip(places, alone, strict=True)))
            yield Laid(number, row, place, cells)


def _boxes(document: Document) -> dict[str, Box]:
    """The box of each place that a drawn document has: of its line, of its row, of its cell."""
    boxes: dict[str, Box] = {}
    for each in laid(document):
        if isinstance(each.line, Paragraph):
            if each.line.box:
                boxes[each.place] = each.line.box
            continue
        for place, cell in zip(each.cells, each.line, strict=True):
            if cell.box:
                boxes[place] = cell.box
        for place in {each.place, *(cell.place for cell in each.line)} - set(boxes):
            if box := _of_row(each.line, place):
                boxes[place] = box
    return boxes


def _of_row(row: tuple[Cell, ...], place: str) -> Box | None:
    """The box of a row on the page of one of its places: as wide as its cells, and as high as those of one row, for a merged cell reaches
    over the rows below."""
    page = _NUMBER.match(place)
    boxes = [cell.box for cell in row if cell.box and (not page or cell.box.page == int(page[1]))]
    if not boxes:
        return None
    least = min(box.y1 - box.y0 for box in boxes)
    high = [box for box in boxes if box.y1 - box.y0 <= _MERGED * least]
    return _around(boxes)._replace(y0=min(box.y0 for box in high), y1=max(box.y1 for box in high))


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


def _papers(document: Document) -> Iterator[list[Laid]]:
    """The paragraphs and rows of a document, a page at a time: a sheet of a workbook begins one."""
    paper: list[Laid] = []
    sheet = None
    for each in laid(document):
        here = _SHEET.fullmatch(each.place)
        if paper and (len(paper) >= ROWS_A_PAGE or (here and sheet and here[1] != sheet)):
            yield paper
            paper = []
        sheet = here[1] if here else sheet
        paper.append(each)
    if paper:
        yield paper


def _written(papers: list[list[Laid]], into: Path, tell: Tell) -> tuple[list[dict], Places]:
    pages, places = [], {}
    for number, paper in enumerate(papers, 1):
        name = f"page-{number:04}.html"
        (into / name).write_text(_html(paper, number, places), encoding="utf-8")
        pages.append({"page": number, "html": name})
        tell(number, len(papers))
    return pages, places


def _html(paper: list[Laid], page: int, places: Places) -> str:
    """One page; the places that stand on it are added to `places`."""

    def here(place: str) -> str:
        places[place] = {"page": page}
        return f' data-place="{escape(place)}"'

    parts: list[str] = []
    table: int | None = None
    for each in paper:
        if table is not None and each.block != table:
            parts.append("</table>")
            table = None
        if isinstance(each.line, Paragraph):
            parts.append(f"<p{here(each.place)}>{_text(each.line.text)}</p>")
            continue
        if table is None:
            parts.append("<table>")
            table = each.block
        cells = (f"<td{here(place)}>{_text(cell.text)}</td>" for place, cell in zip(each.cells, each.line, strict=True))
        parts.append(f"<tr{here(each.place)}>{''.join(cells)}</tr>")
    return '<section class="sheet">\n' + "\n".join([*parts, *["</table>"] * (table is not None)]) + "\n</section>\n"


def _text(text: str) -> str:
    return escape(_CONTROL.sub("", text)).replace("\n", "<br>")
