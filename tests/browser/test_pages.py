"""The real server in a real browser: every page on the data that ship, the first thing that a fresh server sees, and another year. Every
view of every page: tests/support/crawl.py; deep links of the others: test_urls.py. The pictures stay in build/screens for a person to look
at."""

import pytest

from tests.browser import test_urls
from tests.support.accessible import violations
from tests.support.places import LOCALES, ONE, PAGES, SIZES, address, keep_picture
from tests.support.watched import Watched

pytestmark = pytest.mark.browser

# Between them every size, language and theme; any two of these meet in the crawl of the made-up sample.
VIEWERS = [("projector", "th", "light"), ("phone", "en", "dark")]
LINKED = {view.split("?")[0] or "overview" for view in test_urls.VIEWS}  # pages that are opened by deep links there


@pytest.fixture(scope="module", params=VIEWERS, ids="-".join)
def viewer(request, browser):
    """One person's browser: size, language and theme; its cache stays warm from page to page."""
    size, lang, theme = request.param
    width, height = SIZES[size]
    watched = Watched(browser, width=width, height=height, locale=LOCALES[lang], theme=theme)
    watched.name, watched.lang = "-".join(request.param), lang
    yield watched
    watched.close()


@pytest.mark.parametrize("page", PAGES)
def test_every_page(viewer, server, page):
    by_link = viewer.name.startswith("projector") and page not in LINKED
    shown = (viewer.open if by_link else viewer.turn_to)(address(server, page, lang=viewer.lang))
    keep_picture(shown, f"{page}-{viewer.name}", full_page=True)
    assert shown.locator("h1").count() == 1
    assert shown.evaluate("document.documentElement.lang") == viewer.lang
    assert shown.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, "scrolls sideways"
    assert violations(shown) == []
    assert viewer.take_faults() == []


def test_every_page_of_another_year(watch, sample_server):
    """The made-up sample has two years of everything, the shipped data have not."""
    viewer = watch()
    for page in PAGES:
        shown = viewer.turn_to(address(sample_server, page, **ONE | {"year": 2567, "lang": "th"}))
        keep_picture(shown, f"{page}-sample-2567")
        assert shown.locator("h1").count() == 1, page


def test_a_deep_link_is_the_first_thing_that_a_fresh_server_sees(watch, serving, shipped_data, shipped_db):
    with serving(shipped_data) as server:
        viewer = watch()
        shown = viewer.open(address(server, "weakest"))
        assert shown.locator("h1").count() == 1
        assert shown.evaluate("document.documentElement.lang") == "th", "the frame ran, not the page alone"
        assert shown.get_by_role("dialog").count() == 0


def test_an_id_that_does_not_exist_gets_a_sentence_and_the_default(watch, server):
    shown = watch().open(address(server, "trends", agency="nowhere", year="1999"))
    assert shown.locator("h1").count() == 1
    assert shown.locator('[data-testid="stAlert"]').count() >= 1
