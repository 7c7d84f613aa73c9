"""Items in a cell: numbered lists, dashes, paragraphs, sentences; and how items of two cells of a row belong together."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from etl.printed.thai import arabic, key

_MARK = re.compile(
    r"(?:(?<=\s)|^)(?:"
    r"(?:ข้อ\s*)?(?P<dot>\d{1,3}(?:\.\d{1,2}){0,3})\.(?![\d])"
    r"|(?P<deep>\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.)])(?=\s|[\u0e01-\u0e4eA-Za-z])"
    r"|\((?P<round>\d{1,3}(?:\.\d{1,2})?)\)"
    r"|(?P<half>\d{1,3}(?:\.\d{1,2})?)\)"
    r"|(?P<bare>\d{1,2})(?=[ \t]+[\u0e01-\u0e4eA-Za-z\"“])"
    r")\s*",
    re.MULTILINE,
)
_DASH = re.compile(r"(?:(?<=\s)|^)[-–—•▪●*]+\s*(?=\S)(?![\d\s]*(?:เดือน|ม\.|ก\.|ต\.))", re.MULTILINE)
_GAP = re.compile(r" {2,}|\n+|\t+")
MOST_MARKS = 3000


@dataclass(frozen=True)
class Item:
    """One item: its printed number (Arabic digits, "" without one), its text, where it begins and which kind of mark it bears."""

    number: str
    text: str
    begin: int
    style: str

    @property
    def value(self) -> int:
        return int(self.number.rsplit(".", 1)[-1]) if self.number else 0


@dataclass(frozen=True)
class _Mark:
    begin: int
    end: int
    style: str
    number: str
    starts_line: bool

    @property
    def value(self) -> int:
        return int(self.number.rsplit(".", 1)[-1])

    @property
    def parent(self) -> str:
        return self.number.rpartition(".")[0]


@lru_cache(maxsize=2_000)
def marks(text: str) -> tuple[_Mark, ...]:
    """Every mark of a numbered item in `text`, in order."""
    plain = arabic(text)
    found: list[_Mark] = []
    for match in _MARK.finditer(plain):
        begin = match.start()
        starts_line = not plain[plain.rfind("\n", 0, begin) + 1 : begin].strip(" -–•*.\t")
        style = match.lastgroup or ""
        if style == "bare" and not starts_line:
            continue
        number = match[style].strip(".")
        found.append(_Mark(begin, match.end(), "dot" if style in ("bare", "deep") else style, number, starts_line))
        if len(found) >= MOST_MARKS:
            break
    return tuple(found)


def numbered(text: str, style: str | None = None, after: int | None = None) -> tuple[str, list[Item]]:
    """(text before the first item, the items of one numbered list) of a cell.

    `style`: dot, half or round; without it that of the first mark. `after`: the number after which the list goes on
    (a cell that continues another one); without it a list begins with 1, or with whatever number its first line bears.

    >>> [item.text for item in numbered("๑. จัดทำแผน ๒. เผยแพร่แผน ปีละ ๑ ครั้ง")[1]]
    ['จัดทำแผน', 'เผยแพร่แผน ปีละ ๑ ครั้ง']
    """
    chain = _chain(marks(text), style, after)
    if not chain:
        return text.strip(), []
    ends = [mark.begin for mark in chain[1:]] + [len(text)]
    items = [Item(mark.number, text[mark.end : end].strip(), mark.begin, mark.style) for mark, end in zip(chain, ends, strict=True)]
    return text[: chain[0].begin].strip(" -–\n\t"), items


def _chain(found: tuple[_Mark, ...], style: str | None, after: int | None) -> list[_Mark]:
    first = _first(found, style, after)
    if first is None:
        return []
    chain = [found[first]]
    for mark in found[first + 1 :]:
        last = chain[-1]
        if mark.style != last.style or mark.parent != last.parent:
            continue
        step = mark.value - last.value
        # A number may repeat or skip where it begins a line; inside a line only the next one is an item.
        if step == 1 or (mark.starts_line and 0 <= step <= 3):
            chain.append(mark)
    return chain


def _first(found: tuple[_Mark, ...], style: str | None, after: int | None) -> int | None:
    for at, mark in enumerate(found):
        if style is not None and mark.style != style:
            continue
        if after is not None and mark.value == after + 1:
            return at
        if mark.value == 1 or mark.starts_line:
            return at
    return None


def reflowed(text: str) -> str:
    """Lines of a narrow printed column -> paragraphs: a line that fills the column runs on into the next.

    >>> reflowed("๑. จัดทำคู่มือการให้บริการประ\\nชาชนของหน่วยงาน\\n๒. เผยแพร่")
    '๑. จัดทำคู่มือการให้บริการประชาชนของหน่วยงาน\\n๒. เผยแพร่'
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return text
    width = max(map(len, lines))
    joined = lines[:1]
    for before, line in zip(lines, lines[1:], strict=False):
        opens = _DASH.match(line) or (_MARK.match(arabic(line)) and not re.match(r"\d{1,2}\s", arabic(line)))
        if opens or len(before) < 0.55 * width:
            joined.append(line)
        else:
            thai = re.search(r"[\u0e01-\u0e4e]$", before) and re.match(r"[\u0e01-\u0e2e\u0e40-\u0e44]", line)
            joined[-1] += ("" if thai else " ") + line
    return "\n".join(joined)


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def dashed(text: str) -> list[str]:
    """Items that begin with a dash or a bullet; text before the first one belongs to it.

    >>> dashed("-เผยแพร่ผล -มีรายงานผล")
    ['เผยแพร่ผล', 'มีรายงานผล']
    """
    return [piece.strip() for piece in _DASH.split(text) if piece.strip(" -–\n")]


