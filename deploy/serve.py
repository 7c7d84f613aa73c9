"""The server: `python -m deploy.serve [--port N] [--address A] [--shared]`; `make run` for this machine, `make serve` for an office.

It is Streamlit's own, with files in front that are compressed once, a first page that asks for all of them at once, and headers that tell
browsers what a page may load. Whatever it does not know goes to Streamlit unchanged. Where others come, a process of its own meets them
(deploy/behind.py).
"""

import argparse
import asyncio
import contextlib
import gc
import os
import sys
import tempfile
import urllib.request
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import BaseRoute
from streamlit import config

from deploy import behind
from deploy.answers import ROOT, FilesFirst, FirstViews, Safe, routes
from deploy.visit import viewer
from pages.parts.desk import uploads

OWN = {"localhost", "127.0.0.1", "::1"}  # addresses that no other machine reaches
SETTINGS = {
    "client.showErrorDetails": "none",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": False,
    "server.headless": True,
    # A search of all objects after every rerun is half of its work and stops every other viewer: Python's own schedule does.
    "runner.postScriptGC": False,
}


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


def in_front() -> bool:
    """Whether a process in front is worth its memory and can be: others come, the first views are for everybody, and the system hands
    connections from one process to another."""
    from pages.parts import sign_in  # here: with the pages that it brings along a start would take twice as long

    others = os.environ.get("ITA_SHARED") and sign_in.open_to_all()
    return bool(others) and sys.platform == "linux" and not config.get_option("server.sslCertFile")


def while_serving(warm: asyncio.Event):
    """The first visit is our own; who asks for the server's health does not wait for it. Then `warm` is set, if others are to come."""

    async def first() -> None:
        address = f"{config.get_option('server.address')}:{config.get_option('server.port')}".replace("0.0.0.0", "127.0.0.1")
        await warm_up(address)
        if in_front():
            warm.set()

    @asynccontextmanager
    async def serving(_):
        begun = asyncio.create_task(first())
        yield
        begun.cancel()
        gc.unfreeze()  # else, after Ctrl+C, what DuckDB made is said to have leaked

    return serving


def answers(kept: Path, passing: Path) -> tuple[Path, list[BaseRoute]]:
    """What is answered before Streamlit is asked, and the folder of what was compressed for it: `kept`; `passing` where that cannot be
    written, as in a read-only checkout, which compresses again at each start."""
    try:
        return kept, routes(kept, FirstViews(kept))
    except OSError:
        return passing, routes(passing, FirstViews(passing))


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
        cache, answered = answers(Path(os.environ.get("CACHE_DIRECTORY") or ROOT / "build" / "static"), Path(passing))
        middleware = [Middleware(Safe), Middleware(UploadsWhereAsked), Middleware(FilesFirst, routes=answered)]
        warm = asyncio.Event()
        app = st.App(ROOT / "dashboard.py", middleware=middleware, lifespan=while_serving(warm))
        # By this name Streamlit takes the server that it runs; it offers no other way to it.
        uvicorn.Server = partial(behind.Server, wanted=warm, cache=cache)
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C is how it is stopped
            app.run(config=SETTINGS | {"server.port": given.port, "server.address": given.address})


if __name__ == "__main__":
    main(sys.argv[1:])
