"""Agency, year and language through the controls, as a person changes them, and the Back button."""

import re

import pytest

from pages.parts.text import Words

pytestmark = pytest.mark.browser

TH, EN = Words("th"), Words("en")
ONE_MORE, FIRST = "เทศบาลตำบลตัวอย่างสอง", "เทศบาลตำบลตัวอย่างหนึ่ง"


def choose(viewer, control: str, option: str):
    """Opens the list called `control` and takes the option whose text holds `option`."""
    viewer.page.get_by_role("combobox", name=re.compile(re.escape(control))).click()
    viewer.page.get_by_role("option", name=re.compile(re.escape(option))).first.click()
    viewer.page.wait_for_timeout(300)
    return viewer.settle()


def test_agency_year_and_language_by_hand_and_back_again(watch, sample_server):
    viewer = watch()
    page = viewer.open(f"{sample_server}/trends?agency=s0001&year=2568")
    choose(viewer, TH("control.agency"), ONE_MORE)
    assert "agency=s0002" in page.url
    choose(viewer, TH("control.year"), "2567")
    assert "agency=s0002" in page.url and "year=2567" in page.url

    page.get_by_role("radio", name="English").click()
    page.wait_for_url(re.compile("lang=en"))
    viewer.settle()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("link", name=EN("weakest.page")).first.click()
    page.wait_for_url(re.compile("/weakest"))
    viewer.settle()
    for part in ("agency=s0002", "year=2567", "lang=en"):
        assert part in page.url, "the choice stays when the page changes"

    page.go_back()
    page.wait_for_url(re.compile("/trends"))
    viewer.settle()
    assert page.locator("h1").count() == 1


def test_back_undoes_a_choice(watch, sample_server):
    viewer = watch()
    page = viewer.open(f"{sample_server}/trends?agency=s0001&year=2568")
    choose(viewer, TH("control.agency"), ONE_MORE)
    page.go_back()
    page.wait_for_url(re.compile("agency=s0001"))
    viewer.settle()
    assert page.get_by_role("combobox", name=re.compile(TH("control.agency"))).input_value() == FIRST


def test_a_province_brings_one_of_its_agencies(watch, sample_server):
    viewer = watch()
    page = viewer.open(f"{sample_server}/trends?agency=s0001&year=2568")
    choose(viewer, TH("control.province"), "สงขลา")
    assert re.search("agency=s000[456]", page.url)
