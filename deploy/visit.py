"""A viewer without a browser: one session of the dashboard over its websocket, as Streamlit's own client opens it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

MOST = 200 * 1024 * 1024  # bytes of one message, as Streamlit's own limit


class Viewer:
    """A session; `see` opens a view in it and returns what the server sends for it."""

    def __init__(self, socket):
        self.socket, self.pages = socket, {}  # a page's path -> the hash that Streamlit gives it

    async def see(self, query: str = "", page: str = "") -> list[ForwardMsg]:
        """The messages of the run for a URL's query (without "?") and path ("" is the overview), up to its end.

        websockets.ConnectionClosed: the server closed the session.
        """
        state = ClientState(query_string=query, page_name=page, page_script_hash=self.pages.get(page, ""))
        await self.socket.send(BackMsg(rerun_script=state).SerializeToString())
        messages = []
        while True:
            message = ForwardMsg.FromString(await self.socket.recv())
            messages.append(message)
            if message.WhichOneof("type") == "navigation":
                self.pages = {one.url_pathname: one.page_script_hash for one in message.navigation.app_pages}
            if message.WhichOneof("type") == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return messages


@asynccontextmanager
async def viewer(address: str, xsrf: str = "", **headers: str) -> AsyncIterator[Viewer]:
    """A session with the server at `address`, for example "127.0.0.1:8501". OSError: nobody answers there.

    `xsrf`: what the cookie of Streamlit's against forged requests holds; without it the server reads no cookie that says who this is.
    """
    given, protocols = {"max_size": MOST, "additional_headers": headers, "open_timeout": 30}, ["streamlit", *([xsrf] if xsrf else [])]
    async with websockets.connect(f"ws://{address}/_stcore/stream", subprotocols=protocols, **given) as socket:
        yield Viewer(socket)
