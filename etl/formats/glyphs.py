"""Thai letters as they should be coded, whatever the fonts and programs on the way made of them."""

import re

from etl.formats.symbols import signs_of

# Fonts keep second and third shapes of tone marks and vowels (moved left beside tall letters, or down where no vowel stands
# above) in the private use area. Microsoft's order: U+F700-F71A, the same in the fonts of TLWG and in Adobe's Thai fonts.
_SHIFTED = {
    0xF700: "ฐ",
    0xF701: "ิ",
    0xF702: "ี",
    0xF703: "ึ",
    0xF704: "ื",
    0xF705: "่",
    0xF706: "้",
    0xF707: "๊",
    0xF708: "๋",
    0xF709: "์",
    0xF70A: "่",
    0xF70B: "้",
    0xF70C: "๊",
    0xF70D: "๋",
    0xF70E: "์",
    0xF70F: "ญ",
    0xF710: "ั",
    0xF711: "ํ",
    0xF712: "็",
    0xF713: "่",
    0xF714: "้",
    0xF715: "๊",
    0xF716: "๋",
    0xF717: "์",
    0xF718: "ุ",
    0xF719: "ู",
    0xF71A: "ฺ",
    0x00A0: " ",
    0x00AD: None,  # soft hyphen
    0x200B: None,  # zero width space, set between Thai words by some programs
    0x200C: None,
    0x200D: None,
    0x2060: None,
    0xFEFF: None,
}
# Text copied out of Word keeps the codes of Wingdings and loses the font.
_SHIFTED |= {0xF000 + code: sign for code, sign in signs_of("Wingdings").items()}
_ANY = re.compile("[" + "".join(map(chr, _SHIFTED)) + "]|\u0e4d|\u0e33[\u0e48-\u0e4b]?\u0e32")
# Marks in the order in which PDF files draw them, not in that in which Thai is written: a vowel sign comes before the tone.
_TONE_BEFORE_VOWEL = re.compile("([\u0e48-\u0e4c]+)([\u0e31\u0e34-\u0e3a\u0e47]+)")
# Split sara am: nikhahit and sara aa, with the tone mark on either side of the nikhahit (น + ํ + ้ + า, น + ้ + ํ + า). Some programs
# name the nikhahit's shape sara am itself, so that sara aa stands twice.
_SPLIT_SARA_AM = re.compile("[\u0e4d\u0e33]([\u0e48-\u0e4b]?)\u0e32")


def restored(text: str) -> str:
    """Private-use shapes as the letters they show, marks in order, sara am whole, invisible characters gone.

    >>> restored("ป\\uf714า น\\u0e4d\\u0e49า ผ\\uf70b\\u0e39")
    'ป้า น้ำ ผู้'
    """
    if text.isascii():
        return text
    if _ANY.search(text):
        text = _SPLIT_SARA_AM.sub("\\1\u0e33", text.translate(_SHIFTED))
    return _TONE_BEFORE_VOWEL.sub("\\2\\1", text)


# Some converters print ำ for every า, and set a space or a nikhahit before what was ำ: "กำรด ำเนินงำน". These letters stand in no
# other words.
_NO_WORDS = re.compile("กำร(?!าบ)|งำน|หำร|มำตร|ควำม|ตำม|รำช|[ก-ฮ][่-๋]?[ \u0e4d]ำ")
_SARA_AM = re.compile("([ก-ฮ][่-๋]?)([ \u0e4d]?)ำ")


def sara_aa_lost(text: str) -> bool:
    """Whether ำ stands for า in this text."""
    return "ำ" in text and _NO_WORDS.search(text) is not None and text.count("ำ") > text.count("า")


def sara_am_once(text: str) -> str:
    """A text without the nikhahit that a converter left before ำ.

    >>> sara_am_once("จัดท\u0e4dำ")
    'จัดทำ'
    """
    return text.replace("\u0e4dำ", "ำ")


def with_sara_aa(text: str) -> str:
    """A text in which ำ stands for า (`sara_aa_lost`), as it was.

    >>> with_sara_aa("กำรด ำเนินงำนต ำบล"), with_sara_aa("ท\u0e4dำควำมดี")
    ('การดำเนินงานตำบล', 'ทำความดี')
    """
    return _SARA_AM.sub(lambda found: found[1] + ("ำ" if found[2] else "า"), text)
