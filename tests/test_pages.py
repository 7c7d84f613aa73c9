"""Every page through dashboard.py in both languages: what it says, what it does without data and with a wrong link, what the URL keeps."""

import contextlib
import http.server
import re
import sys
import threading
from pathlib import Path

import duckdb
import pytest
from pandas import DataFrame
from streamlit.testing.v1 import AppTest

from deploy import answers
from pages.parts import controls, demo, first_build
from pages.parts.ask import directory
from pages.parts.say.text import Words, plain
from tests.support.data import table

PORT_OF_THE_DEMO = demo.PORT
ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
OF_DATA = [page for page in PAGES if page != "add"]  # what goes in there is not in the database yet
OF_ONE_AGENCY = ["overview", "trends", "weakest", "path"]
VIEWS = [
    ("trends", {"view": "total"}), ("trends", {"view": "change"}), ("trends", {"view": "indicators"}),
    ("trends", {"view": "indicators", "indicator": "10"}),
    ("weakest", {"order": "score"}), ("weakest", {"order": "gain"}), ("weakest", {"order": "peers"}),
    ("weakest", {"view": "group", "scope": "peers"}), ("weakest", {"view": "group", "scope": "province"}),
    ("weakest", {"view": "group", "scope": "nation"}),
    ("compare", {"view": "learn", "indicator": "9"}),
    ("path", {"view": "path"}), ("path", {"view": "path", "level": "1"}), ("path", {"view": "try", "set": "9:75,10:61.67"}),
]  # fmt: skip
THAI = re.compile(r"[\u0e00-\u0e7f]")


@pytest.fixture
def opened(monkeypatch):
    """`opened(data, "trends", agency="a0003")`: the page as a viewer of that link sees it."""

    def open_page(data, page, locale="th-TH", **query):
        monkeypatch.setenv("ITA_DATA", str(data))
        test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=600)
        test.context["locale"] = locale
        for name, value in query.items():
            test.query_params[name] = str(value)
        test.run() if page == "overview" else test.switch_page(f"pages/{page}.py").run()
        assert not test.exception, test.exception
        return test

    return open_page


def said(test) -> str:
    """All that a page says in words."""
    return "\n".join(
        element.value for kind in ("title", "header", "markdown", "caption", "info", "warning", "error") for element in getattr(test, kind)
    )


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(opened, shipped_data, shipped_db, page, lang):
    test = opened(shipped_data, page, lang=lang)
    assert len(test.title) == 1 and test.title[0].value
    assert (THAI.search(test.title[0].value) is not None) or lang == "en"


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("year", [2567, 2568])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_on_the_sample(opened, sample_data, sample_db, page, year, lang):
    assert opened(sample_data, page, agency="s0001", year=year, lang=lang).title


@pytest.mark.parametrize("page, query", VIEWS)
def test_every_view_of_a_page(opened, sample_data, sample_db, page, query):
    test = opened(sample_data, page, agency="s0001", year=2568, **query)
    assert test.title and not test.warning


@pytest.mark.parametrize("lang", ["th", "en"])
def test_the_overview_of_ban_duea_says_what_matters(opened, shipped_data, shipped_db, lang):
    test = opened(shipped_data, "overview", lang=lang, year=2568)
    words = said(test).replace("\\", "")
    verdict = ["88.94", "ผ่าน", "OIT 81.38", "85", "+4.51", "+6.67", "-4.88", "+7.25", "ผ่านดี"]
    aim = ["9.24", "15.57", "7.67", "33.33", "24.39", "14"]
    assert [part for part in verdict + aim if part not in words] == []
    agencies = next(box for box in test.selectbox if box.label == Words(lang)("control.agency"))
    assert agencies.value == "a0003", "the agency with the most indicator-years is the default"


