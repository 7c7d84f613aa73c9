"""A browser page that notices every fault."""

import re
from functools import cache
from urllib.parse import urlsplit

# On a deep link Streamlit's own client first asks below the page's path for the server, gets 404 and then asks at the root.
PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")

# Nothing runs, no skeleton is left, and this has been so for a moment (Streamlit reruns once more after some widgets appear).
SETTLED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const busy = !app || app.dataset.testScriptState !== 'notRunning' || document.querySelector('[data-testid="stSkeleton"]')
        || !document.querySelector('h1, h2, [data-testid="stAlert"], [data-testid="stException"]');
    if (busy) { window.__still = null; return false; }
    window.__still = window.__still || performance.now();
    return performance.now() - window.__still > 250;
}"""


def _new(browser, locale: str, **more):
    return browser.new_context(locale=locale, timezone_id="Asia/Bangkok", **more)


# Kept to the end: a view costs 1.1 s of processor where Streamlit's scripts are in the cache, and 3.4 s where they are compiled again.
_kept = cache(_new)


class Watched:
    """A browser page that notes every fault: an exception box, an error on the console, a request that leaves the machine.

    `alone`: with cookies, storage and a cache of its own; otherwise these are shared with the other pages of the language.
    """

    def __init__(self, browser, width: int = 1280, height: int = 720, locale: str = "th-TH", theme: str = "light",
                 reduced_motion: str = "no-preference", alone: bool = False, **more):
        self.faults: list[str] = []
        self.alone = alone
        self.context = (_new if alone else _kept)(browser, locale, **more)
        self.page = self.context.new_page()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=theme, reduced_motion=reduced_motion)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        # Only listens: a route would switch the browser's cache off. The browser resolves no foreign name (BROWSER_FLAGS).
        self.page.on("request", lambda request: self._local(request.url))
        self.page.on("websocket", lambda socket: self._local(socket.url))

    def _console(self, message) -> None:
        if message.type == "error" and not PROBE.search(message.location["url"]):
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def _local(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.faults.append(f"left the machine: {url}")

    def close(self) -> None:
        """Shuts the page, and with it what is its alone."""
        (self.context if self.alone else self.page).close()

    def take_faults(self) -> list[str]:
        """The faults since the last call."""
        faults, self.faults[:] = list(self.faults), []
        return faults

    def open(self, url: str):
        """Goes to `url` and waits for the page to stand still. Returns the page."""
        self.page.goto(url)
        return self.settle()

    def settle(self):
        """Waits until the server's script has ended and the charts are drawn; notes exception boxes. Returns the page."""
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
        self.page.evaluate("window.__still = null")  # what stood still before a click says nothing of what comes after it
        self.page.wait_for_function(SETTLED, timeout=30_000)
        for box in self.page.query_selector_all('[data-testid="stException"]'):
            self.faults.append(f"exception on {self.page.url}: {box.inner_text()[:400]}")
        return self.page
