"""Many at work at once, in a process of their own: the bench itself goes on, and takes nothing of their time."""

import asyncio
import contextlib
import multiprocessing
from collections.abc import Callable, Coroutine, Iterator


def _run(work: Callable[..., Coroutine], arguments: tuple, answer) -> None:
    answer.send(asyncio.run(work(*arguments)))


@contextlib.contextmanager
def aside(work: Callable[..., Coroutine], *arguments) -> Iterator[Callable]:
    """`work(*arguments)` in a process of its own; what is yielded is called for its result, and waits for it."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_run, args=(work, arguments, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours.recv
    finally:
        process.terminate()
        process.join()
