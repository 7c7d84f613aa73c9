"""A clock for one document: some damaged files would keep a library busy for hours, and no bound on their size tells them."""

import gc
import signal
import threading
from collections.abc import Callable
from contextlib import contextmanager

SECONDS = 8  # of the ten that a document may take, with the start of the program and the words about it
ROWS_OF_A_SECOND = 1_000  # of a table beyond what a report has: a nation's agencies take their time
MOST_SECONDS = 120
ROWS_OF_A_STEP = 5_000  # a sheet that gets on by so many has its time anew

_listener: list[Callable[[int, int], None]] = []


class TooLong(Exception):
    """Reading a document took longer than it may."""


@contextmanager
def clock():
    """TooLong after SECONDS. Only in a main thread and where the system has alarms (Linux, macOS); elsewhere without limit."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_):
        raise TooLong

    before = signal.signal(signal.SIGALRM, ring)
    # Rings again each second, should a library swallow the first exception.
    signal.setitimer(signal.ITIMER_REAL, SECONDS, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def rewind(seconds: float = SECONDS) -> None:
    """Gives a document that is getting on (a long PDF, page by page) its time anew."""
    if hasattr(signal, "setitimer") and signal.getitimer(signal.ITIMER_REAL)[0] > 0:
        signal.setitimer(signal.ITIMER_REAL, seconds, 1)


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
