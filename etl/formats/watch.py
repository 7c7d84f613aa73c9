"""A clock for one document: some damaged files would keep a library busy for hours, and no bound on their size tells them.

What counts is the processor's time, so that a machine that is busy with other things refuses no good file.
"""

import gc
import math
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass

SECONDS = 8  # of the ten of processor that a document may take, with the start of the program and the words about it
TIMES_BY_THE_CLOCK = 8  # as long it may take where others use the processor, or where a library waits for what never comes
ROWS_OF_A_SECOND = 1_000  # of a table beyond what a report has: a nation's agencies take their time
MOST_SECONDS = 120
ROWS_OF_A_STEP = 5_000  # a sheet that gets on by so many has its time anew

_listener: list[Callable[[int, int], None]] = []


@dataclass(frozen=True, slots=True)
class _Limit:
    """Of the document that is read: `own`, the seconds of processor that it has at least, and `seconds`, those in which it must get on from
    the moments `used` (of the processor) and `since` (by the clock) on; `end`: when it must be done in any case, by the clock."""

    own: float
    end: float
    seconds: float
    used: float
    since: float

    @property
    def passed(self) -> bool:
        now = time.monotonic()
        return now >= self.end or processor() - self.used >= self.seconds or now - self.since >= TIMES_BY_THE_CLOCK * self.seconds


_limits: list[_Limit] = []


class TooLong(Exception):
    """Reading a document took longer than it may."""


def processor() -> float:
    """Seconds of processor of this process, and of the programs that it ran and that have ended."""
    return sum(os.times()[:4])


@contextmanager
def clock(seconds: float = SECONDS, most: float = math.inf):
    """TooLong after `seconds` of processor, or by the clock after `most` in all for a document that gets on page by page.

    Only in a main thread and where the system has alarms (Linux, macOS); elsewhere without limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_):
        if _limits[-1].passed:
            raise TooLong

    now = time.monotonic()
    _limits.append(_Limit(seconds, now + most, seconds, processor(), now))
    before = signal.signal(signal.SIGALRM, ring)
    step = max(min(seconds, most, 1), 0.001)
    signal.setitimer(signal.ITIMER_REAL, step, step)  # on and on, should a library swallow the first exception
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        _limits.pop()


def rewind(seconds: float = SECONDS, more: float = 0) -> None:
    """Gives a document that is getting on (a long PDF, page by page) its time anew, and `more` in all."""
    if _limits:
        had = _limits[-1]  # replaced in one step: the alarm may ring between two
        _limits[-1] = _Limit(had.own, had.end + more, max(seconds, had.own), processor(), time.monotonic())


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
