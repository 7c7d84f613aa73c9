"""What stands in tables of measures and is none: sums of how many there are, captions of pictures; by the words of no_measures.csv."""

import csv
from functools import cache
from pathlib import Path

from etl.printed.thai import composed, key

_LONGEST_COUNT = 80  # letters
_SUMS = ("รวม", "จำนวน", "total")  # what a row of counts says; "โครงการ" alone may be a title


@cache
def _words(kind: str, as_keys: bool = True) -> tuple[str, ...]:
    """Words of one kind, as keys or as they are printed, the longest first."""
    with open(Path(__file__).with_name("no_measures.csv"), encoding="utf-8", newline="") as handle:
        return tuple(
            sorted(
                (key(row["words"]) if as_keys else row["words"] for row in csv.DictReader(handle) if row["kind"] == kind),
                key=len,
                reverse=True,
            )
        )


def is_count(text: str) -> bool:
    """Whether a cell says how many measures there are, or what they cost together, and nothing else.

    >>> is_count("จำนวน 7 โครงการ/กิจกรรม/มาตรการ"), is_count("รวมมิติที่ ๒"), is_count("โครงการรวมพลังจำนวน 3 ครั้ง")
    (True, True, False)
    """
    if len(text) > _LONGEST_COUNT:
        return False
    rest = key(text)
    if not any(word in rest for word in _SUMS):
        return False
    for word in _words("count"):
        rest = rest.replace(word, " ")
    return not rest.replace(" ", "").strip("0123456789")


def closes(text: str) -> bool:
    """Whether a cell begins a total, a note or a signature below the measures.

    >>> closes("รวมทั้งสิ้น 4 โครงการ"), closes("ผู้รายงาน: ......"), closes("รวมพลังต้านทุจริต"), closes("ผู้รายงานเหตุ")
    (True, True, False, False)
    """
    text = composed(text).strip().lstrip("(")
    return any(text.startswith(word) and not text[len(word) : len(word) + 1].isalpha() for word in _words("closing", as_keys=False))


def is_caption(text: str) -> bool:
    """Whether a cell or line is the caption of a picture, or keeps the place of one.

    >>> is_caption("ภาพที่ ๑ ประชุมคณะทำงาน"), is_caption("(ภาพ)"), is_caption("ภาพการประชุมคณะทำงาน")
    (True, True, False)
    """
    letters = key(text)
    return letters in _words("placeholder") or any(
        letters.startswith(word) and letters[len(word) : len(word) + 1].isdigit() for word in _words("caption")
    )
