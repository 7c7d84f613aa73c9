"""Hostile report text and hostile links in a real browser: on every page and view nothing of it runs, loads, leads away or is drawn as
markup, and it is there to be read, letter by letter."""

import os
import re
import shutil
from urllib.parse import urlencode

import duckdb
import pytest

from pages.parts.say.text import Words
from tests.support import hostile
from tests.support.data import ROOT, build
from tests.support.hostile import PARAMETERS

pytestmark = pytest.mark.browser

VIEWS = [
    "?", "trends?view=total", "trends?view=change", "trends?view=indicators", "weakest?view=own", "weakest?view=group",
    *(f"completion?view={view}" for view in ("done", "plan", "when", "aim", "moved", "copies", "list")),
    *(f"completion?view=done&by={by}" for by in ("group", "unit", "agency&with=s0003,s0002")),
    *(f"compare?view={view}" for view in ("distribution", "profile", "slope", "heatmap", "multiples", "all", "completion", "learn")),
    *(f"compare?scope=nation&view={view}" for view in ("map", "outlines", "quantiles", "levels", "movers")),
    "path?view=path", "path?view=try", "present?",
    "present?scope=province", *(f"sources?view={view}" for view in ("documents", "coverage", "findings", "register", "data")),
]  # fmt: skip
# Elements that our pages never have within what they show, shadow trees included; texts of figures that were taken for markup.
ACTIVE = """() => {
    const found = [], local = address => !address || /^(#|\\.?\\/(?!\\/)|http:\\/\\/127\\.0\\.0\\.1|data:image\\/|blob:)/.test(address);
    const look = node => {
        const name = node.localName, say = why => found.push(`${why}: ${node.outerHTML.slice(0, 140)}`);
        if (['iframe', 'object', 'embed', 'base', 'meta', 'form', 'foreignObject', 'marquee'].includes(name)) say(name);
        if ('src' in node && !local(node.getAttribute('src'))) say('loads');
        const address = node.getAttribute('href') ?? node.getAttribute('xlink:href');
        if (name === 'a' && !local(address) && node.innerText.replaceAll('\u2060', '') !== OURS) say('leads away');
        if ([...node.attributes].some(one => /^on/.test(one.name))) say('runs');
        if (node.closest('[data-testid="stMarkdownContainer"]') && node.matches(
            '.katex, code, pre, table, h4, h5, h6, blockquote, del, li, hr, sup, [aria-label="home icon"], [style*="color: rgb(255"]'))
            say('Markdown');
        if (name === 'tspan' && /^(bold|here|i|s)$/.test(node.textContent)) say('figure');
        for (const child of node.shadowRoot?.querySelectorAll('*') ?? []) look(child);
    };
    document.querySelectorAll('[data-testid="stMain"] *, [data-testid="stPopoverBody"] *, dialog *').forEach(look);
    return [...new Set(found)];
}""".replace("OURS", repr(hostile.URLS[-1]))
# Also what a figure holds for the mouse, and the cells of tables, which are drawn on a canvas and named for screen readers.
READ = """() => [document.body.innerText, ...[...document.querySelectorAll('.js-plotly-plot')].map(one => JSON.stringify(one.data)),
    ...[...document.querySelectorAll('[role=gridcell], svg text')].map(one => one.textContent)].join('\\n')"""
LITERAL = [
    hostile.TEXTS[0],
    "![image](http://evil.example/p.png)",
    "<b>bold</b><br>",
    ":red[red] :material/home:",
    "{x} {0} {value!r}",
    "&lt;b&gt;&amp;&#60;i&#62;",
    "[U+202E]gnp.",
    "javascript:window.__owned=1",
    "'; drop table source;",
]


@pytest.fixture(scope="module")
def hostile_server(serving, tmp_path_factory):
    """The address of a server of the hostile data."""
    folder = hostile.data(tmp_path_factory.mktemp("hostile") / "data")
    build(folder)
    with serving(folder) as address:
        yield address


@pytest.fixture
def looked_at(watch):
    """`looked_at(lang)`: a watched page of a reader of this language."""
    return lambda lang: watch(locale="th-TH" if lang == "th" else "en-GB")


def active(viewer) -> list[str]:
    owned = viewer.page.evaluate(hostile.CANARY)
    return viewer.page.evaluate(ACTIVE) + ([f"ran: {viewer.page.url}"] if owned is not None else []) + viewer.take_faults()