def test_the_browsers_language_is_the_default(opened, shipped_data, shipped_db):
    assert THAI.search(opened(shipped_data, "path", locale="th-TH").title[0].value)
    assert not opened(shipped_data, "path", locale="de-DE", agency="a0003", year=2567).title[0].value.startswith("จะ")
    assert opened(shipped_data, "path", locale="de-DE", lang="th").title[0].value.startswith("จะ"), "the link's language wins"


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("page", OF_DATA)
@pytest.mark.parametrize("query", [{"agency": "nowhere"}, {"year": "1999"}, {"agency": "a0003", "year": "x", "view": "?", "order": "=1"}])
def test_a_wrong_id_gets_a_sentence_and_the_default(opened, shipped_data, shipped_db, page, query, lang):
    test = opened(shipped_data, page, lang=lang, **query)
    assert test.title and test.warning
    named = Words(lang)("control.agency" if query.get("agency") == "nowhere" else "control.year")
    assert named in test.warning[0].value


@pytest.mark.parametrize("page", OF_DATA)
def test_made_up_data_are_marked_on_every_page(opened, sample_data, sample_db, shipped_data, shipped_db, page):
    mark = Words("th")("control.synthetic")
    made_up = all(row[0] for row in duckdb.connect(str(sample_db), read_only=True).execute("select synthetic from source").fetchall())
    assert any(mark in caption.value for caption in opened(sample_data, page).caption) == made_up
    assert not any(mark in caption.value for caption in opened(shipped_data, page).caption)


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("page", ["overview", "trends", "completion", "sources"])
def test_every_page_says_of_when_its_data_are_and_what_no_source_confirms(opened, shipped_data, shipped_db, page, lang):
    words = Words(lang)
    test = opened(shipped_data, page, agency="a0003", year=2569, lang=lang)
    last = test.caption[-1].value
    assert words("freshness.scores", year=words.year(2568)) in last and words("freshness.documents", year=words.year(2568)) in last
    confirmed = words("control.rules_unknown", year=words.year(2569), what="|").split("|")[-1]
    assert any(confirmed in caption.value for caption in test.caption)
    assert not any(confirmed in caption.value for caption in opened(shipped_data, page, agency="a0003", year=2568, lang=lang).caption)


@pytest.mark.parametrize("lang", ["th", "en"])
def test_an_agency_of_the_register_without_data_is_told_what_to_load(opened, shipped_data, shipped_db, lang):
    test = opened(shipped_data, "trends", agency="g310306", lang=lang)
    assert test.title and not test.warning
    assert "องค์การบริหารส่วนตำบลชุมแสง" in test.info[0].value and "data/scores" in test.info[0].value
    found = opened(shipped_data, "sources", view="register", name="อบต.ชุมแสง", lang=lang)
    assert "6" in found.title[0].value and "data/scores" in said(found)


@pytest.mark.parametrize("lang", ["th", "en"])
@pytest.mark.parametrize("page", OF_ONE_AGENCY)
def test_an_agency_without_scores_is_told_what_to_load(opened, shipped_data, shipped_db, page, lang):
    with duckdb.connect(str(shipped_db), read_only=True) as connection:
        agency = connection.execute("select min(agency_id) from measure where agency_id not in (select agency_id from score)").fetchone()[0]
    test = opened(shipped_data, page, agency=agency, lang=lang)
    assert "data/scores" in test.title[0].value
    assert not test.get("plotly_chart")


@pytest.mark.parametrize("page", ["overview", "weakest", "path"])
def test_a_year_without_scores_is_said(opened, shipped_data, shipped_db, page):
    test = opened(shipped_data, page, agency="a0003", year=2564)
    assert "data/scores" in test.title[0].value and not test.warning
    assert not test.get("plotly_chart")


def test_completion_opens_on_all_agencies(opened, shipped_data, shipped_db):
    test = opened(shipped_data, "completion")
    words = Words("th")
    shown = next(box for box in test.selectbox if box.label == words("control.agency"))
    assert shown.options[shown.index] == words("control.all_agencies")


