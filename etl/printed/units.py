"""Responsible units as printed in narrow columns -> a list of names."""

import csv
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import zip_longest
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from etl.printed.thai import arabic, composed, glued, key, one_line

# Words that begin the name of a unit or of a post that answers for a measure.
_HEAD = (
    r"(?:งาน|กอง|สำนัก|ฝ่าย|ส่วน(?!ใหญ่|ร่วม|ตัว|ลด|เกิน)|หน่วย(?!นับ|กิต)|กลุ่ม|ศูนย์|โรงเรียน|สถานศึกษา|คณะ|ทุก(?!ข์)|ปลัด|รองปลัด|รองนายก|นายก|หัวหน้า"
    r"|ผู้อำนวยการ|ผอ\.|ผู้บริหาร|เลขานุการ"
    r"|นัก(?=[ก-ฮ])(?!ฯ|เรียน|ศึกษา)|นิติกร|เจ้าพนักงาน|เจ้าหน้าที่|พนักงาน|บุคลากร|สภา(?!พ)|สมาชิก|เทศบาล|องค์การ|อบต|ทต\.|แผนก|โครงการ)"
)
_STARTS = re.compile(_HEAD)
# A head that says nothing alone: what follows belongs to it.
_BARE = re.compile(
    r"(?:งาน|งานการ|กอง|กองการ|สำนัก|สำนักงาน|ฝ่าย|ส่วน|หน่วย|กลุ่ม|ศูนย์|หัวหน้า|ผู้อำนวยการ|ผอ\.?|คณะ|ทุก|ทุกๆ|ทุก ๆ"
    r"|รอง|เจ้า|พนักงาน|เจ้าหน้าที่|ผู้ช่วย|และ|หรือ)"
)
_NUMBERING = re.compile(
    r"(?:(?<=\s)|^)\(?\d{1,2}(?:[.)](?!\d)|(?=\s+[ก-ฮ]))\s*|(?:(?<=\s)|^)\d{1,2}\.\d{1,2}\.?\s*|(?:(?<=[\s])|^)[-–•·▪*]+\s*", re.MULTILINE
)
_PARTED = re.compile(r"\s*(\n|,|;|،|\s{2,})\s*")
# The agency itself behind a unit's name: "สำนักปลัด อบจ."
_AGENCY = re.compile(r"(?:อบต|อบจ|ทต|ทม|ทน)\.|เทศบาล|องค์การบริหาร")
_TITLES_OF_PERSONS = ("นาย", "นาง", "น.ส.", "ว่าที่ร", "ดร.")
_EVERY = re.compile(r"ทุก\s*ๆ?")


@dataclass
class Units:
    """Names of units in order, and the misspellings that were repaired: (printed, read as)."""

    names: list[str] = field(default_factory=list)
    repairs: list[tuple[str, str]] = field(default_factory=list)


@cache
def _known() -> dict[str, str]:
    with open(Path(__file__).with_name("units.csv"), encoding="utf-8", newline="") as handle:
        return {key(row["unit"]): row["unit"] for row in csv.DictReader(handle)}


@cache
def _beginnings() -> frozenset[str]:
    """Every run of letters that a known name begins with."""
    return frozenset(name[:length] for name in _known() for length in range(len(name) + 1))


def is_known_unit(text: str) -> bool:
    """Whether `text` is the name of one unit of the list ("กองคลัง") to the letter."""
    return len(text) < 60 and key(text) in _known()


@lru_cache(maxsize=2_000)
def looks_like_units(text: str) -> bool:
    """Whether `text` reads as names of units rather than as prose.

    >>> looks_like_units("งานการ เจ้าหน้าที่"), looks_like_units("เผยแพร่แผน กองคลัง จัดทำแผน สรุปผล")
    (True, False)
    """
    parts = [part for part in _PARTED.split(_NUMBERING.sub("\n", arabic(text).strip()))[::2] if part.strip()]
    if not parts or max(map(len, parts)) > 90:
        return False
    starting = sum(bool(_STARTS.match(part)) for part in parts)
    return starting * 2 >= len(parts) and not re.match(r"(?:โครงการ|กลุ่มเป้าหมาย|เทศบาล\S{0,30}(?:มี|ได้|จัด))", parts[0])


def units(text: str) -> Units:
    """The units that a cell names, in order, each once.

    >>> units("๑ งานตรวจสอบภายใน ๒.สำนักปลัดเทศบาล ๓.กองช่าง").names
    ['งานตรวจสอบภายใน', 'สำนักปลัดเทศบาล', 'กองช่าง']
    >>> units("งานการ เจ้าหน้าที่/งาน ที่เกี่ยวข้องใน การปฏิบัติงาน").names
    ['งานการเจ้าหน้าที่', 'งานที่เกี่ยวข้องในการปฏิบัติงาน']
    >>> units("ทุกๆ กอง/ สำนักฯ").names, units("สำนักปลัดเทศบาล/งานทะเบียนฯ").names
    (['ทุกๆ กอง/สำนักฯ'], ['สำนักปลัดเทศบาล', 'งานทะเบียนฯ'])
    >>> units("หน่วยควบคุมภายใน, กองคลัง").names, units("นายมั่น ใจดี\\nนางสาวแก้ว ผ่องใส").names
    (['หน่วยควบคุมภายใน', 'กองคลัง'], ['นายมั่น ใจดี', 'นางสาวแก้ว ผ่องใส'])
    >>> units("กลุ่มงบประมาณ และกลุ่มบริหารทั่วไป").names
    ['กลุ่มงบประมาณ', 'กลุ่มบริหารทั่วไป']
    >>> units("งานกร เจ้าหน้าที่").repairs
    [('งานกรเจ้าหน้าที่', 'งานการเจ้าหน้าที่')]
    """
    found = Units()
    for name in _names(composed(text)):
        read = _repaired(name)
        if read != name:
            found.repairs.append((name, read))
        if read not in found.names:
            found.names.append(read)
    return found


