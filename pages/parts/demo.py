"""The made-up nation of `make demo` on this machine: whether it runs, and where there it shows the page that has nothing to show here."""

import contextlib
import urllib.request
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

PORT = 8502  # of `make demo`
MARK = "X-ITA-Demo"  # the header by which it is told (deploy/answers.py)
OWN = {"localhost", "127.0.0.1", "::1"}
OF_REAL_DATA = {"agency", "year", "with", "source"}  # parameters of a link that mean nothing in another data folder


def link(here: str | None, page: str, chosen: Mapping[str, str]) -> str | None:
    """The same page and choices in the demo; None where none runs, or where the viewer (whose browser shows `here`) sits at another machine
    and could not reach it."""
    host = urlsplit(here or "").hostname
    if host not in OWN or not runs():
        return None
    kept = urlencode({name: value for name, value in chosen.items() if name not in OF_REAL_DATA})
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{PORT}/{page}" + (f"?{kept}" if kept else "")


def runs() -> bool:
    """Whether the demo answers on this machine; a second is more than enough for that."""
    with contextlib.suppress(OSError, ValueError), urllib.request.urlopen(f"http://127.0.0.1:{PORT}/_stcore/health", timeout=1) as answer:
        return MARK in answer.headers
    return False
