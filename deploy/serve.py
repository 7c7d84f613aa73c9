"""The server: `python -m deploy.serve [--port N] [--address A] [--shared]`; `make run` for this machine, `make serve` for an office.

It is Streamlit's own, with files in front that are compressed once, a first page that asks for all of them at once, and headers that tell
browsers what a page may load. Whatever it does not know goes to Streamlit unchanged.
"""

import argparse
import asyncio
import contextlib
import gc
import hashlib
import importlib
import os
import sys
import tempfile
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount, Route
from streamlit import config, file_util

from deploy.compressed import Compressed, compress_once
from deploy.first_page import first_page
from deploy.visit import viewer
from pages.parts.desk import uploads

ROOT = Path(__file__).resolve().parents[1]
OWN = {"localhost", "127.0.0.1", "::1"}  # addresses that no other machine reaches
SETTINGS = {
    "client.showErrorDetails": "none",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": False,
    "server.headless": True,
    # A search of all objects after every rerun is half of its work and stops every other viewer: Python's own schedule does.
    "runner.postScriptGC": False,
}
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


class FilesFirst:
    """Answers what `routes` know; the rest, websockets included, goes on to Streamlit."""

    def __init__(self, app, routes: list[BaseRoute]):
        self.app, self.routes, self.files = app, routes, Starlette(routes=routes)

    async def __call__(self, scope, receive, send) -> None:
        known = scope["type"] == "http" and any(route.matches(scope)[0] is Match.FULL for route in self.routes)
        await (self.files if known else self.app)(scope, receive, send)


class UploadsWhereAsked:
    """Streamlit takes a file for every session that is open. Here only for one that has a place to drop files before it."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send) -> None:
        path = scope["path"].split("/_stcore/upload_file/") if scope["type"] == "http" else []
        if len(path) == 2 and scope["method"] not in ("OPTIONS", "GET", "HEAD") and not uploads.taken(path[1].split("/")[0]):
            await Response(status_code=404)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class FirstViews:
    """deploy/first_view.py, loaded while the server starts and answers others already: pandas, the database and the typesetter take half a
    second."""

    def __init__(self, *given: Path):
        self.given, loader = given, ThreadPoolExecutor(1, thread_name_prefix="first-views")
        self.loading = loader.submit(self._load)

    def _load(self):
        return importlib.import_module("deploy.first_view").FirstViews(*self.given)

    async def _loaded(self):
        return await asyncio.wrap_future(self.loading)

    async def view(self, request):
        return await (await self._loaded()).view(request)

    async def card(self, request):
        return await (await self._loaded()).card(request)


def routes(cache: Path) -> list[BaseRoute]:
    """What is answered here: Streamlit's static files, ours, and the one page that stands at / and at the path of each page.

    `cache` is the folder of what was compressed. OSError: it cannot be written.
    """
    streamlit = Path(file_util.get_static_dir())
    html = first_page(streamlit).encode()
    pages = cache / f"page-{hashlib.sha256(html).hexdigest()[:16]}"
    if not (pages / "index.html").exists():
        pages.mkdir(parents=True, exist_ok=True)
        begun = cache / f".begun-{os.getpid()}"  # copies may start together: none sees half a page
        begun.write_bytes(html)
        begun.replace(pages / "index.html")

    def files(folder: Path, caching: str) -> Compressed:
        return Compressed(folder, compress_once(folder, cache), caching)

    index, first = files(pages, "no-cache"), FirstViews(streamlit, cache.parent / "cards")

    async def page(request):
        return await first.view(request) or await index.get_response("index.html", request.scope)

    paths = ["/", *(f"/{file.stem}" for file in sorted((ROOT / "pages").glob("*.py")))]
    return [
        Mount("/static", files(streamlit / "static", FOREVER)),
        Mount("/app/static", files(ROOT / "static", A_DAY)),
        Route("/card.png", first.card),
        *(Route(path, page) for path in paths),
    ]


async def warm_up(address: str) -> None:
    """Opens each page once, so that the first viewer does not wait for modules and database to load; where that fails the first viewer
    waits. What is there then stays to the end, so the garbage collector need not look at it again."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(120), viewer(address) as first:
            await asyncio.to_thread(lambda: urllib.request.urlopen(f"http://{address}/", timeout=60).close())
            await first.see()
            for page in first.pages:
                await first.see(page=page)
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def while_serving(_):
    """The first visit is our own; who asks for the server's health does not wait for it."""
    address = f"{config.get_option('server.address')}:{config.get_option('server.port')}".replace("0.0.0.0", "127.0.0.1")
    first = asyncio.create_task(warm_up(address))
    yield
    first.cancel()


def main(arguments: list[str]) -> None:
    """Serves until it is stopped."""
    parser = argparse.ArgumentParser(prog="python -m deploy.serve", description=__doc__.split("\n")[0])
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--address", default="0.0.0.0", help="localhost for this machine alone; 127.0.0.1 behind nginx")
    parser.add_argument("--shared", action="store_true", help="others come too: behind nginx the address does not say so")
    given = parser.parse_args(arguments)
    # The one place that says so; the pages read the variable. Empty: only the person at this machine can come.
    os.environ["ITA_SHARED"] = "1" if given.shared or given.address not in OWN else ""
    os.chdir(ROOT)  # Streamlit looks for .streamlit/ there
    with tempfile.TemporaryDirectory() as passing:
        try:
            answered = routes(Path(os.environ.get("CACHE_DIRECTORY") or ROOT / "build" / "static"))
        except OSError:  # a read-only checkout: compressed again at each start
            answered = routes(Path(passing))
        middleware = [Middleware(Safe), Middleware(UploadsWhereAsked), Middleware(FilesFirst, routes=answered)]
        app = st.App(ROOT / "dashboard.py", middleware=middleware, lifespan=while_serving)
        app.run(config=SETTINGS | {"server.port": given.port, "server.address": given.address})


if __name__ == "__main__":
    main(sys.argv[1:])
