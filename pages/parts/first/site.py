"""The first views of all agencies with data as a static site, for any web server or a USB stick:

    python -m pages.parts.first.site [--lang th] [--pages overview trends ...] [--into DIR]

Of each agency the overview of its latest year, or the pages that are named: a page stands by itself, with drawings, sentences and tables,
without a script and without a request elsewhere. A progress bar on a terminal.
"""

import argparse
import multiprocessing
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from html import escape
from itertools import repeat
from pathlib import Path

from pandas import isna

from pages.parts import facts, meant
from pages.parts.ask import directory
from pages.parts.ask.warehouse import NoData, ask, ask_ahead, forget
from pages.parts.first import card, markup
from pages.parts.first.view import first_view, link
from pages.parts.say.text import LANGUAGES, Words

STATIC = Path(__file__).parents[3] / "static"
OFFERED = ("overview", "trends", "weakest", "completion", "compare", "path", "sources")
AT_ONCE = 200  # agencies that a process takes at a time, and asks about together: 33 ms of processor each, 36 in a hundred


def address(page: str, given: dict[str, str]) -> str:
    """The file of a page of an agency, from another one of it."""
    return f"{page}.html"


def document(words: Words, title: str, body: str, up: str, described: str = "") -> str:
    """A page of the site; `up` leads from it to the folder of the site."""
    return "".join(
        [
            f'<!doctype html><html lang="{words.lang}"><head><meta charset="utf-8">',
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>{described}',
            f'<link rel="icon" href="{up}icon.png"><link rel="stylesheet" href="{up}site.css"></head><body>{body}</body></html>',
        ]
    )


def of_agency(agency_id: str, lang: str, pages: tuple[str, ...], today: date) -> Iterator[tuple[str, str]]:
    """File name and page of each first view of an agency in its latest year."""
    for page in pages:
        given = {"agency": agency_id, "lang": lang}
        where = link(page, given, meant.spoken(given, lang, narrow=False))
        view = first_view(where, today)
        body = markup.markup(where, view, "../../icon.png", address, pages, languages=())
        yield f"{page}.html", document(where.words, card.title(where), body, "../../", card.named(view, where.words))


def write(agency_ids: list[str], lang: str, pages: tuple[str, ...], into: Path, today: date) -> int:
    """Writes the pages of these agencies; how many agencies."""
    forget()
    _ask_together(agency_ids)
    for agency_id in agency_ids:
        folder = into / lang / agency_id
        folder.mkdir(parents=True, exist_ok=True)
        for name, page in of_agency(agency_id, lang, pages, today):
            (folder / name).write_text(page, encoding="utf-8")
    return len(agency_ids)


def _ask_together(agency_ids: list[str]) -> None:
    """What every page, and the overview, asks of an agency in its latest year, asked of all these at once."""
    latest = defaultdict(list)
    for agency_id in agency_ids:
        latest[meant.years(meant.agency(agency_id))[2]].append(agency_id)
    for year, ids in latest.items():
        for word, asked in facts.questions(ids[0], year).items():
            if "agency" in asked:
                ask_ahead(word, ids, **{name: value for name, value in asked.items() if name != "agency"})


def lists(provinces: dict[str, list], pages: tuple[str, ...], words: Words) -> Iterator[tuple[str, str]]:
    """File name and page of the list of provinces and of the agencies of each; `provinces`: name -> rows with agency_id and name."""

    def listed(title: str, entries: list[tuple[str, str]]) -> str:
        items = "".join(f'<li><a href="{escape(to)}">{escape(text)}</a></li>' for to, text in entries)
        return document(words, title, f'<div id="first"><main><h1>{escape(title)}</h1><ul class="list">{items}</ul></main></div>', "../")

    files = {name: f"province-{place}.html" for place, name in enumerate(provinces, 1)}
    yield (
        "index.html",
        listed(words("frame.name"), [(files[name], f"{name} ({words.count(len(rows))})") for name, rows in provinces.items()]),
    )
    for name, rows in provinces.items():
        yield files[name], listed(name, [(f"{row.agency_id}/{pages[0]}.html", row.name) for row in rows])


def site(into: Path, lang: str, pages: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Writes the site; gives how many agencies are done, and of how many. NoData: there is no database. OSError: it cannot be written."""
    words, none = Words(lang), Words(lang)("control.province_none")
    provinces = {}
    for name in ask("provinces")["province"]:
        listed = directory.of_province(None if isna(name) else name)
        if listed["has_data"].any():
            provinces[none if isna(name) else name] = list(listed[listed["has_data"]].itertuples())
    (into / lang).mkdir(parents=True, exist_ok=True)
    (into / "fonts").mkdir(exist_ok=True)
    for file in (*STATIC.glob("*.woff2"), STATIC / "OFL.txt"):
        shutil.copy2(file, into / "fonts" / file.name)
    shutil.copy2(STATIC / "icon.png", into / "icon.png")
    (into / "site.css").write_text(markup.faces("fonts") + markup.style() + "#first{position:static}", encoding="utf-8")
    start = f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={lang}/index.html"><title>ITA</title>'
    (into / "index.html").write_text(start, encoding="utf-8")
    for name, page in lists(provinces, pages, words):
        (into / lang / name).write_text(page, encoding="utf-8")
    ids = [row.agency_id for rows in provinces.values() for row in rows]
    pieces = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
    done = 0
    # Anew, not as copies of this process: a copy of an open database stands still.
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as processes:
        for written in processes.map(write, pieces, repeat(lang), repeat(pages), repeat(into), repeat(date.today())):
            done += written
            yield done, len(ids)


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0, or 1 where the database is missing or the folder cannot be written, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m pages.parts.first.site")
    parser.add_argument("--lang", choices=LANGUAGES, default="th")
    parser.add_argument("--into", type=Path, default=Path("site"))
    parser.add_argument("--pages", choices=OFFERED, nargs="+", default=OFFERED[:1])
    given = parser.parse_args(arguments)
    done, pages = 0, tuple(page for page in OFFERED if page in given.pages)
    try:
        for done, of in site(given.into, given.lang, pages):
            if sys.stderr.isatty():
                print(f"\r[{'#' * (30 * done // of):30}] {done}/{of}", end="", file=sys.stderr, flush=True)
    except NoData as problem:
        return _say(sys.stderr, problem.args[0], 1)
    except OSError as problem:
        return _say(sys.stderr, "handout.not_written", 1, folder=given.into, reason=problem.strerror)
    return _say(sys.stdout, "site.done", 0, n=done, folder=given.into)


def _say(to, key: str, code: int, **values) -> int:
    print(" | ".join(Words(lang)(key, **values) for lang in LANGUAGES), file=to)
    return code


if __name__ == "__main__":
    sys.exit(main())
