"""The frame: first-run build, language, navigation. No numbers and no SQL live here."""

import importlib
from pathlib import Path

import streamlit as st

from pages.parts import controls, warehouse

# pages/<name>.py, at /<name>, titled by the text `<name>.page`; the overview is at / as well
PAGES = ["overview", "trends", "weakest", "completion", "compare", "path", "present", "sources"]
HERE = Path(__file__).parent


def build_when_needed(words) -> None:
    """Builds the database where it is missing or older than its inputs; says so while it works."""
    if not (HERE / "etl" / "build.py").exists():
        return
    build = importlib.import_module("etl.build")  # only now: a start with a fresh database does not pay for the reader
    if not build.is_stale(warehouse.data_folder(), warehouse.database()):
        return
    with st.status(words("frame.building"), expanded=False) as status:
        build.build(warehouse.data_folder(), warehouse.database())
        status.update(label=words("frame.built"), state="complete")


def main() -> None:
    words = controls.words()
    pages = [st.Page(HERE / "pages" / f"{name}.py", title=words(f"{name}.page"), url_path=name, default=name == "overview")
             for name in PAGES if (HERE / "pages" / f"{name}.py").exists()]
    page = st.navigation(pages, position="top")
    controls.keep_shared(page.url_path)
    words = controls.words()
    st.set_page_config(page_title=f"{page.title} · {words('frame.name')}", page_icon=str(HERE / "static" / "icon.png"), layout="wide",
                       initial_sidebar_state="collapsed")
    st.logo(str(HERE / "static" / "icon.png"), size="medium")
    st.html(HERE / "static" / "page.css")
    st.html(f"<script>document.documentElement.lang = '{words.lang}'</script>", unsafe_allow_javascript=True)
    try:
        build_when_needed(words)
        page.run()
    except warehouse.NoData as problem:
        st.error(words(problem.args[0]))


main()
