"""Pictures of pages (scans and photographs) -> the same paragraphs and tables of cells as from any other format.

A page is made straight and its light flat (`page`, `photograph`); its rules give the cells (`ruled`); the lines of print of each
(`print`) are read by our own reader of numerals, codes and marks (`numerals`, `network`) and, for prose, by Tesseract (`prose`);
`words` puts both together. What cannot be read surely is marked, never guessed.
"""

import io
import math
import os
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import cv2
import numpy as np
import pypdfium2
from PIL import Image, ImageOps

from etl.formats import watch
from etl.formats.document import Block, Noticed, Unreadable
from etl.formats.pdf.joined import joined_blocks
from etl.formats.pdf.page import OnPage
from etl.formats.scan import prose
from etl.formats.scan.pictures import read_picture
from etl.formats.watch import TooLong
from etl.messages import message

DPI = 200  # at which pages of a PDF are looked at: letters of 14 points are some 20 pixels high
MOST_PIXELS = 80_000_000  # of one picture: an A3 sheet at 600 dpi has 70 million
_LONGEST_SIDE = 3600  # pixels that are read; larger pictures are reduced
_SECONDS_A_PAGE = 60  # of processor, until the next page is read; one of small print takes 8
_MORE_A_PAGE = 20  # by the clock, of all that a document may take
_WORKERS = max(1, min(4, os.cpu_count() or 1))

cv2.setNumThreads(1)  # pages are read side by side
Image.MAX_IMAGE_PIXELS = None  # our own bound is looked at before a picture is unpacked, and says how large it is


def picture_blocks(data: bytes) -> list[Block]:
    """The blocks of a picture file, a page for each of its frames. Unreadable: damaged, too large, nothing legible, no Tesseract."""
    try:
        picture = Image.open(io.BytesIO(data))
        count = getattr(picture, "n_frames", 1)
    except Exception:  # a damaged picture makes the library fail in any way
        raise Unreadable(*message("not_picture")) from None
    if not prose.available():
        raise Unreadable(*message("no_tesseract"))
    with picture, warnings.catch_warnings(action="ignore"):
        pages = read_pictures(_frames(picture, count), count)
    blocks = joined_blocks([block for _, page in sorted(pages.items()) for block in page.blocks])
    if not blocks:
        raise next((page.failed for page in pages.values() if page.failed), Unreadable(*message("picture_not_legible")))
    return blocks + [said for _, page in sorted(pages.items()) for said in page.noticed]


def read_pdf_pages(data: bytes, numbers: list[int]) -> dict[int, OnPage]:
    """The pages `numbers` of a PDF, read from what they look like; nothing where Tesseract is not there."""
    if not prose.available():
        return {}
    pdf = pypdfium2.PdfDocument(data)
    try:
        return read_pictures(_looks(pdf, numbers), len(numbers))
    finally:
        pdf.close()


def _looks(pdf: pypdfium2.PdfDocument, numbers: list[int]) -> Iterator[tuple[int, np.ndarray | OnPage]]:
    for number in numbers:
        try:
            yield number, _look(pdf, number)
        except (TooLong, GeneratorExit):
            raise
        except Exception as error:
            yield number, _failed(number, error)


def _look(pdf: pypdfium2.PdfDocument, number: int) -> np.ndarray:
    page = pdf[number - 1]
    try:
        images = [image.get_px_size() for image in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
        _bound(max(images, key=math.prod, default=(0, 0)))
        scale = min(DPI / 72, _LONGEST_SIDE / max(page.get_size()))
        return np.array(page.render(scale=scale, grayscale=True).to_numpy()).squeeze()
    finally:
        page.close()


def _frames(picture: Image.Image, count: int) -> Iterator[tuple[int, np.ndarray | OnPage]]:
    for at in range(count):
        try:
            picture.seek(at)
            _bound(picture.size)
            yield at + 1, grey_of(picture)
        except (TooLong, GeneratorExit):
            raise
        except Exception as error:
            yield at + 1, _failed(at + 1, error)


def _bound(size: tuple[int, int]) -> None:
    if math.prod(size) > MOST_PIXELS:
        raise Unreadable(*message("picture_too_large", width=size[0], height=size[1]))


def _failed(number: int, error: Exception) -> OnPage:
    """A page whose picture cannot be unpacked or read, in whatever way the library fails: the others are read without it."""
    reason = error if isinstance(error, Unreadable) else Unreadable(*message("not_picture"))
    return OnPage([], [Noticed("page_failed", f"page {number}")], False, False, reason)


def grey_of(picture: Image.Image) -> np.ndarray:
    """The picture as grey bytes, the way up that the camera says, no larger than is of use."""
    longest = max(picture.size)
    picture.draft("L", (min(picture.width, _LONGEST_SIDE), min(picture.height, _LONGEST_SIDE)))  # a JPEG may be unpacked smaller
    turned = ImageOps.exif_transpose(picture)
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        turned = Image.alpha_composite(Image.new("RGBA", turned.size, "white"), turned.convert("RGBA"))
    grey = np.asarray(turned.convert("L"))
    longest = max(grey.shape)
    if longest > _LONGEST_SIDE:
        scale = _LONGEST_SIDE / longest
        grey = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return grey


def read_pictures(pictures: Iterable[tuple[int, np.ndarray | OnPage]], of: int) -> dict[int, OnPage]:
    """Pages by number, several at once; no more wait in memory than are read. A page that fails says why."""
    pages: dict[int, OnPage] = {}
    waiting: dict[int, Future[OnPage]] = {}
    workers = ThreadPoolExecutor(_WORKERS)
    watch.rewind(_SECONDS_A_PAGE)
    try:
        for number, grey in pictures:
            waiting[number] = workers.submit(_read, grey, number)
            del grey
            if len(waiting) > _WORKERS:
                _take(waiting, pages, of)
        while waiting:
            _take(waiting, pages, of)
    finally:
        workers.shutdown(wait=False, cancel_futures=True)
    return pages


def _read(look: np.ndarray | OnPage, number: int) -> OnPage:
    if isinstance(look, OnPage):
        return look
    try:
        return read_picture(look, number)
    except Exception as error:
        return _failed(number, error)


def _take(waiting: dict[int, Future[OnPage]], pages: dict[int, OnPage], of: int) -> None:
    number = min(waiting)
    pages[number] = waiting.pop(number).result()
    watch.rewind(_SECONDS_A_PAGE, more=_MORE_A_PAGE)
    watch.tell(len(pages), of)
