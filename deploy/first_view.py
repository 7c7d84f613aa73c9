"""Before the application is there: each link is answered with what it shows, and with a card for where it is passed on.

Only where everybody may look. What is made is kept for the version of the database that it is of, and bounded; whatever has no first view
(a wrong link, no data, a fault of ours) gets Streamlit's page, and the application says what is to be said.
"""

import asyncio
import contextlib
import gzip
import hashlib
import logging
import os
import re
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import brotli
from starlette.requests import Request
from starlette.responses import Response

from deploy.compressed import accepted
from deploy.first_page import OF_PAGES, filled, first_page
from pages.parts import meant, sign_in
from pages.parts.ask import warehouse
from pages.parts.controls import SHARED
from pages.parts.first import card, markup
from pages.parts.first.view import PAGES, Elsewhere, Link, View, first_view, link

# What pages have in their links, beside what all share; anything else (a mark of who passed the link on) changes nothing.
OWN = (
    *("view", "order", "scope", "by", "before", "indicator", "level", "set", "weights", "group", "span", "section", "slides"),
    *("tide", "source", "severity", "rule", "name", "q", "measure"),
)
LONGEST = 300  # letters of all of that together
VIEWS, CARDS = 2000, 5000  # that are kept: of the former some 20 kB each in memory, of the latter some 30 kB each on disk
SIMULTANEOUS = 2  # made at a time; the viewers who are there already go on
WAITING = 40  # that may wait to be made; beyond that the application answers alone
ICON, FONTS = "./app/static/icon.png", "./app/static"
ORIGIN = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")


@dataclass(frozen=True)
class Asked:
    """What decides how a first view looks."""

    version: tuple
    day: date
    page: str
    given: tuple[tuple[str, str], ...]
    locale: str
    narrow: bool
    origin: str

    def link(self) -> Link:
        given = dict(self.given)
        return link(self.page, given, meant.spoken(given, self.locale, self.narrow))


class Kept:
    """The last so many of what was made, by what was asked."""

    def __init__(self, most: int):
        self.most, self.made = most, OrderedDict()

    def get(self, asked):
        if asked in self.made:
            self.made.move_to_end(asked)
        return self.made.get(asked)

    def put(self, asked, made) -> None:
        self.made[asked] = made
        while len(self.made) > self.most:
            self.made.popitem(last=False)


