"""From a choice in one figure to the rings over the same in the others, in a browser, with 400 and 8,000 points; what it sends."""

import statistics
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import row
from bench.light import SERVERS, chromium, served
from bench.pages import TENTH, agencies, folder

CHOICES = 15
# The figure of the agencies with so many points instead, a fourth of them at each level of the figure beside it.
FILL = """count => {
    const plot = document.querySelector('.st-key-figure_province_sheet .js-plotly-plot');
    const levels = document.querySelector('.st-key-figure_province_levels .js-plotly-plot').layout.meta.same.keys.level_th;
    const rows = [...Array(count).keys()], names = rows.map(row => `agency ${row}`);
    const spread = prime => rows.map(row => row * 7919 % prime);
    plot.data = [{type: 'scatter', mode: 'markers', x: spread(997), y: spread(991), customdata: rows}];
    const same = {keys: {agency_id: names, level_th: rows.map(row => levels[row % levels.length])}, names};
    plot.layout = {...plot.layout, meta: {same}, xaxis: {}, yaxis: {}, annotations: []};
    plot.emit('plotly_redraw');
}"""
# A choice by a key in one figure or by the pointer in the other, until its frame is painted; ms.
CHOOSE = """([by, at]) => new Promise(done => {
    const [figure, level] = ['sheet', 'levels'].map(name => document.querySelector(`.st-key-figure_province_${name} .js-plotly-plot`));
    const start = performance.now();
    if (by === 'key') figure.closest('[role="figure"]').dispatchEvent(new KeyboardEvent('keydown', {key: at ? 'ArrowDown' : 'Home'}));
    else level.emit('plotly_hover', {points: [{customdata: at % level.layout.meta.same.names.length}]});
    requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => done(performance.now() - start);
        painted.port2.postMessage(0);
    });
})"""
COUNT = """(() => { const send = WebSocket.prototype.send; window.sent = 0;
    WebSocket.prototype.send = function (message) { window.sent += 1; return send.call(this, message); }; })()"""


def main(data: Path | None = None) -> None:
    data = data or folder(TENTH)
    with served(SERVERS["streamlit run"], data) as (port, *_), sync_playwright() as playwright:
        browser = chromium(playwright)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.add_init_script(COUNT)
        page.goto(f"http://127.0.0.1:{port}/province?agency={agencies(data)[0]}&year=2568&view=picture&lang=en")
        page.wait_for_selector('.st-key-figure_province_sheet [role="figure"][tabindex="0"]', timeout=120_000)
        page.wait_for_timeout(3000)
        for count in (400, 8000):
            page.evaluate(FILL, count)
            page.wait_for_function(
                "count => document.querySelector('.st-key-figure_province_sheet .js-plotly-plot').calcdata[0].length === count", arg=count
            )
            page.wait_for_timeout(1000)
            sent = page.evaluate("window.sent")
            for by, what in (("key", "an agency"), ("pointer", "a level")):
                taken = [page.evaluate(CHOOSE, [by, at]) for at in range(CHOICES)][1:]
                row(f"{what} chosen, {count:,} points: ringed", f"{statistics.median(taken):.0f} ms", "at most 50 ms")
                row(f"{what} chosen, {count:,} points: the slowest of {len(taken)}", f"{max(taken):.0f} ms")
            row(f"messages to the server, {count:,} points", str(page.evaluate("window.sent") - sent), "0")
        browser.close()


if __name__ == "__main__":
    main()
