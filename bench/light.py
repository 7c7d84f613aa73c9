"""What a first visit costs on a slow line: seconds to the first chart, bytes, start and memory of the server.

Each measurement is a fresh server and a fresh browser without a cache that opens the overview over a line of 10 Mbps and 50 ms,
through `streamlit run`, through `make serve` and through nginx before it (where nginx is installed). The browser's own emulation of a
slow line leaves websockets and the opening of connections out, so the line is a relay of ours (`bench/_line.py`) that every byte passes.
`python -m bench.light [RUNS]`, by default 5; figures are medians.
"""

import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from bench import ratio, row
from bench._line import line
from deploy import trial
from deploy.trial import BROWSER_FLAGS, free_port, nginx_before
from etl.build.build import build
from pages.parts.ask.freshness import is_stale

ROOT = Path(__file__).resolve().parents[1]
SERVERS = {"streamlit run": ["-m", "streamlit", "run", "dashboard.py", "--server.port"], "make serve": ["-m", "deploy.serve", "--port"]}
PROMISED = ("make serve", "make serve behind nginx")
FIRST_CHART = """() => { const draw = () => {
    const chart = document.querySelector('.js-plotly-plot .main-svg .trace path');
    if (chart) window.firstChart = performance.now(); else requestAnimationFrame(draw); };
    draw(); }"""


@contextlib.contextmanager
def served(command: list[str], data: Path) -> Iterator[tuple[int, subprocess.Popen, float]]:
    """A fresh server: its port, its process and the seconds from start to healthy."""
    port = free_port()
    environment = os.environ | {"ITA_DATA": str(data), "STREAMLIT_SERVER_ADDRESS": "127.0.0.1"}
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command, str(port)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while True:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5):
                break
            assert process.poll() is None, "the server did not start"
            time.sleep(0.01)
        yield port, process, time.perf_counter() - start
    finally:
        process.terminate()
        process.wait()


def chromium(playwright):
    """A fresh browser with an empty cache; the caller closes it."""
    return playwright.chromium.launch(executable_path=trial.chromium(), args=BROWSER_FLAGS)


def resident(process: subprocess.Popen) -> float:
    """MB of memory that the process holds."""
    lines = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1000


def visit(playwright, address: str) -> dict[str, float]:
    """One first visit with a fresh browser: seconds to the first chart, bytes of HTTP and of the websocket, requests to elsewhere."""
    browser = chromium(playwright)
    seen = {"http": 0, "socket": 0, "elsewhere": 0}

    def count(name: str, amount: int) -> None:
        seen[name] += amount

    page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="th-TH", bypass_csp=True)
    page.on("request", lambda request: count("elsewhere", urlsplit(request.url).hostname not in (None, "127.0.0.1")))
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: count("socket", len(frame))))
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: count("http", int(event["encodedDataLength"])))
    page.add_init_script(f"({FIRST_CHART})()")
    page.goto(address)
    page.wait_for_function("window.firstChart", timeout=60_000)
    seen["chart"] = page.evaluate("window.firstChart") / 1000
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_load_state("networkidle")
    browser.close()
    return seen


def measure(playwright, name: str, command: list[str], runs: int, behind_nginx: bool = False) -> dict[str, float]:
    """Prints the medians of one way of serving, and returns them."""
    figures = []
    for _ in range(runs):
        with contextlib.ExitStack() as stack:
            port, process, healthy = stack.enter_context(served(command, ROOT / "data"))
            if behind_nginx:
                port, _ = stack.enter_context(nginx_before([port], Path(stack.enter_context(tempfile.TemporaryDirectory()))))
            slow = stack.enter_context(line(port))
            found = {"healthy": healthy, "idle": resident(process)}
            found |= visit(playwright, f"http://127.0.0.1:{slow}/")
            figures.append(found | {"first": resident(process)})
    middle = {name: statistics.median(one[name] for one in figures) for name in figures[0]}
    row(f"{name}: start to healthy", f"{middle['healthy']:.2f} s")
    row(f"{name}: first chart at 10 Mbps and 50 ms", f"{middle['chart']:.1f} s", "at most 4.5 s" if name in PROMISED else "")
    row(f"{name}: slowest of {runs}", f"{max(one['chart'] for one in figures):.1f} s")
    row(f"{name}: first view, HTTP and websocket", f"{middle['http'] / 1e6:.2f} + {middle['socket'] / 1e6:.2f} MB")
    row(f"{name}: requests that left the machine", f"{sum(one['elsewhere'] for one in figures)}", "0")
    row(f"{name}: memory, just started and after a first view", f"{middle['idle']:.0f}, {middle['first']:.0f} MB")
    return middle


def main(runs: int) -> None:
    if is_stale(ROOT / "data", ROOT / "data" / "ita.duckdb"):  # as `make serve` does before it serves
        build(ROOT / "data", ROOT / "data" / "ita.duckdb")
    with sync_playwright() as playwright:
        plain, ours = (measure(playwright, name, command, runs) for name, command in SERVERS.items())
        ratio("first chart on a slow line: make serve / streamlit run", ours["chart"] / plain["chart"])
        ratio("bytes of a first view: make serve / streamlit run", ours["http"] / plain["http"])
        if trial.nginx():
            measure(playwright, "make serve behind nginx", SERVERS["make serve"], runs, behind_nginx=True)
        else:
            row("make serve behind nginx", "-", "nginx is not installed")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 5)
