"""The frame: first-run build, language, navigation. No numbers and no SQL live here."""

import base64
import importlib
import logging
import threading
from pathlib import Path

import streamlit as st

from pages.parts import controls, sign_in, warehouse

# pages/<name>.py, at /<name>, titled by the text `<name>.page`; the overview is at / as well
PAGES = ["overview", "trends", "weakest", "completion", "compare", "path", "present", "sources"]
HERE = Path(__file__).parent
# In the page itself: as a media file it is gone for a moment, and the browser gets 404, when a run follows the last one quickly.
ICON = "data:image/png;base64," + base64.b64encode((HERE / "static" / "icon.png").read_bytes()).decode()


@st.cache_resource
def building() -> threading.Lock:
    """One build at a time, however many viewers come at once."""
    return threading.Lock()


def build_when_needed(words) -> None:
    """Once a viewer's session: builds the database where it is missing or older than its inputs, and says so while it works."""
    if st.session_state.get("database_checked"):
        return
    build = importlib.import_module("etl.build")  # only now: a rerun does not pay for the reader
    data, database = warehouse.data_folder(), warehouse.database()
    with building():
        if build.is_stale(data, database):
            bar = st.progress(0.0, words("frame.building"))
            try:
                for problem in build.build(data, database, lambda done, steps: bar.progress(done / steps, words("frame.building"))):
                    st.warning(f"{problem.file}: {getattr(problem, words.lang)}")
            except Exception:  # whatever it was, the file of the last build is still whole: say so and go on with it
                logging.exception("the build failed")
                st.error(words("frame.build_failed"))
            bar.empty()
    st.session_state["database_checked"] = True


def main() -> None:
    words = controls.words()
    pages = [st.Page(HERE / "pages" / f"{name}.py", title=words(f"{name}.page"), url_path=name, default=name == "overview")
             for name in PAGES if (HERE / "pages" / f"{name}.py").exists()]
    page = st.navigation(pages, position="top")
    controls.keep_shared(page.url_path)
    words = controls.words()
    st.set_page_config(page_title=f"{page.title} · {words('frame.name')}", page_icon=ICON, layout="wide",
                       initial_sidebar_state="collapsed")
    st.logo(ICON, size="medium")
    st.html(HERE / "static" / "page.css")
    st.html(f"<script>Object.assign(document.documentElement, {{lang: '{words.lang}'}}).dataset.screen = '{words.screen}'</script>",
            unsafe_allow_javascript=True)
    try:
        if sign_in.passed(words, pages, page):
            build_when_needed(words)
            page.run()
    except warehouse.NoData as problem:
        st.error(words(problem.args[0]))


main()
