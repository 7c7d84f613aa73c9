"""The presentation in a real browser: its link, by keys without a server, the one-file HTML. The file has a server of its own, as the last
test stops it."""

import contextlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pages.parts.present.deck import AGENCY, GROUP, agency_deck
from pages.parts.present.html_deck import html_deck
from pages.parts.say.text import Words
from tests.support.languages import Reader

pytestmark = pytest.mark.browser

SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"  # for a person to look at
TH, EN = Words("th"), Words("en")
LINK = "agency=a0003&year=2568"
SCREENS_OF = [(1024, 768), (1280, 720)]  # the crawl sees every slide in both languages, on a phone too
SHOWN = "dialog.presentation .slide.now"
# What the person sees in the middle, the corners and where Streamlit shows its own notices: always the presentation.
COVERED = """() => [[.5, .5], [.02, .02], [.98, .02], [.5, .15], [.98, .5]].every(([x, y]) =>
    document.elementFromPoint(x * innerWidth, y * innerHeight).closest('dialog.presentation'))"""


@pytest.fixture
def shown_words(shipped_data, shipped_db, monkeypatch):
    """The slides that the page shows of the agency: all that have something to show."""
    monkeypatch.setenv("ITA_DATA", str(shipped_data))
    return [slide.word for slide in agency_deck("a0003", "x", 2568, TH).slides if not slide.empty]


def word(page, scope: str = SHOWN) -> str:
    return page.locator(scope).get_attribute("data-word")


@pytest.fixture(scope="module")
def stage(serving, shipped_data, shipped_db):
    """The address of the file's server, and what stops it."""
    with contextlib.ExitStack() as running:
        yield running.enter_context(serving(shipped_data)), running.close


def test_a_link_is_the_first_thing_that_a_server_sees_and_opens_on_its_slide_with_its_order_and_notes(watch, stage):
    viewer = watch()
    page = viewer.open(f"{stage[0]}/present?{LINK}&lang=th&slides=aim,path,verdict&slide=2&note_path=ถามสภา <b>ก่อน</b>")
    assert page.evaluate("document.documentElement.lang") == "th", "the frame ran, not the page alone"
    assert page.locator("h1").count() == 1 and page.locator('[data-testid="stDialog"]').count() == 0
    expect(page.locator(SHOWN)).to_be_visible()
    assert word(page) == "path" and page.locator("dialog.presentation .slide").count() == 3
    expect(page.locator(SHOWN).locator(".own")).to_contain_text("ถามสภา <b>ก่อน</b>")


def test_order_choice_and_notes_go_into_the_link_and_come_back(watch, stage, shown_words):
    viewer = watch()
    page = viewer.open(f"{stage[0]}/present?{LINK}&lang=en")
    cards = page.locator(".present .card")
    expect(cards).to_have_count(len(shown_words))
    expect(page.get_by_role("combobox", name=EN("control.province"))).to_have_value("ชัยภูมิ")  # also where the slides came at once
    cards.nth(1).get_by_role("button", name=EN("present.later")).click()
    page.wait_for_url(re.compile("slides=verdict%2Cchange_waterfall%2Cscore_trend"))
    viewer.settle()
    cards.nth(0).get_by_role("button", name=EN("present.leave")).click()
    page.wait_for_url(re.compile("slides=change_waterfall%2Cscore_trend"))
    viewer.settle()
    cards.nth(0).get_by_role("textbox").fill("ask the council")
    page.keyboard.press("Tab")
    page.wait_for_url(re.compile("note_change_waterfall=ask"))
    viewer.settle()
    page.get_by_role("button", name=f"+ {EN('verdict.title')}").click()
    page.wait_for_url(re.compile("source_list%2Cverdict"))
    viewer.settle()
    link = page.url

    viewer.turn_to(f"{stage[0]}/weakest?{LINK}&lang=en")
    again = viewer.open(link)  # nothing but the link: another session
    expect(again.get_by_role("combobox", name=EN("control.province"))).to_have_value("ชัยภูมิ")
    expect(again.locator(".present .card .name").first).to_have_text(f"1 {EN('change_waterfall.title')}")
    expect(again.locator(".present .card .name").last).to_have_text(f"{len(shown_words)} {EN('verdict.title')}")
    expect(again.locator(".present .note").first).to_have_value("ask the council")


def test_the_downloads_are_what_they_say(watch, stage):
    viewer = watch()
    page = viewer.open(f"{stage[0]}/present?{LINK}&lang=th")
    for name, begins in [("html", b"<!doctype"), ("pptx", b"PK"), ("pdf", b"%PDF")]:
        with page.expect_download() as taken:
            page.get_by_role("button", name=TH(f"take.{name}")).click()
        assert taken.value.suggested_filename.endswith(f".{name}") and "บ้านเดื่อ" in taken.value.suggested_filename
        assert open(taken.value.path(), "rb").read(20).startswith(begins)


