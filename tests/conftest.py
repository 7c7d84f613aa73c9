"""What the tests share: the shipped and the sample data as databases, the real server, and a real browser that notices every fault."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from hypothesis import settings

from tests.browser.watched import Watched

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "tests" / "sample"
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

# A busy machine is no fault of the code: timings belong in the benches.
settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")


@pytest.fixture(scope="session", autouse=True)
def faults_in_full():
    """A fault of a page reaches the tests that have no server, too; viewers get a sentence instead of it."""
    from streamlit import config

    config.set_option("client.showErrorDetails", "full")


def build(data: Path) -> Path:
    """The database in the data folder `data`, made by the command that users call. AssertionError: the build failed."""
    db = data / "ita.duckdb"
    command = [sys.executable, "-m", "etl", "build", "--data", str(data), "--db", str(db)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert run.returncode == 0, run.stdout + run.stderr
    return db


@pytest.fixture(scope="session")
def shipped_data(tmp_path_factory) -> Path:
    """A copy of the data folder that the repository ships, for tests that build or serve it (environment variable ITA_DATA)."""
    folder = tmp_path_factory.mktemp("shipped") / "data"
    return shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("documents", "*.duckdb*", ".ita*"))


@pytest.fixture(scope="session")
def shipped_db(shipped_data) -> Path:
    """The database of the data that the repository ships, in the folder `shipped_data`."""
    return build(shipped_data)


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory) -> Path:
    """A small made-up data folder of two years (tests/sample) under the shipped rules and provinces."""
    folder = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(ROOT / "data", folder, ignore=shutil.ignore_patterns("documents", "scores", "transcripts", "*.duckdb*", ".ita*"))
    return shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def sample_db(sample_data) -> Path:
    """The database of the made-up sample, in the folder `sample_data`."""
    return build(sample_data)


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(command: list, port: int, log: Path, **environment: str):
    """The process of a server that answers on `port`, stopped at the end. AssertionError: it does not come up."""
    with open(log, "w", encoding="utf-8") as output:
        process = subprocess.Popen(
            list(map(str, command)), cwd=ROOT, env=os.environ | environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
                break
            assert process.poll() is None, log.read_text(encoding="utf-8")
            time.sleep(0.05)
        else:
            raise AssertionError("the server did not answer: " + log.read_text(encoding="utf-8"))
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def _serving(data: Path, log: Path, *options: str, port: int | None = None, details: str = "full"):
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.address", "127.0.0.1", "--server.port", port, *options]
    with running(command, port, log, ITA_DATA=str(data), STREAMLIT_CLIENT_SHOW_ERROR_DETAILS=details):
        address = f"http://127.0.0.1:{port}"
        with urllib.request.urlopen(address + "/_stcore/health", timeout=30):  # who listens is not yet well
            pass
        yield address


@pytest.fixture(scope="session")
def serving(tmp_path_factory):
    """`with serving(data) as address:` a fresh server of the dashboard over a data folder, on a port of its own, stopped at the end; more
    options of Streamlit's command after the folder."""
    return lambda data, *options, **more: _serving(data, tmp_path_factory.mktemp("server") / "log", *options, **more)


@pytest.fixture(scope="session")
def server(serving, shipped_data, shipped_db):
    """The address of one server of the shipped data, shared by the tests of a session."""
    with serving(shipped_data) as address:
        yield address


@pytest.fixture(scope="session")
def sample_server(serving, sample_data, sample_db):
    """The address of one server of the made-up sample, shared by the tests of a session."""
    with serving(sample_data) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """The machine's Chromium. Without one the test is skipped with the reason; with CI=true it fails."""
    executable = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if executable is None:
        reason = "no Chromium on this machine: install the package chromium (Debian, Ubuntu) or Chromium (macOS), see README.md"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=BROWSER_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def watch(browser):
    """`watch(width=390, locale="en-US", ...)`: a new `Watched` page; the test fails on any fault that it noted."""
    opened: list[Watched] = []

    def new(**settings) -> Watched:
        opened.append(Watched(browser, **settings))
        return opened[-1]

    yield new
    faults = [fault for watched in opened for fault in watched.faults]
    for watched in opened:
        watched.close()
    assert not faults, "\n".join(faults)
