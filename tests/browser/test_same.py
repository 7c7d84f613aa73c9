"""A choice in one figure marks the same in the others: by pointer and by keys, in the browser alone."""

import pytest
from playwright.sync_api import expect

from pages.parts.ask.warehouse import ask
from pages.parts.reckon import needs
from tests.support.places import address

pytestmark = pytest.mark.browser
# The rings over each figure of a page: element key -> how many.
RINGS = """() => Object.fromEntries([...document.querySelectorAll('[class*="st-key-figure_"]')].map(box => [
    [...box.classList].find(name => name.startsWith('st-key-figure_')).slice(14),
    Number(box.querySelector('canvas.same')?.dataset.rings || 0)]))"""


PROVINCE = ["s0004", "s0005", "s0006"]  # of the made-up sample: all three lack something, two of them at the same level


def test_the_same_is_ringed_in_all_figures_and_nothing_is_sent(watch, sample_server, sample_data, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(sample_data))
    sheet = ask("province_sheet", agencies=PROVINCE, year=2568)
    lacking = sheet[(sheet[["short_total", "short_iit", "short_eit", "short_oit"]].fillna(0) > 0).any(axis=1)].reset_index(drop=True)
    assert sorted(lacking.groupby("level_th").size()) == [1, 2]
    levels = needs.by_level(sheet, ask("path_levels", year=2568))
    viewer = watch(locale="en-GB")
    page = viewer.open(address(sample_server, "province", agency=PROVINCE[0], year=2568, view="picture", lang="en"))
    figures = page.locator('[class*="st-key-figure_province_"] [role="figure"]')
    expect(figures).to_have_count(3)
    expect(figures.nth(0)).to_have_attribute("tabindex", "0")
    viewer.settle()
    sent = page.evaluate("window.__sent")

    page.locator('.st-key-figure_province_sheet [role="figure"]').focus()
    for place in range(2):  # by keys: an agency, its level and its district
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("status").filter(has_text=lacking["agency_name"][place])).to_have_count(1)
        assert page.evaluate(RINGS) == {"province_sheet": 1, "province_levels": 1, "province_districts": 1}

    of_level = lacking.groupby("level_th").size()
    for at, name in enumerate(levels["level_th"]):  # by pointer: a level, and the agencies at it
        bar = page.locator(".st-key-figure_province_levels .bars .point path").filter(visible=True)
        if not levels["lacking"][at]:
            continue
        bar.nth(int((levels["lacking"][:at] > 0).sum())).hover(force=True)
        expect(page.get_by_role("status").filter(has_text=f"Ringed: {levels['level_en'][at]}")).to_have_count(1)
        assert page.evaluate(RINGS)["province_sheet"] == of_level[name]

    page.locator('.st-key-figure_province_sheet [role="figure"]').focus()
    page.keyboard.press("Escape")
    assert set(page.evaluate(RINGS).values()) == {0}
    assert page.evaluate("window.__sent") == sent, "nothing was sent to the server"

    page = viewer.turn_to(address(sample_server, "trends", agency=PROVINCE[0], view="indicators", indicator="3", lang="en"))
    expect(page.locator('.st-key-figure_indicator_trend [role="figure"]')).to_have_attribute("tabindex", "0")
    page.locator('.st-key-figure_indicator_trend [role="figure"]').focus()
    page.keyboard.press("End")  # the last year of the line: one cell of the heatmap beside it
    expect(page.get_by_role("status").filter(has_text="Ringed: 3 ")).to_have_count(1)
    assert page.evaluate(RINGS) == {"indicator_heatmap": 1, "indicator_trend": 1}
