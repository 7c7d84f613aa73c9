"""Every control of every page goes into the link, and comes back from it in a new browser, in the other language, after a page switch."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from pages.parts.say.text import Words
from tests.support.places import LOCALES
from tests.support.watched import Watched

pytestmark = pytest.mark.browser

OF_THE_SAMPLE = "agency=s0001&year=2568&lang=th"
# Each page's views; within each, every control that is on the screen is moved off what it shows. The link of a page's first view here is
# opened in a new browser too.
VIEWS = [
    "?", "trends?view=total", "trends?view=indicators", "weakest?view=own", "weakest?view=group",
    "completion?view=done", "completion?view=when", "completion?view=list",
    "compare?view=distribution", "compare?view=slope", "compare?view=heatmap", "compare?scope=nation&view=map",
    "compare?scope=nation&view=quantiles", "path?view=path", "path?view=try", "present?", "sources?view=findings", "sources?view=coverage",
]  # fmt: skip
# What the controls in the page show, without the words of a language: how many options before the chosen one, a slider's value, a text.
STATE = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const groups = [...main.querySelectorAll('[role="radiogroup"]')].map(group => {
        const radios = [...group.querySelectorAll('[role="radio"], input[type="radio"]')];
        return radios.findIndex(radio => radio.getAttribute('aria-checked') === 'true' || radio.checked);
    });
    return {
        choices: groups,
        lists: [...main.querySelectorAll('[role="combobox"]')].map(list => list.value || list.innerText),
        sliders: [...main.querySelectorAll('[role="slider"]')].map(slider => slider.getAttribute('aria-valuenow') ?? slider.value),
        texts: [...main.querySelectorAll('input[type="text"]:not([role="combobox"])')].map(text => text.value),
    };
}"""


def state(viewer) -> dict:
    return viewer.page.evaluate(STATE)


