"""Add a report: drop it, see what was read, check it beside its page, save it; and what was added before."""

import streamlit as st

from pages.parts import controls, link
from pages.parts.desk import arrivals, check, drafts, history, may, runs, saving
from pages.parts.say.text import plain

controls.within_frame()
words = controls.words()
st.session_state["desk_words"] = words


def opened(draft: str) -> None:
    """The checking screen of a draft that was read."""
    reading = drafts.reading(draft)
    st.title(plain(words("add.checking", name=drafts.name_of(draft))), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", key="controls"):
        st.button(words("add.back"), icon=":material/arrow_back:", type="tertiary", on_click=link.change, kwargs={"draft": None})
        has = check.held_after_all(draft)
        if has:
            st.button(words("add.take_over"), on_click=check.take_over, args=(draft,))
        controls.display(words)
    mine = not has and drafts.take(draft, check.token(), may.who(), knowingly=True)
    st.session_state["desk_open"] = draft
    check.check(draft, words, reading, words("add.read_only", holder=arrivals.opened_by(has, words)) if has else None, mine)


def desk() -> None:
    st.title(words("add.title"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", key="controls"):
        view = controls.choice(words, "view", ["new", "history"], lambda one: words(f"add.{one}"), folds=False)
        controls.display(words)
    if view == "history":
        history.history(words)
        return
    if saved := st.query_params.get("saved"):
        saving.saved(saved, words)
    arrivals.drop(words)
    arrivals.waiting(words)


asked = st.query_params.get("draft")
draft = asked if asked and drafts.folder(asked) else None
if (left := st.session_state.get("desk_open")) and left != draft:
    drafts.leave(left, check.token())
    del st.session_state["desk_open"]
if draft and st.session_state.pop("desk_save", None) == draft:
    st.title(plain(words("add.checking", name=drafts.name_of(draft))), anchor=False)
    saving.save(draft, words)
elif draft and runs.readings().of(draft) is None:
    opened(draft)
else:
    if asked and not draft:
        controls.unknown(words, "draft", asked)
    desk()
