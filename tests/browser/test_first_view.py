"""The first view in a browser: readable by itself, and the application takes its place without a jump."""

import sys

import pytest

from deploy.trial import free_port, running
from tests.support.accessible import violations
from tests.support.places import LOCALES, ONE, SIZES, address, keep_picture

SHIFTS = """window.__shift = 0; new PerformanceObserver((list) => { for (const one of list.getEntries()) window.__shift += one.value; })
    .observe({type: 'layout-shift', buffered: true});
    const look = () => { const one = document.querySelector('#first h1'), at = one?.getBoundingClientRect();
        if (at?.width) window.__first = [one.innerText, at.x, at.y];
        if (one || !window.__first) requestAnimationFrame(look); };
    look();"""  # and where the headline stands as long as the first view is there
VIEWERS = [("projector", "th", "light"), ("phone", "en", "dark"), ("projector", "en", "dark"), ("phone", "th", "light")]
PAGES = ["overview", "trends", "weakest", "completion", "compare", "path", "province", "present", "papers", "sources"]


@pytest.fixture(scope="module")
def office(tmp_path_factory, sample_data, sample_db):
    """The address of the office's server over the made-up sample."""
    port = free_port()
    command = [sys.executable, "-m", "deploy.serve", "--shared", "--port", port, "--address", "127.0.0.1"]
    with running(command, port, tmp_path_factory.mktemp("office") / "log", ITA_DATA=str(sample_data)):
        yield f"http://127.0.0.1:{port}"


def looked_at(shown, page: str, size: str, lang: str) -> None:
    assert shown.locator("#first h1").is_visible() and shown.locator("h1").count() == 1, page
    keep_picture(shown, f"first-{page}-{size}-{lang}")


@pytest.mark.parametrize("size, lang, theme", VIEWERS[2:])
def test_it_is_a_page_by_itself(watch, office, size, lang, theme):
    """Without a script it is all there is, and its links lead on."""
    viewer = watch(width=SIZES[size][0], height=SIZES[size][1], locale=LOCALES[lang], theme=theme, alone=True, java_script_enabled=False)
    shown = viewer.page
    for page in PAGES:
        shown.goto(address(office, page, **ONE, lang=lang))
        looked_at(shown, page, size, lang)
    shown.get_by_role("navigation").get_by_role("link").nth(1).click()
    assert "/trends?" in shown.url and "agency=s0001" in shown.url


@pytest.mark.parametrize("size, lang, theme", VIEWERS[:2])
def test_nothing_in_it_shuts_anybody_out(watch, office, size, lang, theme):
    """Nor is anything cut, before the application comes: its scripts never do."""
    viewer = watch(width=SIZES[size][0], height=SIZES[size][1], locale=LOCALES[lang], theme=theme, alone=True, bypass_csp=True)
    shown = viewer.page
    shown.route("**/static/js/**", lambda route: route.abort())
    for page in PAGES:
        shown.goto(address(office, page, **ONE, lang=lang))
        looked_at(shown, page, size, lang)
        assert violations(shown) == [], page
        assert shown.evaluate("document.getElementById('first').scrollWidth - innerWidth") <= 0, f"{page} scrolls sideways"
    assert [one for one in viewer.take_faults() if "/static/js/" not in one] == []


@pytest.mark.parametrize("size, lang, pages", [("projector", "th", PAGES[::2]), ("phone", "en", PAGES[1::2])])
def test_the_application_takes_its_place_without_a_jump(watch, office, size, lang, pages):
    """Every page once, and its console names nothing that the policy forbids; every page on every screen and in every language is for
    bench/jump.py."""
    viewer = watch(width=SIZES[size][0], height=SIZES[size][1], locale=LOCALES[lang], alone=True)
    shown = viewer.page
    shown.add_init_script(SHIFTS)
    for page in pages:
        shown.goto(address(office, page, **ONE, lang=lang))
        shown.wait_for_function("() => window.__first && !document.getElementById('first')")
        viewer.settle()
        headline, x, y = shown.evaluate("window.__first")
        now = shown.locator("main h1")
        assert now.inner_text() == headline
        assert abs(now.bounding_box()["y"] - y) <= 2 and abs(now.bounding_box()["x"] - x) <= 2, page
        # On a phone beside other browsers .077 was seen once, on /weakest; not explained yet.
        assert shown.evaluate("window.__shift") <= (0.02 if size == "projector" else 0.1), page
