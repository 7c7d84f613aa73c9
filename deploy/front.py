"""The process that meets who comes: `python -m deploy.front LISTENING CHANNEL CACHE`, started by deploy/behind.py and by nobody else.

It answers first views, cards and files, and hands every other connection on to the application with what of it was read. LISTENING is the
descriptor of the port, CHANNEL that of the way to the application, CACHE the folder of what was compressed. It ends with that way.
"""

import asyncio
import gc
import re
import socket
import sys
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import unquote

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute
from uvicorn.protocols.http.h11_impl import H11Protocol

from deploy.answers import FirstViews, Safe, known, routes
from deploy.behind import ENDING, LAST, MORE, PIECE, READY

LONGEST = 64 * 1024  # bytes of a request's head
END = re.compile(rb"\n\r?\n")
MORE_THAN_A_HEAD = re.compile(rb"\n(content-length|transfer-encoding|upgrade|expect)[ \t]*:", re.IGNORECASE)
AGAIN = 0.1  # seconds until it is looked again whether an answer has left


def answered(head: bytes, by: list[BaseRoute]) -> bool:
    """Whether this is a request that these routes answer, and all of it: without a body, and no websocket."""
    method, _, rest = head.partition(b" ")
    target, _, version = rest.partition(b"\n")[0].rstrip(b"\r").partition(b" ")
    plain = method in (b"GET", b"HEAD") and version in (b"HTTP/1.1", b"HTTP/1.0") and target.isascii()
    if not plain or MORE_THAN_A_HEAD.search(head):
        return False
    path = unquote(target.partition(b"?")[0].decode("ascii"))
    return known({"type": "http", "method": method.decode(), "path": path, "root_path": "", "headers": []}, by)


class Application:
    """The way to the application."""

    def __init__(self, channel: socket.socket):
        self.channel, self.waiting = channel, deque()
        channel.setblocking(False)

    def take(self, connection: socket.socket, begun: bytes) -> None:
        """Hands the connection on; it may be closed here at once."""
        own = connection.dup()
        pieces = [begun[at : at + PIECE] for at in range(0, len(begun), PIECE)]
        for at, piece in enumerate(pieces):
            self.waiting.append(((LAST if at == len(pieces) - 1 else MORE) + piece, None if at else own))
        self._send()

    def _send(self) -> None:
        loop = asyncio.get_running_loop()
        loop.remove_writer(self.channel)
        while self.waiting:
            said, own = self.waiting[0]
            try:
                socket.send_fds(self.channel, [said], [own.fileno()] if own else [])
            except BlockingIOError:  # the application is busy
                loop.add_writer(self.channel, self._send)
                return
            except OSError:  # it has ended: so does this process
                pass
            self.waiting.popleft()
            if own:
                own.close()


class Met(H11Protocol):
    """A connection, request by request: the first that is not `ours` goes to the application, and the connection with it."""

    def __init__(self, *given, ours: Callable[[bytes], bool], application: Application, **named):
        super().__init__(*given, **named)
        self.ours, self.application, self.begun = ours, application, b""

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        self.begun += data
        self._look()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._look()

    def _look(self) -> None:
        if not self.begun or self.transport.is_closing():
            return
        if self.cycle and not self.cycle.response_complete:
            self.flow.pause_reading()  # one after the other
            return
        end = END.search(self.begun)
        if not end and len(self.begun) < LONGEST:
            return
        head = self.begun[: end.end() if end else 0]
        if self.ours(head):
            self.begun = self.begun[len(head) :]
            super().data_received(head)
        elif self.transport.get_write_buffer_size():  # an answer is still on its way
            self.flow.pause_reading()
            self.loop.call_later(AGAIN, self._look)
        else:
            self.application.take(self.transport.get_extra_info("socket"), self.begun)
            self.begun = b""
            self.transport.close()  # here; who came is not told so, as the connection lives on


async def meet(listening: socket.socket, channel: socket.socket, ours: list[BaseRoute]) -> None:
    """Meets who comes until the application ends, and answers what `ours` answer."""
    met = partial(Met, ours=partial(answered, by=ours), application=Application(channel))
    server = uvicorn.Server(
        uvicorn.Config(
            Safe(Starlette(routes=ours)), http=met, ws="none", lifespan="off", log_level="warning", timeout_graceful_shutdown=ENDING // 2
        )
    )
    loop = asyncio.get_running_loop()

    def ended() -> None:  # nothing else is said there
        loop.remove_reader(channel)
        server.should_exit = True

    loop.add_reader(channel, ended)
    channel.send(READY)
    await server.serve([listening])


async def serve(listening: socket.socket, channel: socket.socket, cache: Path) -> None:
    """As `meet`, once a first view has been made: the first takes long."""
    views = FirstViews(cache)
    ours = routes(cache, views)
    await views.view(Request({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": [(b"host", b"localhost")]}))
    gc.collect()
    gc.freeze()
    await meet(listening, channel, ours)


def main(arguments: list[str]) -> None:
    listening, channel = (socket.socket(fileno=int(number)) for number in arguments[:2])
    asyncio.run(serve(listening, channel, Path(arguments[2])))
    gc.unfreeze()  # else what DuckDB made is said to have leaked


if __name__ == "__main__":
    main(sys.argv[1:])
