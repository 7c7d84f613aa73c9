"""The first view in a browser: readable by itself, and the application takes its place without a jump."""

import sys

import pytest

from deploy.trial import free_port, running
from tests.support.accessible import violations
from tests.support.places import LOCALES, ONE, SIZES, address, keep_picture

SHIFTS = """window.__shift = 0; new PerformanceObserver((list) => { for (const one of list.getEntries()) window.__shift += one.value; })
    .observe({type: 'layout-shift', buffered: true});
    const look = () => { window.__first = document.querySelector('#first h1')?.getBoundingClientRect().width > 0;
        if (!window.__first) requestAnimationFrame(look); };
    look();"""  # and whether the first view was there
VIEWERS = [("projector", "th", "light"), ("phone", "en", "dark"), ("projector", "en", "dark"), ("phone", "th", "light")]
PAGES = ["overview", "trends", "weakest", "completion", "compare", "path", "province", "present", "papers", "sources"]
# Of each layout one, and those that test_urls.py opens by no link; every page on every screen and in every language: bench/jump.py.
LOADED = {"projector": ["overview", "province", "papers"], "phone": ["trends", "present"]}
STANDS = """(within) => { const one = document.querySelector(within), at = one.getBoundingClientRect();
    return [one.innerText, at.x, at.y + (document.querySelector('[data-testid="stMain"]')?.scrollTop ?? 0)]; }"""


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
    """Without a script it is all there is, and its links lead on. Each page on one of the screens; on both: the next test."""
    viewer = watch(width=SIZES[size][0], height=SIZES[size][1], locale=LOCALES[lang], theme=theme, alone=True, java_script_enabled=False)
    shown = viewer.page
    for page in PAGES[size == "phone" :: 2]:
        shown.goto(address(office, page, **ONE, lang=lang))
        looked_at(shown, page, size, lang)
    shown.get_by_role("navigation").get_by_role("link").nth(1).click()
    assert "/trends?" in shown.url and "agency=s0001" in shown.url


@pytest.mark.parametrize("size, lang, theme", VIEWERS[:2])
def test_nothing_in_it_shuts_anybody_out_and_the_application_takes_its_place_without_a_jump(watch, office, size, lang, theme):
    """Before the application comes (its scripts never do) nothing is cut and axe-core finds nothing; then its headline stands where that of
    the first view stood, and its console names nothing that the policy forbids. Each page for one of the viewers."""
    viewer = watch(width=SIZES[size][0], height=SIZES[size][1], locale=LOCALES[lang], theme=theme, alone=True)
    shown, stood, chosen = viewer.page, {}, PAGES[size == "phone" :: 2]
    shown.add_init_script(SHIFTS)
    network = viewer.context.new_cdp_session(shown)  # a route would switch the browser's cache off
    network.send("Network.enable")
    network.send("Network.setBlockedURLs", {"urls": ["*/static/js/*"]})
    for page in PAGES if size == "phone" else chosen:  # what is too wide is so on a phone
        shown.goto(address(office, page, **ONE, lang=lang))
        looked_at(shown, page, size, lang)
        assert shown.evaluate("document.getElementById('first').scrollWidth - innerWidth") <= 0, f"{page} scrolls sideways"
        if page in chosen:
            assert violations(shown) == [], page
        shown.evaluate("document.fonts.ready.then(() => {})")
        stood[page] = shown.evaluate(STANDS, "#first h1")
    assert [one for one in viewer.take_faults() if "/static/js/" not in one] == []

    network.send("Network.setBlockedURLs", {"urls": []})
    for page in sorted(chosen, key=lambda page: page not in LOADED[size]):
        if page in LOADED[size]:
            shown.goto(address(office, page, **ONE, lang=lang))
            shown.wait_for_function("() => window.__first && !document.getElementById('first')")
            viewer.settle()
            # On a phone beside other browsers .077 was seen once, on /weakest; not explained yet.
            assert shown.evaluate("window.__shift") <= (0.02 if size == "projector" else 0.1), page
        else:
            viewer.turn_to(address(office, page, **ONE, lang=lang))
        (headline, x, y), (now, across, down) = stood[page], shown.evaluate(STANDS, "main h1")
        assert now == headline
        assert abs(across - x) <= 2 and abs(down - y) <= 2, page
    assert viewer.take_faults() == []
    network.detach()