@pytest.mark.parametrize("lang", ["th", "en"])
def test_every_view_shows_it_and_nothing_of_it_acts(looked_at, hostile_server, lang):
    viewer, words, wrong, read = looked_at(lang), Words(lang), {}, ""
    page = viewer.page
    for place, view in enumerate(VIEWS):
        if lang == "en" and place % 2 == 0:  # the same code shows what a report says in both languages
            continue
        viewer.turn_to(f"{hostile_server}/{view}{'' if view.endswith('?') else '&'}agency=s0001&year=2568&lang={lang}")
        found = active(viewer)
        read += page.evaluate(READ)
        if place % 2 == (lang == "en"):  # and what lies in boxes
            box = "download" if place % 8 < 2 else "source"
            button = page.get_by_test_id("stMain").get_by_role("button", name=re.compile(f"{re.escape(words(f'show.{box}'))}$")).first
            if button.count():
                button.click()
                page.get_by_test_id("stPopoverBody").first.wait_for()
                viewer.settle()
                found += active(viewer)
                read += page.evaluate(READ)
                page.keyboard.press("Escape")
        if found:
            wrong[view] = list(dict.fromkeys(found))
    assert wrong == {}
    read = read.replace("\u2060", "").replace("\\\\", "\\")
    assert [text for text in LITERAL if text not in read and text.replace('"', '\\"') not in read] == []


def test_the_presentation_on_the_screen_shows_it_and_nothing_of_it_acts(looked_at, hostile_server):
    viewer, words = looked_at("th"), Words("th")
    note = urlencode({"note_verdict": hostile.TEXTS[0] + hostile.TEXTS[1]})
    page = viewer.open(f"{hostile_server}/present?agency=s0001&year=2568&lang=th&{note}")
    assert active(viewer) == []
    page.get_by_role("button", name=words("present.start")).click()
    page.locator("dialog.presentation").wait_for()
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    assert active(viewer) == []
    inside = page.evaluate("document.querySelector('dialog.presentation').firstChild.shadowRoot.textContent")
    assert hostile.TEXTS[0] in inside and hostile.TEXTS[1] in inside and "[U+202E]gnp." in inside


def test_what_a_link_says_is_shown_as_text_and_nothing_of_it_acts(looked_at, hostile_server):
    viewer, wrong = looked_at("en"), {}
    given = [hostile.TEXTS[2], hostile.TEXTS[4], "<img src=x onerror=window.__owned=1>", hostile.TEXTS[3]]
    for number, name in enumerate(("", "trends", "weakest", "completion", "compare", "path", "province", "present", "papers", "sources")):
        chosen = {"completion": {"view": "list"}, "sources": {"view": "findings"}}.get(name, {})
        query = dict.fromkeys(sorted(PARAMETERS), given[number % len(given)]) | chosen
        viewer.turn_to(f"{hostile_server}/{name}?{urlencode(query | {'lang': ('en', 'th')[number % 2]})}")
        assert viewer.page.get_by_test_id("stAlert").count() >= 1
        if found := active(viewer):
            wrong[name] = found
    assert wrong == {}


SECRETS = ("a-secret-of-the-environment", "a-secret-of-the-file")


def test_a_fault_of_ours_is_a_sentence_without_paths_secrets_or_code(watch, serving, sample_data, sample_db, tmp_path, monkeypatch):
    """What a table must not hold makes a page fail in its midst; all that reaches the browser then is looked at."""
    data = shutil.copytree(sample_data, tmp_path / "data-of-the-office")
    with duckdb.connect(str(data / "ita.duckdb")) as broken:
        broken.execute("update rule_year set unknown = ['select secret']")
    for file in data.rglob("*"):
        os.utime(file, (1, 1))  # older than the database: nothing is built anew
    os.utime(data / "ita.duckdb")
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(f'key = "{SECRETS[1]}"\n', encoding="utf-8")
    monkeypatch.setenv("SECRET_KEY", SECRETS[0])
    with serving(data, "--secrets.files", str(secrets), details="none") as server:
        viewer, frames = watch(alone=True), []
        viewer.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
        for lang in ("th", "en"):
            frames.clear()
            page = viewer.open(f"{server}/trends?agency=s0001&lang={lang}")
            page.get_by_text(Words(lang)("frame.failed")).wait_for()
            sent = b"".join(frame if isinstance(frame, bytes) else frame.encode() for frame in frames) + page.content().encode()
            sent = sent.replace(str(ROOT / "dashboard.py").encode(), b"")  # Streamlit's greeting to every browser names the script, once
            assert len(frames) > 3
            hidden = (*SECRETS, str(ROOT), str(tmp_path), "data-of-the-office", "Traceback", "ValueError", "select secret")
            assert [one for one in hidden if one.encode() in sent] == []
