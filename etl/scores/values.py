"""What a cell of a score sheet holds: a number of points, nothing, a level, or text that is none of these."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from etl.formats.document import UNREAD
from etl.printed import thai

LETTERS_OF_A_VALUE = 120
_NONE = re.compile(
    r"^(?:[-–—−‐.…*\s]*|ไม่มี(?:ข้อมูล|ผล|ผลคะแนน|การประเมิน)?|ไม่ได้(?:รับการ|เข้าร่วม)?(?:การ)?ประเมิน|ไม่เข้าร่วม(?:การประเมิน)?"
    r"|n\.?/?a\.?|none|null|nil|not assessed)$",
    re.I,
)
_NUMBER = re.compile(
    r"^\s*(?:ได้|ร้อยละ|คะแนน(?:อยู่ที่|เท่ากับ|ที่ได้|รวม)?|อยู่ที่|เท่ากับ|score)?\s*[:=]?\s*(?P<number>[+-]?\s?\d{1,3}(?:\s?[.,]\s?\d{1,6})?)"
    r"\s*(?:คะแนน|%|ร้อยละ|เปอร์เซ็นต์|points?|pts?\.?)?\s*(?:/\s*(?P<max>100|[1-9]\d)(?!\d)|เต็ม\s*\d+)?\s*(?P<rest>.*)$",
    re.I | re.DOTALL,
)
_LEVELS = ("ผ่านดีเยี่ยม", "ผ่านดี", "ต้องปรับปรุงโดยด่วน", "ต้องปรับปรุง", "ไม่ผ่าน", "ผ่าน", "สูงมาก", "สูง", "ปานกลาง", "ต่ำมาก", "ต่ำ")
_LEVEL = re.compile(r"^(?:ระดับ|เกรด|level|grade)?\s*((?:AA|[A-F])|" + "|".join(_LEVELS) + r")(?:\s*\(?\s*(?:AA|[A-F])\s*\)?)?$")
_ENGLISH_LEVELS = ("excellent", "very good", "good", "passed", "pass", "needs improvement", "urgent improvement")
_SHORT_LEVEL = 4  # letters: of so short a word a neighbour of one letter may be another word
_DOWN = re.compile(r"ลดลง|ลด|▼|↓|decrease|down", re.I)
_NOTE_MARK = re.compile(r"\s*(?:\*+|[†‡]|\(\s*(?:หมายเหตุ)?\s*[\dก-ฮ]\s*\)|\[\s*\d{1,2}\s*\])\s*$")

_SPECKS = re.compile(r"\s+[^\u0e00-\u0e7fA-Z]{1,3}$")  # beside a level in a scan: "ผ่านดี ,2"; in print, the sign of a note


@dataclass(frozen=True, slots=True)
class Value:
    """`number` of points; `level` printed beside or instead of it; `text` where it is neither. All None: an empty cell or a dash.

    `comma`: the decimals were parted by a comma.
    """

    number: Decimal | None = None
    level: str | None = None
    text: str | None = None
    comma: bool = False
    max: int | None = None

    @property
    def unread(self) -> bool:
        """Whether a number stands here in a picture that could not be read surely."""
        return self.text is not None and UNREAD in self.text

    @property
    def empty(self) -> bool:
        return self.number is None and self.level is None and self.text is None


@lru_cache(maxsize=20_000)
def value_of(printed: str) -> Value:
    """What a cell says as a score.

    >>> value_of("๙๒.๑๔ คะแนน").number, value_of("ร้อยละ 92,14").number, value_of("–").empty, value_of("ดูภาคผนวก").text
    (Decimal('92.14'), Decimal('92.14'), True, 'ดูภาคผนวก')
    >>> value_of("ผ่านดี ,2").level, value_of("ปรับปรุง .").text
    ('ผ่านดี', 'ปรับปรุง .')
    >>> value_of("91.10 (A)")
    Value(number=Decimal('91.10'), level='A', text=None, comma=False, max=None)
    """
    if UNREAD in printed:  # a number of a picture that was not read surely is neither a number nor nothing
        return Value(text=printed[:LETTERS_OF_A_VALUE])
    if len(printed) > LETTERS_OF_A_VALUE:
        return Value(text=printed[:LETTERS_OF_A_VALUE])
    text = thai.arabic(thai.one_line(printed))
    bare = _NOTE_MARK.sub("", text).strip()
    if _NONE.match(bare):
        return Value()
    for level in (bare, _SPECKS.sub("", bare)):
        if level_of(level):
            return Value(level=level)
    found = _NUMBER.match(bare)
    if not found:
        return Value(text=text)
    rest = found["rest"].strip(" ()[]")
    digits = re.sub(r"\s", "", found["number"])
    comma = "," in digits
    if comma and not re.fullmatch(r"[+-]?\d{1,3},\d{1,2}", digits):
        return Value(text=text)  # 1,200 is a thousand and two hundred, not a score
    number = Decimal(digits.replace(",", "."))
    if rest and not level_of(rest):
        return Value(text=text)
    return Value(_hundredths(number), rest or None, None, comma, int(found["max"]) if found["max"] else None)


def _hundredths(number: Decimal) -> Decimal:
    """Spreadsheets keep 92.14 as 92.14000000000001 or 92.1399999; scores are printed with two decimals."""
    # Plainly written: normalize() alone makes 1E+2 of 100.
    return number if -number.as_tuple().exponent <= 4 else Decimal(f"{number.quantize(Decimal('0.0001')).normalize():f}")


def level_of(printed: str) -> str | None:
    """The printed word or letter of a level, else None.

    >>> level_of("ผ่าน (AA)"), level_of("ระดับ A"), level_of("ดูหมายเหตุ")
    ('ผ่าน (AA)', 'A', None)
    """
    text = thai.one_line(printed).strip(" *")
    found = _LEVEL.match(text)
    if found:
        return re.sub(r"^(?:ระดับ|เกรด|level|grade)\s*", "", text)
    return text if text.lower() in _ENGLISH_LEVELS else None


def level_like(read: str) -> str | None:
    """The level that a word read from a picture can only be: one of its letters was taken for another, or specks for letters beside it.

    >>> level_like("ผ่านคี"), level_like("o e ผ่านดี"), level_like("ผ่าน"), level_like("ดูหมายเหตุ")
    ('ผ่านดี', 'ผ่านดี', 'ผ่าน', None)
    """
    word = re.sub(r"[^ก-๎]", "", read)
    near = [level for level in _LEVELS if Levenshtein.distance(word, level) <= (len(level) > _SHORT_LEVEL)]
    return near[0] if len(near) == 1 else None


def change_of(printed: str) -> Decimal | None:
    """A stated change in points; falls are negative however they are printed.

    >>> change_of("ลดลง 24.39"), change_of("(24.39)"), change_of("+1.16"), change_of("เพิ่มขึ้น 1.16 คะแนน"), change_of("–")
    (Decimal('-24.39'), Decimal('-24.39'), Decimal('1.16'), Decimal('1.16'), None)
    """
    text = thai.arabic(thai.one_line(printed)).replace("−", "-").replace("–", "-")
    found = re.search(r"(?P<sign>[+-])?\s*(?P<number>\d{1,3}(?:[.,]\d{1,6})?)(?!\d)", text)
    if not found:
        return None
    number = _hundredths(Decimal(found["number"].replace(",", ".")))
    down = found["sign"] == "-" or _DOWN.search(re.sub(r"เพิ่ม\S*\s*/\s*ลด\S*", "", text)) or re.fullmatch(r"\s*\(\s*\d[\d.,]*\s*\)\s*", text)
    return -number if down else number


_LEVEL_SAID = re.compile(
    rf"(?:ระดับ(?:ผล)?(?:การประเมิน)?|เกรด|level)\s*[\"“'(]?\s*((?:AA|[A-F])(?![A-Za-z])|{'|'.join(_LEVELS)})|\(\s*((?:AA|[A-F])|{'|'.join(_LEVELS)})\s*\)"
)


def level_in(text: str) -> str | None:
    """The level that a sentence names as such; "ผ่านเกณฑ์" names none.

    >>> level_in(" คะแนน อยู่ในระดับผ่านดี ขอขอบคุณ"), level_in("คะแนน (A)"), level_in("ผ่านเกณฑ์")
    ('ผ่านดี', 'A', None)
    """
    found = _LEVEL_SAID.search(text)
    return (found[1] or found[2]) if found else None
