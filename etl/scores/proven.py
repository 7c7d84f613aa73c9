"""Labels of indicators that could not be read in a picture, proven by those around them: nine of I1 to I10 in order prove the tenth."""

import re
from dataclasses import replace

from etl.formats.document import UNREAD, Cell
from etl.printed import thai

_NUMBER = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_UNREAD = re.compile(rf"[IiEO]?[\d{UNREAD}]*{UNREAD}[\d{UNREAD}]*")
_LONGEST = 20  # letters of a label that is a code or a number, or the word for an indicator and its number


def with_proven_labels(rows: list[tuple[Cell, ...]], every: list[str]) -> list[tuple[Cell, ...]]:
    """The rows, with a label among those of all indicators but one, in a column or in a row, that was not read as what it must be.

    `every`: the indicators in their order.
    """
    if not any(UNREAD in cell.text for row in rows for cell in row):
        return rows
    found = [list(row) for row in rows]
    for row in found:
        if proven := proven_label([cell.text for cell in row], every):
            at, text = proven
            row[at] = replace(row[at], text=text)
    for column in range(max(map(len, found), default=0)):
        if proven := proven_label([row[column].text for row in found], every):
            at, text = proven
            found[at][column] = replace(found[at][column], text=text)
    return [tuple(row) for row in found]


def proven_label(texts: list[str], every: list[str]) -> tuple[int, str] | None:
    """(position, text) of the one label that is unread where all others stand once and in their order, all of one form.

    >>> proven_label(["I1", "\ufffd\ufffd", "I3", "sum", "I4"], ["1", "2", "3", "4"])
    (1, 'I2')
    """
    labels = [_label(text) for text in texts]
    forms = {label[0] for label in labels if label}
    for form in forms:
        own = [(at, label[1]) for at, label in enumerate(labels) if label and label[0] == form]
        numbers = [number for _, number in own]
        missing = [number for number in every if number not in numbers]
        if len(missing) != 1 or numbers != [number for number in every if number != missing[0]]:
            continue
        at = every.index(missing[0])
        first = own[at - 1][0] + 1 if at else 0
        last = own[at][0] if at < len(own) else len(texts)
        unread = [place for place in range(first, last) if _form_unread(texts[place]) in (form, "#", "I#")]
        if len(unread) == 1:
            return unread[0], form.replace("#", missing[0])
    return None


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
