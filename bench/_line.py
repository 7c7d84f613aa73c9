"""A slow line on one machine: a relay before a server that every byte passes, websockets included.

Like a line it has one width for all connections together, a delay each way, and one more round trip before a connection's first byte.
"""

import asyncio
import contextlib
import multiprocessing
import socket
import time
from collections.abc import Iterator

from deploy.trial import free_port

MEGABITS, ROUND_TRIP = 10, 0.050  # the line that the dashboard promises for
PIECE = 16 * 1024  # bytes


class Width:
    """One direction of the line: pieces queue up for it, whichever connection they are of."""

    def __init__(self):
        self.free_from = 0.0

    def arrival(self, size: int) -> float:
        """When a piece of `size` bytes that is sent now has come out at the other end."""
        self.free_from = max(self.free_from, time.monotonic()) + size * 8 / (MEGABITS * 1e6)
        return self.free_from + ROUND_TRIP / 2


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, width: Width) -> None:
    on_the_way: asyncio.Queue = asyncio.Queue(16)

    async def deliver() -> None:
        while piece := await on_the_way.get():
            arrival, data = piece
            await asyncio.sleep(arrival - time.monotonic())
            writer.write(data)
            await writer.drain()
        writer.close()

    arriving = asyncio.create_task(deliver())
    while data := await reader.read(PIECE):
        await on_the_way.put((width.arrival(len(data)), data))
    await on_the_way.put(None)
    await arriving


async def relay(port: int, to: int) -> None:
    up, down = Width(), Width()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(ROUND_TRIP)  # SYN and its answer
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", to)
        with contextlib.suppress(ConnectionError):
            await asyncio.gather(carry(reader, server_writer, up), carry(server_reader, writer, down))

    async with await asyncio.start_server(connected, "127.0.0.1", port) as server:
        await server.serve_forever()


def _run(port: int, to: int) -> None:
    asyncio.run(relay(port, to))


@contextlib.contextmanager
def line(to: int) -> Iterator[int]:
    """The port of a slow line to the server on port `to`, in a process of its own."""
    port = free_port()
    process = multiprocessing.Process(target=_run, args=(port, to), daemon=True)
    process.start()
    try:
        while process.is_alive():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
        yield port
    finally:
        process.terminate()
        process.join()