def gapped(text: str) -> list[str]:
    return [piece.strip() for piece in _GAP.split(text) if piece.strip()]


def sentences(text: str, starts: Callable[[str], object]) -> list[str]:
    """Pieces of a line that each begin like a statement of their own.

    >>> sentences("มีการประชุมทุกเดือน มีช่องทางรับฟัง", re.compile("มี").match)
    ['มีการประชุมทุกเดือน', 'มีช่องทางรับฟัง']
    """
    pieces: list[str] = []
    for piece in re.split(r"\s+", text.strip()):
        if pieces and not starts(piece):
            pieces[-1] += " " + piece
        else:
            pieces.append(piece)
    return pieces


def plain_items(text: str) -> list[str]:
    """A result or a list of steps -> its items, whatever marks them; never empty for a text that says something."""
    _, items = numbered(text)
    if len(items) > 1:
        head, _ = numbered(text)
        return ([head] if head else []) + [item.text for item in items]
    pieces: list[str] = []
    for line in paragraphs(text):
        pieces += dashed(line) or [line]
    return [re.sub(r"^[(]?[\d๐-๙]{1,2}(?:\.[\d๐-๙]{1,2})*[.)]\s*", "", piece).strip() for piece in pieces]


def similarity(first: str, second: str) -> float:
    """0-1: how much the shorter of two texts is found in the other, spelling and spaces apart."""
    a, b = key(first)[:400], key(second)[:400]
    if not a or not b:
        return 0.0
    return fuzz.partial_ratio(a, b) / 100 if min(len(a), len(b)) > 3 else float(a == b)


def aligned(pieces: list[str], titles: list[str]) -> list[list[str]]:
    """Pieces shared out over titles in order, each title getting a run of them (at least one where there are enough), by similarity.

    >>> aligned(["เผยแพร่ผลการจัดซื้อ", "เผยแพร่ผลการใช้จ่าย", "มีรายงานผลการใช้จ่าย"], ["เผยแพร่การใช้จ่าย การจัดซื้อ", "จัดทำรายงานผลการใช้จ่าย"])
    [['เผยแพร่ผลการจัดซื้อ', 'เผยแพร่ผลการใช้จ่าย'], ['มีรายงานผลการใช้จ่าย']]
    """
    count, wanted = len(pieces), len(titles)
    alike = [
        [fuzz.token_ratio(key(piece)[:200], key(title)[:200]) / 100 + similarity(piece, title) for title in titles] for piece in pieces
    ]
    least = float("-inf")
    best = [[least] * (wanted + 1) for _ in range(count + 1)]
    back = [[0] * (wanted + 1) for _ in range(count + 1)]
    best[0][0] = 0.0
    for piece in range(1, count + 1):
        for title in range(1, wanted + 1):
            stay, move = best[piece - 1][title], best[piece - 1][title - 1]
            best[piece][title] = max(stay, move) + alike[piece - 1][title - 1]
            back[piece][title] = title if stay >= move else title - 1
    shared: list[list[str]] = [[] for _ in titles]
    title = wanted
    for piece in range(count, 0, -1):
        shared[title - 1].insert(0, pieces[piece - 1])
        title = back[piece][title]
    return shared