def test_a_group_is_presented_like_an_agency_and_its_hand_outs_come_by_one_button(watch, sample_server):
    viewer = watch(width=1024, height=768, locale="en-GB")
    for scope in ("province", "group"):
        page = viewer.turn_to(f"{sample_server}/present?agency=s0001&year=2568&lang=en&with=s0002,s0003&scope={scope}")
        page.get_by_role("button", name=EN("present.start"), exact=True).click()
        expect(page.locator(SHOWN)).to_be_visible()
        for _ in GROUP:
            assert page.locator(SHOWN).locator("svg:visible, table, h2.alone").count() == 1, word(page)
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Escape")
    page = viewer.turn_to(f"{sample_server}/present?agency=s0001&year=2568&lang=en")
    page.get_by_test_id("stMain").get_by_role("button", name=EN("present.more")).click()
    page.get_by_role("button", name=EN("present.make_province", province="ขอนแก่น")).click()
    with page.expect_download() as taken:
        page.get_by_role("button", name=EN("take.handouts")).click()
    assert open(taken.value.path(), "rb").read(2) == b"PK"


def test_the_one_file_from_a_memory_stick(browser, shipped_data, shipped_db, monkeypatch, tmp_path):
    monkeypatch.setenv("ITA_DATA", str(shipped_data))
    file = tmp_path / "deck.html"
    file.write_bytes(html_deck(agency_deck("a0003", "เทศบาลตำบลบ้านเดื่อ", 2568, TH)))
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    asked, faults = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(file.as_uri() + "#3")
    assert word(page, ".slide.now") == AGENCY[2]
    for key, expected in [("ArrowRight", 3), ("Home", 0), ("End", -1), ("2", 1), ("Space", 2), ("PageUp", 1)]:
        page.keyboard.press(key)
        assert word(page, ".slide.now") == AGENCY[expected], key
        assert page.url.endswith(f"#{AGENCY.index(AGENCY[expected]) + 1}")
    assert page.evaluate("document.fonts.check('700 20px Sarabun', 'ก')")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == [] and faults == []
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == len(AGENCY)
    page.context.close()


def test_the_whole_presentation_by_keys_without_the_server(watch, stage, shown_words, shipped_db):
    """On two screens; then the server is missed, in the viewer's language."""
    (server, stop), viewer = stage, watch()
    page = viewer.open(f"{server}/present?{LINK}&lang=th")
    page.get_by_role("button", name=TH("present.start"), exact=True).click()
    expect(page.locator(SHOWN)).to_be_visible()
    assert viewer.take_faults() == []
    stop()
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testConnectionState !== 'CONNECTED'")
    expect(page.locator("dialog.presentation .slide")).to_have_count(len(shown_words))
    for width, height in SCREENS_OF:
        page.set_viewport_size({"width": width, "height": height})
        page.keyboard.press("Home")
        assert word(page) == "verdict"
        for number, expected in enumerate(shown_words, 1):
            assert word(page) == expected and f"slide={number}" in page.url
            assert page.locator(SHOWN).locator("h2").inner_text().strip()
            alone = page.locator(SHOWN).locator("h2.alone").count()
            assert page.locator(SHOWN).locator("svg:visible, table").count() + alone == 1, expected
            assert page.evaluate(COVERED), expected
            page.screenshot(path=SCREENS / f"present-th-{width}-{number}.png")
            page.keyboard.press(["ArrowRight", "Space", "PageDown"][number % 3])
        assert word(page) == shown_words[-1], "after the last slide nothing comes"

    for key, expected in [("Home", 0), ("End", -1), ("ArrowLeft", -2), ("PageUp", -3), ("4", 3), ("1", 0)]:
        page.keyboard.press(key)
        assert word(page) == shown_words[expected], key
    page.keyboard.press("n")
    expect(page.locator(SHOWN).locator(".notes")).to_contain_text(TH("slide.about_filters"))
    page.keyboard.press("n")
    expect(page.locator(SHOWN).locator(".notes")).to_be_hidden()
    page.keyboard.press("b")
    expect(page.locator("dialog.presentation .dark")).to_be_visible()
    page.keyboard.press("b")
    page.keyboard.press("?")
    expect(page.locator("dialog.presentation .help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.presentation .help")).to_be_hidden()
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement !== null")
    page.keyboard.press("f")
    page.wait_for_function("document.fullscreenElement === null")
    page.mouse.click(width * 0.8, height * 0.5)
    assert word(page) == shown_words[1]
    page.mouse.click(width * 0.1, height * 0.5)
    assert word(page) == shown_words[0]
    page.keyboard.press("Escape")
    expect(page.locator("dialog.presentation")).to_have_count(0)
    assert "slide=" not in page.url
    expect(page.get_by_role("dialog")).to_contain_text(TH("frontend.connection_error"))
    reader = Reader(viewer, TH, str(shipped_db))
    reader.read("the server is gone")
    assert not reader.found
    assert [one for one in viewer.take_faults() if not one.startswith("console")] == []  # there it says that the server is gone
