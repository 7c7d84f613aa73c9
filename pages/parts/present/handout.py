"""The hand-out: two A4 pages of one municipality, from the slides' data and drawings, as PDF and for the browser's own print.

A whole province in one command, with a progress bar on a terminal:

    python -m pages.parts.present.handout --province NAME [--year 2568] [--lang th] [--into DIR]
"""

import argparse
import io
import json
import os
import re
import sys
import threading
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from pathlib import Path
from xml.etree import ElementTree

import typst
from pandas import DataFrame

from pages.parts.ask.warehouse import NoData, ask, of_this_version
from pages.parts.present.deck import agency_deck
from pages.parts.present.html_deck import STATIC, fonts
from pages.parts.present.slide import Deck, Slide
from pages.parts.present.svg import draw
from pages.parts.present.svg.marks import PAPER, text_width
from pages.parts.say.text import LANGUAGES, Words

HERE = Path(__file__).parent
# What each page shows, with the height of its drawing where 728 units are the width of the page (a unit is 0.25 mm).
FIRST = {"score_trend": 285, "weakest": 330}
SECOND = {"path": 255, "completion_by_year": 90, "aim": 280}
SHOWN = ("verdict", *FIRST, *SECOND, "source_list")
SVG = "{http://www.w3.org/2000/svg}"
SHIFTS = {"start": 0, "middle": 0.5, "end": 1}  # of a text to the left, in its own width
SIZE = 13  # of type in the drawings: 9 points
ROWS, LETTERS = 3, 400  # sources that have room, and letters of one thing said about the whole


def _part(slide: Slide | None, words: Words, height: int, width: int = 728) -> dict:
    if slide is None:
        return {"headline": "", "more": "", "svg": "", "alt": "", "empty": "", "own": ""}
    if slide.word == "completion_by_year" and slide.picture is not None:  # a row a year and family, for some agencies many
        height = max(height, 45 + 20 * len(slide.picture.frame))
    svg = draw(slide.picture, width, height, SIZE) if slide.picture is not None else ""
    own = words("slide.own_note", note=slide.own_note) if slide.own_note else ""
    alt = slide.picture.alt if svg else ""
    return {"headline": slide.headline, "more": slide.more, "svg": svg, "alt": alt, "empty": slide.empty, "own": own}


def _sources(slide: Slide | None, words: Words) -> list[list[str]]:
    if slide is None or slide.picture is None:
        return []
    columns = slide.picture.series
    records = slide.picture.frame.to_dict("records")
    rows = [[s.name for s in columns]] + [[str(record[s.column]) for s in columns] for record in records[:ROWS]]
    if len(records) > ROWS:
        rows.append([words("slide.more", n=len(records) - ROWS)] + [""] * (len(columns) - 1))
    return rows


def contents(deck: Deck) -> dict:
    """Everything that the two pages show, as plain values: the drawings as SVG, the table of sources as rows, its heading first."""
    words, slides = deck.words, {slide.word: slide for slide in deck.slides}
    sources, verdict = slides.get("source_list"), slides["verdict"]
    return {
        "language": deck.language,
        "title": deck.title,
        "subtitle": deck.subtitle,
        "about": [(name, value if len(value) <= LETTERS else value[:LETTERS] + "…") for name, value in deck.about],
        "synthetic": words("slide.synthetic") if deck.synthetic else "",
        "foot": verdict.source,
        "facts": verdict.facts,
        "verdict": _part(verdict, words, 140, 520),
        "first": [_part(slides[word], words, height) for word, height in FIRST.items() if word in slides],
        "second": [_part(slides[word], words, height) for word, height in SECOND.items() if word in slides],
        "sources_title": sources.headline if sources else "",
        "sources": _sources(sources, words),
    }


_thread = threading.local()


def _compiler() -> typst.Compiler:
    """One typesetter a thread: it reads its fonts once and may not be shared."""
    if not hasattr(_thread, "compiler"):
        _thread.compiler = typst.Compiler(str(HERE / "handout.typ"), root=str(HERE), font_paths=[str(STATIC)], ignore_system_fonts=True)
    return _thread.compiler


def _apart(part: dict) -> None:
    """Takes the text out of the drawing of a part, for typst to set as text of its own: what it sets within SVG can be neither searched
    nor copied. Where a text had paper around its letters, the drawing gets a plate under it."""
    if not part["svg"]:
        return
    root = ElementTree.fromstring(part["svg"])
    part["width"], part["height"] = (float(length) for length in root.get("viewBox").split()[2:])
    part["texts"] = []
    for place, node in enumerate(list(root)):
        if node.tag != f"{SVG}text":
            continue
        x, y, size = (float(node.get(name)) for name in ("x", "y", "font-size"))
        shift, bold = SHIFTS[node.get("text-anchor")], node.get("font-weight") == "700"
        part["texts"].append({"x": x, "y": y, "size": size, "shift": shift, "bold": bold, "colour": node.get("fill"), "text": node.text})
        plate = ElementTree.Element(f"{SVG}g")
        if node.get("paint-order"):
            wide = text_width(node.text, size)
            sides = {"x": x - wide * shift, "y": y - size * 0.8, "width": wide, "height": size}
            plate = ElementTree.Element(
                f"{SVG}rect", {"fill": PAPER, "fill-opacity": "0.8"} | {name: f"{v:.1f}" for name, v in sides.items()}
            )
        root[place] = plate
    part["svg"] = ElementTree.tostring(root, encoding="unicode")


