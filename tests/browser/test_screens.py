"""A phone that is turned, and a projector by the control on the page; by link, and that all can be read there: test_accessible.py."""

import pytest
from playwright.sync_api import expect

from pages.parts.say.text import Words
from tests.support.accessible import SMALLEST
from tests.support.places import address

pytestmark = pytest.mark.browser


def test_a_phone_turned_gets_the_wide_figures(watch, sample_server):
    viewer = watch(width=390, height=844)
    shown = viewer.open(address(sample_server, "overview", agency="s0001", year=2568))
    panels = shown.locator(".st-key-figure_indicator_multiples .js-plotly-plot")
    narrow = panels.bounding_box()["height"]
    shown.set_viewport_size({"width": 1280, "height": 720})
    shown.wait_for_function(
        "high => document.querySelector('.st-key-figure_indicator_multiples .js-plotly-plot')?.offsetHeight < high / 2", arg=narrow
    )


def test_a_projector_by_one_control(watch, sample_server):
    words, viewer = Words("th"), watch()
    shown = viewer.open(address(sample_server, "weakest", agency="s0001", year=2568))
    expect(shown.locator("html")).not_to_have_attribute("data-screen", "projector")
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
