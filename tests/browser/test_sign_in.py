"""Private deployments: with [auth] in the secrets a real browser must sign in with a local OpenID provider before it sees a number. What
cookies open, who may add reports and what shuts the pages is asked over the websocket, without a browser: all that is sent is looked at."""

import asyncio
import contextlib
import json
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string

from deploy import visit
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


def came_back(viewer: Watched, link: str, user: str) -> None:
    """They see what the link asked for, under their name, and nothing is left of the way."""
    viewer.settle()
    assert dict(parse_qsl(urlsplit(viewer.page.url).query)).items() >= dict(parse_qsl(urlsplit(link).query)).items()
    assert viewer.page.locator(".js-plotly-plot").count() >= 1
    assert [one for one in PEOPLE if named(viewer.page, one)] == [user]
    assert [one["name"] for one in viewer.context.cookies() if one["name"] == sign_in.WANTED] == []


def test_a_deep_link_survives_the_sign_in_and_the_way_out_shuts_the_page_for_the_next_person(watch, private):
    """Mary in English; then in the same browser Somchai in Thai, with a wrong password, another link and a refusal on the way."""
    viewer, (server, _, _) = watch(locale="en-GB"), private
    page, link = viewer.page, LINK.format(lang="en")
    page.goto(f"{server}/{link}")
    refused(viewer, "en")
    sign_in_as(viewer, "mary", lang="en")
    wait_for(page, "/trends.*view=indicators")
    came_back(viewer, link, "mary")
    page.get_by_role("button", name=Words("en")("sign_in.out")).click()
    wait_for(page, f"^{server}/$")
    refused(viewer, "en")

    page.goto(f"{server}/{LINK.format(lang='th')}")
    refused(viewer)
    sign_in_as(viewer, "somchai", "wrong")
    page.get_by_role("alert").wait_for()
    wanted = "completion?agency=s0001&lang=th"
    page.goto(f"{server}/{wanted}")
    refused(viewer)
    page.get_by_role("button", name=Words("th")("sign_in.button")).click()
    page.get_by_role("button", name="deny").click()
    wait_for(page, f"^{server}/$")
    refused(viewer, "en")
    sign_in_as(viewer, "somchai", lang="en")
    wait_for(page, "/completion.*agency=s0001")
    came_back(viewer, wanted, "somchai")


# --- over the websocket ----------------------------------------------------------------------------------------------------------------


class Seen:
    """What a session without a browser got for a page and its query."""

    def __init__(self, server: str, page: str = "", query: str = "", **cookies: str):
        xsrf = generate_xsrf_token_string()
        jar = "; ".join(f"{name}={value}" for name, value in {"_streamlit_xsrf": xsrf, **cookies}.items())

        async def session() -> None:
            async with visit.viewer(urlsplit(server).netloc, xsrf, Cookie=jar, Origin=server) as one:
                self.messages, self.pages = await one.see(query, page), one.pages

        with ThreadPoolExecutor(1) as elsewhere:  # Playwright has this thread's event loop
            elsewhere.submit(asyncio.run, session()).result()
        self.elements = [one.delta.new_element for one in self.messages if one.WhichOneof("type") == "delta"]
        self.headings = [one.heading.body for one in self.elements if one.HasField("heading")]
        self.said = " ".join(one.alert.body for one in self.elements if one.HasField("alert")).replace("\\", "")
        self.titles = [one.page_config_changed.title for one in self.messages if one.HasField("page_config_changed")]
        self.text = " ".join(map(str, self.messages))

    def shows(self, kind: str) -> bool:
        return any(one.HasField(kind) for one in self.elements)

    def is_refused(self, heading: str) -> bool:
        """One heading, and nothing of the data."""
        shown = any(map(self.shows, ("plotly_chart", "dataframe", "file_uploader")))
        return self.headings == [heading] and not shown and not any(NUMBERS.search(str(one)) for one in self.elements)


def cookie(server: str, user: str = "somchai", secret: str = SECRET, **changed) -> dict[str, str]:
    """The cookie that Streamlit sets when the provider has said who it is."""
    claims = {"is_logged_in": True, "origin": server, "provider": "default", "sub": user, "iat": int(time.time())}
    return {COOKIE: create_signed_value(secret, COOKIE, json.dumps(claims | PEOPLE[user][1] | changed)).decode()}


def test_two_viewers_are_never_mixed_up(private):
    server = private[0]
    for user, agency in [("somchai", "s0002"), ("mary", "s0001")] * 2:
        seen = Seen(server, "trends", f"agency={agency}&lang=en", **cookie(server, user))
        assert seen.shows("plotly_chart") and seen.titles[-1].startswith(Words("en")("trends.page")), (
            seen.headings,
            seen.said,
            seen.titles,
        )
        captions = " ".join(one.markdown.body for one in seen.elements if one.HasField("markdown")).replace("\\", "")
        assert [one for one in PEOPLE if PEOPLE[one][1]["name"] in captions] == [user]