def handout(deck: Deck) -> bytes:
    """The hand-out of the deck of one agency as a PDF of two A4 pages: verdict, trend, weakest, path, completion, aim and sources."""
    data = contents(deck)
    for part in (data["verdict"], *data["first"], *data["second"]):
        _apart(part)
    return _compiler().compile(sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf")


def handout_html(deck: Deck) -> str:
    """The same two pages as one HTML document for the browser's print; it asks for nothing outside itself."""
    data = contents(deck)

    def part(one: dict) -> str:
        own = f'<p class="own">{escape(one["own"])}</p>' if one["own"] else ""
        said = f"<h2>{escape(one['headline'])}</h2><p>{escape(one['more'])}</p>"
        return f"<section>{said}{one['svg'] or '<p>' + escape(one['empty']) + '</p>'}{own}</section>"

    rows = data["sources"]
    cells = [
        "<tr>" + "".join(f"<{tag}>{escape(text)}</{tag}>" for text in row) + "</tr>"
        for tag, row in [("th", row) for row in rows[:1]] + [("td", row) for row in rows[1:]]
    ]
    facts = "".join(f"<p><b>{escape(value)}</b> {escape(name)}</p>" for value, name in data["facts"])
    mark = f'<span class="made-up">{escape(data["synthetic"])}</span>' if data["synthetic"] else ""
    about = " · ".join(f"{escape(name)}: {escape(value)}" for name, value in data["about"])
    return "".join(
        [
            f'<!doctype html><html lang="{deck.language}"><head><meta charset="utf-8">',
            f"<title>{escape(deck.title)} · {escape(deck.subtitle)}</title>",
            f"<style>{fonts()}{(HERE / 'handout.css').read_text(encoding='utf-8')}</style></head><body>",
            f'<div class="sheet"><p class="where">{escape(deck.title)} · {escape(deck.subtitle)}{mark}</p>',
            f"<h1>{escape(data['verdict']['headline'])}</h1><p>{escape(data['verdict']['more'])}</p>",
            f'<div class="verdict"><div>{facts}</div>{data["verdict"]["svg"]}</div>',
            *map(part, data["first"]),
            f'<p class="foot">{escape(data["foot"])} <b>{deck.words.written("1 / 2")}</b></p></div>',
            '<div class="sheet">',
            *map(part, data["second"]),
            f'<section><h2>{escape(data["sources_title"])}</h2><table>{"".join(cells)}</table></section><p class="about">{about}</p>',
            f'<p class="foot">{escape(data["foot"])} <b>{deck.words.written("2 / 2")}</b></p></div></body></html>',
        ]
    )


def file_name(agency_id: str, name: str, year: int) -> str:
    """The file of one hand-out: Thai is kept, what a file system does not take is not."""
    kept = re.sub(r"[^0-9A-Za-z\u0e00-\u0e7f.-]+", "-", name)
    return f"{kept}-{agency_id}-{year}.pdf"


def handouts(agencies: DataFrame, year: int, words: Words) -> Iterator[tuple[str, bytes]]:
    """File name and PDF of each agency of a frame with agency_id and name, in its order. NoData: there is no database.

    Both the database and the typesetter work outside Python's lock, so every core makes hand-outs.
    """

    def one(agency) -> tuple[str, bytes]:
        return file_name(agency.agency_id, agency.name, year), handout(agency_deck(agency.agency_id, agency.name, year, words, SHOWN))

    with ThreadPoolExecutor(os.cpu_count()) as workers:
        yield from workers.map(of_this_version(one), agencies.itertuples())


@dataclass(frozen=True)
class Handouts:
    """Hand-outs that were made: file names and PDFs."""

    files: tuple[tuple[str, bytes], ...]


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files as one ZIP. PDF is compressed already, so they are only stored."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


def main(arguments: list[str] | None = None) -> int:
    """The hand-outs of a province into a folder. Exit code 0, or 1 where the database or the province is missing, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m pages.parts.present.handout")
    parser.add_argument("--province", required=True)
    parser.add_argument("--year", type=int)
    parser.add_argument("--lang", choices=LANGUAGES, default="th")
    parser.add_argument("--into", type=Path, default=Path("handouts"))
    given = parser.parse_args(arguments)
    try:
        years = ask("province_years", province=given.province)["fiscal_year"]
        year = given.year or (int(years.max()) if len(years) else 0)
        members = ask("province_members", province=given.province, year=year)
        if members.empty:
            return _complain("handout.nobody", province=given.province, year=str(year or "–"))
        given.into.mkdir(parents=True, exist_ok=True)
        for done, (name, content) in enumerate(handouts(members, year, Words(given.lang)), 1):
            (given.into / name).write_bytes(content)
            if sys.stderr.isatty():
                print(f"\r[{'#' * (30 * done // len(members)):30}] {done}/{len(members)}", end="", file=sys.stderr, flush=True)
    except NoData as problem:
        return _complain(problem.args[0])
    except OSError as problem:
        return _complain("handout.not_written", folder=given.into, reason=problem.strerror)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(" | ".join(Words(lang)("handout.done", n=len(members), folder=given.into) for lang in LANGUAGES))
    return 0


def _complain(key: str, **values) -> int:
    print(" | ".join(Words(lang)(key, **values) for lang in LANGUAGES), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
