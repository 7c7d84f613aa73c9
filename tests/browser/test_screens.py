"""A phone in the hand and a projector on the wall: nothing lies outside the screen, and all of it can be read."""

import pytest
from playwright.sync_api import expect

from pages.parts.say.text import Words
from tests.browser.accessible import UNREADABLE, views
from tests.browser.test_pages import PAGES, address

pytestmark = pytest.mark.browser

# What can be scrolled sideways within the page, but for tables and the row of a text field
SIDEWAYS = """() => [...document.querySelectorAll('[data-testid="stMain"], [data-testid="stMain"] *')]
    .filter(one => one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX)
        && !one.closest('[data-testid="stDataFrame"]') && one.tagName !== 'INPUT')
    .map(one => `${one.className} ${one.scrollWidth} > ${one.clientWidth}`)"""
# The size in which the texts of figures stand on the screen: a phone's are scaled
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.js-plotly-plot .main-svg text')].filter(text => text.textContent.trim())
    .map(text => parseFloat(getComputedStyle(text).fontSize)
        * text.closest('.js-plotly-plot').getBoundingClientRect().width / text.closest('.js-plotly-plot').offsetWidth))"""
READABLE = {"phone": 10, "projector": 14}  # px: of print held in the hand; of a wall of 1280 px, a line in 50


def test_a_phone_scrolls_down_only_and_reads_all(watch, sample_server):
    viewer = watch(width=390, height=844)
    for page in PAGES:  # English ones: test_accessible.py
        for shown in views(viewer, address(sample_server, page, agency="s0001", year=2568)):
            assert shown.evaluate("document.documentElement.scrollWidth") <= 390, shown.url
            assert shown.evaluate(SIDEWAYS) == [], shown.url
            assert shown.evaluate(UNREADABLE) == [], shown.url
            if shown.locator(".js-plotly-plot").count():
                assert shown.evaluate(SMALLEST) >= READABLE["phone"], shown.url


def test_a_phone_turned_gets_the_wide_figures(watch, sample_server):
    viewer = watch(width=390, height=844)
    shown = viewer.open(address(sample_server, "overview", agency="s0001", year=2568))
    panels = shown.locator(".st-key-figure_indicator_multiples .js-plotly-plot")
    narrow = panels.bounding_box()["height"]
    shown.set_viewport_size({"width": 1280, "height": 720})
    shown.wait_for_function(
        "high => document.querySelector('.st-key-figure_indicator_multiples .js-plotly-plot')?.offsetHeight < high / 2", arg=narrow
    )


def test_a_projector_by_one_control_and_by_link(watch, sample_server):
    words, viewer = Words("th"), watch()
    shown = viewer.open(address(sample_server, "weakest", agency="s0001", year=2568))
    ordinary = shown.evaluate(SMALLEST)
    shown.get_by_role("button", name=words("control.display")).click()
    shown.get_by_text(words("control.screen")).click()
    expect(shown.locator("html")).to_have_attribute("data-screen", "projector")
    assert "screen=projector" in shown.url
    viewer.settle()
    assert shown.evaluate(SMALLEST) > ordinary
    shown.keyboard.press("Escape")
    shown.get_by_role("link", name=words("trends.page")).first.click()
    expect(shown.locator("html")).to_have_attribute("data-screen", "projector")
    assert "screen=projector" in shown.url, "kept from page to page"
    for page in PAGES:  # by link, in a browser that knows nothing of it
        shown = watch().open(address(sample_server, page, agency="s0001", year=2568, screen="projector"))
        assert shown.locator("html").get_attribute("data-screen") == "projector"
        assert shown.evaluate("document.documentElement.scrollWidth") <= 1280, page
        assert shown.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 17
        pale = shown.evaluate("""() => [...document.querySelectorAll('[data-testid="stMain"] :is(p, small, span)')]
            .filter(one => one.innerText && one.innerText.trim() && !one.closest('button, a, [data-testid="stAlert"], [role="radio"]'))
            .filter(one => getComputedStyle(one).color !== getComputedStyle(document.querySelector('h1')).color)
            .map(one => one.innerText)""")
        assert pale == [], page
        if shown.locator(".js-plotly-plot").count():
            assert shown.evaluate(SMALLEST) >= READABLE["projector"], page
