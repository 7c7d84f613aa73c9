"""Agency, year and language through the controls, as a person changes them, and the Back button."""

import re

import pytest
from playwright.sync_api import expect

from pages.parts.say.text import Words

pytestmark = pytest.mark.browser

TH, EN = Words("th"), Words("en")
ONE_MORE, FIRST = "เทศบาลตำบลตัวอย่างสอง", "เทศบาลตำบลตัวอย่างหนึ่ง"


def choose(viewer, control: str, option: str, url: str):
    """Opens the list called `control`, takes the option whose text holds `option`, and waits until the URL holds `url`."""
    viewer.page.get_by_role("combobox", name=re.compile(re.escape(control))).click()
    viewer.page.get_by_role("option", name=re.compile(re.escape(option))).first.click()
    viewer.page.wait_for_url(re.compile(url))
    viewer.settle()


def test_agency_year_and_language_by_hand_and_back_again(watch, sample_server):
    viewer = watch()
    page = viewer.open(f"{sample_server}/trends?agency=s0001&year=2568")
    choose(viewer, TH("control.agency"), ONE_MORE, "agency=s0002")
    page.go_back()
    page.wait_for_url(re.compile("agency=s0001"))
    expect(page.get_by_role("combobox", name=re.compile(TH("control.agency")))).to_have_value(FIRST)
    viewer.settle()
    choose(viewer, TH("control.agency"), ONE_MORE, "agency=s0002")
    choose(viewer, TH("control.year"), "2567", "year=2567")
    assert "agency=s0002" in page.url

    menu = page.locator('[data-testid="stMainMenu"] button')
    for name, words in (("English", EN), (TH("language.th"), TH), ("English", EN)):  # Streamlit's own words go with it
        page.get_by_role("radio", name=name).click()
        page.wait_for_url(re.compile(f"lang={words.lang}"))
        viewer.settle()
        assert page.evaluate("document.documentElement.lang") == words.lang
        expect(menu).to_have_attribute("aria-label", words("frontend.main_menu"))
    page.get_by_role("link", name=EN("weakest.page")).first.click()
    page.wait_for_url(re.compile("/weakest.*agency=s0002"))
    viewer.settle()
    for part in ("agency=s0002", "year=2567", "lang=en"):
        assert part in page.url, "the choice stays when the page changes"

    for _ in range(6):  # what the page put into the URL stands in the history too
        if "/trends" not in page.url:
            page.go_back()
            viewer.settle()
    assert "/trends" in page.url
    expect(page.locator("h1")).to_have_count(1)

    viewer.turn_to(f"{sample_server}/trends?agency=s0001&year=2568&lang=th")
    choose(viewer, TH("control.province"), "สงขลา", "agency=s000[456]")  # one of its agencies


def test_what_a_closed_box_showed_before_is_nobodys_choice(watch, sample_server):
    """A phone: the lists lie in a box; the view changes while it is closed, and the next thing that is done says nothing of them."""
    viewer = watch(width=390, height=844)
    page = viewer.open(f"{sample_server}/trends?agency=s0001&year=2568")
    page.locator(".st-key-folded button").click()
    expect(page.get_by_role("combobox", name=re.compile(re.escape(TH("control.year"))))).to_have_value(TH.year(2568))
    with viewer.answering():
        page.keyboard.press("Escape")
    viewer.turn_to(f"{sample_server}/trends?agency=s0002&year=2567")
    with viewer.answering(must=True):
        page.get_by_test_id("stPopover").get_by_role("button").last.click()
    assert "agency=s0002" in page.url and "year=2567" in page.url
    page.keyboard.press("Escape")
    page.locator(".st-key-folded button").click()
    expect(page.get_by_role("combobox", name=re.compile(re.escape(TH("control.year"))))).to_have_value(TH.year(2567))
    expect(page.get_by_role("combobox", name=re.compile(re.escape(TH("control.agency"))))).to_have_value(ONE_MORE)
    choose(viewer, TH("control.year"), "2568", "year=2568")
    assert "agency=s0002" in page.url
