"""The first view of a link: it says what the application then says, escapes all of it, and is sent only where everybody may look."""

import io
import json
import re
import subprocess
import sys
from datetime import date
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
import streamlit as st
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit import config, file_util
from streamlit.testing.v1 import AppTest

from deploy.first_view import FirstViews, Kept
from pages.parts import meant
from pages.parts.first import markup, site, view
from pages.parts.say.text import Words, plain
from tests.support import hostile
from tests.support.data import ROOT, build

PAGES = sorted(view.PAGES)
LINKS = [
    *((page, {}) for page in PAGES),
    ("trends", {"view": "change"}),
    ("trends", {"view": "indicators"}),
    ("trends", {"tide": "peers"}),
    ("weakest", {"order": "gain"}),
    ("weakest", {"view": "group", "scope": "nation"}),
    *(("completion", {"view": one}) for one in ("plan", "when", "aim", "moved", "copies")),
    *(("completion", {"by": one}) for one in ("group", "unit")),
    *(("compare", {"view": one}) for one in ("profile", "slope", "heatmap", "multiples", "all", "completion", "learn")),
    *(("compare", {"scope": "nation", "view": one}) for one in ("map", "outlines", "quantiles", "funnel", "levels", "movers", "floors")),
    ("papers", {"view": "board"}),
    ("path", {"view": "try"}),
    ("province", {"view": "picture"}),
    ("sources", {"view": "coverage"}),
]


class Read(HTMLParser):
    """What a program that makes cards reads of a page: its properties, and every element with its attributes."""

    def __init__(self, page: str):
        super().__init__()
        self.properties, self.elements, self.title, self._in_title = {}, [], "", False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        self.elements.append((tag, named))
        self._in_title = tag == "title" and not self.title
        if tag == "meta" and named.get("property", "").startswith("og:"):
            self.properties[named["property"]] = named["content"]

    def handle_data(self, data):
        self.title += data if self._in_title else ""
        self._in_title = False


@pytest.fixture
def client(tmp_path):
    """A browser's way to the pages of `data` without Streamlit behind them: 404 stands for Streamlit's own page."""
    views = FirstViews(Path(file_util.get_static_dir()), tmp_path / "cards")

    async def page(request):
        return await views.view(request) or Response(status_code=404)

    routes = [Route("/card.png", views.card), *(Route(f"/{name}", page) for name in ("", *PAGES))]
    with TestClient(Starlette(routes=routes), base_url="http://ita.example") as opened:
        opened.cards = views.cards
        yield opened


def of(page: str, given: dict[str, str], lang: str) -> tuple[view.Link, view.View]:
    where = view.link(page, given, meant.spoken(given, lang, False))
    return where, view.first_view(where, date.today())


