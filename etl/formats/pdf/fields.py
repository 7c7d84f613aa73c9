"""What stands in a page's form fields and text boxes (ISO 32000, 12.5 and 12.7), as letters where the page shows them.

The value of a field is read, not its picture: a viewer draws the picture from the value, and some programs leave that to it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfplumber.page import Page

from etl.formats.pdf.letters import Box, Letter

_HIDDEN, _NO_VIEW = 1 << 1, 1 << 5  # flags of an annotation
_RADIO_OR_PUSH, _PUSH, _PASSWORD = 1 << 15, 1 << 16, 1 << 13  # flags of a field
_LARGEST = 12  # points: the size of letters that have the room
ON, OFF = "☑", "☐"
# What a form prints to be written over: a line of dots, an empty box.
_TO_FILL = re.compile(r"[.…_·☐□❏❑\uf06f\uf0a8]")


@dataclass
class Fields:
    """Letters of the fields of a page; `unseen`: texts of fields that are hidden; `comments`: notes that do not print;
    `struck`: the boxes that are struck out; `files`: names of files attached to the page; `boxes`: where letters of fields stand."""

    letters: list[Letter]
    boxes: list[Box]
    unseen: list[str]
    comments: list[str]
    struck: list[Box]
    files: list[str]


def fields(page: Page) -> Fields:
    """The fields, boxes and notes of a page, in the order of the file."""
    found = Fields([], [], [], [], [], [])
    for annotation in _annotations(page):
        kind = _name(annotation.get("Subtype"))
        text, box = _shown(annotation, kind), _box(page, annotation.get("Rect"))
        if kind == "FileAttachment":
            found.files.append(_file_name(resolve1(annotation.get("FS"))))
        elif kind == "StrikeOut":
            found.struck += _quads(page, annotation)
        elif not text or box is None:
            continue
        elif _number(annotation.get("F")) & (_HIDDEN | _NO_VIEW):
            found.unseen.append(text)
        elif kind in ("Widget", "FreeText"):
            found.letters += _letters(text, box)
            found.boxes.append(box)
        else:
            found.comments.append(text)
    return found


def written_over(letter: Letter, boxes: list[Box]) -> bool:
    """Whether a printed letter only says where to fill in, and was filled in."""
    x, y = letter.centre
    return bool(_TO_FILL.fullmatch(letter.text)) and any(x0 <= x <= x1 and top <= y <= bottom for x0, top, x1, bottom in boxes)


def attached_files(pdf) -> list[str]:
    """Names of the files that a PDF carries with it, those of a portfolio too."""
    names = resolve1(pdf.doc.catalog.get("Names")) or {}
    found: list[str] = []
    nodes, seen = [names.get("EmbeddedFiles")] if isinstance(names, dict) else [], 0
    while nodes and seen < 1_000:
        seen += 1
        node = resolve1(nodes.pop())
        if isinstance(node, dict):
            nodes += resolve1(node.get("Kids")) or []
            pairs = resolve1(node.get("Names")) or []
            found += [_file_name(resolve1(specification)) for specification in pairs[1::2]]
    return found


def _file_name(specification: object) -> str:
    specification = specification if isinstance(specification, dict) else {}
    return _text(specification.get("UF")) or _text(specification.get("F")) or "?"


def _annotations(page: Page) -> Iterator[dict]:
    """Each annotation with what it inherits from the field that it is a part of."""
    for reference in resolve1(page.page_obj.attrs.get("Annots")) or []:
        annotation = resolve1(reference)
        if not isinstance(annotation, dict):
            continue
        whole, parent = dict(annotation), resolve1(annotation.get("Parent"))
        for _ in range(32):
            if not isinstance(parent, dict):
                break
            whole = {key: parent[key] for key in ("FT", "V", "Ff", "Opt") if key in parent} | whole
            parent = resolve1(parent.get("Parent"))
        yield whole


def _shown(annotation: dict, kind: str) -> str:
    """The text that an annotation shows; empty where it shows none."""
    if kind != "Widget":
        return _text(annotation.get("Contents"))
    field, flags, value = _name(annotation.get("FT")), _number(annotation.get("Ff")), resolve1(annotation.get("V"))
    if field == "Btn":
        if flags & _PUSH:
            return ""
        state = _name(annotation.get("AS")) or _name(value)
        return ON if state not in ("", "Off") else OFF
    if field == "Ch":
        values = value if isinstance(value, list) else [value]
        options = [resolve1(option) for option in resolve1(annotation.get("Opt")) or []]
        shown = {_text(option[0]): _text(option[1]) for option in options if isinstance(option, list) and len(option) == 2}
        texts = [_text(one) for one in values]
        return "\n".join(shown.get(text, text) for text in texts if text)
    return _text(value) if field == "Tx" and not flags & _PASSWORD else ""


def _text(value: object) -> str:
    value = resolve1(value)
    if isinstance(value, PDFStream):
        value = value.get_data()
    if not isinstance(value, bytes):
        return ""
    if value[:2] in (b"\xfe\xff", b"\xff\xfe"):
        return value.decode("utf-16", "replace")
    try:
        return value.decode("utf-8-sig")  # letters of ASCII in every program, and in some that do not know better all others
    except UnicodeDecodeError:
        return value.decode("cp874", "replace")  # no ISO 32000 text, but what Thai programs of old wrote


def _letters(text: str, box: Box) -> list[Letter]:
    """The lines of a text spread over its box; only that they stand in it, in their order, counts."""
    x0, top, x1, bottom = box
    lines = re.split(r"\r\n|\r|\n", text)
    height = (bottom - top) / len(lines)
    size = max(min(height, _LARGEST), 1)
    letters = []
    for at, line in enumerate(lines):
        middle = top + (at + 0.5) * height
        step = min(size * 0.5, (x1 - x0) / max(len(line), 1))
        for place, letter in enumerate(line):
            left = x0 + 0.1 * step + place * step
            letters.append(Letter(letter, left, middle - size / 2, left + step, middle + size / 2, size, middle + size / 4))
    return letters


def _box(page: Page, corners: object) -> Box | None:
    """A box of the file (from the bottom left, not turned) as one of the page as it is shown."""
    corners = resolve1(corners)
    if not isinstance(corners, list) or len(corners) != 4:
        return None
    points = [_point(page, float(resolve1(corners[at])), float(resolve1(corners[at + 1]))) for at in (0, 2)]
    (x0, y0), (x1, y1) = points
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _point(page: Page, x: float, y: float) -> tuple[float, float]:
    left, low, right, high = page.page_obj.mediabox
    turned = page.page_obj.rotate
    across, up = {0: (x - left, y - low), 90: (y - low, right - x), 180: (right - x, high - y), 270: (high - y, x - left)}[turned]
    return across + page.mediabox[0], page.height - up + page.mediabox[1]


def _quads(page: Page, annotation: dict) -> list[Box]:
    numbers = [float(resolve1(one)) for one in resolve1(annotation.get("QuadPoints")) or []]
    quads = []
    for at in range(0, len(numbers) - 7, 8):
        points = [_point(page, numbers[at + each], numbers[at + each + 1]) for each in (0, 2, 4, 6)]
        xs, ys = zip(*points, strict=True)
        quads.append((min(xs), min(ys), max(xs), max(ys)))
    return quads


def _name(value: object) -> str:
    value = resolve1(value)
    name = value.name if isinstance(value, PSLiteral) else ""
    return name if isinstance(name, str) else name.decode("latin-1")


def _number(value: object) -> int:
    value = resolve1(value)
    return int(value) if isinstance(value, int | float) else 0
