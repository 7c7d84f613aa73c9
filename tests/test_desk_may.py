"""Who may add reports: on one's own machine everybody, on a server for others those whom the secrets list, nobody else by any way in."""

import asyncio
import http.client
import json
import shutil
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
import streamlit as st

from deploy.trial import free_port, running
from deploy.visit import viewer
from pages.parts import sign_in
from pages.parts.desk import drafts, may, uploads
from pages.parts.say.text import Words
from tests.test_sign_in import GOOD

WAITS = "fedcba9876543210"  # a draft
EDITORS = {"editors": ["somchai@office.example", "@nacc.example"]}


@pytest.fixture
def asked(monkeypatch):
    """`asked(auth, user, shared)`: whether a viewer may, given the section [auth] (None: none) and the claims of their sign-in."""

    def ask(auth=None, user=None, shared="", address="localhost"):
        monkeypatch.setenv("ITA_SHARED", shared)
        monkeypatch.setattr(st, "get_option", lambda name: address)
        monkeypatch.setattr(may, "_section", lambda name: auth)
        monkeypatch.setattr(sign_in, "signed_in", lambda: user is not None)
        monkeypatch.setattr(st, "user", SimpleNamespace(to_dict=lambda: user))
        return may.may()

    return ask


@pytest.mark.parametrize("shared, address, anybody", [
    ("", "localhost", True), ("", "127.0.0.1", True), ("1", "localhost", False), ("1", "0.0.0.0", False), ("", "0.0.0.0", False),
    ("", None, False), ("", "10.0.0.5", False),
])  # fmt: skip
def test_without_sign_in_only_at_ones_own_machine(asked, shared, address, anybody):
    assert asked(None, None, shared, address) is anybody


@pytest.mark.parametrize("headers, own", [
    ({}, True), ({"Host": "localhost:8501"}, True), ({"Host": "127.0.0.1:8501"}, True), ({"Host": "[::1]:8501"}, True),
    ({"Host": "ita.example"}, False), ({"Host": "127.0.0.1:8501", "X-Forwarded-For": "10.0.0.9"}, False),
    ({"Host": "10.0.0.5:8501"}, False),
])  # fmt: skip
def test_a_proxy_in_front_of_ones_own_machine_lets_nobody_in(monkeypatch, headers, own):
    monkeypatch.delenv("ITA_SHARED", raising=False)
    monkeypatch.setattr(st, "get_option", lambda name: "localhost")
    monkeypatch.setattr(st, "context", SimpleNamespace(headers=headers))
    assert may.own_machine() is own


@pytest.mark.parametrize("more, user, allowed", [
    (EDITORS, {"email": "Somchai@office.example"}, True), (EDITORS, {"email": "anybody@nacc.example"}, True),
    (EDITORS, {"email": "mary@office.example"}, False), (EDITORS, {"email": "somchai@office.example", "email_verified": False}, False),
    (EDITORS, {"email": "x@evil.example@nacc.example"}, False), (EDITORS, {}, False), (EDITORS, None, False),
    ({}, {"email": "somchai@office.example"}, False), ({"editors": []}, {"email": "somchai@office.example"}, False),
    ({"editors": "@office.example"}, {"email": "somchai@office.example"}, False),
    (EDITORS | {"allowed": ["@else.example"]}, {"email": "somchai@office.example"}, False),
    (EDITORS | {"client_id": ""}, {"email": "somchai@office.example"}, False),
])  # fmt: skip
@pytest.mark.parametrize("shared", ["1", ""])
def test_with_sign_in_only_whom_the_list_names_on_any_machine(asked, more, user, allowed, shared):
    assert asked(GOOD | more, user, shared) is allowed


def test_secrets_that_cannot_be_read_let_nobody_in(monkeypatch):
    def broken(name):
        raise ValueError

    monkeypatch.setattr(may, "_section", broken)
    assert may.may() is False


def test_the_limits_have_one_place_and_wrong_ones_leave_the_defaults(monkeypatch):
    monkeypatch.setattr(may, "_section", lambda name: {"megabytes": 5, "files": -1, "minutes": "x", "other": 3})
    assert may.limits() == may.LIMITS | {"megabytes": 5}
    monkeypatch.setattr(may, "_section", lambda name: None)
    assert may.limits() == may.LIMITS


