"""PDF with a text layer: tables drawn with lines, and the printed lines between them. A place is `page 3 line 12`.

A table that goes on over pages is one table where its columns stand in the same places: headings repeated on the new
page are left out, and a row that the page end cut open is one row. Otherwise rows are as drawn on each page.
"""

import csv
import io
import logging
import re
from pathlib import Path

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from etl.formats.document import Block, Noticed, Paragraph, Unreadable
from etl.formats.pdf.fields import attached_files
from etl.formats.pdf.joined import joined_blocks
from etl.formats.pdf.letters import LayersOff
from etl.formats.pdf.page import Grid, OnPage, read_page
from etl.formats.watch import TooLong, memory, processor, rewind
from etl.messages import message

MOST_PAGES = 500
MOST_MEGABYTES_OF_MEMORY = 700
_SECONDS_A_PAGE = 2  # of processor: a long document may take its time as long as it gets on like this
_THAI_DIGIT, _YEAR = re.compile("[๐-๙]"), re.compile(r"(?<!\d)2[45]\d\d(?!\d)")

# What the library says about small damage is no message for people at a command line.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


def pdf_blocks(data: bytes) -> list[Block]:
    """Blocks of all pages in reading order. Unreadable: damaged, locked, a scan, fonts without letters, too many pages."""
    pages: list[OnPage] = []
    number = 0
    try:
        with memory(MOST_MEGABYTES_OF_MEMORY), pdfplumber.open(io.BytesIO(data)) as pdf:
            of = len(pdf.pages)
            if of > MOST_PAGES:
                raise Unreadable(*message("too_many_pages", pages=of, limit=MOST_PAGES))
            begun = processor()
            layers_off = LayersOff(pdf)
            for number, page in enumerate(pdf.pages, 1):
                pages.append(read_page(page, number, layers_off))
                page.close()
                if processor() - begun < number * _SECONDS_A_PAGE:
                    rewind()
            programs = [str(pdf.metadata.get(key) or "") for key in ("Producer", "Creator")]
            files = [Noticed("attached_file", "–", name) for name in attached_files(pdf)]
    except (Unreadable, TooLong):
        raise
    except (PDFPasswordIncorrect, PdfminerException, PDFException) as error:
        locked = isinstance(error, PDFPasswordIncorrect) or any(isinstance(one, PDFPasswordIncorrect) for one in error.args)
        raise Unreadable(*message("locked" if locked else "not_pdf", place=f"page {number or 1}")) from None
    except Exception:  # a damaged PDF makes the library fail in any way: KeyError, AssertionError, struct.error, MemoryError
        raise Unreadable(*message("not_pdf", place=f"page {number or 1}")) from None
    read_from_pictures = _read_from_pictures(data, pages, programs)
    blocks = [block for page in pages for block in page.blocks]
    pictures = [f"page {at}" for at, page in enumerate(pages, 1) if page.picture]
    bare = sum(page.picture and not page.blocks for page in pages)
    if not blocks or bare * 2 > of:
        if failed := next((page.failed for page in pages if page.failed), None):
            raise failed
        raise Unreadable(*message("no_tesseract" if bare and not read_from_pictures else "scan", pages=bare or of, of=of))
    texts = _texts(blocks)
    if 6 * texts.count("(cid:") > len(texts) / 3:
        raise Unreadable(*message("no_letters"))
    noticed = files + [said for page in pages for said in page.noticed] + [Noticed("page_is_picture", place) for place in pictures]
    noticed += _about_digits(pages, programs)
    return joined_blocks(blocks) + noticed


def _read_from_pictures(data: bytes, pages: list[OnPage], programs: list[str]) -> bool:
    """Reads afresh from their pictures the pages without text, and those whose text a program read from them with doubtful digits.

    False: nothing was there to read them with.
    """
    doubtful = bool(_about_digits(pages, programs))
    wanted = [at for at, page in enumerate(pages, 1) if page.picture or (page.scanned and doubtful)]
    if not wanted:
        return True
    from etl.formats.scan import read_pdf_pages

    found = read_pdf_pages(data, wanted)
    for number, page in found.items():
        own = pages[number - 1]
        # A page number that is printed over a picture is no more than the page says itself.
        if page.blocks and (own.scanned or len(_texts(page.blocks)) > 2 * len(_texts(own.blocks))):
            page.noticed.append(Noticed("page_read_from_picture", f"page {number}"))
            pages[number - 1] = page
        else:
            own.noticed += page.noticed
            own.failed = page.failed
    return bool(found)


def _by_ocr(programs: list[str]) -> bool:
    """Whether one of the programs that made the file reads pictures of text (`ocr_programs.csv`)."""
    with open(Path(__file__).with_name("ocr_programs.csv"), encoding="utf-8-sig", newline="") as handle:
        words = [row["word"].lower() for row in csv.DictReader(handle)]
    return any(word in program.lower() for program in programs for word in words)


def _texts(blocks: list[Paragraph | Grid]) -> str:
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    return "".join(texts + [cell.text for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row])


def _about_digits(pages: list[OnPage], programs: list[str]) -> list[Noticed]:
    """What to say of the digits that a program read from a picture: Thai ones, and years that are not there, were often misread."""
    if not (any(page.scanned for page in pages) or _by_ocr(programs)):
        return []
    texts = _texts([block for page in pages for block in page.blocks])
    thai = "".join(_THAI_DIGIT.findall(texts))
    if not thai and _YEAR.search(texts):
        return []
    return [Noticed("digits_by_ocr", "–", " ".join(filter(None, programs)) or None, thai[:20] or None)]