def units_in_order(text: str) -> list[str]:
    """What a cell names for one measure after the other, repeated ones too; units joined by a slash are one measure's.

    >>> units_in_order("งานพัสดุ งานพัสดุ กองช่าง/กองคลัง")
    ['งานพัสดุ', 'งานพัสดุ', 'กองช่าง/กองคลัง']
    """
    return [chunk for line in _lines(composed(text)) for chunk in _chunks(line)]


def _names(text: str) -> list[str]:
    return [name for line in _lines(text) for chunk in _chunks(line) for name in _sides(chunk)]


def _lines(text: str) -> list[str]:
    """Lines of a cell, each beginning a unit: a line that begins none goes on with the name before it."""
    plain = arabic(text)
    for mark in reversed(list(_NUMBERING.finditer(plain))):
        text = text[: mark.start()] + "\n" + text[mark.end() :]
    lines: list[str] = []
    before = ""
    for piece, gap in zip_longest(*[iter(_PARTED.split(text))] * 2, fillvalue=""):
        piece = piece.strip()
        if not piece.strip(" -–—.,/"):
            continue
        # A comma parts two units even where the first ends in a word that other names go on after ("ภายใน", "ด้าน").
        parted = "," in before and not _BARE.fullmatch(lines[-1]) if lines else True
        if not lines or _is_person(piece) or (_STARTS.match(piece) and (parted or not _goes_on(lines[-1], piece))):
            lines.append(piece)
        else:
            lines[-1] += " " + piece
        before = gap
    return lines


def _is_person(text: str) -> bool:
    """Whether a piece opens with the title of a person; นายก and นายอำเภอ are posts."""
    return text.startswith(_TITLES_OF_PERSONS) and not text.startswith(("นายก", "นายอำเภอ"))


def _chunks(line: str) -> list[str]:
    """A line -> what it names one after the other: a new unit begins after a space, unless the name before is not complete."""
    chunks: list[str] = []
    for word in re.split(rf"\s+(?={_HEAD})", line):
        if chunks and _goes_on(chunks[-1], word):
            chunks[-1] += " " + word
        else:
            chunks.append(word)
    return [_tidied(chunk) for chunk in chunks if chunk.strip(" .,-–")]


def _goes_on(before: str, word: str) -> bool:
    before = before.strip()
    if before.endswith(("/", "และ", "หรือ", "ๆ")) or word.startswith("/") or _BARE.fullmatch(before):
        return True
    return bool(_EVERY.match(before) and _EVERY.match(word)) or bool(_AGENCY.match(word)) or _within_a_name(before, word)


def _sides(chunk: str) -> list[str]:
    """Units joined by a slash or by `และ` before a unit; a collective and a bare `กอง/ฝ่าย` or `กอง/สำนักฯ` stay one."""
    if _EVERY.match(chunk) or key(chunk) in _known():
        return [chunk]
    sides = chunk.split("/")
    if any(not side or _BARE.fullmatch(side.rstrip("ฯ")) for side in sides) or not all(_STARTS.match(side) for side in sides):
        sides = [chunk]
    return [
        name
        for side in sides
        for name in re.split(r"\s*และ\s*(?=(?:กอง|สำนัก|งาน(?!เลี้ยง)|ฝ่าย|แผนก|กลุ่ม(?!เป้าหมาย|เสี่ยง)|ทุก|หน่วยตรวจ))", side)
        if name
    ]


def _tidied(chunk: str) -> str:
    """Spaces that a narrow column put into names go; `ทุก ๆ กอง/ สำนัก` keeps the one after the repetition sign."""
    if known := _known().get(key(chunk)):
        return known if any(map(str.isspace, chunk)) else chunk.strip(" ,-–.")
    if _is_person(chunk):
        return one_line(chunk)  # first and last name are two words
    every = _EVERY.match(chunk)
    text = chunk[every.end() :] if every else chunk
    text = re.sub(r"\s+(?=(?:อบต|อบจ|ทต|ทม|ทน)\.|ทุก)", "\0", text)
    text = re.sub(r"\s*/\s*", "/", glued(text)).strip(" ,-–").replace("\0", " ")
    text = text if re.search(r"(?:อบต|อบจ|ทต|ทม|ทน)\.$", text) else text.strip(" .")
    if not every:
        return text
    return f"{every[0].strip()} {text}" if every[0].strip().endswith("ๆ") else every[0].strip() + text


def _within_a_name(before: str, word: str) -> bool:
    """`สำนัก งานปลัด`, `งานการ เจ้าหน้าที่`, `งาน การ เจ้า หน้าที่`: a word that begins units, inside a name."""
    if _EVERY.match(word):
        return False
    known = _known()
    last = key(before.rsplit("/", 1)[-1])
    joined = last + key(word)
    if joined in _beginnings():
        return not (last in known and key(word) in known)
    return last not in known and before.endswith(("การ", "กร", "ใน", "ของ", "และ", "ด้าน", "ส่วน"))


def _repaired(name: str) -> str:
    """A known unit of which print lost or doubled one letter inside -> that unit; another letter may be another unit."""
    printed = key(name)
    known = _known()
    if printed in known or len(printed) < 10 or "." in name:
        return name
    best = process.extractOne(printed, known.keys(), scorer=Levenshtein.distance, score_cutoff=1)
    certain = best and abs(len(best[0]) - len(printed)) == 1 and best[0][:3] == printed[:3] and best[0][-3:] == printed[-3:]
    return known[best[0]] if certain else name
