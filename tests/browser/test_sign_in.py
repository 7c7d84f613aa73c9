"""Private deployments: with [auth] in the secrets a real browser must sign in with a local OpenID provider before it sees a number."""

import contextlib
import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from urllib.parse import parse_qsl, urlsplit

import pytest

from deploy.trial import free_port
from pages.parts import sign_in
from pages.parts.say.text import Words
from tests.support.data import ROOT
from tests.support.provider import CLIENT, PEOPLE
from tests.support.watched import Watched

pytestmark = pytest.mark.browser

SECRET = "a secret of the tests that is long enough"
LINK = "trends?agency=s0001&year=2567&lang={lang}&view=indicators"
NUMBERS = re.compile(r"\d\d\.\d\d")  # every page of the sample prints scores
COOKIE = "_streamlit_user"


@contextlib.contextmanager
def providing(port: int):
    """The provider on a port, until the end of the block."""
    process = subprocess.Popen([sys.executable, "-m", "tests.support.provider", str(port)], cwd=ROOT, stdin=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/keys", timeout=2):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def section(server_port: int, provider: str, **more) -> str:
    """The text of a secrets file; a value of None leaves its key out."""
    given = {
        "redirect_uri": f"http://127.0.0.1:{server_port}/oauth2callback",
        "cookie_secret": SECRET,
        "client_id": CLIENT[0],
        "client_secret": CLIENT[1],
        "server_metadata_url": f"{provider}/.well-known/openid-configuration",
    } | more
    return "[auth]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in given.items() if value is not None)


@pytest.fixture(scope="module")
def private(serving, sample_data, sample_db, tmp_path_factory):
    """The address of a server that asks for sign-in, its provider's, and the file of its secrets."""
    port, secrets = free_port(), tmp_path_factory.mktemp("secrets") / "secrets.toml"
    with providing(free_port()) as provider:
        secrets.write_text(section(port, provider, editors=["@office.example"]), encoding="utf-8")
        with serving(sample_data, "--secrets.files", str(secrets), port=port) as address:
            yield address, provider, secrets


def wait_for(page, pattern: str) -> None:
    page.wait_for_url(re.compile(pattern), wait_until="commit")


def sign_in_as(viewer: Watched, user: str, password: str | None = None, lang: str = "th") -> None:
    """From the page that asks for sign-in to the provider, and through its form."""
    page = viewer.page
    page.get_by_role("button", name=Words(lang)("sign_in.button")).click()
    page.get_by_label("user").fill(user)
    page.get_by_label("password").fill(password or PEOPLE[user][0])
    page.get_by_role("button", name="enter").click()


def refused(viewer: Watched, lang: str = "th") -> None:
    """The page asks for sign-in, and nothing of the data is in it."""
    viewer.settle()
    page = viewer.page
    assert page.locator("h1").inner_text() == Words(lang)("sign_in.title")
    assert not NUMBERS.search(page.locator("body").inner_text())
    assert page.locator(".js-plotly-plot, [data-testid='stDataFrame']").count() == 0


def named(page, user: str) -> bool:
    """Whether the page calls them by their name, letter by letter."""
    return page.get_by_test_id("stMain").get_by_text(PEOPLE[user][1]["name"], exact=True).count() == 1


def test_a_deep_link_survives_the_sign_in_and_the_way_out_shuts_the_page(watch, private):
    lang, user = "en", "mary"  # in Thai: the next test
    viewer, (server, _, _), words = watch(locale="en-GB"), private, Words(lang)
    page, link = viewer.page, LINK.format(lang=lang)
    page.goto(f"{server}/{link}")
    refused(viewer, lang)
    sign_in_as(viewer, user, lang=lang)
    wait_for(page, "/trends.*view=indicators")
    viewer.settle()
    assert dict(parse_qsl(urlsplit(page.url).query)) == dict(parse_qsl(urlsplit(link).query))
    assert page.locator(".js-plotly-plot").count() >= 1
    assert named(page, user)
    assert [one["name"] for one in viewer.context.cookies() if one["name"] == sign_in.WANTED] == []
    page.get_by_role("button", name=words("sign_in.out")).click()
    wait_for(page, f"^{server}/$")
    refused(viewer, lang)
    page.goto(f"{server}/{link}")
    refused(viewer, lang)


def test_a_wrong_password_and_a_refusal_open_nothing_and_what_was_wanted_is_kept(watch, private):
    viewer, (server, _, _) = watch(), private
    page = viewer.page
    page.goto(f"{server}/{LINK.format(lang='th')}")
    refused(viewer)
    sign_in_as(viewer, "somchai", "wrong")
    page.get_by_role("alert").wait_for()
    page.goto(f"{server}/completion?agency=s0001&lang=th")
    refused(viewer)
    page.get_by_role("button", name=Words("th")("sign_in.button")).click()
    page.get_by_role("button", name="deny").click()
    wait_for(page, f"^{server}/$")
    refused(viewer)
    sign_in_as(viewer, "somchai")
    wait_for(page, "/completion.*agency=s0001")
    viewer.settle()
    assert dict(parse_qsl(urlsplit(page.url).query)).items() >= {"agency": "s0001", "lang": "th"}.items()
    assert page.locator(".js-plotly-plot").count() >= 1
    assert named(page, "somchai")
    assert [one["name"] for one in viewer.context.cookies() if one["name"] == sign_in.WANTED] == []


def test_two_viewers_are_never_mixed_up(watch, private):
    viewers = {user: watch(locale="en-GB") for user in ("somchai", "mary")}
    for user, viewer in viewers.items():
        viewer.page.goto(f"{private[0]}/path?agency={'s0001' if user == 'mary' else 's0002'}&lang=en")
        refused(viewer, "en")
    for user, viewer in viewers.items():
        sign_in_as(viewer, user, lang="en")
        wait_for(viewer.page, "/path")
    for user, viewer in viewers.items():
        viewer.page.reload()
        text = viewer.settle().locator("body").inner_text()
        assert [one for one in PEOPLE if PEOPLE[one][1]["name"] in text] == [user]
        assert f"agency={'s0001' if user == 'mary' else 's0002'}" in viewer.page.url


def test_the_page_for_adding_reports_is_there_for_editors_alone(watch, private):
    """Mary may look and is no editor; whoever is not signed in is asked to, and sees no page of that name."""
    server, words = private[0], Words("th")
    for user, editor in (("somchai", True), ("mary", False)):
        viewer = watch()
        viewer.page.goto(f"{server}/add?lang=th")
        refused(viewer)
        assert viewer.page.get_by_role("link", name=words("add.page")).count() == 0
        assert len(viewer.take_faults()) == 1, "Streamlit says that there is no such page"
        viewer.open(f"{server}/?lang=th")
        sign_in_as(viewer, user)
        viewer.page.get_by_role("button", name=words("sign_in.out")).wait_for()
        shown = viewer.open(f"{server}/add?lang=th")
        assert (shown.get_by_role("link", name=words("add.page")).count() > 0) is editor
        assert (shown.get_by_test_id("stFileUploader").count() == 1) is editor
        assert (words("add.title") in shown.inner_text("body")) is editor
        assert len(viewer.take_faults()) == (not editor)


def signed(claims: dict, secret: str) -> str:
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    return create_signed_value(secret, COOKIE, json.dumps(claims)).decode()


def test_a_cookie_that_is_old_forged_or_of_another_site_opens_nothing(watch, private):
    server, viewer, now = private[0], watch(), int(time.time())
    good = {"is_logged_in": True, "origin": server, "provider": "default", "sub": "somchai", "name": "Forger", "iat": now}
    values = {
        "expired": signed(good | {"iat": now - sign_in.LASTS - 60}, SECRET),
        "forged": signed(good, SECRET[::-1]),
        "other origin": signed(good | {"origin": "http://127.0.0.1:1"}, SECRET),
        "no time": signed(good | {"iat": None}, SECRET),
        "not signed in": signed(good | {"is_logged_in": False}, SECRET),
        "garbage": "2|1:0|garbage",
        "valid": signed(good, SECRET),
    }
    viewer.open(f"{server}/weakest?agency=s0001&lang=th")  # sets the cookie without which Streamlit reads no other
    for kind, value in values.items():
        viewer.context.add_cookies([{"name": COOKIE, "value": value, "url": server}])
        viewer.page.reload()
        if kind == "valid":
            viewer.settle()
            viewer.page.locator(".js-plotly-plot").first.wait_for()  # else this test would prove nothing
        else:
            refused(viewer)


def test_what_the_cookie_of_the_wanted_page_says_leads_nowhere_else(watch, private):
    server, viewer = private[0], watch()
    good = {"is_logged_in": True, "origin": server, "provider": "default", "name": "S", "iat": int(time.time())}
    viewer.open(f"{server}/")
    viewer.context.add_cookies([{"name": COOKIE, "value": signed(good, SECRET), "url": server}])
    evil = ["%2F%2Fevil.example%2F%3Fa%3D1", "https%3A%2F%2Fevil.example", "..%2F..%2Fetc%3Fx%3D1", "javascript%3Aalert(1)", "%FF%00"]
    for wanted in evil:
        viewer.context.add_cookies([{"name": sign_in.WANTED, "value": wanted, "url": server}])
        viewer.open(f"{server}/")
        assert viewer.page.get_by_role("button", name=Words("th")("sign_in.out")).count() == 1
        assert urlsplit(viewer.page.url)[:3] == (*urlsplit(server)[:2], "/"), wanted


def until(viewer: Watched, heading: str) -> None:
    """Loads the page again until its heading is this: the server sees a changed file of secrets within some seconds."""
    for _ in range(20):
        viewer.page.reload()
        if viewer.settle().locator("h1").inner_text() == heading:
            return
    raise AssertionError(f"never: {heading}")


def test_a_section_that_cannot_work_a_provider_that_is_down_and_a_list(watch, private):
    server, provider, secrets = private
    port, closed = urlsplit(server).port, "sign_in.closed"
    good = secrets.read_text(encoding="utf-8")
    viewers = {lang: watch(locale=locale) for lang, locale in (("th", "th-TH"), ("en", "en-GB"))}
    for lang, viewer in viewers.items():
        viewer.open(f"{server}/compare?agency=s0001&lang={lang}")

    def shut(text: str, said: str) -> None:
        secrets.write_text(text, encoding="utf-8")
        for lang, viewer in viewers.items():
            until(viewer, Words(lang)(closed))
            viewer.page.get_by_test_id("stAlert").get_by_text(said).wait_for()
            assert not any(hidden in viewer.page.content() for hidden in (SECRET, CLIENT[1], str(secrets.parent)))
            assert not NUMBERS.search(viewer.page.locator("body").inner_text())

    try:
        shut(section(port, provider, client_secret=None), "client_secret")

        secrets.write_text(section(port, f"http://127.0.0.1:{free_port()}"), encoding="utf-8")
        for lang, viewer in viewers.items():
            until(viewer, Words(lang)("sign_in.title"))
            viewer.page.get_by_role("button", name=Words(lang)("sign_in.button")).click()
            viewer.page.get_by_text(Words(lang)("sign_in.unreachable")).wait_for()
            refused(viewer, lang)

        secrets.write_text("[auth]", encoding="utf-8")  # so that the heading says when the server has seen the next one
        until(viewers["en"], Words("en")(closed))
        secrets.write_text(section(port, provider, allowed=["@office.example"]), encoding="utf-8")
        viewer, words = viewers["en"], Words("en")
        until(viewer, words("sign_in.title"))
        sign_in_as(viewer, "mary", lang="en")
        viewer.page.get_by_role("heading", name=words("sign_in.not_allowed")).wait_for()
        viewer.settle()
        assert not NUMBERS.search(viewer.page.locator("body").inner_text())
        viewer.page.get_by_role("button", name=words("sign_in.out")).click()
        viewer.page.get_by_role("button", name=words("sign_in.button")).wait_for()
        refused(viewer, "en")
        shut("[auth\nbroken", "secrets.toml")  # the last: Streamlit watches a file no longer that it could not read
    finally:
        secrets.write_text(good, encoding="utf-8")


def test_what_streamlit_serves_without_a_session_holds_no_numbers(private):
    """The front page, the health check and the fonts are open to everybody; media files have addresses that cannot be guessed, and there is
    no list of them."""
    server = private[0]

    def got(path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(server + path) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as problem:
            return problem.code, problem.read().decode("utf-8", "replace")

    for path in ("/", "/trends", "/_stcore/health", "/_stcore/host-config", "/_stcore/agent/openapi.json", "/media/", "/app/static/"):
        status, text = got(path)
        assert not NUMBERS.search(re.sub(r'"[^"]*version[^"]*": *"[^"]*"', "", text)), path
        assert str(ROOT) not in text, path
    for path in (
        "/media/",
        "/media/0.csv",
        "/app/static/",
        "/app/static/../dashboard.py",
        "/app/static/%2e%2e/data/ita.duckdb",
        "/app/static/../.streamlit/secrets.toml",
    ):
        assert got(path)[0] in (400, 403, 404) or "<title>Streamlit</title>" in got(path)[1], path
    assert {path.suffix for path in (ROOT / "static").rglob("*") if path.is_file()} <= {".woff2", ".ttf", ".txt", ".css", ".js", ".png"}
