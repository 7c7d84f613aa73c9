"""Codes of questions and items as printed (i2, E๘, ๐๑๒, 1๑๐) -> I2, E8, O12, I10, each repair told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from etl.printed.thai import arabic, composed

# (ใช้กับประเด็นคำถาม E1): which question a measure answers; the words vary, the brackets and "ใช้กับ" or "ข้อคำถาม" do not.
NOTE = re.compile(
    r"[(\[]\s*(?:(?:ใช้\s*กับ|ตอบ|รองรับ|สอดคล้องกับ|เชื่อมโยงกับ|สำหรับ)\s*)?(?:ประเด็น\s*)?(?:ข้อ\s*)?"
    r"(?:คำ\s*ถาม|ตัวชี้วัดข้อ|ข้อมูล(?:\s*การเปิดเผย)?|ข้อ|แบบวัด|ประเด็น)\s*(?:ข้อ|ที่|IIT|EIT|OIT|:)*\s*[^()\[\]]{1,80}[)\]]",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[]\s*(?:[IiEeOo]\s*-?\s*[0-9๐-๙]{1,2}\s*[,/และ&–\s-]*)+[)\]]")
_CODE = re.compile(r"(?<![A-Za-z0-9.@/_-])([IEO])(?:\s?[-.]?\s?)(\d{1,2})(?![\d%])", re.IGNORECASE)
_RANGE = re.compile(r"(?<![A-Za-z0-9])([IEO])\s?(\d{1,2})\s*(?:-|–|ถึง)\s*([IEO])?\s?(\d{1,2})(?![\d%])", re.IGNORECASE)
_ZERO_FOR_O = re.compile(r"(?:(?<=\s)|(?<=^)|(?<=[(,]))0\s?(0?[1-9]|[1-9]\d)(?=\s+[ก-๙A-Za-z]|\s*[,)]|\s*$)(?![\d-])", re.MULTILINE)
_ONE_FOR_I = re.compile(r"(?<![A-Za-z0-9])[1l|]([1-9]\d?)(?![\d%])")
ANY = 99

# What an indicator's questions are about: a repaired code must agree with the words of its measure.
SUBJECTS = {
    "1": r"ปฏิบัติหน้าที่|ให้บริการ|เลือกปฏิบัติ|ขั้นตอน|ระยะเวลา|สินบน|เรียกรับ",
    "2": r"งบประมาณ|เบิกจ่าย|จัดซื้อ|จัดจ้าง|การเงิน|ใช้จ่าย",
    "3": r"ใช้อำนาจ|ผู้บังคับบัญชา|สั่งการ|บริหารงานบุคคล|มอบหมายงาน|เลื่อนขั้น|ความดีความชอบ",
    "4": r"ทรัพย์สิน|ยืม|พัสดุ|ครุภัณฑ์",
    "5": r"แก้ไขปัญหาการทุจริต|ป้องกันการทุจริต|ต่อต้านการทุจริต|ร้องเรียน|ทุจริต",
    "6": r"ให้บริการ|เลือกปฏิบัติ|ขั้นตอน|คู่มือ|ระยะเวลา",
    "7": r"สื่อสาร|ประชาสัมพันธ์|เผยแพร่|ช่องทาง|สอบถาม|ตอบ",
    "8": r"มีส่วนร่วม|ปรับปรุง|E-?Service|ออนไลน์|อิเล็กทรอนิกส์",
}


@dataclass(frozen=True)
class Questions:
    """What a code in a report may be: question -> indicator of the year, and letter -> the highest number of any year."""

    indicators: Mapping[str, str]
    most: Mapping[str, int]

    @staticmethod
    def highest(codes: Iterable[str]) -> dict[str, int]:
        """
        >>> Questions.highest(["I30", "O7", "O43"])
        {'I': 30, 'O': 43}
        """
        most: dict[str, int] = {}
        for code in codes:
            if code[:1].isalpha() and code[1:].isdecimal():
                most[code[0]] = max(most.get(code[0], 0), int(code[1:]))
        return most


NO_QUESTIONS = Questions({}, {})


@dataclass
class Refs:
    """Codes in printed order, each once, and what was repaired or could not be read: (printed, code or None)."""

    codes: list[str] = field(default_factory=list)
    repairs: list[tuple[str, str | None]] = field(default_factory=list)


def without_notes(text: str) -> tuple[str, str]:
    """(`text` without its notes on questions, the notes).

    >>> without_notes("ปรับปรุงคู่มือ (ใช้กับประเด็นคำถาม E1)")
    ('ปรับปรุงคู่มือ', '(ใช้กับประเด็นคำถาม E1)')
    """
    notes: list[str] = []

    def taken(match: re.Match) -> str:
        if not re.search("[0-9๐-๙\ufffd]", match[0]):  # a digit, or a sign of a picture that could not be read
            return match[0]
        notes.append(match[0])
        return " "

    kept = _BRACKETED.sub(taken, NOTE.sub(taken, text))
    return (re.sub(r"[ \t]+", " ", kept).strip(), " ".join(notes)) if notes else (text, "")


def agrees(code: str, subject: str, questions: Questions) -> bool:
    """Whether the words of a measure are about the indicator that `code` belongs to by that year's rules."""
    pattern = SUBJECTS.get(questions.indicators.get(code) or "")
    return pattern is not None and bool(re.search(pattern, subject))


