"""Streamlit's server behind a process of its own that meets who comes (deploy/front.py).

Python runs one thread at a time: in the process in which scripts run for 50 viewers a first view of 3 ms takes a second, and 200 of them a
second keep the viewers waiting for six. So a process in front answers first views and files, and hands every other connection on as it is;
nothing stands between a viewer and the application afterwards. While there is none (it is not ready yet, it is gone, nobody else can come)
everything is answered here.
"""

import asyncio
import contextlib
import logging
import socket
import subprocess
import sys
from pathlib import Path

import uvicorn
from starlette.datastructures import MutableHeaders
from uvicorn.protocols.http.h11_impl import H11Protocol

# What the process in front says, the first byte of a message: that it is ready; that the first bytes of a connection come in this and
# further messages; that these are the last of them. The connection itself comes with the first.
READY, MORE, LAST = b"r", b"+", b"."
PIECE = 64 * 1024  # bytes of a message at most: a socket takes 200 kB
BODILESS = {"GET", "HEAD", "OPTIONS"}
ENDING = 10  # seconds in which the process in front answers what it has begun


def once(app):
    """`app`, whose answer ends the connection: the next request is met in front again. Not where a body may still be on its way."""

    async def answer(scope, receive, send) -> None:
        async def send_last(message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        await app(scope, receive, send_last if scope["method"] in BODILESS else send)

    return answer


class HandedOn(H11Protocol):
    """A connection of which `begun` was read in front."""

    def __init__(self, *given, begun: bytes, **named):
        super().__init__(*given, **named)
        self.begun, self.app = begun, once(self.app)

    def connection_made(self, transport) -> None:
        super().connection_made(transport)
        self.data_received(self.begun)


class Server(uvicorn.Server):
    """Answers all until `wanted` is set; then starts the process in front, whose files lie in `cache`, and leaves the port to it."""

    def __init__(self, config: uvicorn.Config, wanted: asyncio.Event, cache: Path):
        super().__init__(config)
        self.wanted, self.cache = wanted, cache
        self.front = self.channel = None
        self.coming: tuple[socket.socket, bytes] | None = None

    async def startup(self, sockets=None) -> None:
        await super().startup(sockets)
        self.listening = sockets[0].dup()
        self.starting = asyncio.create_task(self._start())

    async def _start(self) -> None:
        await self.wanted.wait()
        theirs = self.way()
        numbers = [self.listening.fileno(), theirs.fileno()]
        command = [sys.executable, "-m", "deploy.front", *map(str, numbers), str(self.cache)]
        with theirs:  # a session of its own: Ctrl+C is for this process, which then ends that one
            self.front = subprocess.Popen(command, pass_fds=numbers, start_new_session=True)

    def way(self) -> socket.socket:
        """The other end of the way by which connections are handed on to this server."""
        self.channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.channel.setblocking(False)
        asyncio.get_running_loop().add_reader(self.channel, self._told)
        return theirs

    def _told(self) -> None:
        """One message of the process in front."""
        try:
            said, numbers, *_ = socket.recv_fds(self.channel, 1 + PIECE, 1, socket.MSG_CMSG_CLOEXEC)
        except BlockingIOError:
            return
        except OSError:
            said, numbers = b"", []
        kind, piece = said[:1], said[1:]
        if not kind:
            self._alone()
        elif kind == READY:
            self._listen_no_more()
        else:
            connection, begun = (socket.socket(fileno=numbers[0]), b"") if numbers else self.coming
            self.coming = connection, begun + piece
            if kind == LAST:
                self._keep(self._take(*self.coming))
                self.coming = None

    def _keep(self, work) -> None:
        task = asyncio.create_task(work)
        self.server_state.tasks.add(task)
        task.add_done_callback(self.server_state.tasks.discard)

    def _listen_no_more(self) -> None:
        for server in self.servers:
            server.close()
        self.servers = []

    def _alone(self) -> None:
        """The process in front is gone: from here on it is as if there never was one."""
        asyncio.get_running_loop().remove_reader(self.channel)
        self.channel.close()
        if not self.should_exit:
            logging.warning("the process in front ended; this one answers alone")
            if not self.servers:
                self._keep(self._listen_again())

    async def _listen_again(self) -> None:
        made = self._protocol(self.config.http_protocol_class)
        self.servers.append(await asyncio.get_running_loop().create_server(made, sock=self.listening.dup(), backlog=self.config.backlog))

    async def _take(self, connection: socket.socket, begun: bytes) -> None:
        with contextlib.suppress(OSError):  # whoever came has gone again
            await asyncio.get_running_loop().connect_accepted_socket(self._protocol(HandedOn, begun=begun), connection)

    def _protocol(self, kind, **more):
        return lambda: kind(config=self.config, server_state=self.server_state, app_state=self.lifespan.state, **more)

    async def shutdown(self, sockets=None) -> None:
        self.starting.cancel()
        if self.channel:
            asyncio.get_running_loop().remove_reader(self.channel)
            self.channel.close()  # by this the process in front learns that it is to end
        self.listening.close()
        await super().shutdown(sockets)
        if self.front:
            try:
                await asyncio.to_thread(self.front.wait, ENDING)
            except subprocess.TimeoutExpired:
                self.front.kill()