# --- a stranger on the shared server ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shared(tmp_path_factory, shipped_data, shipped_db):
    """The port of a server for others without sign-in, over data where a draft waits."""
    data, port = shipped_data, free_port()
    folder = data / "drafts" / WAITS
    folder.mkdir(parents=True)
    (folder / "name.txt").write_text("ลับสุดยอด.docx", encoding="utf-8")
    (folder / "document.docx").write_bytes(b"secret")
    (folder / "reading.json").write_text(json.dumps({"rows": [], "source": {"agency": "ลับ"}, "counts": {}}), encoding="utf-8")
    (data / "documents").mkdir(exist_ok=True)
    (data / "documents" / "history.jsonl").write_text(json.dumps({"n": 1, "who": "ผู้แก้ลับ"}) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "deploy.serve", "--shared", "--port", port, "--address", "127.0.0.1"]
    try:
        with running(command, port, tmp_path_factory.mktemp("shared") / "log", ITA_DATA=str(data)):
            yield port
    finally:
        shutil.rmtree(data / "drafts")
        shutil.rmtree(data / "documents")


def put(port: int, session: str, method: str = "PUT") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    edge = "x" * 20
    body = f'--{edge}\r\nContent-Disposition: form-data; name="a"; filename="a.docx"\r\n\r\nbytes\r\n--{edge}--\r\n'
    connection.request(
        method, f"/_stcore/upload_file/{session}/{uuid.uuid4()}", body, {"Content-Type": f"multipart/form-data; boundary={edge}"}
    )
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_a_stranger_gets_no_page_no_list_no_name_and_no_upload_by_any_message(shared):
    """Over the websocket itself: the page by its path, by every hash that Streamlit could give it, with every parameter; then uploads for
    the session that is open, from whatever page it is."""
    from streamlit.util import calc_hash

    async def try_it():
        said, took = [], []
        async with viewer(f"127.0.0.1:{shared}") as stranger:
            first = await stranger.see()
            said += first
            session = next(one.new_session.initialize.session_id for one in first if one.WhichOneof("type") == "new_session")
            assert "add" not in stranger.pages and len(stranger.pages) > 5
            queries = ["", f"draft={WAITS[::-1]}", f"draft={WAITS}&lang=en", "view=history", "saved=0123456789ab"]
            for known in ("", calc_hash("add"), calc_hash("pages/add.py"), calc_hash("/add")):
                for query in queries:
                    stranger.pages["add"] = known
                    said += await stranger.see(query, page="add")
                    took.append(put(shared, session))
            said += await stranger.see("", page="sources")
            took += [put(shared, session, "DELETE"), put(shared, session), put(shared, str(uuid.uuid4()))]
            said += await stranger.see("agency=a0003&year=2568", page="present")
            took_at_present = put(shared, session)
            said += await stranger.see("", page="overview")
            took.append(put(shared, session))
        return said, took, took_at_present

    with ThreadPoolExecutor(1) as apart:  # a browser test of the same process may have left its own loop running
        said, took, at_present = apart.submit(lambda: asyncio.run(try_it())).result()
    assert set(took) == {404}
    assert at_present != 404, "there is a place for a template: else nothing is proved by the others"
    for secret in ("ลับ", Words("th")("add.drop")[:12], Words("en")("add.drop")[:12]):
        assert not any(secret in str(each) for each in texts(said)), secret


def texts(messages) -> list[str]:
    """Every text of the messages, whatever field it stands in, but for the link that the stranger gave."""
    found = []

    def walk(message):
        for field, value in message.ListFields():
            if field.name in ("query_string", "query_params", "page_hash", "page_script_hash"):
                continue
            values = value if isinstance(value, list) or hasattr(value, "append") or hasattr(value, "add") else [value]
            for one in values:
                if isinstance(one, str):
                    found.append(one)
                elif hasattr(one, "ListFields"):
                    walk(one)

    for message in messages:
        walk(message)
    return found


def test_a_place_for_files_is_shut_when_its_page_is_left(monkeypatch):
    monkeypatch.setattr(uploads, "_session", lambda: "one")
    uploads.opened("add")
    uploads.left("add")
    assert uploads.taken("one") and not uploads.taken("two")
    uploads.left("sources")
    assert not uploads.taken("one")


def test_drafts_are_named_by_nothing_that_comes_from_outside(tmp_path, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    (tmp_path / "drafts").mkdir()
    (tmp_path / "secret").mkdir()
    for name in ("..", "../secret", "", ".", "0123456789abcde", "0123456789ABCDEF", "0123456789abcdef/..", "\0"):
        assert drafts.folder(name) is None
