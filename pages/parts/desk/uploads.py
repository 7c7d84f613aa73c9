"""Which sessions have a place to drop files before them. Streamlit itself takes a file for every session that is open, also of somebody
who was shown no such place; the shared server (deploy/serve.py) asks here first.
"""

import threading

_open: dict[str, str] = {}  # session -> page that has a place for files
_lock = threading.Lock()


def opened(page: str) -> None:
    """This viewer has a place for files before them, until they go to another page."""
    if session := _session():
        with _lock:
            _open[session] = page


def left(page: str) -> None:
    """The frame, at each run: whoever is on another page than the one with the place for files takes none any more."""
    if (session := _session()) and _open.get(session) not in (None, page):
        with _lock:
            _open.pop(session, None)


def taken(session: str) -> bool:
    return session in _open


def _session() -> str | None:
    from streamlit.runtime.scriptrunner import get_script_run_ctx  # only where a page runs: the server's start need not wait for it

    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else None
