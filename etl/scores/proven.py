"""Labels of indicators that could not be read in a picture, proven by those around them: nine of I1 to I10 in order prove the tenth."""

import re
from dataclasses import replace
from itertools import pairwise

from etl.formats.document import UNREAD, Cell
from etl.printed import thai

_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_UNREAD = re.compile(rf"[IiEO]?[\d{UNREAD}]*{UNREAD}[\d{UNREAD}]*")
_INSTRUMENTS = ("IIT", "EIT", "OIT")
_AS_MANY = 2  # labels that are read for each that is not
_LONGEST = 20  # letters of a label that is a code or a number, or the word for an indicator and its number


def with_proven_labels(rows: list[tuple[Cell, ...]], every: list[str]) -> list[tuple[Cell, ...]]:
    """The rows, with labels among those of all indicators, in a column or in a row, that were not read as what they must be.

    `every`: the indicators in their order.
    """
    if not any(cell.confidence is not None for row in rows for cell in row):  # of no picture
        return rows
    found = [list(row) for row in rows]
    for row in found:
        for at, text in _proven([cell.text for cell in row], every).items():
            row[at] = replace(row[at], text=text)
    for column in range(max(map(len, found), default=0)):
        for at, text in _proven([row[column].text for row in found], every).items():
            found[at][column] = replace(found[at][column], text=text)
    return [tuple(row) for row in found]


def _proven(texts: list[str], every: list[str]) -> dict[int, str]:
    return proven_labels(texts, every) | proven_instruments(texts)


def proven_instruments(texts: list[str]) -> dict[int, str]:
    """Position -> IIT, whose bars are read as other letters, as few, where EIT and OIT follow.

    >>> proven_instruments(["แท", "EIT", "OIT", "รวม"]), proven_instruments(["IIT", "EIT", "รวม"])
    ({0: 'IIT'}, {})
    """
    first, *following = _INSTRUMENTS
    short = [thai.one_line(text).strip("()") for text in texts]
    places = [at for at in range(len(short) - 2) if short[at + 1 : at + 3] == following and short[at] != first]
    return {at: first for at in places if 0 < len(short[at]) <= len(first) and not short[at].isdecimal()}


def proven_labels(texts: list[str], every: list[str]) -> dict[int, str]:
    """Position -> text of labels that are unread, where the others stand once and in their order, all of one form, twice as many at least,
    and where between two of them as many are unread as are missing, or as many stand there, whatever they were read as.

    >>> proven_labels(["I1", "\ufffd\ufffd", "I3", "sum", "I4"], ["1", "2", "3", "4"])
    {1: 'I2'}
    >>> proven_labels(["I1", "Io", "I3", "I4"], ["1", "2", "3", "4"])
    {1: 'I2'}
    >>> proven_labels(["year", "\ufffd", "\ufffd", *"345678"], list("12345678"))
    {1: '1', 2: '2'}
    """
    labels = [_label(text) for text in texts]
    for form in {label[0] for label in labels if label}:
        own = [(at, label[1]) for at, label in enumerate(labels) if label and label[0] == form]
        missing = [number for number in every if number not in {one for _, one in own}]
        if not missing or [number for _, number in own] != [number for number in every if number not in missing]:
            continue
        if _AS_MANY * len(missing) > len(own):
            continue
        found = {}
        for (before, last), (after, following) in pairwise([(-1, None), *own, (len(texts), None)]):
            between = every[every.index(last) + 1 if last else 0 : every.index(following) if following else len(every)]
            unread = [at for at in range(before + 1, after) if _form_unread(texts[at]) in (form, "#", "I#")]
            if last and following and after - before - 1 == len(between):  # there is room for nothing else
                unread = [at for at in range(before + 1, after) if 0 < len(thai.one_line(texts[at])) <= len(form) + 1]
            if between and len(unread) == len(between):
                found |= {at: form.replace("#", number) for at, number in zip(unread, between, strict=True)}
        if found:
            return found
    return {}


def _label(text: str) -> tuple[str, str] | None:
    """(the label with # for its number, the number without a zero before it), of a short text with one number."""
    text = thai.arabic(thai.one_line(text))
    found = _NUMBER.findall(text)
    if len(found) != 1 or UNREAD in text or len(text) > _LONGEST:
        return None
    return _NUMBER.sub("#", text), found[0].lstrip("0")


def _form_unread(text: str) -> str | None:
    """An unread label with # for what is unread of it; None: nothing of it is, or other things stand beside it."""
    text = thai.arabic(thai.one_line(text))
    found = _UNREAD.search(text)
    if not found or UNREAD in (rest := text[: found.start()] + text[found.end() :]) or len(text) > _LONGEST:
        return None
    return rest[: found.start()] + "#" + rest[found.start() :]
