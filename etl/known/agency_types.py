"""How the name of an agency begins, how that is abbreviated, and what type of agency it then is: agency_types.csv.

`begins`: the words of the full name; `short`: its abbreviations without their last dot, parted by " | "; `local`: a local government;
`under_local`: a body that may be a local government's, whose name then stands in its own, while the body is another agency;
`other_words`: words that begin with the same letters and name no agency (กรมธรรม์ is no กรม).
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.printed.thai import unwrapped

# What stands alone before an abbreviation: "กทม." holds the letters ทม, "กรอบจริยธรรม" อบจ, and neither names a municipality.
_BEFORE_A_NAME = "ของ โดย นายก ปลัด สภา และ กับ ใน ที่ ให้ ถึง เขต พนักงาน ผู้บริหาร สำนักงาน หน่วยงาน".split()
STANDS_ALONE = "(?:(?<![ก-๎])(?<!ก\\.)" + "".join(f"|(?<={word})" for word in _BEFORE_A_NAME) + ")"
MUNICIPALITY = "เทศบาล"  # of a sub-district, a town or a city
LETTERS_OF_A_BODY = 90
LETTERS_OF_A_TYPE = 4  # of the shortest, "อบต."
LETTERS_OF_OWNERSHIP = 16  # "ตั้งอยู่ในเขต"
_A_NAME = re.compile(r"[ก-๎0-9๐-๙A-Za-z .()/-]{2,}")


@dataclass(frozen=True, slots=True)
class AgencyType:
    begins: str
    agency_type: str
    local: bool
    under_local: bool
    short: tuple[str, ...]
    other_words: tuple[str, ...]


@cache
def agency_types() -> tuple[AgencyType, ...]:
    """Every way in which a name of an agency begins, the longest first."""
    with open(Path(__file__).with_name("agency_types.csv"), encoding="utf-8", newline="") as handle:
        found = [
            AgencyType(
                row["begins"],
                row["agency_type"],
                row["local"] == "yes",
                row["under_local"] == "yes",
                _parts(row["short"]),
                _parts(row["other_words"]),
            )
            for row in csv.DictReader(handle)
        ]
    return tuple(sorted(found, key=lambda each: -len(each.begins)))


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(each.begins for each in agency_types())


@cache
def _after_names() -> list[dict[str, str]]:
    """Rows of after_names.csv: words with which a sentence goes on behind a name without a space ("กรมที่ดินแจ้งผล")."""
    with open(Path(__file__).with_name("after_names.csv"), encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@cache
def after_local() -> dict[str, bool]:
    """Words behind the name of a local government -> whether names may hold them, too."""
    return {row["word"]: row["also_in_names"] == "yes" for row in _after_names() if row["after_local"] == "yes"}


def without_sentence(name: str) -> str:
    """The name of a local government without the sentence that goes on behind it.

    >>> without_sentence("เทศบาลตำบลบ้านเดื่อได้คะแนน")
    'เทศบาลตำบลบ้านเดื่อ'
    """
    begins = next((len(each.begins) for each in agency_types() if name.startswith(each.begins)), LETTERS_OF_A_TYPE)
    cuts = [at for word, also in after_local().items() if not also and (at := name.find(word, begins + 1)) > 0]
    return name[: min(cuts)] if cuts else name


@cache
def _a_sentence(in_a_title: bool = False) -> re.Pattern:
    """The words behind the name of another body; `in_a_title`: and the months that a report covers."""
    words = [re.escape(row["word"]) for row in _after_names() if row["after_body"] == "yes"]
    return re.compile("|".join([*words, "รอบ(?=[ก-๎]*เดือน)"] if in_a_title else words))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@cache
def _abbreviated() -> tuple[re.Pattern, dict[str, AgencyType]]:
    known = {short.replace(".", ""): each for each in agency_types() if not each.local for short in each.short}
    letters = sorted(known, key=len, reverse=True)
    return re.compile("(" + "|".join(r"\s?\.?\s?".join(short) for short in letters) + r")\s?\.\s*(?=[ก-ฮเ-ไ])"), known


def in_full(text: str) -> str:
    """The name of a body that is no local government with its type in full.

    >>> in_full("สภ.เมืองเลย"), in_full("รพ.สต. บ้านโนน"), in_full("กรมที่ดิน")
    ('สถานีตำรวจภูธรเมืองเลย', 'โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านโนน', 'กรมที่ดิน')
    """
    pattern, known = _abbreviated()
    found = pattern.match(text)
    return known[re.sub(r"[\s.]", "", found[1])].begins + text[found.end() :] if found else text


_NAME_OF = ("รายชื่อ", "ชื่อ")


@cache
def kind_headed(heading: str) -> str | None:
    """The word that begins the names of the bodies below a heading, where it says no more than their kind: whole names need no such word.

    >>> kind_headed("ชื่อโรงเรียน"), kind_headed("อบต."), kind_headed("เทศบาล"), kind_headed("หน่วยงาน")
    ('โรงเรียน', 'องค์การบริหารส่วนตำบล', 'เทศบาล', None)
    """
    word = re.sub(r"\s", "", unwrapped(heading)).rstrip(".")
    word = next((word[len(before) :] for before in _NAME_OF if word.startswith(before)), word)
    for each in agency_types():
        if word == each.begins or word in each.short:
            return each.begins
    return word if word == MUNICIPALITY else None


def type_of(text: str) -> str | None:
    """The type of the agency whose name `text` is and nothing more; None where it is none.

    >>> type_of("วิทยาลัยเทคนิคเลย"), type_of("สน.ลุมพินี"), type_of("กรมธรรม์ประกันภัย"), type_of("กรมที่ดินได้กำหนดให้รายงาน")
    ('สถานศึกษา', 'สถานีตำรวจ', None, None)
    """
    text = in_full(unwrapped(text).strip())
    if not text.startswith(_beginnings()) or len(text) > LETTERS_OF_A_BODY or not _A_NAME.fullmatch(text) or _a_sentence().search(text):
        return None
    for each in agency_types():
        if text.startswith(each.begins):
            whole = text.rstrip(" 0123456789๐๑๒๓๔๕๖๗๘๙") == each.begins and len(each.begins) < len("การยางแห่งประเทศไทย")
            return None if whole or text.startswith(each.other_words) else each.agency_type
    return None


_OF_OTHERS = re.compile("ใน|สังกัด|ของ|และ|ทุก|กับ|โดย")


def may_be_under_local(name: str) -> bool:
    """Whether a body of this name may be a local government's: a school, a hospital, a centre for children.

    >>> may_be_under_local("โรงเรียนเทศบาลวัดใหม่"), may_be_under_local("กรมที่ดิน")
    (True, False)
    """
    whole = in_full(name)
    each = next((each for each in agency_types() if whole.startswith(each.begins)), None)
    return each is not None and each.under_local


def within_a_body(before: str) -> bool:
    """Whether a name of a local government that follows `before` at once is part of the name of another body.

    >>> within_a_body("รายงานของโรงเรียน"), within_a_body("โรงเรียนอนุบาล"), within_a_body("โรงเรียนในสังกัด"), within_a_body("โรงเรียน ")
    (True, True, False, False)
    """
    run = re.search("[ก-๎]*$", before)[0]
    ends = [at + len(each.begins) for each in agency_types() if each.under_local and (at := run.rfind(each.begins)) >= 0]
    return bool(ends) and not _OF_OTHERS.search(run[max(ends) :])


_BEFORE_ITS_OWNER = ("สังกัด", "ในเขต", "ตั้งอยู่ใน")


def says_owner(before: str) -> bool:
    """Whether the words right before the name of a local government say that it is the owner or the place of what is named before."""
    return before.rstrip(" (,:").endswith(_BEFORE_ITS_OWNER)


def _only_says_owner(between: str) -> bool:
    words = between.strip(" (,:")
    return not words or (says_owner(words) and len(words) < LETTERS_OF_OWNERSHIP)


def body_around(text: str, at: int) -> str | None:
    """The body that a text tells of where the name of a local government at `at` is part of its name, or says whose or where it is.

    >>> [body_around(text, text.find("เทศบาล")) for text in ("โรงเรียนวัดใหม่ สังกัดเทศบาลเมืองเลย", "โรงเรียนวัดใหม่ กับเทศบาลเมืองเลย")]
    ['โรงเรียนวัดใหม่', None]
    """
    for begin, name in bodies_in(text):
        end = begin + len(name)
        part = begin < at < end and within_a_body(text[:at])
        if may_be_under_local(name) and (part or (end <= at and _only_says_owner(text[end:at]))):
            return name
    return None


@cache
def _in_a_title() -> re.Pattern:
    begins = "|".join(re.escape(each.begins) for each in agency_types() if not each.local) + f"|{_abbreviated()[0].pattern}"
    # A name goes on over a space with its number ("เทศบาล ๑ (วัดใหม่)"), its abbreviation, its university, or words that only go on.
    number = r"\s\d{1,2}(?:\s?\((?!สังกัด)[ก-๎ ]{3,40}\)|(?=\s*(?:$|[(:]|[ตอจ]\.|ตำบล|อำเภอ|จังหวัด|สังกัด|เทศบาล|ประจำ|ปี)))"
    more = rf"(?:\s(?:แห่ง|และ|ใน(?=พระ)|เพื่อ|สาขา|มหาวิทยาลัย)[ก-๎]+|{number}|\s?(?:เขต|ภาค)\s?\d{{1,2}}|\s?\([ก-ฮ.]{{2,12}}\))*"
    return re.compile(rf"{STANDS_ALONE}(?:{begins})[ก-๎.]*{more}")


def bodies_in(text: str) -> list[tuple[int, str]]:
    """(position, name as printed) of every body in a line of a title that is no local government.

    >>> bodies_in("รายงานผลการดำเนินการ วิทยาลัยเทคนิคเลย ประจำปี 2568")
    [(21, 'วิทยาลัยเทคนิคเลย')]
    """
    found = []
    for match in _in_a_title().finditer(text):
        runs_on = _a_sentence(True).search(match[0])
        name = (match[0][: runs_on.start()] if runs_on else match[0]).strip()
        if type_of(name):
            found.append((match.start(), name))
    return found
