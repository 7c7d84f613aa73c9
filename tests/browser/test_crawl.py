"""Every view of every page for each kind of viewer (tests/support/crawl.py says who sees what)."""

import pytest

from tests.support import crawl
from tests.support.places import PAGES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=crawl.VIEWERS, ids="-".join)
def person(request, browser, sample_data, sample_db):
    one = crawl.Person(browser, str(sample_data / "ita.duckdb"), *request.param)
    yield one
    one.viewer.close()


@pytest.mark.parametrize("page", PAGES)
def test_every_view(person, sample_server, page):
    crawl.look_at_every_view(person, sample_server, page)


def test_the_menu_and_the_presentation_too(person, sample_server):
    crawl.look_at_the_menu_and_the_presentation(person, sample_server)
