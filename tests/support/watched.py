"""A browser page that notices every fault."""

import contextlib
import re
from collections import defaultdict
from urllib.parse import urlsplit

from playwright.sync_api import Error

# On a deep link Streamlit's own client first asks below the page's path for the server, gets 404 and then asks at the root.
PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")

# Nothing runs, no skeleton is left, and this has been so for a moment (Streamlit reruns once more after some widgets appear) since it was
# asked for this `time`: what stood still before a click says nothing of what comes after it. Gives the texts of boxes of exceptions.
SETTLED = """(time) => {
    const app = document.querySelector('[data-testid="stApp"]');
    const busy = !app || app.dataset.testScriptState !== 'notRunning' || document.querySelector('[data-testid="stSkeleton"]')
        || !document.querySelector('h1, h2, [data-testid="stAlert"], [data-testid="stException"]');
    if (busy || window.__asked_for !== time) [window.__asked_for, window.__still] = [time, busy ? null : performance.now()];
    if (busy) return false;
    window.__still = window.__still || performance.now();
    const boxes = [...document.querySelectorAll('[data-testid="stException"]')];
    return performance.now() - window.__still > 250 && boxes.map((one) => one.innerText);
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
LOOK_AGAIN = 50  # ms: to look at every frame would make the browser paint every frame
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36"


# A page that was looked at goes on to the next test: a view costs 1.2 s of processor where the browser has compiled Streamlit's scripts,
# 3.4 s where it compiles them again, and 0.4 s where the page turns to it. What was compiled belongs to a context, so language and
# telephone are told to the page and not to its context.
_free = defaultdict(list)


def _another_page(context):
    page = context.new_page()
    page.set_default_timeout(LONG_ENOUGH)
    page.add_init_script(COUNTED)
    return page


def _speaks(page, locale: str, agent: str) -> None:
    """The page asks for this language and says that it is this browser, as a context of its own would."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setUserAgentOverride", {"userAgent": agent, "acceptLanguage": locale})
    with contextlib.suppress(Error):  # the process of the browser that draws this page has it already, from another page of this viewer
        session.send("Emulation.setLocaleOverride", {"locale": locale})
    page.speaking = session


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
        self.times = 0  # that the page was waited for
        self.free = _free[browser, *more.items()]
        self.kept = self.free.pop() if self.free else _another_page(browser.new_context(timezone_id="Asia/Bangkok", **more))
        self.context = self.kept.context
        self.page = _another_page(self.context) if alone else self.kept
        agent = PHONE if width < 500 else self.page.evaluate("navigator.userAgent")
        _speaks(self.page, locale, agent)
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
        self.page.speaking.detach()  # the next viewer may speak another language
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
        self.page.wait_for_function(ANSWERED, arg=[*before, must], polling=LOOK_AGAIN)
        self.settle()

    def settle(self):
        """Waits until the server's script has ended and the charts are drawn; notes exception boxes. Returns the page."""
        self.times += 1
        found = self.page.wait_for_function(SETTLED, arg=self.times, polling=LOOK_AGAIN)
        self.faults += [f"exception on {self.page.url}: {said[:400]}" for said in found.json_value()]
        return self.page
