"""A browser page that notices every fault."""

import contextlib
import re
from collections import defaultdict
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


# How often the page sent something to the server and got something from it, when last, and how often the server's script ended.
COUNTED = """(() => {
    const send = WebSocket.prototype.send, heard = new WeakSet();
    window.__sent = window.__got = window.__last = window.__ended = 0;
    WebSocket.prototype.send = function (message) {
        if (!heard.has(this)) {
            heard.add(this);
            this.addEventListener('message', () => { window.__got += 1; window.__last = performance.now(); });
        }
        window.__sent += 1;
        return send.call(this, message);
    };
    new MutationObserver((changes) => {
        if (changes.at(-1).target.dataset.testScriptState === 'notRunning') window.__ended += 1;
    }).observe(document, {subtree: true, attributeFilter: ['data-test-script-state']});
})()"""
BEFORE = "[window.__sent, window.__got, window.__ended]"
# What was sent since has been answered (a quick answer may never show as running); or, unless it `must` be, nothing was sent in a while:
# the browser did it alone.
ANSWERED = """([sent, got, ended, must]) => {
    window.__asked = window.__asked || performance.now();
    const now = performance.now(), app = document.querySelector('[data-testid="stApp"]');
    const quiet = app?.dataset.testScriptState === 'notRunning' && window.__got > got && now - window.__last > 500;
    const done = window.__sent > sent ? window.__ended > ended || quiet : !must && now - window.__asked > 1500;
    if (done) window.__asked = null;
    return done;
}"""


LONG_ENOUGH = 120_000  # ms: for any state to come on a busy machine
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36"


# A page that was looked at goes on to the next test of the same language: a view costs 1.2 s of processor where the browser has compiled
# Streamlit's scripts, 3.4 s where it compiles them again, and 0.4 s where the page turns to it.
_free = defaultdict(list)


def _new_page(browser, locale: str, more: dict):
    return _another_page(browser.new_context(locale=locale, timezone_id="Asia/Bangkok", **more))


def _another_page(context):
    page = context.new_page()
    page.set_default_timeout(LONG_ENOUGH)
    page.add_init_script(COUNTED)
    return page


class Watched:
    """A browser page that notes every fault: an exception box, an error on the console, a dialog, a request that leaves the
    machine.

    `alone`: a page that nobody used before and nobody uses after it, for tests that leave scripts or listeners in it; its cookies are its
    own too.
    """

    def __init__(
        self,
        browser,
        width: int = 1280,
        height: int = 720,
        locale: str = "th-TH",
        theme: str = "light",
        reduced_motion: str = "no-preference",
        alone: bool = False,
        **more,
    ):
        self.faults: list[str] = []
        if width < 500:
            more.setdefault("user_agent", PHONE)
        self.free = _free[browser, locale, *more.items()]
        self.kept = self.free.pop() if self.free else _new_page(browser, locale, more)
        self.context = self.kept.context
        self.page = _another_page(self.context) if alone else self.kept
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme=theme, reduced_motion=reduced_motion)
        # Only listens to requests: a route would switch the browser's cache off. The browser resolves no foreign name (BROWSER_FLAGS).
        self.listeners = {
            "console": self._console,
            "pageerror": lambda error: self.faults.append(f"script: {error}"),
            "request": lambda request: self._local(request.url),
            "websocket": lambda socket: self._local(socket.url),
            "dialog": self._dialog,
        }
        for event, listener in self.listeners.items():
            self.page.on(event, listener)

    def _console(self, message) -> None:
        if message.type == "error" and not PROBE.search(message.location["url"]):
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def _dialog(self, dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _local(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            self.faults.append(f"left the machine: {url}")

    def close(self) -> None:
        """Leaves the page as a new one, for the next of its kind."""
        for event, listener in self.listeners.items():
            self.page.remove_listener(event, listener)
        if self.page.url.startswith("http"):
            self.page.evaluate("sessionStorage.clear(), localStorage.clear()")
        self.context.clear_cookies()
        if self.page is not self.kept:
            self.page.close()
        self.kept.goto("about:blank")
        self.kept.mouse.move(0, 0)
        self.free.append(self.kept)

    def take_faults(self) -> list[str]:
        """The faults since the last call."""
        faults, self.faults[:] = list(self.faults), []
        return faults

    def open(self, url: str):
        """Goes to `url` and waits for the page to stand still. Returns the page."""
        self.page.goto(url)
        return self.settle()

    def turn_to(self, url: str):
        """Goes on to another address of the server that the page is of, as Back does, in the same session; else as `open`."""
        if urlsplit(self.page.url)[:2] != urlsplit(url)[:2]:
            return self.open(url)
        if self.page.url == url:
            return self.settle()
        with self.answering(must=True):
            self.page.evaluate("url => { history.pushState({}, '', url); dispatchEvent(new PopStateEvent('popstate')); }", url)
        return self.page

    @contextlib.contextmanager
    def answering(self, must: bool = False):
        """What is done to the page within is answered by the server, and the page stands still, when this ends. `must`: it is no matter for
        the browser alone."""
        before = self.page.evaluate(BEFORE)
        yield
        self.page.wait_for_function(ANSWERED, arg=[*before, must])
        self.settle()

    def settle(self):
        """Waits until the server's script has ended and the charts are drawn; notes exception boxes. Returns the page."""
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        self.page.evaluate("window.__still = null")  # what stood still before a click says nothing of what comes after it
        self.page.wait_for_function(SETTLED)
        for box in self.page.query_selector_all('[data-testid="stException"]'):
            self.faults.append(f"exception on {self.page.url}: {box.inner_text()[:400]}")
        return self.page
