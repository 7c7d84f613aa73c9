"""A short text as evidence: the runs of letters that it is made of, so that a new wording shares most of them with a known one."""

from functools import lru_cache

from etl.printed.thai import bare

Evidence = dict[str, float]
SHORTEST, LONGEST = 2, 3
MOST_LETTERS = 160
WORTH = 0.5  # of one run; the same in a long text as in a short one, so that a name or a year behind a title takes nothing from it


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The first letters alone; see `thai.bare`."""
    return bare(text[: 2 * MOST_LETTERS])[:MOST_LETTERS]


def letters(text: str, of: str = "") -> Evidence:
    """The runs of 2 or 3 letters of `text` (`^` and `$` are its ends) and the whole text.

    `of` tells evidence of one kind from that of another.

    >>> sorted(letters("ที่"))[:3]
    ['=ท', '^ท', '^ท$']
    """
    bare = plain(text)
    if not bare:
        return {}
    framed = f"^{bare}$"
    runs = {framed[at : at + size] for size in range(SHORTEST, LONGEST + 1) for at in range(len(framed) - size + 1)}
    found = {of + run: WORTH for run in runs}
    found[f"{of}={bare}"] = 1.0
    return found