def test_the_page_for_adding_reports_is_there_for_editors_alone(private):
    """Mary may look and is no editor; whoever is not signed in is asked to, and sees no page of that name."""
    server, words = private[0], Words("th")
    stranger = Seen(server, "add", "lang=th")
    assert stranger.is_refused(words("sign_in.title")) and "add" not in stranger.pages
    for user, editor in (("somchai", True), ("mary", False)):
        seen = Seen(server, "add", "lang=th", **cookie(server, user))
        assert ("add" in seen.pages) is seen.shows("file_uploader") is (words("add.title") in seen.headings) is editor


def test_a_cookie_that_is_old_forged_or_of_another_site_opens_nothing(private):
    server, title = private[0], Words("th")("sign_in.title")
    given = {
        "expired": cookie(server, iat=int(time.time()) - sign_in.LASTS - 60),
        "forged": cookie(server, secret=SECRET[::-1]),
        "of another site": cookie(server, origin="http://127.0.0.1:1"),
        "without a time": cookie(server, iat=None),
        "not signed in": cookie(server, is_logged_in=False),
        "garbage": {COOKIE: "2|1:0|garbage"},
        "good": cookie(server),
    }
    seen = {kind: Seen(server, "weakest", "agency=s0001&lang=th", **one) for kind, one in given.items()}
    assert seen.pop("good").shows("plotly_chart")  # else this test would prove nothing
    assert [kind for kind, one in seen.items() if not one.is_refused(title)] == []


def test_what_the_cookie_of_the_wanted_page_says_leads_nowhere_else(private):
    server, words = private[0], Words("en")
    evil = ["%2F%2Fevil.example%2F%3Fa%3D1", "https%3A%2F%2Fevil.example", "..%2F..%2Fetc%3Fx%3D1", "javascript%3Aalert(1)", "%FF%00"]
    for wanted, page in [*((one, "overview") for one in evil), ("trends%3Fagency%3Ds0002", "trends")]:
        seen = Seen(server, **cookie(server), **{sign_in.WANTED: wanted})
        assert seen.titles[-1] == f"{words(f'{page}.page')} · {words('frame.name')}", wanted
        assert words("sign_in.out") in [one.button.label for one in seen.elements if one.HasField("button")]
        assert "evil" not in seen.text and "alert(1)" not in seen.text


def until(see: Callable[[], Seen], heading: str) -> Seen:
    """What is seen once its heading is this: the server sees a changed file of secrets within some seconds."""
    for _ in range(600):
        if (seen := see()).headings == [heading]:
            return seen
        time.sleep(0.1)
    raise AssertionError(f"never: {heading}")


def test_a_section_that_cannot_work_a_provider_that_is_down_and_a_list(watch, private):
    server, provider, secrets = private
    port, good = urlsplit(server).port, secrets.read_text(encoding="utf-8")

    def shut(text: str, said: str) -> None:
        secrets.write_text(text, encoding="utf-8")
        for lang in ("th", "en"):
            closed = Words(lang)("sign_in.closed")
            seen = until(lambda lang=lang: Seen(server, "compare", f"agency=s0001&lang={lang}", **cookie(server)), closed)
            assert seen.is_refused(closed) and said in seen.said
            assert not any(hidden in seen.text for hidden in (SECRET, CLIENT[1], str(secrets.parent)))

    try:
        shut(section(port, provider, client_secret=None), "client_secret")

        secrets.write_text(section(port, f"http://127.0.0.1:{free_port()}"), encoding="utf-8")
        until(lambda: Seen(server, query="lang=th"), Words("th")("sign_in.title"))
        viewer = watch()
        viewer.open(f"{server}/compare?agency=s0001&lang=th")
        viewer.page.get_by_role("button", name=Words("th")("sign_in.button")).click()
        viewer.page.get_by_text(Words("th")("sign_in.unreachable")).wait_for()
        refused(viewer)

        secrets.write_text(section(port, provider, allowed=["@office.example"]), encoding="utf-8")
        none, path = Words("en")("sign_in.not_allowed"), ("compare", "agency=s0001&lang=en")
        assert until(lambda: Seen(server, *path, **cookie(server, "mary")), none).is_refused(none)
        assert Seen(server, *path, **cookie(server, "unproven")).is_refused(none)
        assert Seen(server, *path, **cookie(server, "somchai")).shows("plotly_chart")
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
