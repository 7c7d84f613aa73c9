"""A chosen year is drawn by the browser itself; the server's answer follows and agrees with it."""

import contextlib
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import TimeoutError, expect

from tests.support.places import address
from tests.support.watched import Watched

pytestmark = pytest.mark.browser

# With `mute` set, nothing that the page sends reaches the server any more.
MUTE = """const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) { if (!window.mute) send.call(this, message); };"""
# Whatever the server sends arrives `lag` milliseconds late, in its order, as on a slow line.
LATE = """window.lag = 0;
const own = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage');
let last = 0;
const late = heard => function (event) {
  last = Math.max(performance.now() + window.lag, last + 0.01);
  setTimeout(() => heard.call(this, event), last - performance.now());
};
const wait = {set(heard) { own.set.call(this, heard && late(heard)); }, get() { return own.get.call(this); }};
Object.defineProperty(WebSocket.prototype, 'onmessage', wait);
const listen = WebSocket.prototype.addEventListener;
WebSocket.prototype.addEventListener = function (kind, heard, ...more) {
  listen.call(this, kind, kind === 'message' ? late(heard) : heard, ...more);
};"""
# What a figure looks like: every text, and how many bars and lines. (The height stays that of the year before until the server answers.)
SHOWN = """word => { const marks = kind => [...document.querySelectorAll(`.st-key-figure_${word} .main-svg ${kind}`)];
    return JSON.stringify([marks('text').map(mark => mark.textContent), marks('path').length]); }"""
ONE = "s00090"  # an agency that has all of the three years
FIGURES = [("overview", {}, "verdict"), ("weakest", {}, "weakest"), ("completion", {"by": "group"}, "completion_by_group")]


@pytest.fixture(scope="module")
def server(serving, nation_data):
    """The address of a server of the made-up nation: it has three years."""
    with serving(nation_data) as address:
        yield address


@pytest.fixture(scope="module")
def slow(browser):
    """One viewer of the file, on a line that can be slow or cut; each opened page begins with a good one."""
    viewer = Watched(browser, locale="en-GB", alone=True)
    for script in (MUTE, LATE):
        viewer.page.add_init_script(script)
    yield viewer
    viewer.close()


@pytest.fixture
def on_a_slow_line(slow):
    yield slow
    assert slow.take_faults() == []


def point_at(viewer) -> None:
    """Points at the list of years until the browser has what it needs: a busy server may swallow a question."""
    for _ in range(10):
        viewer.page.mouse.move(5, 700)
        viewer.page.get_by_role("combobox", name="Fiscal year").hover()
        with contextlib.suppress(TimeoutError):
            viewer.page.wait_for_selector("html[data-years=ready]", state="attached", timeout=3000)
            return
    raise AssertionError("no figures of other years came")


@pytest.mark.parametrize(("path", "query", "word"), FIGURES, ids=[word for *_, word in FIGURES])
def test_the_browser_draws_another_year_as_the_server_does(on_a_slow_line, server, path, query, word):
    viewer = on_a_slow_line

    def of(year: int) -> str:
        return address(server, path, agency=ONE, year=year, lang="en", **query)

    def choose(year: int) -> None:
        page.get_by_role("combobox", name="Fiscal year").click()
        page.get_by_role("option", name=re.compile(str(year))).click()

    def stands(look: str) -> None:
        page.wait_for_function(f"([word, look]) => ({SHOWN})(word) === look", arg=[word, look])

    page = viewer.open(of(2567))
    of_server, headline = page.evaluate(SHOWN, word), page.locator("h1").inner_text()
    viewer.turn_to(of(2568))
    assert page.evaluate(SHOWN, word) != of_server
    assert page.locator("html").get_attribute("data-years") == "unasked", "they cost nobody who leaves the year alone"
    choose(2567)
    expect(page.locator("h1")).to_have_text(headline)
    stands(of_server)

    choose(2568)  # it has all years by now: the answer brings nothing new
    expect(page.locator("h1")).not_to_have_text(headline)
    page.wait_for_function("!document.documentElement.dataset.year")  # the words would be pale in every later run
    viewer.settle()

    point_at(viewer)
    page.evaluate("window.mute = true")
    choose(2567)
    stands(of_server)
    expect(page.locator("h1")).not_to_have_text(headline)  # the server was not asked


