"""The server for an office: what it sends compressed, under which headers, and that the rest is Streamlit's."""

import asyncio
import contextlib
import gzip
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace

import brotli
import duckdb
import pytest
from streamlit import file_util
from streamlit.util import calc_hash

from deploy import answers, serve
from deploy.compressed import accepted, compress_once
from deploy.first_page import first_page, needed
from deploy.trial import free_port, met_in_front, nginx_before, running
from deploy.visit import viewer
from pages.parts.say.text import Words
from tests.support.watched import PROBE

ROOT = Path(__file__).resolve().parents[1]
STREAMLIT = Path(file_util.get_static_dir())
DECODED = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
WAITS = "fedcba9876543210"  # a draft


def deployed_server(port: int, log: Path, data: Path, *options: str):
    command = [sys.executable, "-m", "deploy.serve", "--port", port, "--address", "127.0.0.1", *options]
    return running(command, port, log, ITA_DATA=str(data))


@pytest.fixture(scope="module")
def data(tmp_path_factory, sample_data, sample_db):
    """The made-up sample, where a draft waits and somebody has changed something."""
    data = shutil.copytree(sample_data, tmp_path_factory.mktemp("office") / "data")
    folder = data / "drafts" / WAITS
    folder.mkdir(parents=True)
    (folder / "name.txt").write_text("ลับสุดยอด.docx", encoding="utf-8")
    (folder / "document.docx").write_bytes(b"secret")
    (folder / "reading.json").write_text(json.dumps({"rows": [], "source": {"agency": "ลับ"}, "counts": {}}), encoding="utf-8")
    (data / "documents").mkdir(exist_ok=True)
    (data / "documents" / "history.jsonl").write_text(json.dumps({"n": 1, "who": "ผู้แก้ลับ"}) + "\n", encoding="utf-8")
    return data


@pytest.fixture(scope="module")
def office(tmp_path_factory, data):
    """The office's server over the made-up sample, without sign-in: its port and its process."""
    port = free_port()
    with deployed_server(port, tmp_path_factory.mktemp("serve") / "log", data, "--shared") as process:
        if sys.platform == "linux":
            met_in_front(port)
        yield port, process


@pytest.fixture(scope="module")
def deployed(office):
    return office[0]


