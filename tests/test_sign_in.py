"""What shuts the pages before anybody is asked: a section [auth] that cannot work, and whom its list lets in."""

import subprocess
import sys
import tomllib

import pytest

from pages.parts import sign_in
from pages.parts.say.text import Words
from tests.support.data import ROOT

GOOD = {
    "redirect_uri": "https://ita.example/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "a",
    "client_secret": "b",
    "server_metadata_url": "https://id.example/.well-known/openid-configuration",
}


@pytest.mark.parametrize(
    "changed, faults",
    [
        ({}, []),
        ({"allowed": ["@office.example", "a@b"]}, []),
        ({"client_kwargs": {"prompt": "login"}}, []),
        ({"cookie_secret": "x" * 31}, ["cookie_secret"]),
        ({"client_id": " "}, ["client_id"]),
        ({"client_id": 7}, ["client_id"]),
        ({"allowed": []}, ["allowed"]),
        ({"allowed": "@office.example"}, ["allowed"]),
        ({"allowed": ["office.example"]}, ["allowed"]),
        ({"allow": ["@office.example"]}, ["allow"]),
        ({"google": {"client_id": "a"}}, ["google"]),
    ],
)
def test_what_is_wrong_with_the_section_is_named(changed, faults):
    assert sign_in.faults(GOOD | changed) == faults


@pytest.mark.parametrize("missing", sign_in.NEEDED)
def test_every_key_is_needed(missing):
    given = {key: value for key, value in GOOD.items() if key != missing}
    assert sign_in.faults(given) == [missing]
    for lang in ("th", "en"):
        assert missing in sign_in.problems(Words(lang), given)
    assert sign_in.faults({}) == list(sign_in.NEEDED)


def test_the_example_is_complete_but_for_what_only_the_office_knows():
    text = (ROOT / "deploy" / "secrets.example.toml").read_text(encoding="utf-8")
    assert sign_in.faults(tomllib.loads(text)["auth"]) == ["cookie_secret", "client_id", "client_secret"]
    whole = tomllib.loads(text.replace("# allowed", "allowed"))["auth"]
    assert sign_in.faults(whole | dict.fromkeys(("cookie_secret", "client_id", "client_secret"), "x" * 64)) == []


def test_an_unreadable_file_and_a_missing_library_are_said(monkeypatch):
    assert sign_in.problems(Words("en"), GOOD) == ""
    assert sign_in.problems(Words("en"), None) == Words("en")("sign_in.unreadable")
    monkeypatch.setattr(sign_in.importlib.util, "find_spec", lambda name: None)
    assert sign_in.problems(Words("en"), GOOD) == Words("en")("sign_in.no_library")


@pytest.mark.parametrize(
    "address, more, may",
    [
        ("Ann@Office.example", {}, True),
        ("ann@office.example", {"email_verified": True}, True),
        ("guest@b.example", {}, True),
        ("ann@office.example", {"email_verified": False}, False),
        ("ann@office.example", {"email_verified": "false"}, False),
        ("ann@evil-office.example", {}, False),
        ("ann@sub.office.example", {}, False),
        ("x@office.example.evil", {}, False),
        ("a@b@office.example", {}, False),
        ("@office.example", {}, True),
        ("", {}, False),
        (None, {}, False),
        ("other@b.example", {}, False),
    ],
)
def test_whom_the_list_lets_in(address, more, may):
    user = {"email": address, "is_logged_in": True} | more
    assert sign_in.allowed(user, ["@office.example", "Guest@b.example"]) is may
    assert sign_in.allowed(user, None) is True


def test_public_pages_pay_nothing_for_the_sign_in():
    """Neither Authlib nor httpx is loaded where nobody asks for sign-in."""
    script = (
        "import sys\nfrom streamlit.testing.v1 import AppTest\nAppTest.from_file('dashboard.py').run(timeout=600)\n"
        "print([one for one in ('authlib', 'httpx', 'joserfc') if one in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert run.stdout.strip().splitlines()[-1:] == ["[]"], run.stdout + run.stderr
