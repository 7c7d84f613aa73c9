"""A paper as PDF, set by typst from the same data as the Word file: its text can be searched, copied and read back."""

import json
import threading
from pathlib import Path

import typst
from icu4py.breakers import LineBreaker

from pages.parts.papers.paper import Lines, Paper, head_rows
from pages.parts.present.html_deck import STATIC

HERE = Path(__file__).parent
# Points of the body. The free Sarabun is drawn larger on its em than the TH Sarabun of official papers: these are about their 16 points.
BODY = 12
PERIODS = ("period", "period_done")
NARROW = (*PERIODS, "unit")
PHRASE = 16  # letters that have room on a line of a period
INDENT = 1.25  # cm of a paragraph's first line

_thread = threading.local()


def _compiler() -> typst.Compiler:
    """One typesetter a thread: it reads its fonts once and may not be shared."""
    if not hasattr(_thread, "compiler"):
        _thread.compiler = typst.Compiler(str(HERE / "paper.typ"), root=str(HERE), font_paths=[str(STATIC)], ignore_system_fonts=True)
    return _thread.compiler


def _pieces(text: str) -> list[str]:
    """The words of a text, between which its lines end."""
    return list(LineBreaker(text, "th"))


def _phrases(text: str) -> list[str]:
    """A heading in the phrases between its spaces, at which alone its lines end."""
    return [f"{one} " for one in text.split(" ")]


def _cell(column: str, text: str) -> str | list[str]:
    """The text of a cell; of a narrow column in pieces that stay whole: words, and of a period the short phrases between its spaces."""
    if column in PERIODS and max(map(len, text.split()), default=0) <= PHRASE:
        return _phrases(text)
    return _pieces(text) if column in NARROW else text


def _part(paper: Paper, part) -> dict:
    rows, heading = paper.parts[part.name], paper.heading(part)
    if isinstance(part, Lines):
        signed, labelled = part.name == "sign", part.name == "head"
        indent = 0 if signed or labelled else INDENT
        return {"heading": heading, "lines": rows, "indent": indent, "center": signed, "labelled": labelled}
    above, below = head_rows(paper.words, part, paper.filling)
    heads = [[{"text": _pieces(text), "wide": wide, "high": high} for text, wide, high in above]]
    heads += [[{"text": _pieces(text), "wide": 1, "high": 1} for text in below]] if below else []
    return {
        "heading": heading,
        "shares": [column.share for column in part.columns],
        "sides": [column.align for column in part.columns],
        "heads": heads,
        "rows": [row["group"] if "group" in row else [_cell(column.key, row[column.key]) for column in part.columns] for row in rows],
    }


def contents(paper: Paper) -> dict:
    """Everything that the pages show, as plain values."""
    words = paper.words
    return {
        "language": words.lang,
        "landscape": paper.form.landscape,
        "size": BODY,
        "title": _phrases(paper.title),
        "emblem": words("paper.memo.emblem") if paper.kind == "memo" else "",
        "agency": paper.agency,
        "place": [] if paper.kind == "memo" else [line for line in (paper.agency, paper.place) if line],
        "mark": words("paper.made_up") if paper.synthetic else "",
        "parts": [_part(paper, part) for part in paper.form.parts if paper.parts[part.name]],
        "blank_title": words("paper.blank.title"),
        "blanks": paper.blanks or [words("paper.blank.none")],
        "pages": words("paper.page_of", page="\0", pages="\0").split("\0"),
        "digits": chr(0x0E51) if words.digits == "thai" else "1",
    }


def pdf(paper: Paper) -> bytes:
    """The paper as a PDF of A4 pages."""
    return _compiler().compile(sys_inputs={"data": json.dumps(contents(paper), ensure_ascii=False)}, format="pdf")
