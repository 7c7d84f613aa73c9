"""The real server in a real browser on the data that ship: every page, and every view of the measures, whose titles are as long as offices
write them. Every view of every page: tests/support/crawl.py; a page as the first thing that a server sees: test_present.py, and without a
page before it: test_urls.py, test_first_view.py. The pictures stay in build/screens for a person to look at."""

import re

import duckdb
import pytest
from playwright.sync_api import expect

from pages.parts.say.text import Words
from tests.support.accessible import violations
from tests.support.places import LOCALES, PAGES, SIZES, address, keep_picture
from tests.support.watched import Watched

pytestmark = pytest.mark.browser

# Between them every size, language and theme; any two of these meet in the crawl of the made-up sample.
VIEWERS = [("projector", "th", "light"), ("phone", "en", "dark")]
MEASURES = {"done": {}, "group": {"view": "done", "by": "group"}, "unit": {"view": "done", "by": "unit"}, "plan": {}, "when": {}, "aim": {},
            "moved": {}, "copies": {}, "list": {}}  # fmt: skip
LONG = ("group", "unit", "plan", "copies", "list")  # views that show texts of the reports: alone they can be too long for a phone
SHOWN = {"plan": "เทศบาลตำบลบาเจาะ", "aim": "เทศบาลตำบลบ้านเดื่อ", "moved": "เทศบาลตำบลบ้านเดื่อ"}  # the others: บางเก่า


@pytest.fixture(scope="module", params=VIEWERS, ids="-".join)
def viewer(request, browser):
    """One person's browser: size, language and theme; its cache stays warm from page to page."""
    size, lang, theme = request.param
    width, height = SIZES[size]
    watched = Watched(browser, width=width, height=height, locale=LOCALES[lang], theme=theme)
    watched.name, watched.size, watched.lang = "-".join(request.param), size, lang
    yield watched
    watched.close()


@pytest.mark.parametrize("page", PAGES)
def test_every_page(viewer, server, page):
    shown = viewer.turn_to(address(server, page, lang=viewer.lang))
    keep_picture(shown, f"{page}-{viewer.name}", full_page=True)
    assert shown.locator("h1").count() == 1
    assert shown.evaluate("document.documentElement.lang") == viewer.lang
    assert shown.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, "scrolls sideways"
    assert violations(shown) == []
    assert viewer.take_faults() == []


def agency(data, name: str) -> tuple[str, int]:
    """Id and latest year with measures of an agency."""
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select agency_id, max(fiscal_year) from completion join agency using (agency_id) where name = ? group by all", [name]
        )
        return found.fetchall()[0]


def test_every_view_of_the_measures(viewer, server, shipped_data):
    for view, parameters in MEASURES.items():
        if viewer.size == "phone" and view not in LONG:
            continue
        one, year = agency(shipped_data, SHOWN.get(view, "เทศบาลตำบลบางเก่า"))
        parameters = {"agency": one, "year": year, "lang": viewer.lang, **(parameters or {"view": view})}
        shown = viewer.turn_to(address(server, "completion", **parameters))
        assert shown.locator("h1").count() == 1, view
        assert shown.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, f"{view} scrolls sideways"
        if viewer.size == "projector" and view not in ("copies", "list"):
            bottom = shown.evaluate("document.querySelector('.js-plotly-plot').getBoundingClientRect().bottom")
            assert bottom <= 740, f"{view}: headline and picture do not fit one screen"
        assert viewer.take_faults() == [], view
    if viewer.size == "projector":
        finds_and_goes_back(viewer)
    assert viewer.take_faults() == []


def finds_and_goes_back(viewer) -> None:
    """In the list of all measures, which was opened last."""
    shown = viewer.page
    everything = shown.locator("h1").inner_text()
    box = shown.get_by_role("textbox", name=Words(viewer.lang)("control.q"))
    box.fill("คู่มือ")
    box.press("Enter")
    shown.wait_for_url("**q=*")
    expect(shown.locator("h1")).not_to_have_text(everything)
    viewer.settle()
    assert re.search(r"\d", shown.locator("h1").inner_text())
    shown.go_back()
    expect(shown.locator("h1")).to_have_text(everything)
    viewer.settle()