def test_a_list_that_comes_later_than_all_else_gets_its_figures_too(on_a_slow_line, server):
    viewer, held, list_of_choices = on_a_slow_line, [], "**/Selectbox.*.js"
    viewer.page.route(list_of_choices, lambda route: held.append(route))
    viewer.page.goto(address(server, "weakest", agency=ONE, year=2568, lang="en"))
    viewer.page.wait_for_selector("html[data-years=unasked]", state="attached")
    assert viewer.page.locator(".st-key-control_year input").count() == 0
    for route in held:
        route.continue_()
    viewer.settle()
    point_at(viewer)
    viewer.page.unroute(list_of_choices)


# What a viewer sees of a figure and of the list of years, noted after every picture that the browser paints.
NOTE = """word => { const seen = window.seen = [], channel = new MessageChannel();
  const look = () => {
    const box = document.querySelector(`.st-key-figure_${word}`);
    const hidden = !box || getComputedStyle(box).visibility === 'hidden' || !box.querySelector('.main-svg text');
    const texts = hidden ? null : [...box.querySelectorAll('.main-svg text')].map(mark => mark.textContent).join('|');
    const now = JSON.stringify([document.querySelector('.st-key-control_year input').value, texts]);
    if (seen.at(-1) !== now) seen.push(now);
    requestAnimationFrame(() => channel.port2.postMessage(0));
  };
  channel.port1.onmessage = look;
  look(); }"""


def test_a_year_chosen_before_the_answer_to_another_stays_chosen(on_a_slow_line, server):
    """The answer to the choice before comes late and is shown neither by the list nor by the figure."""
    viewer = on_a_slow_line
    texts = {}
    for year in (2566, 2567, 2568):
        page = (viewer.turn_to if texts else viewer.open)(address(server, "weakest", agency=ONE, year=year, lang="en"))
        texts[year] = page.evaluate(
            "[...document.querySelectorAll('.st-key-figure_weakest .main-svg text')].map(one => one.textContent).join('|')"
        )
    assert len(set(texts.values())) == 3
    point_at(viewer)
    page.evaluate("window.lag = 1500")
    page.evaluate(NOTE, "weakest")
    years = page.get_by_role("combobox", name="Fiscal year")
    for year in (2567, 2566):
        years.click()
        page.get_by_role("option", name=re.compile(str(year))).click()
        shown = json.dumps([f"FY {year - 543} (BE {year})", texts[year]], ensure_ascii=False, separators=(",", ":"))
        page.wait_for_function("shown => window.seen.at(-1) === shown", arg=shown)
    page.wait_for_function("!document.documentElement.dataset.year", timeout=30_000)
    seen = [json.loads(one) for one in page.evaluate("window.seen")]
    last = next(at for at, (_, shown) in enumerate(seen) if shown == texts[2566])
    assert {listed for listed, _ in seen[last:]} == {"FY 2023 (BE 2566)"}
    assert {shown for _, shown in seen[last:]} <= {texts[2566], None}, "the year before was shown again"


def test_two_choices_before_an_answer_are_both_kept(on_a_slow_line, server):
    """Another province, then another year: the browser sends the agency's name of before along with the year, and nobody chose that."""
    viewer = on_a_slow_line
    page = viewer.open(address(server, "trends", agency=ONE, year=2568, lang="en"))
    page.evaluate("window.lag = 2500")
    page.get_by_role("combobox", name="Province").click()
    page.get_by_role("option").nth(3).click()
    page.get_by_role("combobox", name="Fiscal year").click()
    page.get_by_role("option", name=re.compile("2567")).click()
    page.wait_for_url(re.compile("year=2567"), timeout=30_000)
    page.evaluate("window.lag = 0")
    viewer.settle()
    found = parse_qs(urlsplit(page.url).query)
    assert found["agency"][0] not in ("", ONE) and re.fullmatch(r"s\d{5}", found["agency"][0])
    assert page.get_by_role("alert").count() == 0


def test_a_box_of_choices_stays_open_and_keeps_two_of_them(on_a_slow_line, server):
    viewer = on_a_slow_line
    page = viewer.open(address(server, "compare", agency=ONE, year=2568, lang="en"))
    page.get_by_role("button", name="Change group").click()
    weights = page.locator("[data-testid=stPopoverBody] [class*=st-key-control_weight_] input[type=range]")
    expect(weights).to_have_count(8)
    viewer.settle()
    page.evaluate("window.lag = 1500")
    for at in (0, 1):
        weights.nth(at).focus()
        page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("weights=type%3A1%2Cprovince%3A1"), timeout=30_000)
    page.evaluate("window.lag = 0")
    viewer.settle()
    assert [weights.nth(at).input_value() for at in range(8)] == ["1", "1"] + ["0"] * 6
