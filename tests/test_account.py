"""The account of the letters: nothing that a person sees is lost without a word, and what is lost is noticed."""

import email
import html.parser
import shutil
import subprocess
import unicodedata
from collections import Counter
from dataclasses import replace
from email.policy import default
from functools import cache
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from etl.account import LEAST, LOST, account_of
from etl.formats import Document, Table, Unreadable, open_document, open_text
from etl.formats.glyphs import restored
from etl.formats.scan import prose
from etl.known import load_known
from etl.read import read
from etl.reading import Reading

GOLDEN = Path(__file__).parent / "golden"
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
NO_PAPERS = ("expected.json", "expected.csv", "kinds.csv")
PAPERS = sorted(path for path in GOLDEN.rglob("*.*") if not path.name.endswith(NO_PAPERS)) + sorted(SEEDS.glob("*.txt"))
# How a program that the reader does not use shows each kind of file: printed by LibreOffice, the cells of a workbook (of an older one as
# LibreOffice saves it; printed, a sheet is cut at the ends of pages and cells), the pages of a PDF, the text of a file of text, the page
# in a web archive.
PRINTED, RESAVED = {".html", ".htm", ".docx"}, {".xls", ".xml"}
ARCHIVES, TEXTS = {".mht", ".doc"}, {".txt", ".md", ".csv", ".tsv"}
NOT_COMPARED = {
    "drawn_letters.html": "LibreOffice writes a name of its own for another page within this one, which it does not show",
    "icons_of_fonts.html": "LibreOffice has not the fonts that draw signs for words and prints the words",
    "page_under_a_workbooks_name.xls": "a page of HTML, which LibreOffice opens by its name as a workbook and refuses",
}
KNOWN = load_known()


@pytest.fixture(scope="module", autouse=True)
def without_a_reader_of_pictures():
    """These readings are those of every machine; what a machine with Tesseract reads from pictures: test_scans.py."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "available", lambda: False)
        yield


@cache
def opened(path: Path) -> Document | None:
    """The document, None where it is refused: then it is named as a whole."""
    try:
        return open_document(path)
    except Unreadable:
        return None


@cache
def reading_of(path: Path) -> Reading:
    return read(opened(path), KNOWN)


def converted(papers: list[Path], folder: Path, kind: str) -> dict[Path, Path]:
    """The papers as LibreOffice saves them as files of a kind, all in one go."""
    office = shutil.which("soffice")
    if office is None:
        return {}
    folder.mkdir()
    copies: dict[Path, Path] = {}
    for number, path in enumerate(papers):
        copy = folder / f"{number}{path.suffix}"
        data = path.read_bytes()
        page = path.suffix in (".html", ".htm") and b"charset" not in data[:2000]
        copy.write_bytes(b"<meta charset=utf-8>" + data if page else data)
        copies[path] = copy
    profile = f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "made")]
    subprocess.run([*command, *map(str, copies.values())], capture_output=True, timeout=600, check=True)
    made = {path: folder / "made" / f"{copy.stem}.{kind}" for path, copy in copies.items()}
    return {path: copy for path, copy in made.items() if copy.exists()}


@pytest.fixture(scope="session")
def office(tmp_path_factory) -> dict[Path, Path]:
    """Golden documents as LibreOffice prints them or saves them anew; empty without LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    resaved = converted([path for path in PAPERS if path.suffix in RESAVED], folder / "resaved", "xlsx")
    return resaved | converted([path for path in PAPERS if path.suffix in PRINTED], folder / "printed", "pdf")


class _Text(html.parser.HTMLParser):
    """The text of a page; its title stands in no page."""

    def __init__(self):
        super().__init__()
        self.text, self.title = "", False

    def handle_starttag(self, tag, attrs):
        self.title = tag == "title"

    def handle_data(self, data):
        self.text += "" if self.title else data
        self.title = False


def _text_of(page: str) -> str:
    parser = _Text()
    parser.feed(page)
    return parser.text


