"""Streamlit's own words, which it has in English alone, in the language of the viewer: what static/words.js needs."""

import json
from functools import cache
from pathlib import Path

from pages.parts.say.text import LANGUAGES, Words, rows

SCRIPT = (Path(__file__).parents[2] / "static" / "words.js").read_text(encoding="utf-8")
OURS = "frontend."  # of a key of text.csv: `en` is Streamlit's own text to the letter, {name} in it stands for any text, {n} for a number


@cache
def _said(lang: str) -> str:
    said = {row["en"]: row[lang] for key, row in rows().items() if key.startswith(OURS)}
    return json.dumps({own: ours for own, ours in said.items() if ours != own or "{n}" in own}, ensure_ascii=False)


def script(words: Words) -> str:
    """JavaScript that speaks to this viewer; it may run again, with another language too."""
    return f"{SCRIPT}speak({_said(words.lang)}, {json.dumps(words.digits == 'thai')})"


@cache
def without_csv() -> str:
    """The CSS that takes the toolbar's own CSV button away: it would write cells that begin with = as they are, and programs compute
    them. Our own downloads do not (take/harmless.py). The button is known by its words only, in whatever language."""
    said = {rows()["frontend.download_csv"][lang] for lang in LANGUAGES}
    return ", ".join(f'.stElementToolbar button[aria-label^="{text}"]' for text in sorted(said)) + " { display: none !important; }"


def plotly(words: Words) -> dict:
    """Of st.plotly_chart's config: the words of Plotly's own button."""
    dictionary = {rows()["frontend.png"]["en"]: words("frontend.png")}
    return {"locale": words.lang, "locales": {words.lang: {"dictionary": dictionary, "format": {}}}}
