"""What was added and corrected through the page: by whom, from what to what, and the way back to each earlier state."""

import json

import streamlit as st

from pages.parts.ask import warehouse
from pages.parts.say.text import Words


def entries() -> list[dict]:
    """The lines of DATA/documents/history.jsonl with their number, the newest first. A line that was cut is none."""
    try:
        lines = (warehouse.data_folder() / "documents" / "history.jsonl").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append({"number": number} | json.loads(line))
        except (ValueError, TypeError):
            continue
    return found[::-1]


def history(words: Words) -> None:
    listed = entries()
    st.header(words("add.history_title", n=len(listed)) if listed else words("add.history_none"), anchor=False)
