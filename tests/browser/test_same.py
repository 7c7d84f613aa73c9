"""A choice in one figure marks the same in the others: by pointer and by keys, in the browser alone."""

import duckdb
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


@pytest.fixture(scope="module")
def province(nation_data):
    """An agency of the province with most of them, and its agencies in the order of the sheet."""
    with duckdb.connect(str(nation_data / "ita.duckdb"), read_only=True) as connection:
        ids = "select list(agency_id order by agency_id) from agency group by province order by count(*) desc, province limit 1"
        (found,) = connection.execute(ids).fetchone()
    return found


def test_the_same_is_ringed_in_all_figures_and_nothing_is_sent(watch, serving, nation_data, province, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(nation_data))
    sheet = ask("province_sheet", agencies=province, year=2568)
    lacking = sheet[(sheet[["short_total", "short_iit", "short_eit", "short_oit"]].fillna(0) > 0).any(axis=1)].reset_index(drop=True)
    levels = needs.by_level(sheet, ask("path_levels", year=2568))
    viewer = watch(locale="en-GB")
    with serving(nation_data) as server:
        page = viewer.open(address(server, "province", agency=province[0], year=2568, view="picture", lang="en"))
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

        page = viewer.open(address(server, "trends", agency=province[0], view="indicators", indicator="3", lang="en"))
        expect(page.locator('.st-key-figure_indicator_trend [role="figure"]')).to_have_attribute("tabindex", "0")
        page.locator('.st-key-figure_indicator_trend [role="figure"]').focus()
        page.keyboard.press("End")  # the last year of the line: one cell of the heatmap beside it
        expect(page.get_by_role("status").filter(has_text="Ringed: 3 ")).to_have_count(1)
        assert page.evaluate(RINGS) == {"indicator_heatmap": 1, "indicator_trend": 1}
