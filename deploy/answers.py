"""What is answered before Streamlit is asked: its files and ours, compressed once, the first view of each link, and the headers of every
answer."""

import asyncio
import hashlib
import importlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute, Match, Mount, Route
from streamlit import file_util

from deploy.compressed import Compressed, compress_once
from deploy.first_page import first_page

ROOT = Path(__file__).resolve().parents[1]
STREAMLIT = Path(file_util.get_static_dir())
FOREVER = "public, max-age=31536000, immutable"  # for names that hold a hash of the content
A_DAY = "public, max-age=86400"
# What Streamlit needs beyond its own files: inline style (Plotly's too), inline script (st.html), blob: for the presenter's component and
# for a picture that is taken of a chart.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)
DEMO = "X-ITA-Demo"  # by this header another server of ours on this machine knows the made-up nation (pages/parts/demo.py)
SAFETY = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Content-Security-Policy": POLICY}


class Safe:
    """Adds the headers of SAFETY to every answer, and that of the made-up nation where it is served."""

    def __init__(self, app):
        self.app, self.headers = app, SAFETY | ({DEMO: "1"} if os.environ.get("ITA_DEMO") else {})

    async def __call__(self, scope, receive, send) -> None:
        async def send_safe(message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, send_safe if scope["type"] == "http" else send)


def known(scope, by: list[BaseRoute]) -> bool:
    """Whether one of these routes answers the request."""
    return scope["type"] == "http" and any(route.matches(scope)[0] is Match.FULL for route in by)


class FilesFirst:
    """Answers what `routes` know; the rest, websockets included, goes on to Streamlit."""

    def __init__(self, app, routes: list[BaseRoute]):
        self.app, self.routes, self.files = app, routes, Starlette(routes=routes)

    async def __call__(self, scope, receive, send) -> None:
        await (self.files if known(scope, self.routes) else self.app)(scope, receive, send)


class FirstViews:
    """deploy/first_view.py, loaded while the server starts and answers others already: pandas, the database and the typesetter take half a
    second. `cache` as for `routes`."""

    def __init__(self, cache: Path):
        self.given, loader = (STREAMLIT, cache.parent / "cards"), ThreadPoolExecutor(1, thread_name_prefix="first-views")
        self.loading = loader.submit(self._load)

    def _load(self):
        return importlib.import_module("deploy.first_view").FirstViews(*self.given)

    async def loaded(self):
        return await asyncio.wrap_future(self.loading)

    async def view(self, request):
        return await (await self.loaded()).view(request)

    async def card(self, request):
        return await (await self.loaded()).card(request)


def routes(cache: Path, first: FirstViews) -> list[BaseRoute]:
    """What is answered here: Streamlit's static files, ours, and the one page that stands at / and at the path of each page.

    `cache` is the folder of what was compressed. OSError: it cannot be written.
    """
    html = first_page(STREAMLIT).encode()
    pages = cache / f"page-{hashlib.sha256(html).hexdigest()[:16]}"
    if not (pages / "index.html").exists():
        pages.mkdir(parents=True, exist_ok=True)
        begun = cache / f".begun-{os.getpid()}"  # copies may start together: none sees half a page
        begun.write_bytes(html)
        begun.replace(pages / "index.html")

    def files(folder: Path, caching: str) -> Compressed:
        return Compressed(folder, compress_once(folder, cache), caching)

    index = files(pages, "no-cache")

    async def page(request):
        return await first.view(request) or await index.get_response("index.html", request.scope)

    paths = ["/", *(f"/{file.stem}" for file in sorted((ROOT / "pages").glob("*.py")))]
    return [
        Mount("/static", files(STREAMLIT / "static", FOREVER)),
        Mount("/app/static", files(ROOT / "static", A_DAY)),
        Route("/card.png", first.card),
        *(Route(path, page) for path in paths),
    ]
