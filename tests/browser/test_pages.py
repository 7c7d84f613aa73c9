"""The real server in a real browser: every page by deep link, in both languages and themes, on a projector and on a phone; axe-core finds
nothing on any of them.

The pictures stay in build/screens for a person to look at.
"""

from pathlib import Path

import pytest

from tests.browser.accessible import violations
from tests.browser.watched import Watched

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "build" / "screens"
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
SIZES = {"projector": (1280, 720), "phone": (390, 844)}
LOCALES = {"th": "th-TH", "en": "en-GB"}

pytestmark = pytest.mark.browser


def address(server: str, page: str, **parameters) -> str:
    query = "&".join(f"{name}={value}" for name, value in parameters.items())
    return f"{server}/{'' if page == 'overview' else page}?{query}"


VIEWERS = [(size, lang, theme) for size in SIZES for lang in LOCALES for theme in ("light", "dark")]


@pytest.fixture(scope="module", params=VIEWERS, ids="-".join)
def viewer(request, browser):
    """One person's browser: size, language and theme; its cache stays warm from page to page."""
    size, lang, theme = request.param
    width, height = SIZES[size]
    watched = Watched(browser, width=width, height=height, locale=LOCALES[lang], theme=theme)
    watched.name, watched.lang = "-".join(request.param), lang
    yield watched
    watched.close()


def keep_picture(shown, name: str, **options) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    shown.screenshot(path=SCREENS / f"{name}.png", **options)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_by_deep_link(viewer, server, page):
    shown = viewer.open(address(server, page, lang=viewer.lang))
    keep_picture(shown, f"{page}-{viewer.name}", full_page=True)
    assert shown.locator("h1").count() == 1
    assert shown.evaluate("document.documentElement.lang") == viewer.lang
    assert shown.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, "scrolls sideways"
    assert violations(shown) == []
    assert viewer.take_faults() == []


@pytest.mark.parametrize("lang", LOCALES)
def test_every_page_across_years(watch, sample_server, lang):
    """The made-up sample has two years of everything, the shipped data have not."""
    viewer = watch(locale=LOCALES[lang])
    for page in PAGES:
        for year in (2567, 2568):
            shown = viewer.open(address(sample_server, page, agency="s0001", year=year, lang=lang))
            keep_picture(shown, f"{page}-sample-{year}-{lang}")
            assert shown.locator("h1").count() == 1, page


@pytest.mark.parametrize("page", ["weakest", "completion"])
def test_a_deep_link_is_the_first_thing_that_a_fresh_server_sees(watch, serving, shipped_data, shipped_db, page):
    with serving(shipped_data) as server:
        viewer = watch()
        shown = viewer.open(address(server, page))
        assert shown.locator("h1").count() == 1
        assert shown.evaluate("document.documentElement.lang") == "th", "the frame ran, not the page alone"
        assert shown.get_by_role("dialog").count() == 0


def test_an_id_that_does_not_exist_gets_a_sentence_and_the_default(watch, server):
    shown = watch().open(address(server, "trends", agency="nowhere", year="1999"))
    assert shown.locator("h1").count() == 1
    assert shown.locator('[data-testid="stAlert"]').count() >= 1