def shown(path: Path, office: dict[Path, Path]) -> str:
    """The text of a document by programs that the reader does not use: pdfium, LibreOffice, openpyxl, the standard library."""
    if path.suffix == ".pdf" or path.suffix in PRINTED:
        pages = pypdfium2.PdfDocument(office.get(path, path))
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if path.suffix == ".xlsx" or path.suffix in RESAVED:
        return _texts_of_sheets(office.get(path, path))
    if path.suffix in ARCHIVES:
        parts = email.message_from_bytes(path.read_bytes(), policy=default).walk()
        return "\n".join(_text_of(part.get_content()) for part in parts if part.get_content_type() == "text/html")
    assert path.suffix in TEXTS, f"{path.name}: nothing shows it another way; say how, or why not, in NOT_COMPARED"
    return _text_of(open_text(path))


def _texts_of_sheets(path: Path) -> str:
    texts = []
    for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
        hidden = {letter for letter, column in sheet.column_dimensions.items() if column.hidden}
        if sheet.sheet_state == "visible":
            rows = [row for at, row in enumerate(sheet.iter_rows(), 1) if not sheet.row_dimensions[at].hidden]
            texts += [str(cell.value) for row in rows for cell in row if isinstance(cell.value, str) and cell.column_letter not in hidden]
    return "\n".join(text for text in texts if len(text) > 1)  # a single letter may be the sign of a symbol font


def letters_in_order(text: str) -> list[str]:
    """Thai and Latin letters and digits, however a font or a program codes them; accents and the signs of symbol fonts apart."""
    text = unicodedata.normalize("NFKC", restored(text)).replace("\u0e33", "\u0e32")
    return [letter for letter in text if letter.isalnum() and (letter.isascii() or "\u0e00" < letter < "\u0e5b")]


def letters(text: str) -> Counter[str]:
    return Counter(letters_in_order(text))


def all_of(document) -> str:
    """What a document holds, with what its findings say that it does not."""
    texts = [text for _, text in _printed(document)]
    return "\n".join(texts + [said.raw or "" for said in document.noticed])


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_a_person_sees_is_read_or_named(path, office):
    document = opened(path)
    if document is None:
        return
    account = reading_of(path).account
    assert account.letters[LOST] <= LEAST * account.total, account.lost
    if path.name in NOT_COMPARED or (path.suffix in PRINTED | RESAVED and not office):
        return
    seen = letters(shown(path, office))
    repeated = sum(block.repeated for block in document.blocks if isinstance(block, Table))
    missing = seen - letters(all_of(document))
    assert missing.total() - repeated <= LEAST * seen.total(), missing


def without(reading: Reading, item) -> Reading:
    """The reading as if an item had been overlooked."""
    return replace(
        reading,
        measures=[one for one in reading.measures if one is not item],
        scores=[one for one in reading.scores if one is not item],
        findings=[],
    )


def overlooked(reading: Reading):
    """Readings as if an item, or one long field of it, had been overlooked, each with the words that then are missing."""
    for item in reading.measures:
        if item.title:
            yield item.title, without(reading, item)
        for name in ("title", "result", "responsible"):
            words = getattr(item, name)
            less = replace(item, **{name: type(words)()}, **({"evidence": None} if name == "result" else {}))
            measures = [less if one is item else one for one in reading.measures]
            yield "".join(words or ""), replace(reading, measures=measures, findings=[])


def test_what_the_reader_overlooks_is_noticed():
    """Text that is printed once only: what another item prints as well cannot be told from it. What stands before the first item and
    after the last in running text may be anything."""
    noticed: Counter[bool] = Counter()
    for path in PAPERS:
        if path.parent.parent.name != "measures":
            continue
        document, reading = opened(path), reading_of(path)
        texts = "".join(text for _, text in _printed(document))
        for words, other in overlooked(reading):
            if len(words) >= 20 and texts.count("".join(words.split())) == 1:
                noticed[account_of(document, other, KNOWN).letters[LOST] > reading.account.letters[LOST] + 3] += 1
    assert noticed.total() > 500 and noticed[True] >= 0.95 * noticed.total(), noticed


def _printed(document):
    for block in document.blocks:
        for row in block.rows if isinstance(block, Table) else ((block,),):
            for cell in row:
                yield cell.place, "".join(cell.text.split())


def test_no_letter_is_counted_twice_or_not_at_all():
    for path in filter(opened, PAPERS):
        document = opened(path)
        repeated = sum(block.repeated for block in document.blocks if isinstance(block, Table))
        assert reading_of(path).account.total == sum(len(text) for _, text in _printed(document)) + repeated, path
