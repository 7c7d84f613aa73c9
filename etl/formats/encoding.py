"""Bytes -> text: UTF-8, UTF-16 and TIS-620/Windows-874, decided by rule; what fits none is refused, never guessed into wrong letters."""

import codecs
import re

from etl.formats.document import Unreadable
from etl.messages import message

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_THAI = re.compile(r"[\u0e01-\u0e5b]")
# What Thai text hardly ever holds: a mark that stands on no letter, a vowel before no consonant, letters out of use.
_ODD = re.compile(
    "(?<![\u0e01-\u0e2e\u0e30-\u0e3a\u0e47-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
    "|[\u0e40-\u0e44](?![\u0e01-\u0e2e])"
    "|[\u0e03\u0e05\u0e06\u0e0c\u0e0e\u0e0f\u0e11\u0e12\u0e26\u0e3a\u0e3f\u0e45\u0e4d-\u0e4f\u0e5a\u0e5b]"
)
_TEXT_TO_A_STRAY = 50  # letters of a text for each control character that strayed into it
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes) -> str:
    """Text of `data` without byte order mark. Unreadable: not text, an unknown encoding, or damaged (names the line)."""
    text = _decode(data)
    if _BINARY.search(text):
        if "\0" in text or len(_BINARY.findall(text)) * _TEXT_TO_A_STRAY > len(text):
            raise Unreadable(*message("not_text"))
    return text


def without_strays(text: str) -> str:
    """The text of a document without the control characters that strayed into it: LibreOffice leaves one at each field of a form."""
    return _BINARY.sub("", text)


def _decode(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding)
    if encoding := _utf16_without_bom(data):
        return _strict(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(data):
        return _strict(data, "utf-8")
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        raise Unreadable(*message("unknown_encoding")) from None
    if not _plausible_thai(text):
        raise Unreadable(*message("unknown_encoding"))
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        raise Unreadable(*message("damaged_text", line=line, encoding=encoding.upper().removesuffix("-LE").removesuffix("-BE"))) from None


def _utf16_without_bom(data: bytes) -> str | None:
    """Thai letters and ASCII in UTF-16 have 0x0E or 0x00 as every other byte; no other text holds these bytes at all."""
    sample = data[:100_000]
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    high_bytes = {name: sample[start::2] for name, start in (("utf-16-le", 1), ("utf-16-be", 0))}
    for name, high in high_bytes.items():
        if (high.count(0x00) + high.count(0x0E)) / pairs > 0.8:
            return name
    return None


def _mostly_utf8(data: bytes) -> bool:
    """A UTF-8 file with some damaged bytes: most bytes above ASCII stand in whole UTF-8 sequences.

    Such a file must not be tried as Windows-874, where Thai UTF-8 reads as wrong letters (เธ, เน).
    """
    high = sum(data.translate(_IS_HIGH))
    whole = sum(len(letter) for letter in re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", data))
    return whole > high / 2


_IS_HIGH = bytes(byte >= 0x80 for byte in range(256))


def _plausible_thai(text: str) -> bool:
    """Letters beyond ASCII are Thai and follow one another as in Thai words: else these bytes were some other 8-bit encoding.

    In the five reports beside the repository 0.3 to 0.5 % of the Thai letters are odd, in Chinese or Russian read as Thai 9 to 45 %.
    """
    beyond = sum(letter > "\x7f" for letter in text)
    thai = len(_THAI.findall(text))
    return thai >= 0.9 * beyond and len(_ODD.findall(text)) <= 0.05 * thai
