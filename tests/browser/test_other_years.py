"""A chosen year is drawn by the browser itself; the server's answer follows and agrees with it."""

import contextlib
import re

import pytest
from playwright.sync_api import TimeoutError, expect

from tests.support.places import address

pytestmark = pytest.mark.browser

# With `mute` set, nothing that the page sends reaches the server any more.
MUTE = """const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) { if (!window.mute) send.call(this, message); };"""
# What a figure looks like: every text, and how many bars and lines. (The height stays that of the year before until the server answers.)
SHOWN = """word => { const marks = kind => [...document.querySelectorAll(`.st-key-figure_${word} .main-svg ${kind}`)];
    return JSON.stringify([marks('text').map(mark => mark.textContent), marks('path').length]); }"""
FIGURES = [("overview", {}, "verdict"), ("weakest", {}, "weakest"), ("completion", {"by": "group"}, "completion_by_group")]


def point_at(viewer) -> None:
    """Points at the list of years until the browser has what it needs: a busy server may swallow a question."""
    for _ in range(10):
        viewer.page.mouse.move(5, 700)
        viewer.page.get_by_role("combobox", name="Fiscal year").hover()
        with contextlib.suppress(TimeoutError):
            viewer.page.wait_for_selector("html[data-years=ready]", state="attached", timeout=3000)
            return
    raise AssertionError("no figures of other years came")


@pytest.mark.parametrize(("path", "query", "word"), FIGURES, ids=[word for *_, word in FIGURES])
def test_the_browser_draws_another_year_as_the_server_does(watch, sample_server, path, query, word):
    viewer = watch(locale="en-GB", alone=True)
    viewer.page.add_init_script(MUTE)

    def opened(year: int):
        return viewer.open(address(sample_server, path, agency="s0001", year=year, lang="en", **query))

    def stands(look: str) -> None:
        viewer.page.wait_for_function(f"([word, look]) => ({SHOWN})(word) === look", arg=[word, look])

    of_server, headline = opened(2567).evaluate(SHOWN, word), viewer.page.locator("h1").inner_text()
    page = opened(2568)
    assert page.evaluate(SHOWN, word) != of_server
    years = page.get_by_role("combobox", name="Fiscal year")
    point_at(viewer)
    page.evaluate("window.mute = true")
    years.click()
    page.get_by_role("option", name=re.compile("2567")).click()
    stands(of_server)
    expect(page.locator("h1")).not_to_have_text(headline)  # the server was not asked

    page = opened(2568)  # and with a server that answers, all of the page follows
    page.get_by_role("combobox", name="Fiscal year").click()
    page.get_by_role("option", name=re.compile("2567")).click()
    expect(page.locator("h1")).to_have_text(headline)
    stands(of_server)

    page.get_by_role("combobox", name="Fiscal year").click()  # it has all years by now: the answer brings nothing new
    page.get_by_role("option", name=re.compile("2568")).click()
    expect(page.locator("h1")).not_to_have_text(headline)
    page.wait_for_function("!document.documentElement.dataset.year")  # the words would be pale in every later run


def test_figures_of_other_years_cost_nobody_who_leaves_the_year_alone(watch, sample_server):
    page = watch().open(address(sample_server, "weakest", agency="s0001", year=2568))
    assert page.locator("html").get_attribute("data-years") == "unasked"


def test_a_list_that_comes_later_than_all_else_gets_its_figures_too(watch, sample_server):
    viewer, held = watch(locale="en-GB", alone=True), []
    viewer.page.route("**/Selectbox.*.js", lambda route: held.append(route))
    viewer.page.goto(address(sample_server, "weakest", agency="s0001", year=2568, lang="en"))
    viewer.page.wait_for_selector("html[data-years=unasked]", state="attached")
    assert viewer.page.locator(".st-key-control_year input").count() == 0
    for route in held:
        route.continue_()
    viewer.settle()
    point_at(viewer)
