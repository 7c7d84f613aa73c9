"""The page of measures in a real browser: every view, a measure opened from its row, a search, and Back.

The pictures stay in build/screens for a person to look at.
"""

import duckdb
import pytest
from playwright.sync_api import expect

from tests.support.places import LOCALES, SIZES, address, keep_picture
from tests.support.watched import Watched

pytestmark = pytest.mark.browser
VIEWS = {"done": {}, "group": {"view": "done", "by": "group"}, "unit": {"view": "done", "by": "unit"}, "plan": {}, "when": {}, "aim": {},
         "moved": {}, "copies": {}, "list": {}}  # fmt: skip
VIEWERS = [("projector", "en", "light"), ("phone", "th", "dark")]
SHOWN = {"plan": "เทศบาลตำบลบาเจาะ", "aim": "เทศบาลตำบลบ้านเดื่อ", "moved": "เทศบาลตำบลบ้านเดื่อ"}  # the others: บางเก่า


def agency(data, name: str) -> tuple[str, int]:
    """Id and latest year with measures of an agency."""
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select agency_id, max(fiscal_year) from completion join agency using (agency_id) where name = ? group by all", [name]
        )
        return found.fetchall()[0]


@pytest.mark.parametrize("size, lang, theme", VIEWERS)
def test_every_view(browser, server, shipped_data, size, lang, theme):
    width, height = SIZES[size]
    viewer = Watched(browser, width=width, height=height, locale=LOCALES[lang], theme=theme)
    try:
        for view, parameters in VIEWS.items():
            one, year = agency(shipped_data, SHOWN.get(view, "เทศบาลตำบลบางเก่า"))
            parameters = {"agency": one, "year": year, "lang": lang, **(parameters or {"view": view})}
            shown = viewer.turn_to(address(server, "completion", **parameters))
            keep_picture(shown, f"completion-{view}-{size}-{lang}-{theme}")
            assert shown.locator("h1").count() == 1, view
            assert shown.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, f"{view} scrolls sideways"
            if size == "projector" and view not in ("copies", "list"):
                bottom = shown.evaluate("document.querySelector('.js-plotly-plot').getBoundingClientRect().bottom")
                assert bottom <= 740, f"{view}: headline and picture do not fit one screen"
            assert viewer.take_faults() == [], view
    finally:
        viewer.close()


def test_search_and_back(watch, server):
    viewer = watch(locale=LOCALES["en"])
    shown = viewer.open(address(server, "completion", view="list", lang="en"))
    everything = shown.locator("h1").inner_text()
    box = shown.get_by_role("textbox", name="Search measures")
    box.fill("คู่มือ")
    box.press("Enter")
    shown.wait_for_url("**q=*")
    expect(shown.locator("h1")).not_to_have_text(everything)
    viewer.settle()
    assert shown.locator("h1").inner_text().split()[0].isdigit()
    shown.go_back()
    expect(shown.locator("h1")).to_have_text(everything)


def test_the_overview_says_where_work_was_not_aimed(watch, server, shipped_data):
    (one, _), viewer = agency(shipped_data, "เทศบาลตำบลบ้านเดื่อ"), watch()
    for lang in LOCALES:
        shown = viewer.turn_to(address(server, "overview", agency=one, year=2568, lang=lang))
        body = shown.locator("body").inner_text()
        assert all(number in body for number in ("9.24", "15.57", "7.67", "33.33", "24.39", "-4.88")), lang