def application(page: str, given: dict[str, str], lang: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    test.context["locale"] = lang
    for name, value in given.items():
        test.query_params[name] = value
    test.run() if page == "overview" else test.switch_page(f"pages/{page}.py").run()
    assert not test.exception, test.exception
    return test


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("data, agency", [("shipped_data", None), ("sample_data", "s0001")])
@pytest.mark.parametrize("page, query", LINKS)
def test_it_says_what_the_application_says(request, monkeypatch, shipped_db, sample_db, data, agency, page, query, lang):
    monkeypatch.setenv("ITA_DATA", str(request.getfixturevalue(data)))
    given = query | ({"agency": agency} if agency else {})
    where, seen = of(page, given, lang)
    test = application(page, given, lang)
    assert not test.warning, "the application has something to say that the first view does not"
    captions, written = [one.value for one in test.caption], [one.value for one in test.markdown]
    assert [one.value for one in test.title] == [plain(seen.headline)]
    for text in (*seen.notes, seen.reach):
        assert text in captions, text
    if seen.more:
        assert plain(seen.more) in written
    if seen.above:
        assert plain(seen.above) in captions
    cards = [one for one in written if one.startswith(":small[")]
    if page == "overview":
        assert cards == [f":small[:gray[{name}]]  \n{plain(text)}" for name, text, _ in seen.facts]
    drawn = [one for one in test.get("plotly_chart") if seen.word and f"figure_{seen.word}" in str(one.proto.id)]
    tables = [one for one in test.dataframe if f"rows_{seen.word}" in str(one.proto.id)]
    plain_tables = [one for one in test.get("html") if seen.word == "province_sheet" and "<table>" in one.proto.body]
    if len(seen.frame) and page != "present":
        assert drawn or tables or plain_tables, f"the application shows no {seen.word}"
    assert not seen.sheet or [one.proto.body for one in plain_tables] == [seen.sheet]
    for table in tables:
        assert len(table.value) == len(seen.frame)
    drawings = re.findall("<svg.*?</svg>", markup.markup(where, seen, "icon.png"))
    assert len(drawings) >= bool(drawn), f"{seen.word} is drawn by the application alone"
    if seen.figure is not None:
        notes = json.loads(drawn[0].proto.spec)["layout"].get("annotations", [])
        letters = [one.text for one in ElementTree.fromstring(drawings[0]).iter("{http://www.w3.org/2000/svg}text")]
        assert {line for note in notes for line in re.sub("</?b>", "", note["text"]).split("<br>")} <= set(letters)


def test_a_page_of_the_dashboard_has_a_first_view_or_a_reason():
    """Of pages that only some may open nothing may be sent before the application has asked who it is."""
    pages = {path.stem for path in (ROOT / "pages").glob("*.py")}
    assert pages - set(view.PAGES) <= {"add", "province"}


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_link_is_answered_with_its_first_view_and_its_card(monkeypatch, client, shipped_data, shipped_db, page, lang):
    monkeypatch.setenv("ITA_DATA", str(shipped_data))
    where, seen = of(page, {"lang": lang}, lang)
    answer = client.get(f"/{'' if page == 'overview' else page}?lang={lang}", headers={"X-Forwarded-Proto": "https", "Host": "ita.example"})
    assert answer.status_code == 200 and answer.headers["cache-control"] == "private, no-cache"
    read, words = Read(answer.text), Words(lang)
    named = {name.removeprefix("og:"): text for name, text in read.properties.items()}
    who = where.agency.name if where.agency else words("control.all_agencies")
    assert named["title"] == f"{who} · {words.year(where.year)} · {words(f'{page}.page')}"
    assert named["description"].endswith(seen.headline)
    assert named["url"] == f"https://ita.example/{'' if page == 'overview' else page}?lang={lang}"
    assert named["locale"] == {"th": "th_TH", "en": "en_US"}[lang] and named["type"] == "website" and named["site_name"]
    assert (named["image:width"], named["image:height"], named["image:type"]) == ("1200", "630", "image/png")
    if where.agency:
        assert all(f"{name} {value}" in named["description"] for value, name in seen.standing) and seen.standing
    assert read.title == f"{words(f'{page}.page')} · {words('frame.name')}"
    assert ("html", {"lang": lang}) in read.elements
    assert [tag for tag, _ in read.elements].count("h1") == 1 and ("div", {"id": "root"}) in read.elements
    if len(seen.frame):
        assert "table" in [tag for tag, _ in read.elements]
    address = named["image"].removeprefix("https://ita.example")
    card = client.get(address)
    with Image.open(io.BytesIO(card.content)) as picture:
        assert picture.size == (1200, 630) and picture.format == "PNG"
    assert len(card.content) <= 60_000
    assert len(list(client.cards.glob("*.png"))) == 1
    assert client.get(address).content == card.content


def test_what_was_sent_is_asked_for_again_only_when_it_changed(monkeypatch, client, shipped_data, shipped_db):
    monkeypatch.setenv("ITA_DATA", str(shipped_data))
    first = client.get("/trends?lang=th")
    assert client.get("/trends?lang=th", headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert client.get("/trends?lang=en", headers={"If-None-Match": first.headers["etag"]}).status_code == 200
    assert client.get("/trends?lang=th&fbclid=x", headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    for encoding in ("identity", "gzip", "br"):
        answer = client.get("/trends?lang=th", headers={"Accept-Encoding": encoding})
        assert answer.text == first.text and answer.headers.get("content-encoding", "identity") == encoding
    assert 'lang="en"' in client.get("/trends", headers={"Accept-Language": "en-GB,th;q=0.5"}).text
    assert 'lang="th"' in client.get("/trends", headers={"Accept-Language": "th,en;q=0.5"}).text


@pytest.mark.parametrize(
    "wrong",
    [
        "/trends?agency=nobody",
        "/trends?year=1999",
        "/trends?view=<script>",
        "/trends?agency=" + "x" * 5000,
        "/weakest?order=none",
        "/compare?with=nobody",
        "/compare?weights=type:99",
        "/path?view=try&set=1:1",
        "/present?slides=verdict",
        "/sources?view=findings",
        "/completion?view=list",
    ],
)
def test_what_a_link_gets_wrong_is_left_to_the_application(monkeypatch, client, shipped_data, shipped_db, wrong):
    monkeypatch.setenv("ITA_DATA", str(shipped_data))
    assert client.get(wrong).status_code == 404
    page, _, query = wrong.removeprefix("/").partition("?")
    assert client.get(f"/card.png?page={page}&{query}").status_code == 404


def test_a_host_that_is_none_is_not_echoed(monkeypatch, client, shipped_data, shipped_db):
    monkeypatch.setenv("ITA_DATA", str(shipped_data))
    for name in ("Host", "X-Forwarded-Host"):
        page = client.get("/trends", headers={name: 'evil"><script>alert(1)</script>'}).text
        assert "alert(1)" not in page and Read(page).properties["og:url"].startswith("http://localhost/")
    page = client.get("/trends", headers={"X-Forwarded-Host": "ita.example, other.example", "X-Forwarded-Proto": "https"}).text
    assert Read(page).properties["og:image"].startswith("https://ita.example/card.png?")


def test_without_data_the_application_says_so(monkeypatch, client, tmp_path):
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    assert client.get("/").status_code == 404 and client.get("/card.png?page=overview").status_code == 404


@pytest.mark.parametrize("secrets", ['[auth]\nclient_id = "a"\n', "auth = 3\n", "[auth\n", None])
def test_a_private_deployment_sends_nothing(monkeypatch, client, tmp_path, shipped_data, shipped_db, secrets):
    """Whatever is wrong with its secrets, and also what was made before."""
    monkeypatch.setenv("ITA_DATA", str(shipped_data))
    assert client.get("/trends").status_code == 200 and client.get("/card.png?page=trends").status_code == 200
    file = tmp_path / "secrets.toml"
    file.write_text(secrets, encoding="utf-8") if secrets is not None else file.mkdir()
    kept = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(file)])
    st.secrets._reset()
    try:
        for page in PAGES:
            assert client.get(f"/{page}").status_code == 404
            assert client.get(f"/card.png?page={page}").status_code == 404
    finally:
        config.set_option("secrets.files", kept)
        st.secrets._reset()


def test_a_flood_of_links_keeps_nobody_waiting(monkeypatch, client, shipped_data, shipped_db):
    monkeypatch.setenv("ITA_DATA", str(shipped_data))
    monkeypatch.setattr("deploy.first_view.WAITING", 0)
    assert client.get("/trends").status_code == 404


def test_many_links_are_forgotten_again():
    kept = Kept(3)
    for one in range(5):
        kept.put(one, one)
    assert [kept.get(one) for one in range(5)] == [None, None, 2, 3, 4]


def test_the_site_on_disk_leads_to_every_agency_with_data_and_asks_for_nothing_elsewhere(monkeypatch, tmp_path, sample_data, sample_db):
    monkeypatch.setenv("ITA_DATA", str(sample_data))
    command = [sys.executable, "-m", "pages.parts.first.site", "--into", str(tmp_path), "--lang", "en", "--pages", *site.OFFERED]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    pages = {file.resolve(): Read(file.read_text(encoding="utf-8")) for file in tmp_path.rglob("*.html")}
    reached, waiting = set(), [tmp_path / "en" / "index.html"]
    while waiting:
        file = waiting.pop().resolve()
        if file in reached:
            continue
        reached.add(file)
        for tag, named in pages[file].elements:
            assert tag != "script"
            for address in (named.get("href"), named.get("src")):
                if address:
                    assert not re.match(r"[a-z]+:|//|/", address), address
                    assert (file.parent / address).is_file(), f"{file.name}: {address}"
                    waiting += [file.parent / address] if address.endswith(".html") else []
    assert reached == set(pages) - {(tmp_path / "index.html").resolve()}
    assert len([file for file in pages if file.name == "overview.html"]) == len({file.parent for file in pages}) - 2 > 2
    where, seen = of("trends", {"agency": "s0001", "lang": "en"}, "en")
    assert escape(seen.headline) in (tmp_path / "en" / "s0001" / "trends.html").read_text(encoding="utf-8")


def test_the_site_says_what_is_missing(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    assert site.main(["--into", str(tmp_path / "site")]) == 1
    assert Words("th")("database.missing") in capsys.readouterr().err


@pytest.fixture(scope="module")
def hostile_data(tmp_path_factory):
    folder = hostile.data(tmp_path_factory.mktemp("hostile") / "data")
    build(folder)
    return folder


KNOWN_TAGS = set(
    "html head meta link title style script noscript body div header img nav ul li a main span p h1 dl dt dd table caption thead tbody tr "
    "th td small strong template svg desc defs pattern rect line path circle text g lineargradient stop".split()
)


@pytest.mark.parametrize("page", PAGES)
def test_names_carry_no_code(monkeypatch, client, hostile_data, page):
    """Every element of the page is ours, none has a handler, and no address is anything but a page of ours."""
    monkeypatch.setenv("ITA_DATA", str(hostile_data))
    for query in ({"agency": "s0001"}, {"agency": "s0001", "group": "<img src=x onerror=alert(1)>", "with": "s0002"}):
        answer = client.get(f"/{page}", params=query | {"lang": "th"})
        if answer.status_code == 404:
            continue
        read = Read(answer.text)
        scripts = [tag for tag, _ in read.elements].count("script")
        assert {tag for tag, _ in read.elements} <= KNOWN_TAGS
        assert [named for _, named in read.elements if any(name.startswith("on") for name in named)] == []
        assert [named["href"] for tag, named in read.elements if tag == "a" and not named["href"].startswith("./")] == []
        assert scripts == 4, "Streamlit's two, the fonts, and what lets the application take its place"
        assert client.get(f"/card.png?page={page}", params=query).status_code in (200, 404)