def ask(port: int, path: str, method: str = "GET", **headers: str):
    """The answer to a request that is sent exactly as written: status, headers (lower case) and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


def scripts() -> list[str]:
    """The paths of the scripts and styles that the first page names."""
    return sorted({f"/static/{name}" for name in re.findall(r'"\./static/([^"]+\.(?:js|css))"', first_page(STREAMLIT))})


def test_each_file_arrives_whole_in_the_form_that_was_asked_for(deployed):
    assert len(scripts()) > 50
    sent = dict.fromkeys(("br", "gzip", None), 0)
    for path in scripts():
        for encoding in sent:
            status, headers, body = ask(deployed, path, Accept_Encoding=f"{encoding}, zstd" if encoding else "br;q=0, gzip;q=0.0")
            assert status == 200 and headers["content-type"].startswith(("text/javascript", "application/javascript", "text/css"))
            assert headers["cache-control"] == "public, max-age=31536000, immutable"
            assert headers["vary"] == "Accept-Encoding" and int(headers["content-length"]) == len(body)
            assert headers.get("content-encoding") in {encoding, None}
            assert DECODED[headers.get("content-encoding")](body) == (STREAMLIT / path[1:]).read_bytes(), path
            sent[encoding] += len(body)
    assert sent["br"] < sent["gzip"] < sent[None] / 3


def test_the_best_form_that_is_allowed():
    assert accepted("gzip, deflate, br, zstd") == {"gzip", "deflate", "br", "zstd"}
    assert accepted("br;q=0, gzip;q=0.5") == {"gzip"}
    assert accepted("BR ; Q=1.0,gzip; q=0.000") == {"br"}
    assert accepted("") == {""}


def test_conditions_ranges_and_head_are_of_the_form_that_is_sent(deployed):
    path = next(path for path in scripts() if "PlotlyChart" in path)
    forms = {encoding: ask(deployed, path, Accept_Encoding=encoding) for encoding in ("br", "gzip", "identity")}
    assert len({headers["etag"] for _, headers, _ in forms.values()}) == 3
    for encoding, (_, headers, body) in forms.items():
        same = {"Accept_Encoding": encoding}
        status, again, nothing = ask(deployed, path, If_None_Match=f'"other", W/{headers["etag"]}', **same)
        assert (status, nothing) == (304, b"") and again["etag"] == headers["etag"] and again["vary"] == "Accept-Encoding"
        assert "content-encoding" not in again and again["cache-control"] == headers["cache-control"]
        assert ask(deployed, path, If_None_Match='"other"', **same)[0] == 200
        status, head, nothing = ask(deployed, path, "HEAD", **same)
        assert (status, nothing) == (200, b"") and head["content-length"] == headers["content-length"] and head["etag"] == headers["etag"]
        status, part, middle = ask(deployed, path, Range="bytes=1000-2999", **same)
        assert status == 206 and middle == body[1000:3000] and part["content-range"] == f"bytes 1000-2999/{len(body)}"
        assert ask(deployed, path, Range="bytes=1000-2999", If_Range='"an older one"', **same)[2] == body
        assert ask(deployed, path, Range=f"bytes={len(body)}-", **same)[0] == 416
    assert ask(deployed, path, "POST")[0] == 405


def test_nothing_but_the_folders_is_reached_and_no_answer_names_a_path(deployed):
    tries = [
        "/static/../dashboard.py",
        "/static/%2e%2e/%2e%2e/dashboard.py",
        "/static/js/..%2f..%2f..%2findex.html",
        "/static//etc/passwd",
        "/static/%2fetc/passwd",
        "/static/..\\..\\dashboard.py",
        "/static/js/%00",
        "/static/" + "x" * 5000,
        "/static",
        "/static/js",
        "/app/static/../../dashboard.py",
        "/app/static/..%2f..%2frequirements.txt",
        "/app/static/%2e%2e/.streamlit/config.toml",
        "/app/static/C:%5cWindows",
        "//static/js",
        "/static/js/missing.js",
    ]
    for path in tries:
        status, _, body = ask(deployed, path)
        shown = body.decode("utf-8", "replace")
        assert status in {400, 404} or (status == 200 and '<div id="root">' in shown), (path, status)
        for secret in ("import streamlit", "root:x:", "enableStaticServing", str(ROOT), str(STREAMLIT), "Traceback"):
            assert secret not in shown, path


def test_every_answer_says_what_a_page_may_load(deployed):
    for path in ("/", "/trends", "/static/js/missing.js", "/app/static/OFL.txt", "/_stcore/health", "/_stcore/host-config", "/media/none"):
        headers = ask(deployed, path)[1]
        assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
        assert "default-src 'self'" in headers["content-security-policy"] and "frame-ancestors 'self'" in headers["content-security-policy"]
        assert "unsafe-eval" not in headers["content-security-policy"] and "http" not in headers["content-security-policy"]


@pytest.mark.parametrize("path, caching", [("/", "private, no-cache"), ("/compare?agency=nobody", "no-cache")])
def test_pages_are_thai_ask_for_the_first_chart_at_once_and_are_asked_for_again(deployed, path, caching):
    """With a first view and without one."""
    status, headers, body = ask(deployed, path, Accept_Encoding="br")
    assert (status, headers["cache-control"], headers["content-type"]) == (200, caching, "text/html; charset=utf-8")
    page = brotli.decompress(body).decode()
    assert '<html lang="th">' in page and "SourceSans" not in page and re.search(r"modulepreload[^>]*/PlotlyChart\.", page)
    assert ask(deployed, path)[2] == page.encode() and ask(deployed, path, If_None_Match=headers["etag"], Accept_Encoding="br")[0] == 304
    named = re.findall(r'<(?:link|script)[^>]+(?:href|src)="\./([^"]+)"', page)
    assert len(named) > 80 and len(named) == len(set(named))
    for name in named:
        assert ask(deployed, f"/{name}")[0] == 200, name


def test_a_streamlit_with_other_files_gets_its_page_as_it_is(tmp_path):
    scripts = tmp_path / "static" / "js"
    scripts.mkdir(parents=True)
    (tmp_path / "index.html").write_text("<html><head></head></html>", encoding="utf-8")
    assert needed(scripts) == []
    assert "modulepreload" not in first_page(tmp_path)
    (scripts / "PlotlyChart.a1.js").write_text('import{a}from"./b.2.js";import("./later.3.js");export{x}from"./c.4.js"', encoding="utf-8")
    (scripts / "b.2.js").write_text('import"./PlotlyChart.a1.js";import"./gone.5.js"', encoding="utf-8")
    (scripts / "c.4.js").write_text("", encoding="utf-8")
    assert needed(scripts) == ["PlotlyChart.a1.js", "b.2.js", "c.4.js"]


def test_a_folder_is_compressed_once_and_again_when_it_changed(tmp_path):
    folder, cache = tmp_path / "folder", tmp_path / "cache"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "page.js").write_bytes(b"thai " * 1000)
    (folder / "noise.bin").write_bytes(os.urandom(1000))
    forms = compress_once(folder, cache)
    assert {path.name for path in forms.rglob("*") if path.is_file()} == {"page.js.br", "page.js.gz"}
    before = (forms / "deep" / "page.js.br").stat().st_mtime_ns
    assert compress_once(folder, cache) == forms and (forms / "deep" / "page.js.br").stat().st_mtime_ns == before
    (folder / "deep" / "page.js").write_bytes(b"Thai " * 1000)
    changed = compress_once(folder, cache)
    assert changed != forms and brotli.decompress((changed / "deep" / "page.js.br").read_bytes()) == b"Thai " * 1000
    assert sorted(path.name for path in cache.iterdir()) == sorted([forms.name, changed.name])  # no half-made folder


def test_where_nothing_can_be_kept_it_is_compressed_again_at_each_start(tmp_path, monkeypatch):
    """A read-only checkout."""
    monkeypatch.setattr(serve, "FirstViews", lambda cache: SimpleNamespace(view=None, card=None))
    monkeypatch.setattr(answers, "compress_once", lambda folder, cache: cache)
    passing = tmp_path / "passing"
    assert serve.answers(tmp_path / "kept", passing)[0] == tmp_path / "kept"
    assert serve.answers(Path("/dev/null/none"), passing)[0] == passing and list(passing.glob("page-*/index.html"))


def seen(port: int, **headers: str) -> str:
    """What a session without a browser gets for the overview in English, over its websocket."""

    async def session() -> str:
        async with viewer(f"127.0.0.1:{port}", **headers) as one:
            return str(await one.see("lang=en"))

    with ThreadPoolExecutor(1) as elsewhere:  # Playwright has this thread's event loop
        return elsewhere.submit(asyncio.run, session()).result()


def test_the_rest_is_streamlits(deployed):
    assert ask(deployed, "/_stcore/health")[2] == b"ok"

    assert "Overview" in seen(deployed)


def test_viewers_at_the_same_time_see_their_own_agency_and_language(deployed, sample_db):
    with duckdb.connect(str(sample_db), read_only=True) as connection:
        found = connection.execute("select distinct agency_id, name from agency join assessment using (agency_id) order by all").fetchall()
    people = list(zip(cycle(("th", "en")), found[:6], strict=False))
    assert len(people) > 3

    async def visit(lang: str, agency_id: str, name: str) -> list[str]:
        words, faults = Words(lang), []
        async with viewer(f"127.0.0.1:{deployed}") as one:
            for page in ("", "trends", "weakest", ""):
                messages = await one.see(f"lang={lang}&agency={agency_id}", page)
                elements = [message.delta.new_element for message in messages if message.WhichOneof("type") == "delta"]
                chosen = [element.selectbox.raw_value for element in elements if element.HasField("selectbox")]
                titles = [message.page_config_changed.title for message in messages if message.HasField("page_config_changed")]
                if name not in chosen or titles != [f"{words((page or 'overview') + '.page')} · {words('frame.name')}"]:
                    faults.append(f"{lang} {name} /{page}: {chosen} {titles}")
        return faults

    async def everybody() -> list[list[str]]:
        return await asyncio.gather(*(visit(lang, *agency) for lang, agency in people))

    with ThreadPoolExecutor(1) as elsewhere:  # Playwright has this thread's event loop
        assert elsewhere.submit(asyncio.run, everybody()).result() == [[] for _ in people]


# --- who may not add reports (tests/test_desk_may.py) ------------------------------------------------------------------------------


def put(port: int, session: str, method: str = "PUT") -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    edge = "x" * 20
    body = f'--{edge}\r\nContent-Disposition: form-data; name="a"; filename="a.docx"\r\n\r\nbytes\r\n--{edge}--\r\n'
    connection.request(
        method, f"/_stcore/upload_file/{session}/{uuid.uuid4()}", body, {"Content-Type": f"multipart/form-data; boundary={edge}"}
    )
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_a_stranger_gets_no_page_no_list_no_name_and_no_upload_by_any_message(deployed):
    """Over the websocket itself: the page by its path, by every hash that Streamlit could give it, with every parameter; then uploads for
    the session that is open, from whatever page it is."""

    async def try_it():
        said, took = [], []
        async with viewer(f"127.0.0.1:{deployed}") as stranger:
            first = await stranger.see()
            said += first
            session = next(one.new_session.initialize.session_id for one in first if one.WhichOneof("type") == "new_session")
            assert "add" not in stranger.pages and len(stranger.pages) > 5
            queries = ["", f"draft={WAITS[::-1]}", f"draft={WAITS}&lang=en", "view=history", "saved=0123456789ab"]
            for known in ("", calc_hash("add"), calc_hash("pages/add.py"), calc_hash("/add")):
                for query in queries:
                    stranger.pages["add"] = known
                    said += await stranger.see(query, page="add")
                    took.append(put(deployed, session))
            said += await stranger.see("", page="sources")
            took += [put(deployed, session, "DELETE"), put(deployed, session), put(deployed, str(uuid.uuid4()))]
            said += await stranger.see("agency=s0001&year=2568", page="present")
            took_at_present = put(deployed, session)
            said += await stranger.see("", page="overview")
            took.append(put(deployed, session))
        return said, took, took_at_present

    with ThreadPoolExecutor(1) as elsewhere:  # Playwright has this thread's event loop
        said, took, at_present = elsewhere.submit(lambda: asyncio.run(try_it())).result()
    assert set(took) == {404}
    assert at_present != 404, "there is a place for a template: else nothing is proved by the others"
    for secret in ("ลับ", Words("th")("add.drop")[:12], Words("en")("add.drop")[:12]):
        assert not any(secret in str(each) for each in texts(said)), secret


def texts(messages) -> list[str]:
    """Every text of the messages, whatever field it stands in, but for the link that the stranger gave."""
    found = []

    def walk(message):
        for field, value in message.ListFields():
            if field.name in ("query_string", "query_params", "page_hash", "page_script_hash"):
                continue
            values = value if isinstance(value, list) or hasattr(value, "append") or hasattr(value, "add") else [value]
            for one in values:
                if isinstance(one, str):
                    found.append(one)
                elif hasattr(one, "ListFields"):
                    walk(one)

    for message in messages:
        walk(message)
    return found


# --- in a browser, behind nginx ---------------------------------------------------------------------------------------------------


def opened(browser, url: str) -> list[str]:
    """Opens a page in a browser until it stands still; what its console said of errors. Waiting here must not evaluate text as script: the
    policy forbids it to every page."""
    from playwright.sync_api import expect

    faults: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 720}, locale="th-TH")
    page.on("console", lambda said: said.type == "error" and not PROBE.search(said.location["url"]) and faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(url)
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_visible(timeout=60_000)
    expect(page.locator("h1, h2, [data-testid=stAlert]").first).to_be_visible(timeout=30_000)
    expect(page.locator('[data-testid="stSkeleton"], [data-testid="stException"]')).to_have_count(0)
    page.close()
    return faults


def needs(program: str) -> str:
    """The path of a program that not every machine has. Without it the test is skipped; with CI=true it fails."""
    found = shutil.which(program, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if not found:
        reason = f"{program} is not on this machine: see .ci/run"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return found


@pytest.mark.browser
def test_behind_nginx_each_viewer_stays_with_one_of_several_copies(deployed, tmp_path, data, browser):
    """In a browser one page: what the policy forbids on the others says tests/browser/test_first_view.py, of "add" test_add.py."""
    second = free_port()
    with contextlib.ExitStack() as stack:
        copy = stack.enter_context(deployed_server(second, tmp_path / "second.log", data))
        port, notes = stack.enter_context(nginx_before([deployed, second], tmp_path))

        cookies = [ask(port, "/")[1]["set-cookie"].split(";")[0] for _ in range(20)]
        assert len(set(cookies)) == 20
        for cookie in cookies:
            status, headers, body = ask(port, scripts()[0], Cookie=cookie, Accept_Encoding="br")
            assert status == 200 and "set-cookie" not in headers and headers["content-encoding"] == "br"
            assert brotli.decompress(body) == (STREAMLIT / scripts()[0][1:]).read_bytes()
            assert ask(port, scripts()[0], "HEAD", Cookie=cookie, Accept_Encoding="br", If_None_Match=headers["etag"])[0] == 304

        for cookie in cookies[:3]:
            assert "Overview" in seen(port, Cookie=cookie, Origin=f"http://127.0.0.1:{port}")
        assert ask(port, "/static/../../dashboard.py")[0] == 400
        assert not opened(browser, f"http://127.0.0.1:{port}/trends?lang=en")

        told = [line.split()[:3] for line in notes.read_text(encoding="utf-8").splitlines()]
        copies = {cookie: {upstream for one, upstream, _ in told if cookie == f"ita_copy={one}"} for cookie in cookies}
        assert all(len(used) == 1 for used in copies.values())
        assert set.union(*copies.values()) == {f"127.0.0.1:{deployed}", f"127.0.0.1:{second}"}
        assert any(status == "101" for *_, status in told)

        copy.terminate()
        copy.wait(10)
        assert {ask(port, "/", Cookie=cookie)[0] for cookie in cookies} == {200}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process does all")
def test_without_the_process_in_front_the_one_behind_it_answers_all(office):
    port, process = office
    front = int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text(encoding="ascii"))
    os.kill(front, signal.SIGKILL)
    while ask(port, "/_stcore/health")[1].get("connection") == "close":  # of one that was handed on before
        time.sleep(0.01)
    assert ask(port, "/trends?lang=en")[1]["cache-control"] == "private, no-cache" and ask(port, scripts()[0])[0] == 200
    assert "Overview" in seen(port)


def test_the_unit_is_what_systemd_expects(tmp_path):
    program = needs("systemd-analyze")
    unit = (ROOT / "deploy" / "ita-dashboard@.service").read_text(encoding="utf-8")
    assert unit.count("/opt/ita-dashboard") == 5
    here = tmp_path / "ita-dashboard@.service"
    unit = unit.replace("/opt/ita-dashboard/.venv/bin/python", sys.executable).replace("/opt/ita-dashboard", str(ROOT))
    here.write_text(unit, encoding="utf-8")
    checked = subprocess.run([program, "verify", here], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


def test_nginx_lets_through_what_pages_let_a_viewer_upload():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    most = re.search(r"client_max_body_size (\d+)m;", (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8"))
    assert int(most[1]) > settings["server"]["maxUploadSize"]
