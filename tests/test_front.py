"""The process in front of the server for an office: whatever comes over a connection, and however it is cut, the answers are those of one
process; and which deployments have one."""

import asyncio
import re
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

from deploy import behind, front, serve
from deploy.answers import Safe

BIG = 300_000  # bytes: more than is read at once, and more than a message of the two processes holds
GET = "GET {} HTTP/1.1\r\nHost: a\r\n{}\r\n"
LAST = "Connection: close\r\n"
OURS, THEIRS = GET.format("/view?a=%C3%A9", ""), GET.format("/application", "")
PUT = f"PUT /application HTTP/1.1\r\nHost: a\r\nContent-Length: {BIG}\r\n{{}}\r\n" + "x" * BIG
# After a request that is refused before all of it is there nothing may follow: what was answered could be lost.
CONNECTIONS = {
    "one of ours": GET.format("/view", LAST),
    "one of ours in a folder": GET.format("/files/deep", LAST),
    "ours one after the other": OURS + OURS + GET.format("/view", LAST),
    "ours, then the application's": OURS + OURS + GET.format("/application", LAST),
    "the application's at once": GET.format("/application", LAST),
    "a body": PUT.format(LAST),
    "ours, then a body": OURS + PUT.format(LAST),
    "a body for what is ours": f"GET /view HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n{LAST}\r\nhello",
    "an older browser": "GET /view HTTP/1.0\r\n\r\n",
    "ours by another method": f"POST /view HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n{LAST}\r\n",
    "lines that end otherwise": "GET /application HTTP/1.1\nHost: a\nConnection: close\n\n",
    "no request": "nonsense\r\n\r\n",
    "no name of a host": "GET /view HTTP/1.1\r\n\r\n",
}
VARY = re.compile(rb"^(date|connection): .*\r\n", re.IGNORECASE | re.MULTILINE)


def answering(who: str):
    async def answer(request):
        said = f"{who} {request.method} {request.url.path} {request.query_params} {len(await request.body())} {request.client.host}"
        return PlainTextResponse(said)

    return answer


VIEW = [Route("/view", answering("view")), Mount("/files", Starlette(routes=[Route("/{name}", answering("file"))]))]
WHOLE = Safe(Starlette(routes=[*VIEW, Route("/application", answering("application"), methods=["GET", "PUT"])]))


def listening() -> socket.socket:
    made = socket.create_server(("127.0.0.1", 0))
    made.setblocking(False)
    return made


async def said(port: int, request: bytes, cut: int) -> list[bytes]:
    """The answers to what is sent in pieces of so many bytes, without what differs by nature."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for at in range(0, len(request), cut):
        writer.write(request[at : at + cut])
        await writer.drain()
        await asyncio.sleep(0)
    answer = await asyncio.wait_for(reader.read(-1), 60)
    writer.close()
    return re.split(rb"(?=HTTP/1\.1 )", VARY.sub(b"", answer))


async def beside(try_it) -> None:
    """Awaits `try_it` with the port of one process that answers all, that of one in front, and the server behind it."""
    alone, behind_it, met = listening(), listening(), listening()
    config = {"lifespan": "off", "log_level": "critical"}
    one, server = uvicorn.Server(uvicorn.Config(WHOLE, **config)), behind.Server(uvicorn.Config(WHOLE, **config), asyncio.Event(), None)
    running = [asyncio.create_task(each.serve([port])) for each, port in ((one, alone), (server, behind_it))]
    while not (one.started and server.started):
        await asyncio.sleep(0.01)
    channel = server.way()
    running.append(asyncio.create_task(front.meet(met, channel, VIEW)))
    try:
        await try_it(alone.getsockname()[1], met.getsockname()[1], server)
    finally:
        one.should_exit = server.should_exit = True
        await asyncio.wait_for(asyncio.gather(*running), 60)  # the process in front ends with the one behind it
        channel.close()


def aside(work) -> None:
    """Runs it in another thread: servers change how this one hears of signals."""
    with ThreadPoolExecutor(1) as elsewhere:
        elsewhere.submit(asyncio.run, work).result()


def test_whatever_comes_the_answers_are_those_of_one_process():
    async def all_of_them(alone: int, met: int, server) -> None:
        for name, request in CONNECTIONS.items():
            for cut in (len(request) // 40 + 1, len(request)):
                expected = await said(alone, request.encode(), cut)
                assert len(expected) > 1 and await said(met, request.encode(), cut) == expected, (name, cut)
        assert server.server_state.total_requests > len(CONNECTIONS) / 2

    aside(beside(all_of_them))


def test_an_answer_of_the_application_ends_its_connection_and_a_first_view_does_not():
    async def two(_, met: int, server) -> None:
        for target, answers in (("/view", 2), ("/application", 1)):
            again = GET.format(target, "").encode()
            reader, writer = await asyncio.open_connection("127.0.0.1", met)
            for _ in range(answers):
                writer.write(again)
                assert b" 200 " in await reader.readuntil(b"\r\n\r\n") and target.encode() in await reader.readuntil(b"127.0.0.1")
            assert (await reader.read(-1) == b"") if answers == 1 else not reader.at_eof()
            writer.close()

    aside(beside(two))


@pytest.mark.parametrize("shared, open_to_all, system, made", [(1, 1, 1, True), (0, 1, 1, False), (1, 0, 1, False), (1, 1, 0, False)])
def test_an_office_has_one_where_everybody_may_look(monkeypatch, shared, open_to_all, system, made):
    monkeypatch.setenv("ITA_SHARED", "1" * shared)
    monkeypatch.setattr("pages.parts.sign_in.open_to_all", lambda: bool(open_to_all))
    monkeypatch.setattr("sys.platform", "linux" if system else "win32")
    assert serve.in_front() is made