@pytest.mark.parametrize(("agency", "year", "found"), [
    ("a0003", 2568, "None of 14 measures bears a code of OIT"),
    ("a0001", 2566, "planned, never reported: 1 (number 9)"),
])  # fmt: skip
def test_completion_says_in_a_line_what_its_other_views_find(opened, shipped_data, shipped_db, agency, year, found):
    assert plain(found) in said(opened(shipped_data, "completion", agency=agency, year=year, lang="en"))


def test_an_empty_page_offers_only_what_it_can_show(opened, shipped_data, shipped_db):
    test = opened(shipped_data, "path", agency="a0002", lang="en")
    offered = [button.key.removeprefix("offer_") for button in test.button if (button.key or "").startswith("offer_")]
    with duckdb.connect(str(shipped_db), read_only=True) as connection:
        scored = {agency_id for (agency_id,) in connection.execute("select agency_id from score where chosen").fetchall()}
    assert len(offered) > 1 and set(offered) <= scored | {"add"}, "a year or an agency without scores leads to another empty page"
    next(button for button in test.button if button.key == "offer_a0003").click().run()
    assert test.get("plotly_chart") and test.query_params["year"] == "2568"


@pytest.mark.parametrize("page", PAGES)
def test_without_a_database_it_says_what_to_do(opened, tmp_path, monkeypatch, page):
    monkeypatch.setattr(first_build, "is_stale", lambda data, database: False)
    test = opened(tmp_path, page)
    assert "python -m etl build" in test.error[0].value


def test_a_failed_build_is_said_and_the_old_data_stay(opened, shipped_data, shipped_db, monkeypatch):
    monkeypatch.setattr(first_build, "is_stale", lambda data, database: True)
    monkeypatch.setattr(first_build, "COMMAND", [sys.executable, "-c", "raise RuntimeError('secret/path')"])
    test = opened(shipped_data, "overview", lang="en")
    assert test.error[0].value == Words("en")("frame.build_failed")
    assert "88.94" in test.title[0].value


def test_the_first_run_builds_the_database(opened, sample_data, sample_db, tmp_path):
    import shutil

    fresh = shutil.copytree(sample_data, tmp_path / "data", ignore=shutil.ignore_patterns("*.duckdb"))
    assert opened(fresh, "overview", agency="s0001").title
    assert (fresh / "ita.duckdb").exists()


def test_charts_and_downloads_have_their_words(opened, sample_data, sample_db):
    test = opened(sample_data, "trends", agency="s0001", year=2568, lang="th")
    chart = test.get("plotly_chart")[0].proto
    assert Words("th")("score_trend.title") in chart.alt and "89.01" in chart.alt


def test_a_page_without_data_leads_into_the_demo_where_it_runs(opened, sample_data, sample_db, monkeypatch):
    """Where another server of ours says that it is the demo: the same page and choices, without what only the real data have. Elsewhere,
    and for who sits at another machine, the picture alone."""
    chosen = {"agency": "s0001", "year": "2568", "view": "plan", "lang": "th"}
    for header, runs in (("X-ITA-Demo", True), ("Server", False)):
        with answering(header) as port:
            monkeypatch.setattr(demo, "PORT", port)
            assert demo.runs() is runs
            there = f"http://localhost:{port}/completion?view=plan&lang=th" if runs else None
            assert demo.link("http://localhost:8501/completion", "completion", chosen) == there
            assert demo.link("http://office.example/completion", "completion", chosen) is None
    assert not demo.runs() and demo.link("http://localhost:8501/", "", {}) is None
    assert answers.DEMO == demo.MARK and f"demo: PORT = {PORT_OF_THE_DEMO}\n" in (ROOT / "Makefile").read_text(encoding="utf-8")
    test = opened(sample_data, "path", agency="s0001", year=2569)
    assert test.title[0].value == Words("th")("path.empty") and len(test.get("popover")) > 1


