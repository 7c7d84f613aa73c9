"""A clock for one document: some damaged files would keep a library busy for hours, and no bound on their size tells them."""

import gc
import math
import signal
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager

SECONDS = 8  # of the ten that a document may take, with the start of the program and the words about it
ROWS_OF_A_SECOND = 1_000  # of a table beyond what a report has: a nation's agencies take their time
MOST_SECONDS = 120
ROWS_OF_A_STEP = 5_000  # a sheet that gets on by so many has its time anew

_listener: list[Callable[[int, int], None]] = []


_end: list[tuple[float, float]] = []  # of the document that is read: seconds until it must get on, and when it must be done in any case


class TooLong(Exception):
    """Reading a document took longer than it may."""


@contextmanager
def clock(seconds: float = SECONDS, most: float = math.inf):
    """TooLong after `seconds`, or after `most` in all for a document that gets on page by page.

    Only in a main thread and where the system has alarms (Linux, macOS); elsewhere without limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_):
        raise TooLong

    before = signal.signal(signal.SIGALRM, ring)
    _end.append((seconds, time.monotonic() + most))
    # Rings again each second, should a library swallow the first exception.
    signal.setitimer(signal.ITIMER_REAL, min(seconds, most), 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        _end.pop()


def rewind(seconds: float = SECONDS, more: float = 0) -> None:
    """Gives a document that is getting on (a long PDF, page by page) its time anew, and `more` in all."""
    if _end and signal.getitimer(signal.ITIMER_REAL)[0] > 0:
        each, end = _end[-1]
        _end[-1] = (each, end + more)  # in one step: the alarm may ring between two
        left = end + more - time.monotonic()
        signal.setitimer(signal.ITIMER_REAL, max(min(max(seconds, each), left), 0.001), 1)


@contextmanager
def patience(rows: int):
    """Gives a document whose tables have thousands of rows its time anew, and more of it. What is read of it is no garbage: looking
    through it again and again for some takes a fourth of the time."""
    if rows <= SECONDS * ROWS_OF_A_SECOND or not gc.isenabled():
        yield
        return
    rewind(min(SECONDS + rows / ROWS_OF_A_SECOND, MOST_SECONDS))
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def tell(done: int, of: int) -> None:
    """Says how many pages of a long document are read, to whoever listens."""
    if _listener:
        _listener[-1](done, of)


@contextmanager
def listening(listener: Callable[[int, int], None]):
    """Calls `listener` with the pages read and their number, as long documents get on."""
    _listener.append(listener)
    try:
        yield
    finally:
        _listener.pop()


@contextmanager
def memory(megabytes: int):
    """MemoryError where more than `megabytes` are asked for beyond what the process has. Where the system can limit it (Linux)."""
    try:
        import resource

        with open("/proc/self/statm") as handle:
            had = int(handle.read().split()[0]) * resource.getpagesize()
        before, hard = resource.getrlimit(resource.RLIMIT_AS)
    except (ImportError, OSError):
        yield
        return
    limit = had + megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (limit if before < 0 else min(limit, before), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (before, hard))