def own(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def move_everything(viewer) -> None:
    """Moves each segmented control but the view, the scope and the language, each list but province and agency, and the first slider."""
    page, kept = viewer.page, {Words("th")(f"control.{name}") for name in ("view", "scope", "lang", "province", "agency", "fall")}
    groups = page.locator('[data-testid="stMain"] [role="radiogroup"]')
    for place in range(groups.count()):
        group = groups.nth(place)
        if (group.get_attribute("aria-label") or "") not in kept:
            with viewer.answering():
                group.get_by_role("radio").last.click()
    lists = page.locator('[data-testid="stMain"] [role="combobox"]')
    for place in range(12):
        if place >= lists.count():  # a year may have fewer
            break
        label = lists.nth(place).get_attribute("aria-label") or ""
        if not any(name in label for name in kept):
            lists.nth(place).click()
            with viewer.answering():
                page.get_by_role("option").last.click()
    sliders = page.locator('[data-testid="stMain"] [role="slider"]')
    if sliders.count():
        with viewer.answering():
            sliders.first.press("ArrowLeft")


@pytest.fixture(scope="module")
def two(browser):
    """A Thai and an English viewer who go on from view to view."""
    both = [Watched(browser), Watched(browser, locale=LOCALES["en"])]
    yield both
    for viewer in both:
        viewer.close()


@pytest.mark.parametrize("view", VIEWS)
def test_what_was_set_comes_back_from_the_link(two, watch, sample_server, view):
    viewer, english = two
    joint = "" if view.endswith("?") else "&"
    viewer.turn_to(f"{sample_server}/{view}{joint}{OF_THE_SAMPLE}")
    before = own(viewer.page.url)
    move_everything(viewer)
    link, shown = viewer.page.url, state(viewer)
    assert set(before) <= set(own(link))

    if view == next(one for one in VIEWS if one.split("?")[0] == view.split("?")[0]):
        other = watch(alone=view == VIEWS[0])
        other.open(link)
        assert state(other) == shown, "the same link in a new browser shows the same choices"
        assert own(other.page.url) == own(link)

    english.turn_to(re.sub(r"lang=th", "lang=en", link))
    there = state(english)
    for one in (there, shown):  # the first choice is the language, and lists say in words what was chosen
        one |= {"choices": one["choices"][1:], "lists": len(one["lists"])}
    assert there == shown, "the same link in the other language shows the same choices"
    assert own(english.page.url) == own(link) | {"lang": "en"}
    assert viewer.take_faults() + english.take_faults() == []


def test_a_pages_own_choices_come_back_after_a_page_switch_and_a_reload(watch, sample_server):
    viewer, words = watch(), Words("th")
    viewer.open(f"{sample_server}/compare?view=slope&indicator=9&before=2567&{OF_THE_SAMPLE}")
    link = own(viewer.page.url)
    viewer.page.get_by_role("link", name=words("trends.page")).first.click()
    viewer.page.wait_for_url(re.compile("/trends"))
    viewer.settle()
    assert "before" not in own(viewer.page.url)
    viewer.page.get_by_role("link", name=words("compare.page")).first.click()
    viewer.page.wait_for_url(re.compile("/compare.*before=2567"))
    viewer.settle()
    assert own(viewer.page.url) == link
    viewer.page.reload()
    viewer.settle()
    assert own(viewer.page.url) == link


def test_a_group_of_ones_own_comes_back_by_id_and_by_weights(two, sample_server):
    first, second = two
    for query in ("with=s0002,s0004&group=กลุ่มของเรา", "weights=type:3,total:2"):
        first.open(f"{sample_server}/compare?{OF_THE_SAMPLE}&{urlencode(dict(parse_qsl(query)))}")
        second.open(first.page.url.replace("lang=th", "lang=en"))
        for viewer, words in ((first, Words("th")), (second, Words("en"))):
            assert own(viewer.page.url) | {"lang": ""} == own(first.page.url) | {"lang": ""}
            viewer.page.get_by_role("button", name=re.compile(re.escape(words("compare.edit")))).click()
            viewer.page.get_by_role("slider").first.wait_for()
            viewer.settle()
            sliders = viewer.page.get_by_role("slider")
            values = [sliders.nth(place).input_value() for place in range(sliders.count())]
            assert values == (["3", "0", "0", "2", "0", "0", "0", "0"] if query.startswith("weights") else ["0"] * 8)
            if query.startswith("with"):
                assert viewer.page.get_by_label(words("control.group")).input_value() == "กลุ่มของเรา"
    assert first.take_faults() + second.take_faults() == []


@pytest.mark.parametrize("query, value", [("agency=nowhere", "nowhere"), ("with=nowhere", "nowhere"), ("weights=zzz:9", "zzz:9"),
                                          ("view=zzz", "zzz"), ("year=1999", "1999"), ("view=slope&before=1999", "1999"),
                                          ("view=heatmap&indicator=77", "77"), ("scope=zzz", "zzz")])  # fmt: skip
def test_what_does_not_exist_gets_a_message_and_the_default(two, sample_server, query, value):
    _, viewer = two
    viewer.turn_to(f"{sample_server}/compare?{query}&lang=en")
    alert = viewer.page.locator('[data-testid="stAlert"]').first.inner_text()
    assert value in alert
    assert viewer.page.locator("h1").count() == 1
    assert viewer.take_faults() == []


# What the page sends reaches the server only after a while, as on a slow line.
SLOW_LINE = """const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) { setTimeout(() => send.call(this, message), 600); };"""


def test_two_choices_before_the_first_answer_both_stand(watch, sample_server):
    words, viewer = Words("en"), watch(locale="en-GB", alone=True)
    viewer.page.add_init_script(SLOW_LINE)
    page = viewer.open(f"{sample_server}/weakest?agency=s0001&year=2568&lang=en")
    page.get_by_role("radio", name=words("weakest.by_gain")).click()
    page.get_by_role("radio", name="ไทย").click()
    page.wait_for_url(re.compile("lang=th"))
    page.wait_for_url(re.compile("order=gain"))
    viewer.settle()
    assert own(page.url)["order"] == "gain"
    page.go_back()  # what a callback wrote is not held against Back
    page.wait_for_url(lambda url: "order=gain" not in url or "lang=en" in url)
