"""What tests and benches try the dashboard out with: servers on free ports, nginx before them, the machine's Chromium, a keyboard."""

import contextlib
import http.client
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]
BROWSER_FLAGS = [
    "--no-sandbox",  # root, as in a container, has no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing outside is reached, whatever a page asks for
]


def chromium() -> str | None:
    """The program of the machine's Chromium; None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def nginx() -> str | None:
    """The program nginx, which Debian keeps from an ordinary user's path; None where it is not installed."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def started(command: list, port: int, log: Path, **environment: str) -> subprocess.Popen:
    """The process of a server that answers on `port`; it goes on until somebody ends it. AssertionError: it does not come up."""
    with open(log, "w", encoding="utf-8") as output:
        process = subprocess.Popen(
            list(map(str, command)), cwd=ROOT, env=os.environ | environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    for _ in range(2400):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
            return process
        if process.poll() is not None:
            break
        time.sleep(0.05)
    process.kill()
    process.wait()
    raise AssertionError("the server did not answer: " + log.read_text(encoding="utf-8"))


@contextlib.contextmanager
def running(command: list, port: int, log: Path, **environment: str):
    """As `started`, stopped at the end."""
    process = started(command, port, log, **environment)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def met_in_front(port: int) -> None:
    """Waits until a process in front meets who comes to this server of ours (deploy/front.py): from then on an answer of the application
    ends its connection. AssertionError: none comes."""
    for _ in range(1200):
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("GET", "/_stcore/health")
            if connection.getresponse().getheader("Connection") == "close":
                return
        time.sleep(0.1)
    raise AssertionError("no process in front")


@contextlib.contextmanager
def nginx_before(ports: list[int], folder: Path):
    """nginx with deploy/nginx.conf before the servers on `ports`: its port, and the file in which it notes the copy that answered."""
    program, port, notes = nginx(), free_port(), folder / "notes"
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    copies = "".join(f"    server 127.0.0.1:{one};\n" for one in ports)
    for ours, here in {"    server 127.0.0.1:8501;\n": copies, "listen 80;": f"listen 127.0.0.1:{port};"}.items():
        assert site.count(ours) == 1
        site = site.replace(ours, here)
    temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} daemon off; pid {folder}/pid; error_log {folder}/errors warn;\nevents {{}}\n"
        f"http {{\nlog_format notes '$ita_copy $upstream_addr $status $request_uri';\naccess_log {notes} notes;\n{temporary}{site}\n}}\n",
        encoding="utf-8",
    )
    with running([program, "-p", folder, "-e", folder / "errors", "-c", folder / "nginx.conf"], port, folder / "log"):
        yield port, notes


# Inside of every shadow root: what has the focus.
DEEPEST = """(() => {
    let one = document.activeElement;
    while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
    return one;
})()"""
EDITING = f"() => Boolean({DEEPEST}?.matches('select, input, textarea'))"


class Keys:
    """The keyboard, and how often a key was pressed that is no typing."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def __call__(self, *keys: str) -> None:
        for key in keys:
            self.pressed += 1
            self.page.keyboard.press(key)
            if key == "F2":
                self.page.wait_for_function(EDITING)  # nobody types faster than a field opens
