"""The account of the letters: nothing that a person sees is lost without a word, and what is lost is noticed."""

import html.parser
import shutil
import subprocess
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from etl.account import LEAST, LOST, account_of
from etl.formats import Table, Unreadable, open_document, open_text
from etl.formats.glyphs import restored
from etl.known import load_known
from etl.read import read
from etl.reading import Reading

GOLDEN = Path(__file__).parent / "golden"
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
PAPERS = sorted(path for path in GOLDEN.rglob("*.*") if not path.name.endswith("expected.json")) + sorted(SEEDS.glob("*.txt"))
PRINTED_BY_OFFICE = {".html", ".htm", ".docx"}
KNOWN = load_known()


@pytest.fixture(scope="session")
def printed(tmp_path_factory) -> dict[Path, Path]:
    """PDFs of the golden documents of offices and of the web, printed by LibreOffice in one go."""
    office = shutil.which("soffice")
    if office is None:
        return {}
    folder = tmp_path_factory.mktemp("printed")
    copies: dict[Path, Path] = {}
    for number, path in enumerate(path for path in PAPERS if path.suffix in PRINTED_BY_OFFICE):
        copy = folder / f"{number}{path.suffix}"
        data = path.read_bytes()
        page = path.suffix in (".html", ".htm") and b"charset" not in data[:2000]
        copy.write_bytes(b"<meta charset=utf-8>" + data if page else data)
        copies[path] = copy
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *map(str, copies.values())], capture_output=True, timeout=600, check=True)
    return {path: copy.with_suffix(".pdf") for path, copy in copies.items() if copy.with_suffix(".pdf").exists()}


class _Text(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.text = ""

    def handle_data(self, data):
        self.text += data


def shown(path: Path, printed: dict[Path, Path]) -> str | None:
    """The text of a document by programs that the reader does not use: pdfium, LibreOffice, openpyxl, the standard library's parser.

    None: none of them reads it.
    """
    if path.suffix == ".pdf" or path in printed:
        pages = pypdfium2.PdfDocument(printed.get(path, path))
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if path.suffix == ".xlsx":  # printed, a sheet is cut at the ends of pages and cells
        return _texts_of_sheets(path)
    if path.suffix not in (".txt", ".md", ".csv"):
        return None
    parser = _Text()
    parser.feed(open_text(path))
    return parser.text


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
def test_what_a_person_sees_is_read_or_named(path, printed):
    try:
        document = open_document(path)
    except Unreadable:
        return  # named as a whole
    reading = read(document, KNOWN)
    if text := shown(path, printed):
        seen = letters(text)
        repeated = sum(block.repeated for block in document.blocks if isinstance(block, Table))
        missing = seen - letters(all_of(document))
        assert missing.total() - repeated <= LEAST * seen.total(), missing
    account = reading.account
    assert account.letters[LOST] <= LEAST * account.total, account.lost


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
        document = open_document(path)
        reading = read(document, KNOWN)
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
    for path in PAPERS:
        document = open_document(path)
        repeated = sum(block.repeated for block in document.blocks if isinstance(block, Table))
        assert read(document, KNOWN).account.total == sum(len(text) for _, text in _printed(document)) + repeated, path