class FirstViews:
    """Answers for the pages; `streamlit` is Streamlit's folder of static files, `cards` that of the pictures."""

    def __init__(self, streamlit: Path, cards: Path):
        self.page, self.cards = first_page(streamlit), cards
        self.pages = {name: first_page(streamlit, elements) for name, elements in OF_PAGES.items()}
        self.kept, self.running = Kept(VIEWS), {}
        self.workers = ThreadPoolExecutor(SIMULTANEOUS, thread_name_prefix="first-view")

    async def view(self, request: Request) -> Response | None:
        """The page of a link with its first view; None where it has none."""
        asked = _asked(request, request.url.path.strip("/") or "overview")
        made = asked and await self._once(asked, self._page)
        return _page_response(request, *made) if made else None

    async def card(self, request: Request) -> Response:
        """The picture of a link."""
        asked = _asked(request, request.query_params.get("page", ""))
        made = asked and await self._once((asked, "card"), lambda _: self._card(asked))
        if not made:
            return Response(status_code=404)
        return Response(made, media_type="image/png", headers={"Cache-Control": "public, max-age=3600"})

    async def _once(self, asked, make):
        """What `make(asked)` gives, kept; made once where several ask at the same time."""
        if (made := self.kept.get(asked)) is not None:
            return made
        if asked not in self.running and len(self.running) >= WAITING:
            return ()
        if asked not in self.running:
            self.running[asked] = asyncio.get_running_loop().run_in_executor(self.workers, _safely, make, asked)
            self.running[asked].add_done_callback(lambda _: self.running.pop(asked, None))
        made = await asyncio.shield(self.running[asked])
        if made:
            self.kept.put(asked, made)
        return made

    def _page(self, asked: Asked) -> tuple[dict[str, bytes], str] | tuple:
        """The page, compressed in each way that browsers take (over plain HTTP they take no brotli), and its tag."""
        with warehouse.one_version() as as_it_lies_there:
            if not as_it_lies_there:  # the application says of when the data are that it shows
                return ()
            where = asked.link()
            view = first_view(where, asked.day)
        page = self.page_of(where, view, asked.origin, asked.given)
        forms = {"br": brotli.compress(page.encode(), quality=5), "gzip": gzip.compress(page.encode(), 6, mtime=0)}
        return forms, f'"{hashlib.sha256(page.encode()).hexdigest()[:24]}"'  # one for all of these forms, so it is sent as a weak one

    def page_of(self, where: Link, view: View, origin: str, given) -> str:
        """The whole page as text."""
        query = f"?{urlencode(given)}" if given else ""
        url = f"{origin}/{'' if where.page == 'overview' else where.page}{query}"
        picture = f"{origin}/card.png?{urlencode([('page', where.page), *_for_card(where, given)])}"
        head = f"{markup.fonts(FONTS)}<style>{markup.style()}</style>{card.tags(where, view, url, picture)}"
        title = escape(f"{where.words(f'{where.page}.page')} · {where.words('frame.name')}")
        return filled(
            self.pages.get(where.page, self.page), where.words.lang, title, head, markup.markup(where, view, ICON), markup.script()
        )

    def _card(self, asked: Asked) -> bytes:
        """From the folder, else made and put there. The folder holds only those of the last versions."""
        name = hashlib.sha256(repr((asked.version, asked.day, asked.page, asked.given, asked.locale)).encode()).hexdigest()[:32]
        file = self.cards / f"{name}.png"
        with contextlib.suppress(OSError):
            return file.read_bytes()
        with warehouse.one_version() as as_it_lies_there:
            if not as_it_lies_there:
                return b""
            where = asked.link()
            made = card.picture(where, first_view(where, asked.day))
        with contextlib.suppress(OSError):  # a read-only checkout: made again at each start
            self.cards.mkdir(parents=True, exist_ok=True)
            begun = file.with_suffix(f".{os.getpid()}")
            begun.write_bytes(made)
            begun.replace(file)
            oldest = sorted(self.cards.glob("*.png"), key=lambda one: one.stat().st_mtime)[:-CARDS]
            for one in oldest:
                one.unlink()
        return made


def _safely(make, asked):
    """What `make` gives, or nothing: then the application answers."""
    try:
        return make(asked)
    except (Elsewhere, warehouse.NoData):
        return ()
    except Exception:
        logging.exception("the first view of %s failed", asked)
        return ()


def _asked(request: Request, page: str) -> Asked | None:
    """What a request asks for; None where nothing may or can be answered."""
    given = tuple(
        (name, value) for name, value in request.query_params.items() if name in SHARED or name in OWN or name.startswith("note_")
    )
    if page not in PAGES or sum(len(name) + len(value) for name, value in given) > LONGEST or not sign_in.open_to_all():
        return None
    try:
        version = warehouse.version()
    except warehouse.NoData:
        return None
    # Who names no language at all is a machine that makes a card: for Thai readers.
    locale = request.headers.get("accept-language", "th").split(",")[0].strip()[:2].lower()
    narrow = meant.is_phone(request.headers.get("user-agent", ""))
    return Asked(version, date.today(), page, given, "th" if locale == "th" else "en", narrow, origin(request))


def origin(request: Request) -> str:
    """Scheme and host by which this server was reached, also behind a proxy; a host that is none gives the server's own."""
    host = request.headers.get("x-forwarded-host", request.headers.get("host", "")).split(",")[0].strip()
    scheme = request.headers.get("x-forwarded-proto", request.url.scheme).split(",")[0].strip()
    host = host if ORIGIN.fullmatch(host) else "localhost"
    return f"{'https' if scheme == 'https' else 'http'}://{host}"


def _for_card(where: Link, given) -> list[tuple[str, str]]:
    """The parameters of the card: those of the link, and its language, which whoever fetches the picture does not say."""
    return [(name, value) for name, value in given if name not in ("lang", "screen")] + [("lang", where.words.lang)]


def _page_response(request: Request, forms: dict[str, bytes], tag: str) -> Response:
    headers = {"ETag": f"W/{tag}", "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding, Accept-Language, User-Agent"}
    if tag in [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    allowed = accepted(request.headers.get("accept-encoding", ""))
    for encoding, body in forms.items():
        if encoding in allowed:
            return Response(body, media_type="text/html", headers=headers | {"Content-Encoding": encoding})
    return Response(gzip.decompress(forms["gzip"]), media_type="text/html", headers=headers)
