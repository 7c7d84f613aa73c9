"""Text of reports is shown letter by letter. Signs that nobody sees but that hide, reorder or break what stands beside them are written
out ([U+202E]) where frames leave the database, so that pages, figures, slides and files all show the same."""

import re

from numpy import ndarray
from pandas import DataFrame

# Control characters but tab and line breaks; signs that set the direction of writing (Unicode TR 36, 2.5: "bidirectional text spoofing");
# byte order mark, annotations, tags, noncharacters. Zero-width space and joiners stay: Thai text breaks its lines by them.
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
WRITTEN = re.compile(r"\[U\+([0-9A-F]{4,5})\]")


def visible(text):
    """A text with each unseen sign written out; lists entry by entry; what is no text as it is."""
    if isinstance(text, str):
        return UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
    return [visible(one) for one in text] if _is_list(text) else text


def meant(value):
    """The text that `visible` wrote out, for asking the database about it again."""
    if isinstance(value, (list, tuple)):
        return type(value)(meant(one) for one in value)
    return WRITTEN.sub(lambda found: chr(int(found[1], 16)), value) if isinstance(value, str) else value


def frame(answer: DataFrame) -> DataFrame:
    """The frame with all its texts visible. Columns that hold nothing unseen, nearly all, are only looked at."""
    for name in _of_texts(answer):
        said = [value if type(value) is str else "".join(map(str, value)) if _is_list(value) else "" for value in answer[name].tolist()]
        if not "".join(said).isprintable():
            answer[name] = answer[name].map(visible, na_action=None)
    return answer


def _of_texts(answer: DataFrame) -> list[str]:
    return [name for name, kind in answer.dtypes.items() if kind.kind == "O"]  # both of texts and of lists


def _is_list(value) -> bool:
    return isinstance(value, (list, ndarray))


def for_figure(answer: DataFrame) -> DataFrame:
    """The frame for a Plotly figure, which takes <b>, <br>, <a> and &lt; in any text for markup: a word joiner, which has no width, after
    each sign that could begin one leaves the sign alone. Our own markup is put around such texts afterwards."""

    def broken(text):
        return re.sub("([<&])", "\\1\u2060", text) if isinstance(text, str) else text

    texts = {name: answer[name].tolist() for name in _of_texts(answer)}
    return answer.assign(
        **{
            name: answer[name].map(broken, na_action=None)
            for name, said in texts.items()
            if any(type(text) is str and ("<" in text or "&" in text) for text in said)
        }
    )
