"""The frame: first-run build, language, navigation. No numbers and no SQL live here."""

import base64
import logging
from datetime import date
from pathlib import Path

import streamlit as st

from pages.parts import controls, first_build, frontend, link, menu, other_years, same, sign_in
from pages.parts.ask import warehouse
from pages.parts.desk import may, uploads
from pages.parts.present.deck import data_date
from pages.parts.say.text import plain

HERE = Path(__file__).parent
KEYBOARD = (HERE / "static" / "keyboard.js").read_text(encoding="utf-8")  # Tab into the boxes that buttons open
# In the page itself: as a media file it is gone for a moment, and the browser gets 404, when a run follows the last one quickly.
ICON = "data:image/png;base64," + base64.b64encode((HERE / "static" / "icon.png").read_bytes()).decode()


def say_what_stands_in(words) -> None:
    """On every page, while the database cannot be read: of when the data are that are shown instead."""
    st.warning(plain(words("database.instead", file=warehouse.database().name, date=data_date(words))))


def main() -> None:
    words = controls.words()
    st.session_state["may_add"] = may.may()  # whoever may not add reports has no such page
    pages = [
        st.Page(HERE / "pages" / f"{name}.py", title=words(f"{name}.page"), url_path=name, default=name == "overview")
        for name in [*menu.PAGES, *(["add"] if st.session_state["may_add"] else [])]
        if (HERE / "pages" / f"{name}.py").exists()
    ]
    page = st.navigation(pages, position="top")
    link.begin()
    controls.keep_shared(page.url_path)
    uploads.left(page.url_path)
    words = controls.words()
    link.begin_widgets((page.url_path, words))
    st.set_page_config(page_title=f"{page.title} · {words('frame.name')}", page_icon=ICON, layout="wide", initial_sidebar_state="collapsed")
    st.logo(ICON, size="medium")
    st.html(HERE / "static" / "page.css")
    st.html(f"<style>{frontend.without_csv()}</style>")
    viewer = f"Object.assign(document.documentElement, {{lang: '{words.lang}'}}).dataset.screen = '{words.screen}'"
    st.html(f"<script>{viewer};{KEYBOARD}{frontend.script(words)}</script>", unsafe_allow_javascript=True)
    try:
        if sign_in.passed(words, pages, page):
            first_build.when_needed(words)
            with warehouse.one_version() as as_it_lies_there:
                if not as_it_lies_there:
                    say_what_stands_in(words)
                controls.ask_for_the_screen(words)
                other_years.begin()
                same.begin()
                page.run()
                same.offer(words)
                controls.freshness(words, date.today())
                other_years.offer(words)
                link.end()
    except warehouse.Damaged:
        first_build.once_more()
        st.rerun()
    except warehouse.NoData as problem:
        st.error(words(problem.args[0]))
    except Exception:  # a fault of ours: viewers get a sentence in their language, the server's log what went wrong and where
        if st.get_option("client.showErrorDetails") != "none":
            raise
        logging.exception("the page %s failed", page.url_path)
        st.error(words("frame.failed"))


main()
