"""For everyone, in a real browser: every control by keyboard with a ring that is seen, all of it to be read from a projector, nothing lost
at 200 % or on 320 pixels, nothing that moves where the viewer asks for stillness. What axe-core finds on any view or in any box:
tests/support/crawl.py."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from pages.parts.say.text import Words
from tests.support.accessible import FOCUSED, READABLE, SMALLEST, stops
from tests.support.colours import contrast
from tests.support.places import LOCALES, ONE, PAGES, address
from tests.test_colours import PAGES as GROUNDS

pytestmark = pytest.mark.browser


# --- by keyboard ----------------------------------------------------------------------------------------------------------------

# What a person could press or fill in and the keyboard did not come to. Of a group of choices one is a stop, arrows lead to the others;
# the button that stops the server's work stands there only while it works.
NOT_REACHED = """() => {
    const inside = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? inside(one.shadowRoot) : [])]);
    return inside(document).filter((one) => one.matches('a[href], button, input, textarea, select, canvas[tabindex="0"], summary')
        && one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0 && !one.disabled
        && !one.closest('[inert], [data-testid="stStatusWidget"]')
        && !(one.matches('[role="radio"]') && one.ariaChecked !== 'true') && !one.dataset.reached)
        .map((one) => one.outerHTML.slice(0, 200));
}"""


def goes_back(one: dict, two: dict) -> bool:
    """Up the page, and not into a column further to the right."""
    return two["y"] + two["page"] + two["height"] <= one["y"] + one["page"] and two["x"] <= one["x"]


# Back again the browser goes by itself, but through tables, where files are dropped, and through what lies in a component of ours.
BACK = ("add", "compare", "present", "sources")
SIDE_BY_SIDE = ("compare", "overview", "province")  # halves that lie one below the other on a projector
PALE = """() => [...document.querySelectorAll('[data-testid="stMain"] :is(p, small, span)')]
    .filter((one) => one.innerText && one.innerText.trim() && !one.closest('button, a, [data-testid="stAlert"], [role="radio"]'))
    .filter((one) => getComputedStyle(one).color !== getComputedStyle(document.querySelector('h1')).color)
    .map((one) => one.innerText)"""


def can_be_read_from_afar(shown, page: str) -> None:
    assert shown.locator("html").get_attribute("data-screen") == "projector"
    assert shown.evaluate("document.documentElement.scrollWidth") <= 1280, page
    assert " more" not in shown.locator("header").inner_text(), "the menu is whole"
    assert shown.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 17
    assert shown.evaluate(PALE) == [], page
    if shown.locator(".js-plotly-plot").count():
        assert shown.evaluate(SMALLEST) >= READABLE["projector"], page


def test_on_a_projector_all_can_be_read_and_the_keyboard_comes_to_every_control_in_reading_order(watch, sample_server):
    """By a link, in a browser that knows nothing of the projector."""
    typist = watch(reduced_motion="reduce")  # what fades in is there at once
    for page in PAGES:
        shown = typist.turn_to(address(sample_server, page, **ONE, screen="projector"))
        can_be_read_from_afar(shown, page)
        if page in SIDE_BY_SIDE:
            typist.turn_to(address(sample_server, page, **ONE))
        shown.evaluate("document.querySelectorAll('[data-reached]').forEach((one) => delete one.dataset.reached)")
        found = stops(shown)
        assert found[0]["role"] == "a", f"{page}: the first stop skips to the page"
        assert shown.evaluate(NOT_REACHED) == [], page
        # a div: what the browser by itself lets arrows scroll
        nameless = [one for one in found if not one["name"] and one["role"] not in ("canvas", "div")]
        assert nameless == [], f"{page}: a control without a name"
        assert [one for one in found if one["ring"] is None or one["seen"] < 1] == [], f"{page}: the ring is not seen"
        assert {(one["ring"], ground) for one in found for ground in GROUNDS.values() if contrast(one["ring"], ground) < 3} == set(), page
        assert [pair for pair in itertools.pairwise(found) if goes_back(*pair)] == [], page
        if page in BACK:
            back = stops(shown, "Shift+Tab")
            assert {one["name"] for one in back} >= {one["name"] for one in found[1:] if one["role"] not in ("canvas", "main")}, page
        assert typist.take_faults() == [], page


def test_a_choice_made_by_keyboard_keeps_the_keyboard_on_it(watch, sample_server):
    viewer = watch(locale=LOCALES["en"])
    shown = viewer.open(address(sample_server, "trends", **ONE, lang="en"))
    words, press = Words("en"), shown.keyboard.press

    def pressed(*keys: str, url: str) -> None:
        for key in keys:
            press(key)
        shown.wait_for_url(re.compile(url))
        viewer.settle()

    for control, url in (("control.year", "year=2567"), ("control.agency", "agency=s000[23]")):
        field = shown.get_by_role("combobox", name=words(control))
        field.focus()
        press("ArrowDown")
        expect(shown.get_by_role("option").first).to_be_visible()
        pressed("ArrowDown", "Enter", url=url)
        expect(field).to_be_focused()

    shown.get_by_role("radio", name=words("trends.total")).focus()
    pressed("ArrowRight", "Space", url="view=change")
    expect(shown.get_by_role("radio", name=words("trends.change"))).to_be_focused()
    pressed("ArrowRight", "Space", url="view=indicators")
    expect(shown.get_by_role("radio", name=words("trends.indicators"))).to_be_focused()

    display = shown.locator(".st-key-display").get_by_role("button")
    display.focus()
    press("Enter")
    expect(shown.get_by_test_id("stPopoverBody")).to_be_visible()
    screen = shown.get_by_role("switch", name=words("control.screen"))
    expect(screen).to_be_visible()
    press("Tab")
    expect(screen).to_be_focused()
    pressed("Space", url="screen=projector")
    expect(screen).to_be_focused()
    press("Shift+Tab")
    expect(display).to_be_focused()
    press("Tab")
    press("Escape")
    expect(display).to_be_focused()

    shown.get_by_role("radio", name="ไทย").focus()
    press("ArrowLeft")
    press("ArrowRight")
    shown.get_by_role("radio", name="ไทย").focus()
    pressed("Space", url="lang=th")
    expect(shown.get_by_role("radio", name="ไทย")).to_be_focused()
    link = shown.get_by_role("link", name=Words("th")("weakest.page"))
    link.focus()
    pressed("Enter", url="/weakest")
    expect(link).to_be_focused()


def test_a_row_of_the_table_does_by_keyboard_what_a_click_on_its_point_does(watch, sample_server):
    viewer = watch(locale=LOCALES["en"])
    words = Words("en")
    shown = viewer.open(address(sample_server, "trends", **ONE, lang="en"))
    line = shown.locator(".st-key-beneath_score_trend").get_by_test_id("stCaptionContainer").first
    expect(line).to_have_text(words("score_trend.note"))
    take_first_row(viewer, "score_trend")
    expect(line).to_contain_text(words("show.document"))

    viewer.page.keyboard.press("Escape")
    shown = viewer.turn_to(address(sample_server, "trends", **ONE, lang="en", view="indicators"))
    assert "indicator=" not in shown.url
    take_first_row(viewer, "indicator_heatmap")
    shown.wait_for_url(re.compile("indicator=1"))


def take_first_row(viewer, word: str) -> None:
    """Opens the table twin and chooses its first row, all by keyboard."""
    shown = viewer.page
    shown.locator(f".st-key-table_{word}").get_by_role("button").focus()
    shown.keyboard.press("Enter")
    cells = shown.get_by_test_id("stPopoverBody").get_by_test_id("data-grid-canvas")
    expect(cells).to_be_visible()
    viewer.settle()
    for _ in range(8):
        shown.keyboard.press("Tab")
        if cells.evaluate("cells => cells === document.activeElement"):
            break
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("Shift+Space")
    viewer.settle()


def test_the_presentation_gives_the_keyboard_back(watch, sample_server):
    viewer = watch()
    words = Words("th")
    shown = viewer.open(address(sample_server, "present", **ONE))
    expect(shown.locator(".present .start")).to_be_enabled()  # with all cards; the first comes alone
    card = shown.locator(".present .card")
    later = card.nth(0).get_by_role("button", name=words("present.later"))
    later.focus()
    shown.keyboard.press("Enter")
    shown.wait_for_url(re.compile("slides="))
    viewer.settle()
    expect(card.nth(1).get_by_role("button", name=words("present.later"))).to_be_focused()
    leave = card.nth(1).get_by_role("button", name=words("present.leave"))
    leave.focus()
    shown.keyboard.press("Enter")
    expect(shown.locator(".present .others button")).to_have_count(1)
    viewer.settle()
    expect(shown.locator(".present .others button")).to_be_focused()  # what was left out can be taken back at once
    second = card.nth(1).locator(".open")
    second.focus()
    shown.keyboard.press("Enter")
    expect(shown.locator("dialog.presentation .slide.now")).to_be_visible()
    shown.keyboard.press("Tab")
    assert contrast(shown.evaluate(FOCUSED)["ring"], "#ffffff") >= 3
    shown.keyboard.press("Escape")
    expect(second).to_be_focused()


# --- large, narrow, still -------------------------------------------------------------------------------------------------------

# Text that its own box cuts (an ellipsis counts), and boxes that a person would have to scroll sideways; figures may, as maps and tables.
CUT = """() => {
    const free = '[class*="st-key-figure_"], [data-testid="stDataFrame"]';
    const cuts = (at, text) => getComputedStyle(at).overflowX !== 'visible' && at.clientWidth > 2
        && (at === text ? at.scrollWidth > at.clientWidth + 1 : text.getBoundingClientRect().right > at.getBoundingClientRect().right + 2);
    const around = (at) => at.tagName === 'MAIN' || !at.parentElement ? [] : [at, ...around(at.parentElement)];
    return [...document.querySelectorAll('main *, header *')].filter((one) => one.checkVisibility() && !one.closest(`svg, canvas, ${free}`)
        && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && !one.matches('[data-testid="stIconMaterial"]')
        && around(one).some((at) => cuts(at, one))).map((one) => one.innerText.slice(0, 80));
}"""
OUTSIDE = """() => [...document.querySelectorAll('main button, main input, main a')].filter((one) => {
    const place = one.getBoundingClientRect();
    return one.checkVisibility() && one.tabIndex >= 0 && (place.left < 0 || place.right > innerWidth + 1)
        && !one.closest('[class*="st-key-figure_"], [data-testid="stDataFrame"]');
}).map((one) => one.outerHTML.slice(0, 160))"""
# Of the sample's two years the one before, too: the browser draws other figures where no year went before.
COLUMNS = (*SIDE_BY_SIDE, "papers", "path", "present", "trends")  # the pages where anything stands side by side on wide screens
NARROW = {"200 percent of 1280x720": (640, 360, ["th"], 2567), "320 pixels": (320, 640, ["th", "en"], 2568)}


@pytest.mark.parametrize("size", NARROW)
def test_nothing_is_lost_when_the_page_is_enlarged(watch, sample_server, size):
    """WCAG 1.4.4 (200 %) and 1.4.10 (320 pixels); by WCAG figures and tables may scroll by themselves, the page may not."""
    width, height, languages, year = NARROW[size]
    viewer = watch(width=width, height=height)
    for lang in languages:
        for page in PAGES:
            shown = viewer.turn_to(address(sample_server, page, **ONE | {"year": year}, lang=lang))
            wider = "[document.documentElement, document.querySelector('main')].map((one) => one.scrollWidth - one.clientWidth)"
            assert shown.evaluate(wider) == [0, 0], f"{page} scrolls sideways"
            assert shown.evaluate(CUT) == [], page
            assert shown.evaluate(OUTSIDE) == [], page
            assert shown.locator("h1").count() == 1
            if width == 320 and lang == "th" and page in COLUMNS:  # the language moves none
                assert [pair for pair in itertools.pairwise(stops(shown)) if goes_back(*pair)] == [], f"{page}: not in reading order"


# The most things that moved at once since this was begun.
WATCH_MOTION = """() => { window.__moved = []; const look = () => { for (const one of document.getAnimations()) window.__moved.push(
    `${one.constructor.name} ${one.animationName ?? one.transitionProperty} on ${one.effect?.target?.outerHTML?.slice(0, 120)}`);
    requestAnimationFrame(look); }; look(); }"""


def stirred(viewer, server: str):
    """The page of trends after another view was chosen and the pointer went over a list, watched for motion."""
    words, shown = Words("th"), viewer.open(address(server, "trends", **ONE))
    shown.evaluate(WATCH_MOTION)
    shown.get_by_role("radio", name=words("trends.change")).click()
    shown.wait_for_url(re.compile("view=change"))
    viewer.settle()
    shown.get_by_role("combobox", name=words("control.year")).click()
    for option in shown.get_by_role("option").all():
        option.hover()
    shown.keyboard.press("Escape")
    return shown


def test_nothing_moves_where_the_viewer_asks_for_stillness(watch, sample_server):
    words, viewer = Words("th"), watch(reduced_motion="reduce")
    shown = stirred(viewer, sample_server)
    for control in (".st-key-display", ".st-key-table_change_waterfall"):
        shown.locator(control).get_by_role("button").click()
        viewer.settle()
        shown.keyboard.press("Escape")
    shown.locator(".js-plotly-plot").hover()
    shown.get_by_role("link", name=words("present.page")).click()
    shown.wait_for_url(re.compile("/present"))
    viewer.settle()
    shown.get_by_role("button", name=words("present.start"), exact=True).click()
    for key in ("ArrowRight", "n", "?", "Escape", "Escape", "Escape"):
        shown.keyboard.press(key)
    assert shown.evaluate("[...new Set(window.__moved)]") == []


def test_motion_would_be_noticed(watch, sample_server):
    """Without the wish something does move: the test above can fail."""
    stirred(watch(), sample_server).wait_for_function("window.__moved.length > 0")