@contextlib.contextmanager
def answering(header: str):
    """A server on this machine that answers everything with this header: its port."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header(header, "1")
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_the_lists_of_a_page_are_light(opened, nation_data, monkeypatch):
    """At most 20 KiB, also where every local government of the largest province has data; short names are those that offices write."""
    test = opened(nation_data, "compare", year=2568)
    assert sum(box.proto.ByteSize() for box in [*test.selectbox, *test.multiselect]) <= 20 * 1024
    agencies = directory.of_province(next(box for box in test.selectbox if box.key == "control_province").value)
    assert controls.light(agencies) == list(agencies["name"])
    kinds = {"อบต": "องค์การบริหารส่วนตำบล", "อบจ": "องค์การบริหารส่วนจังหวัด", "ทต": "เทศบาลตำบล", "ทม": "เทศบาลเมือง", "ทน": "เทศบาลนคร"}
    pairs = dict(zip(agencies["name"], agencies["short_name"], strict=True))
    assert {kinds[short.split(".")[0]] + short.split(".", 1)[1] for short in pairs.values() if "." in short} == set(pairs)
    rows = [row for row in table("data/local_governments.csv") if row["place"].startswith("30")]
    largest = DataFrame([{"name": kinds[row["type"]] + row["name"], "short_name": f"{row['type']}.{row['name']}"} for row in rows])
    sent = sum(len(name.encode()) + 3 for name in controls.light(largest))
    assert len(rows) > 300 and sent + 3 * 1024 <= 20 * 1024


def test_widgets_are_told_again_where_a_component_asks_for_more_by_itself():
    def page():
        import streamlit as st

        from pages.parts import link

        link.begin_widgets("a page")
        link.stands("one", "b")
        st.selectbox("one", ["a", "b"], key="one")
        st.button("more", on_click=link.tell_again)

    test = AppTest.from_function(page).run()
    told = [test.selectbox[0].proto.set_value]
    told.append(test.run().selectbox[0].proto.set_value)
    told.append(test.button[0].click().run().selectbox[0].proto.set_value)
    assert told == [True, False, True] and test.selectbox[0].value == "b"


def test_a_box_gets_another_list_where_the_view_changed_and_keeps_the_one_that_was_chosen_from():
    def page():
        import streamlit as st

        from pages.parts import link

        link.begin_widgets("a page")
        for name, box in (("one", "box"), ("two", "")):
            st.selectbox(name, ["a", "b"], key=link.stands(name, st.query_params.get(name, "a"), box))

    test, keys = AppTest.from_function(page), []
    for given in ({}, {"one": "b", "two": "b"}, {"one": "b", "two": "b"}):
        test.query_params.update(given)
        test.run()
        keys.append([box.key for box in test.selectbox])
    assert keys == [["one", "two"], ["one_1", "two"], ["one_1", "two"]] and [box.value for box in test.selectbox] == ["b", "b"]
    test.query_params["one"] = "a"
    test.selectbox[0].select("a").run()
    assert [box.key for box in test.selectbox] == ["one_1", "two"], "the viewer's own choice"


def test_who_chooses_in_a_box_has_seen_the_others_there_and_may_have_chosen_from_them_since():
    """A list that an answer brings is new, though: it is told until somebody chooses from what stands beside it later."""

    def page():
        import streamlit as st

        from pages.parts import link

        link.begin_widgets("a page")
        for name in ("one", "two", *(["new"] if st.query_params.get("one") else [])):
            key = link.stands(name, st.query_params.get(name, "a"), "box")
            st.selectbox(name, ["a", "b"], key=key, on_change=lambda: st.query_params.update(one=st.session_state["one"]))

    test = AppTest.from_function(page).run()
    told = [[box.proto.set_value for box in test.run().selectbox]]
    told.append([box.proto.set_value for box in test.selectbox[0].select("b").run().selectbox])
    told.append([box.proto.set_value for box in test.run().selectbox])
    assert told == [[True, True], [False, False, True], [False, False, True]]
