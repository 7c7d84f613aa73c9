"""Thai text as printed -> text that can be compared: small pure rules, each with its example."""

import re
from functools import lru_cache, reduce

LETTERS_REMEMBERED = 120
_DIGITS = tuple(zip("๐๑๒๓๔๕๖๗๘๙", "0123456789", strict=True))
_THAI_DIGIT = re.compile("[๐-๙]")
_THAI = r"[\u0e01-\u0e4e]"
_SPACES_IN_THAI = re.compile(rf"(?<={_THAI})[ \t\n]+(?={_THAI})")
_SPLIT = re.compile("ํา|เเ|\u200b|\ufeff")
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4d]")  # what stands above or below a letter
_EACH_MARK = frozenset("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d")
_ITEM_NUMBER = re.compile(r"^\s*\(?(\d{1,6}(?:\.\d{1,2}){0,3}|\d{1,3}-\d{1,2})[.)]*\s*$")
_NUMERAL = re.compile(r"\s*\(?\s*(\d{1,6})\s*[.)]?\s*")
_NOT_A_LETTER = re.compile(r"[^0-9A-Za-z\u0e01-\u0e2e\u0e2f-\u0e3a\u0e40-\u0e4e]+")


def arabic(text: str) -> str:
    """Thai digits -> Arabic digits, length unchanged.

    >>> arabic("พ.ศ. ๒๕๖๖")
    'พ.ศ. 2566'
    """
    if not text.isascii() and _THAI_DIGIT.search(text):
        for thai, digit in _DIGITS:  # on a long text many times faster than str.translate
            text = text.replace(thai, digit)
    return text


def composed(text: str) -> str:
    """Split sara am and doubled sara e -> one letter.

    >>> composed("ดําเนินการเเล้ว") == "ดำเนินการแล้ว"
    True
    """
    if text.isascii() or not _SPLIT.search(text):
        return text
    return text.replace("ํา", "ำ").replace("เเ", "แ").replace("\u200b", "").replace("\ufeff", "")


def one_line(text: str) -> str:
    """Line breaks and runs of spaces -> one space; nothing else changes.

    >>> one_line("รายงาน  ผล\\nประจำปี ")
    'รายงาน ผล ประจำปี'
    """
    return _one_line_of_words(text) if len(text) <= LETTERS_REMEMBERED else _one_line(text)


def _one_line(text: str) -> str:
    return " ".join(composed(text).split())


_one_line_of_words = lru_cache(maxsize=20_000)(_one_line)

# What begins anew after a line break, and is no second half of a word.
_NEW_WORD = re.compile(r"(?:ประจำ|ของ|รอบ|พ\.ศ|ปี|ตาม|เทศบาล|องค์การ|อำเภอ|จังหวัด|อ\.|จ\.|[0-9๐-๙A-Za-z(])")


def joined(before: str, after: str) -> str:
    """Two printed lines as one: Thai words run on over the break, but "ประจำปี", a place and a number begin anew.

    >>> joined("กรมพัฒนาแหล่งน้ำ", "และชายฝั่ง"), joined("เทศบาลตำบลบ้านเดื่อ", "อำเภอเมือง")
    ('กรมพัฒนาแหล่งน้ำและชายฝั่ง', 'เทศบาลตำบลบ้านเดื่อ อำเภอเมือง')
    """
    if not before:
        return after
    run_on = re.search("[ก-๎]$", before) and re.match("[ก-ฮเ-ไ]", after) and not _NEW_WORD.match(after)
    return before + ("" if run_on else " ") + after


def unwrapped(text: str) -> str:
    """A name that its cell broke over several lines, as one line; see `joined`."""
    if "\n" not in text:
        return one_line(text)
    lines = [one_line(line) for line in text.split("\n")]
    return reduce(joined, (line for line in lines if line), "")


def glued(text: str) -> str:
    """Spaces between Thai letters go: what a narrow column printed in pieces is one name again. Enumerations keep theirs.

    >>> glued("งาน ประชา สัมพันธ์")
    'งานประชาสัมพันธ์'
    >>> glued("กองการ ศึกษา ศาสนา และวัฒนธรรม")
    'กองการศึกษา ศาสนาและวัฒนธรรม'
    """
    joined = _SPACES_IN_THAI.sub("", composed(text))
    return " ".join(joined.replace("การศึกษาศาสนา", "การศึกษา ศาสนา").split())


def without_marks(text: str) -> tuple[str, list[int]]:
    """(text without the marks above and below its letters, position in `text` of each letter left and of the end).

    >>> without_marks("ไม่มี")
    ('ไมม', [0, 1, 3, 5])
    """
    kept = [at for at, letter in enumerate(text) if letter not in _EACH_MARK]
    return _MARKS.sub("", text), [*kept, len(text)]


def worded(pattern: str) -> re.Pattern:
    """A pattern of words for text without marks (`without_marks`), in which sara am may have lost its ring.

    Scans and PDF text lose or displace the marks ("ยังไมได้ดำเนินการ", "มาตรการสงเสรมิ", "ดาเนนการ"), and the words that decide are missed.
    """
    return re.compile(_MARKS.sub("", pattern).replace("ำ", "[ำา]"), re.IGNORECASE)


def key(text: str) -> str:
    """What two spellings of the same words share: Arabic digits, lower case, no spaces, no punctuation.

    >>> key("ระยะ เวลาที่ ดำเนินการ แล้ว") == key("ระยะเวลาที่ดำเนินการแล้ว")
    True
    """
    return _key_of_words(text) if len(text) <= LETTERS_REMEMBERED else _key(text)


def _key(text: str) -> str:
    return _NOT_A_LETTER.sub("", arabic(composed(text))).lower()


# Headings, names and dashes come again in every row of a table, sentences do not.
_key_of_words = lru_cache(maxsize=50_000)(_key)


def bare(text: str) -> str:
    """Letters alone, without the marks above and below, which print loses and displaces, and with no difference between ำ and า.

    >>> bare("ล ำดับ") == bare("ลําดับ") == bare("ล าดับ")
    True
    """
    return _MARKS.sub("", key(text)).replace("ำ", "า")


def numeral(text: str) -> int | None:
    """The whole number that `text` is, or None.

    >>> numeral(" ๑๒. ")
    12
    """
    match = _NUMERAL.fullmatch(text)
    return int(match[1]) if match else None


def item_number(text: str) -> str | None:
    """The number of an item, in Arabic digits, where `text` is one and nothing else.

    >>> item_number("๑.๒)"), item_number("2-1"), item_number("(3)"), item_number("มาตรการ")
    ('1.2', '2-1', '3', None)
    """
    match = _ITEM_NUMBER.match(arabic(text).replace(" ", ""))
    return match[1] if match else None


def thai_share(text: str) -> float:
    """Share of Thai among the letters of `text`; 1.0 where it has none.

    >>> thai_share("The image shows a page")
    0.0
    """
    thai = sum("\u0e01" <= letter <= "\u0e4e" for letter in text)
    latin = sum(letter.isascii() and letter.isalpha() for letter in text)
    return thai / (thai + latin) if thai + latin else 1.0
