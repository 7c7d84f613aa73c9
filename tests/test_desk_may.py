"""Who may add reports: on one's own machine everybody, on a server for others those whom the secrets list, nobody else by any way in
(over the wire of a server: test_serve.py)."""

from types import SimpleNamespace

import pytest
import streamlit as st

from pages.parts import sign_in
from pages.parts.desk import drafts, may, uploads
from tests.test_sign_in import GOOD

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
