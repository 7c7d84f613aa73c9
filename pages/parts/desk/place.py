"""The page of a document that a figure comes from, with its place marked: where the document was saved through the page for adding
reports, its pages lie in DATA/documents/.pages/<source_id>.
"""

import json
import re
from pathlib import Path

import streamlit as st

from pages.parts.ask import warehouse
from pages.parts.desk import drafts
from pages.parts.say.text import Words

HERE = Path(__file__).parent
HTML = '<div class="at"><div class="view" role="region" tabindex="0"></div></div>'
CSS = """.at, .at * { box-sizing: border-box; }
.at { font-family: var(--st-font); }
.at .view { height: min(24rem, 60vh); }
.at :focus-visible { outline: 3px solid #2a7fb0; outline-offset: 1px; }
"""


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


_place = st.components.v2.component("place", html=HTML, css=CSS + _read("paper.css"), js=_read("place.js") + _read("paper.js"))


def page_of(source_id: str, place: str, words: Words, key: str) -> None:
    """Shows the page; nothing where it is not there."""
    folder = warehouse.data_folder() / "documents" / ".pages" / str(source_id)
    if not re.fullmatch(r"[0-9a-f]{12}", str(source_id)) or not (folder / "pages.json").is_file():
        return
    try:
        index = json.loads((folder / "pages.json").read_bytes())
        at = index["places"].get(place) or {"page": int(re.match(r"page (\d+)", place)[1])}
        page = next(one for one in index["pages"] if one["page"] == at["page"])
        sent = drafts.as_sent(folder, page)
    except (OSError, ValueError, KeyError, TypeError, StopIteration):  # no place of this document, or its pages are not whole
        return
    if sent:
        said = words("desk.page", n=page["page"])
        st.caption(said)
        _place(key=key, data={"pages": {"pages": [page], "places": {place: at}}, "page": sent, "place": place, "said": said})
