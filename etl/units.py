"""Responsible units as printed in narrow columns -> a list of names."""

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from etl.thai import arabic, composed, glued, key

# Words that begin the name of a unit or of a post that answers for a measure.
_HEAD = (
    r"(?:งาน|กอง|สำนัก|ฝ่าย|ส่วน|หน่วย|กลุ่ม|ศูนย์|โรงเรียน|สถานศึกษา|คณะ|ทุก|ปลัด|รองปลัด|รองนายก|นายก|หัวหน้า|ผู้อำนวยการ|ผอ\.|ผู้บริหาร|เลขานุการ"
    r"|นัก|นิติกร|เจ้าพนักงาน|เจ้าหน้าที่|พนักงาน|บุคลากร|สภา|สมาชิก|เทศบาล|องค์การ|อบต|ทต\.|แผนก|โครงการ)"
)
_STARTS = re.compile(_HEAD)
# A head that says nothing alone: what follows belongs to it.
_BARE = re.compile(r"(?:งาน|งานการ|กอง|กองการ|สำนัก|สำนักงาน|ฝ่าย|ส่วน|หน่วย|กลุ่ม|ศูนย์|หัวหน้า|ผู้อำนวยการ|ผอ\.?|คณะ|ทุก|ทุกๆ|ทุก ๆ|รอง|เจ้า|พนักงาน|เจ้าหน้าที่|ผู้ช่วย|และ|หรือ)")
_NUMBERING = re.compile(r"(?:(?<=\s)|^)\(?\d{1,2}(?:[.)](?!\d)|(?=\s+[ก-ฮ]))\s*|(?:(?<=\s)|^)\d{1,2}\.\d{1,2}\.?\s*|(?:(?<=[\s])|^)[-–•·▪*]+\s*", re.MULTILINE)
_PARTED = re.compile(r"\s*(?:\n|,|;|،|\s{2,})\s*")
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


def looks_like_units(text: str) -> bool:
    """Whether `text` reads as names of units rather than as prose.

    >>> looks_like_units("งานการ เจ้าหน้าที่"), looks_like_units("งานของเทศบาลมีการเผยแพร่ข้อมูลให้ประชาชนทราบผ่านเว็บไซต์และสื่อสังคมออนไลน์ทุกเดือนอย่างต่อเนื่อง")
    (True, False)
    """
    parts = [part for part in _PARTED.split(_NUMBERING.sub("\n", arabic(text).strip())) if part.strip()]
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
    >>> units("ทุกๆ กอง/ สำนักฯ").names
    ['ทุกๆ กอง/สำนักฯ']
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


def names_in_order(text: str) -> list[str]:
    """Every unit that a cell names, repeated ones too: one for each of several measures.

    >>> names_in_order("งานพัสดุ งานพัสดุ กองคลัง")
    ['งานพัสดุ', 'งานพัสดุ', 'กองคลัง']
    """
    return _names(composed(text))


def _names(text: str) -> list[str]:
    numbered = _numbered(text)
    pieces = [piece.strip() for piece in _PARTED.split(numbered)]
    names: list[str] = []
    for piece in _rejoined([piece for piece in pieces if piece.strip(" -–—.,/")]):
        names += _parted(piece)
    return names


def _numbered(text: str) -> str:
    """Numbering and dashes become line breaks."""
    plain = arabic(text)
    marks = [match for match in _NUMBERING.finditer(plain)]
    for match in reversed(marks):
        text = text[: match.start()] + "\n" + text[match.end() :]
    return text


def _rejoined(pieces: list[str]) -> list[str]:
    """A line that begins no unit continues the line before it (a name broken over lines)."""
    joined: list[str] = []
    for piece in pieces:
        continues = joined and not _EVERY.match(joined[-1]) and (not _STARTS.match(piece) or _BARE.fullmatch(joined[-1].strip()) or joined[-1].endswith("/") or _within_a_name(joined[-1], piece))
        continues = continues or (joined and _EVERY.fullmatch(joined[-1].strip()))
        if continues:
            joined[-1] += " " + piece
        else:
            joined.append(piece)
    return joined


def _parted(piece: str) -> list[str]:
    """One line -> its units: parted by slashes, by `และ` before a unit, and where a new unit begins after a space."""
    if _EVERY.match(piece):
        every, others = _every_and_others(piece)
        return [_collective(every), *(_parted(others) if others else [])]
    sides = [side.strip() for side in piece.split("/")]
    if any(not side or _BARE.fullmatch(side) or side.endswith("ฯ") for side in sides) or not all(_STARTS.match(side) for side in sides):
        sides = [piece]
    names: list[str] = []
    for side in sides:
        words = re.split(rf"\s*และ\s*(?=(?:กอง|สำนัก|งาน(?!เลี้ยง)|ฝ่าย|ทุก|หน่วยตรวจ))|\s+(?={_HEAD})", side)
        current = ""
        for word in words:
            if current and (_BARE.fullmatch(current.strip()) or not _STARTS.match(word) or _within_a_name(current, word)):
                current += " " + word
            else:
                names += [current] if current else []
                current = word
        names.append(current)
    return [re.sub(r"\s*/\s*", "/", glued(name)).strip(" .,-–") for name in names if name.strip(" .,-–")]


def _every_and_others(piece: str) -> tuple[str, str]:
    """`ทุกงาน งานประชาสัมพันธ์`: where the collective ends and a unit of its own begins."""
    for space in re.finditer(rf"(?<![/ๆ])\s+(?={_HEAD})", piece):
        every, others = piece[: space.start()], piece[space.end() :]
        if not _EVERY.fullmatch(every.strip()) and not every.endswith(("และ", "หรือ", "/")) and not _EVERY.match(others):
            return every, others
    return piece, ""


def _within_a_name(current: str, word: str) -> bool:
    """`สำนัก งานปลัด`, `งานการ เจ้าหน้าที่`, `งาน การ เจ้า หน้าที่`: a head inside a name."""
    joined = key(current + word)
    known = _known()
    if key(current) in known and _STARTS.match(word) and key(word) in known:
        return False
    return any(name.startswith(joined) for name in known) or current.endswith(("การ", "กร", "ใน", "ของ", "และ", "ด้าน", "ส่วน"))


def _collective(piece: str) -> str:
    """`ทุกๆ กอง/ สำนักฯ` names every division at once: one unit, kept as printed, whitespace apart."""
    every = _EVERY.match(piece)[0].strip()
    rest = re.sub(r"\s*/\s*", "/", glued(piece[len(every) :].strip()))
    return f"{every} {rest}".strip() if every.endswith("ๆ") else every + rest


def _repaired(name: str) -> str:
    """A known unit whose spelling differs by one letter -> that unit."""
    printed = key(name)
    known = _known()
    if printed in known or len(printed) < 7:
        return name
    best = process.extractOne(printed, known.keys(), scorer=Levenshtein.distance, score_cutoff=1)
    return known[best[0]] if best else name