def refs(text: str, subject: str = "", questions: Questions = NO_QUESTIONS, note: bool = False) -> Refs:
    """Codes in `text`. `note`: the text only names codes, so a bare number may be a misread one (1 for I), if `subject` agrees.

    `questions`: those of that year's rules; where no rules say how many there are, any number of two digits is one.

    >>> refs("(ใช้กับประเด็นคำถาม E๘)").codes, refs("๐๑๒ รายงานการกำกับติดตาม").codes
    (['E8'], ['O12'])
    >>> refs("(ใช้กับข้อคำถาม 1๑๐)", "การขอยืมทรัพย์สินของทางราชการ", Questions({"I10": "4"}, {}), note=True).codes
    ['I10']
    """
    text = composed(text)
    plain = arabic(text)
    found = Refs()
    spans: list[tuple[int, int, list[str], str | None]] = []
    for match in _RANGE.finditer(plain):
        letter, first, other, last = match[1].upper(), int(match[2]), (match[3] or match[1]).upper(), int(match[4])
        if letter == other and first < last <= questions.most.get(letter, ANY):
            spans.append((match.start(), match.end(), [f"{letter}{number}" for number in range(first, last + 1)], None))
    for match in _CODE.finditer(plain):
        number = int(match[2])
        if not _taken(spans, match) and 1 <= number <= questions.most.get(match[1].upper(), ANY):
            spans.append((match.start(), match.end(), [f"{match[1].upper()}{number}"], None))
    for match in _ZERO_FOR_O.finditer(plain):
        number = int(match[1])
        if not _taken(spans, match) and len(match[0]) >= 3 and 1 <= number <= questions.most.get("O", ANY):
            spans.append((match.start(), match.end(), [f"O{number}"], text[match.start() : match.end()].strip()))
    if note and not spans:
        for match in _ONE_FOR_I.finditer(plain):
            code = f"I{int(match[1])}"
            read = [code] if agrees(code, subject, questions) else []
            spans.append((match.start(), match.end(), read, text[match.start() : match.end()]))
    for _, _, codes, printed in sorted(spans):
        found.codes += [code for code in codes if code not in found.codes]
        if printed is not None:
            found.repairs.append((printed, codes[0] if codes else None))
    return found


def _taken(spans: list, match: re.Match) -> bool:
    return any(match.start() < end and start < match.end() for start, end, _, _ in spans)
