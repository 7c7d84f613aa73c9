"""What a report says of a measure -> its status, what that rests on, and the short phrase that decided.

The careful reader's rule: a mark, a percentage or a phrase decides; text that states that the thing exists or was done
completes it (inferred); a caption, a recommendation, a bare noun phrase and an empty cell decide nothing.
"""

import re
from dataclasses import dataclass

from etl.measures import learned
from etl.measures.none import is_caption
from etl.printed import marks
from etl.printed.items import plain_items
from etl.printed.marks import NO_FORM, Form, is_mark, says_nothing
from etl.printed.periods import periods
from etl.printed.thai import arabic, composed, one_line, thai_share, without_marks, worded

COMPLETED, IN_PROGRESS, NOT_STARTED, NOT_POSSIBLE, UNKNOWN = "completed", "in_progress", "not_started", "not_possible", "unknown"

STATES, DOES, ADVISES, NOTHING, SHOWS = "states", "does", "advises", "nothing", "shows"  # what an item of a result says

# The columns of a form that are ticked.
TICKED = (COMPLETED, IN_PROGRESS, NOT_STARTED, NOT_POSSIBLE)

_DOING = worded(
    r"อยู่(?:ใน)?\s*(?:ระหว่าง|ขั้นตอน|ขั้น)\s*(?:การ|ขั้นตอน|กระบวนการ)?\s*[\u0e01-\u0e4e]{0,24}"
    r"|^ระหว่าง(?:การ)?(?:ดำเนิน|จัดทำ|ปรับปรุง|รอ)[\u0e01-\u0e4e]{0,16}"
    r"|กำลัง(?:ดำเนิน|จัดทำ|ปรับปรุง|พัฒนา|จัด|เร่ง|ก่อสร้าง|รวบรวม|อยู่|ตรวจสอบ|ติดตั้ง|ทบทวน|พิจารณา)[\u0e01-\u0e4e]{0,16}"
    r"|ดำเนินการ(?:ไป)?(?:แล้ว)?\s*บางส่วน|(?:ยัง)?(?:ดำเนินการ)?\s*(?:ยัง)?ไม่(?:แล้ว)?เสร็จ(?:สิ้น|สมบูรณ์)?"
    r"|แล้วเสร็จบางส่วน|^บางส่วน|^in progress"
)
# "มิได้" begins a word: without its marks, "ประชุมได้ดำเนินการ" reads like it.
_NOT_YET = worded(
    r"ยัง(?:คง)?\s*(?:ไม่|มิ)\s*(?:ได้|มี|ถึง|เริ่ม|สามารถ|ครบ)?\s*(?:รับ|การ|ช่วง)*"
    r"(?:ดำเนิน|เริ่ม|จัด|ปฏิบัติ|กำหนด|ระยะเวลา|เวลา|ห้วง|ทำ|อนุมัติ|เบิก)[\u0e01-\u0e4e]{0,16}"
    r"|ยังไม่เริ่ม[\u0e01-\u0e4e]{0,12}|(?:ไม่|(?<![\u0e01-\u0e4e])มิ|(?<=จึง)มิ)\s*ได้\s*(?:มีการ)?(?:ดำเนินการ|ดำเนินงาน|จัดทำ|จัดกิจกรรม|จัดโครงการ|จัดอบรม|จัดประชุม"
    r"|จัดการอบรม|ปฏิบัติ)[\u0e01-\u0e4e]{0,10}|^(?:ไม่|มิ)(?:ได้)?มีการ(?:ดำเนินการ|จัด)|^ไม่ดำเนินการ|ไม่ถึง(?:กำหนด|ระยะเวลา|ห้วง|ช่วง)[\u0e01-\u0e4e]{0,16}"
    r"|^จะ(?:ดำเนิน|จัด|เริ่ม)[\u0e01-\u0e4e]{0,16}|^รอ(?:การ|ผล)?(?:ดำเนินการ|จัดสรร|อนุมัติ|งบประมาณ|โอน|พิจารณา)[\u0e01-\u0e4e]{0,12}"
    r"|^ยังไม่(?:ได้)?\s*[\u0e01-\u0e4e]{0,20}|^ยัง$|^not started"
)
# What is planned, and what is put off; where the same item says that the thing was done, that counts.
_PLANNED = worded(
    r"(?:^|\s|มีแผน(?:ที่)?|แผนที่|คาด(?:การณ์)?ว่า|กำหนด|โดย|ซึ่ง|แต่)จะ\s*(?:ได้)?(?:มีการ)?(?:ดำเนิน|จัด|เริ่ม|เร่ง)"
    r"(?![\u0e01-\u0e4e ]{0,20}(?:แล้ว|ต่อไป|ต่อเนื่อง|ในปี(?:งบประมาณ)?(?:ถัดไป|หน้า|ต่อไป)))[\u0e01-\u0e4e]{0,16}"
    r"|จะ\s*(?:ดำเนินการ|ดำเนินงาน|จัด[\u0e01-\u0e4e]{0,30}|เริ่ม[\u0e01-\u0e4e]{0,30})\s*(?:ใน|ภายใน|ช่วง|ประมาณ)\s*"
    r"(?:เดือน|ไตรมาส|ช่วง|ห้วง|วัน|สัปดาห์|สิ้น)[\u0e01-\u0e4e]{0,12}"
    r"|คาดว่า\s*[\u0e01-\u0e4e]{0,24}จะ\s*(?:สามารถ)?(?:ดำเนิน|จัด|เริ่ม)[\u0e01-\u0e4e]{0,16}"
    r"|^กำหนด(?:การ)?(?:จัด|ดำเนิน|อบรม|ประชุม)[\u0e01-\u0e4e ]{0,40}(?:ใน|ภายใน)?(?:เดือน|ไตรมาส|ช่วง)[\u0e01-\u0e4e]{0,12}"
)
_PUT_OFF = worded(
    r"^(?:เลื่อน|ชะลอ|งด)(?:การ(?!ใช้)|ไป|ออก|กำหนด|ดำเนิน|จัด|โครงการ|กิจกรรม)[\u0e01-\u0e4e]{0,16}"
    r"|(?:จำเป็น)?(?:ต้อง|ขอ|ให้|ได้|จึง|มีการ)(?:เลื่อน(?!ขั้น|เงิน|ระดับ|ตำแหน่ง|ชั้น|วิทย|ขึ้น)|ชะลอ)[\u0e01-\u0e4e]{0,24}"
    r"|เลื่อน(?:การจัด|การดำเนิน|การอบรม|การประชุม|กำหนดการ|โครงการ|กิจกรรม|ออกไป|ไป(?:จัด|ดำเนิน|เป็น|เดือน|ปี))[\u0e01-\u0e4e]{0,16}"
)
_EXPECTED = worded(
    r"(?:คาด(?:การณ์)?(?:ว่า)?|กำหนด|ประมาณการ)[\u0e01-\u0e4e ]{0,40}?(?:แล้วเสร็จ|เสร็จ|สำเร็จ|เรียบร้อย)[\u0e01-\u0e4e]{0,12}"
    r"|จะ(?:ดำเนินการ|จัดทำ|ปรับปรุง|เสร็จ|สามารถ)?(?:ให้)?(?:แล้ว|เสร็จ)(?:เสร็จ|สิ้น)[\u0e01-\u0e4e]{0,12}"
)
_IMPOSSIBLE = worded(
    r"ไม่\s*สามารถ\s*(?:ที่จะ)?\s*(?:ดำเนิน|จัด|ปฏิบัติ|ทำ|เบิก)[\u0e01-\u0e4e]{0,16}|^ไม่สามารถ[\u0e01-\u0e4e]{0,20}"
    r"|ดำเนินการไม่ได้|^(?:ขอ)?ยกเลิก(?:โครงการ|กิจกรรม|การ|มาตรการ|$)[\u0e01-\u0e4e]{0,16}"
)
_DONE = worded(
    r"(?:ได้\s*)?ดำเนิน(?:การ|งาน)\s*(?:เสร็จ|สำเร็จ|ครบ|เรียบร้อย)[\u0e01-\u0e4e]{0,16}|(?:ได้\s*)?ดำเนิน(?:การ"
    r"|งาน)\s*แล้ว(?:เสร็จ)?(?:สิ้น|เรียบร้อย)?"
    r"|แล้วเสร็จ|เสร็จสิ้น|เสร็จเรียบร้อย[\u0e01-\u0e4e]{0,6}|เรียบร้อยแล้ว|เสร็จแล้ว|เสร็จสมบูรณ์|^แล้ว$|^เสร็จ$"
    r"|^สำเร็จ|^บรรลุ|^done$|^completed?$|^ได้ดำเนินการ$"
)
_DONE_FAR = re.compile(r"(?:ได้\s*)?ดำเนิน(?:การ|งาน)[\u0e01-\u0e4e ]{0,60}?แล้ว(?=\s|$|[,.;])")
_REASON = re.compile(r"\s?(?:เนื่องจาก|เพราะ|ด้วยเหตุ)")
# Words before a phrase that make it a condition or an attribute: "หากไม่สามารถดำเนินการได้", "เรื่องที่อยู่ระหว่างดำเนินการ".
_CONDITION = re.compile(r"(?:หาก|กรณี|ถ้า|ในกรณี)\S{0,30}\s?$|(?:เมื่อ(?!วันที่)|ซึ่ง|ที่|หรือ|และ|จน|เพื่อ|ให้|ก่อน|หลัง(?:จาก)?)(?:\S{0,30}|\S{0,8}\s)$")
_GOES_ON = worded(r"(?:ซึ่ง|และ|แต่|จึง|โดย)\s?$")
_ATTRIBUTE = re.compile(r"(?:หาก|กรณี|ถ้า|ในกรณี|(?<!หน้า)(?<!พื้น)ที่|ซึ่ง|ให้)(?:[\u0e01-\u0e4e]{0,12}|\s)$")
# A completion that is denied, expected or aimed at: "คาดว่าจะแล้วเสร็จ", "ยังไม่เสร็จสิ้น", "กำหนดแล้วเสร็จ".
_NOT_DONE_YET = re.compile(r"(?:จะ|คาดว่า|คาดการณ์|กำหนด(?:การ)?|ไม่|ไม|มิ|ต้อง|เป้าหมาย)(?:ได้|ได|สามารถ|ให้|การ|ดำเนินการ)*\s?$")
_PHRASES = (
    (_DOING, IN_PROGRESS),
    (_IMPOSSIBLE, NOT_POSSIBLE),
    (_NOT_YET, NOT_STARTED),
    (_EXPECTED, IN_PROGRESS),
    (_PLANNED, NOT_STARTED),
    (_PUT_OFF, NOT_STARTED),
    (_DONE, COMPLETED),
)
_ADVICE = re.compile(r"^(?:ควร|เห็นควร|สมควร|ขอให้|ต้องการให้|ต้อง(?!รับ)|พึง|น่าจะ|เสนอแนะ|ข้อเสนอ)")
_TOLD = re.compile(r"^\s*(?:มี(?!แผน|ความประสงค์)|ได้|เคย|ดำเนิน(?:การ|งาน)|จัดให้มี)|แล้ว\s")
_EVENT_DAY = re.compile(r"(?:เมื่อ|ใน|ณ|ทุก|ประจำ)?\s*วันที่\s*\d{1,2}\s*[\u0e01-\u0e4e.]{2,14}")
_PERCENT = re.compile(
    r"(?:ร้อยละ|คิดเป็น|ความก้าวหน้า|คืบหน้า)\s*(?:ร้อยละ)?\s*(?:ความสำเร็จ\s*)?(\d{1,3}(?:\.\d+)?)\s*%?"
    r"|(\d{1,3}(?:\.\d+)?)\s*(?:%|เปอร์เซ็นต์)"
)
_PROGRESS = re.compile(
    r"^[\s(\-]*(?:(?:ผล)?(?:การ)?ดำเนินการ(?:แล้ว|ได้|ไปแล้ว)?(?:เสร็จ)?|(?:ผล)?(?:ความ)?(?:คืบ|ก้าว)หน้า|แล้วเสร็จ"
    r"|สำเร็จ|เสร็จ(?:สิ้น)?|อยู่ระหว่างดำเนินการ)?[\s:(]*(?:คิดเป็น)?\s*$"
)


@dataclass(frozen=True)
class Status:
    status: str
    basis: str  # mark, phrase, percent, inferred, none
    evidence: str | None


NONE = Status(UNKNOWN, "none", None)


def is_tick(text: str) -> bool:
    """Whether a cell holds a mark and nothing else, whatever it says (`etl.printed.marks`)."""
    return is_mark(text)


def of_marks(cells: dict[str, str], form: Form = NO_FORM) -> tuple[Status | None, list[str]]:
    """The status that the status columns of a row decide, and the texts in them that say neither yes nor no.

    `cells`: text of each status column (completed, in_progress, not_started, not_possible). One yes decides, two decide nothing.
    Without a yes, words decide; then a no under "completed" that nothing contradicts. A row of empty boxes was not filled in.

    >>> of_marks({"completed": "/", "not_possible": ""})[0]
    Status(status='completed', basis='mark', evidence='/')
    >>> of_marks({"completed": "ไม่", "in_progress": ""})[0].status, of_marks({"completed": "☐", "not_started": "☐"})
    ('not_started', (None, []))
    >>> of_marks({"completed": "?"})
    (None, ['?'])
    """
    said = marks.answers(cells, form)
    ticked = {column: cells[column].strip() for column, answer in said.items() if answer == marks.YES}
    if len(ticked) == 1:
        column, text = next(iter(ticked.items()))
        return Status(column, "mark", text), []
    if ticked:
        return Status(UNKNOWN, "none", " ".join(ticked.values())), []
    words = {column: _of_words(column, cells[column]) for column, answer in said.items() if answer == marks.UNDECIDED}
    undecided = [one_line(cells[column]) for column, decided in words.items() if decided is None]
    decided = [status for status in words.values() if status is not None]
    if len(decided) == 1:
        return decided[0], undecided
    denied = [column for column, answer in said.items() if answer == marks.NO]
    unfilled = len(denied) > 1 and all(marks.is_empty_box(cells[column]) for column in denied)
    if COMPLETED in denied and not words and not unfilled and set(denied) <= {COMPLETED, IN_PROGRESS}:
        return Status(NOT_STARTED, "mark", cells[COMPLETED].strip()), []
    if len(denied) == 1 and denied[0] in (NOT_STARTED, NOT_POSSIBLE) and marks.is_cross(cells[denied[0]]):
        # A cross alone under "not possible", beside ticks in other rows: whichever way it is meant, the thing was not done.
        return Status(denied[0], "mark", cells[denied[0]].strip()), undecided
    return None, undecided


def _of_words(column: str, text: str) -> Status | None:
    """What words in a status column decide: a phrase by itself, a date as a tick, what states under "completed" that it was done."""
    stated = of_phrase(text)
    if stated is not None:
        return stated
    found = periods(text)
    dated = bool(found) and sum(each.end - each.begin for each in found) >= 0.5 * len(text)
    if dated or (column == COMPLETED and of_text(text).status == COMPLETED):
        return Status(column, "mark", _short(text))
    return None


def fraction(text: str) -> float | None:
    """A bare number of at most 1, as a percent column holds it that lost its percent format; None: something else.

    >>> fraction("0.75"), fraction("๑"), fraction("0.5%"), fraction("75")
    (0.75, 1.0, None, None)
    """
    bare = re.fullmatch(r"[01](?:\.\d{1,4})?", arabic(text).strip())
    return float(bare[0]) if bare and float(bare[0]) <= 1 else None


def of_percent(text: str, whole: int = 100) -> Status | None:
    """A cell of a percent column, or a result that opens with its progress. `whole`: what all of it is, 1 where the cells are fractions.

    >>> of_percent("ร้อยละ ๖๐")
    Status(status='in_progress', basis='percent', evidence='ร้อยละ ๖๐')
    >>> of_percent("1").status, of_percent("1", whole=1).status
    ('in_progress', 'completed')
    """
    plain = arabic(composed(text)).strip()
    bare = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*%?", plain)
    match = bare or _PERCENT.search(plain)
    if match is None or (
        not bare and (not _PROGRESS.match(plain[: match.start()]) or re.match(r"\s*(?:ของ|พึงพอใจ|ขึ้นไป)", plain[match.end() :]))
    ):
        return None
    value = float(match[1] or match[2])
    if value > whole:
        return None
    status = COMPLETED if value == whole else IN_PROGRESS if value > 0 else NOT_STARTED
    return Status(status, "percent", one_line(text)[:40] if len(one_line(text)) <= 40 else match[0].strip())


def of_phrase(text: str) -> Status | None:
    """The status that the words of `text` state, if they do.

    >>> of_phrase("อยู่ระหว่างดำเนินการ").status, of_phrase("ยังไม่ได้ดำเนินการ").status, of_phrase("ดำเนินการแล้วเสร็จ").status
    ('in_progress', 'not_started', 'completed')
    >>> of_phrase("แก้ไขภายใน ๑๕ วัน หากไม่สามารถดำเนินการได้ทัน แจ้งผู้ร้องเรียน") is None
    True
    """
    options = marks.chosen(text)
    if options is not None:
        checked = _checked(*options)
        if checked is not None:
            return checked
        text = options[1]
    found = [phrase for item in plain_items(text)[:60] if (phrase := _phrase(item[:600])) is not None]
    if not found:
        return None
    statuses = {phrase.status for phrase in found}
    for status in (IN_PROGRESS, NOT_POSSIBLE, NOT_STARTED):
        if status in statuses and (status == IN_PROGRESS or COMPLETED not in statuses):
            return next(phrase for phrase in found if phrase.status == status)
    if len(statuses) > 1:
        return Status(IN_PROGRESS, "phrase", next(phrase for phrase in found if phrase.status != COMPLETED).evidence)
    return found[0]


def _checked(words: list[str], rest: str) -> Status | None:
    """`☑ ดำเนินการแล้ว ☐ ยังไม่ดำเนินการ`: the checked words count, the others are the form."""
    if len(words) == 1 and (phrase := _phrase(words[0])) is not None:
        return Status(phrase.status, "mark", one_line(words[0])[:60])
    return NONE if len(words) > 1 or says_nothing(rest) else None


def _phrase(item: str) -> Status | None:
    """The phrase of an item that decides; what stands in a reason (เนื่องจากอยู่ระหว่าง...) only where nothing does before it."""
    text = one_line(item)
    reason = _REASON.search(text)
    end = reason.start() if reason and _phrase(text[: reason.start()]) else len(text)
    bare, at = without_marks(text)
    done = [match for match in _DONE.finditer(bare) if _asserted(text[: at[match.start()]], COMPLETED)]
    for pattern, status in _PHRASES:
        for match in pattern.finditer(bare):
            before = text[: at[match.start()]]
            if len(before) >= end:
                continue
            if not _asserted(before, status) or (status == NOT_STARTED and len(before) > 60):
                continue
            if pattern in (_EXPECTED, _PLANNED, _PUT_OFF) and any(not _overlap(each, match) for each in done):
                continue
            if pattern is _PLANNED and _TOLD.search(before):
                status = IN_PROGRESS  # a part was done, another is to come
            return Status(status, "phrase", _clause(text, at[match.start()], at[match.end()]))
    match = _DONE_FAR.match(text) if not _ADVICE.match(text) else None
    return Status(COMPLETED, "phrase", _short(match[0], 70)) if match else None


def _overlap(first: re.Match, second: re.Match) -> bool:
    return first.start() < second.end() and second.start() < first.end()


def _asserted(before: str, status: str) -> bool:
    """Whether a phrase that follows `before` is said of the measure, not a condition, an attribute or something expected."""
    if not before or (status == NOT_STARTED and _GOES_ON.search(without_marks(before)[0])):
        return True
    if status == COMPLETED and _NOT_DONE_YET.search(before):
        return False
    return not _ATTRIBUTE.search(before) and (status == COMPLETED or not _CONDITION.search(before[-40:]))


def _clause(text: str, begin: int, end: int) -> str:
    """The phrase with the rest of its last word: up to the next space."""
    space = text.find(" ", end)
    clause = text[begin : space if space > 0 else len(text)].strip()
    return clause if len(clause) <= 60 else _short(text[begin:end])


def of_text(result: str, happened: bool = False) -> Status:
    """The status that result text lets one infer. `happened`: the row prints the period in which the thing was done.

    >>> of_text("มีคู่มือการปฏิบัติงาน").status, of_text("๑.การเปิดเผยข้อมูล ๒.ควรเปิดเผยข้อมูล").status, of_text("The image shows a web site").status
    ('completed', 'unknown', 'unknown')
    """
    if (options := marks.chosen(result)) is not None:
        result = options[1]
    if says_nothing(result):
        return NONE
    first: dict[str, str] = {}
    for item in plain_items(composed(result))[:60]:
        text = one_line(item)[:600].lstrip("“”\"'.:,;)] ")
        first.setdefault(says(text), text)
    strong, weak, advice, noun = (first.get(said) for said in (STATES, DOES, ADVISES, NOTHING))
    if strong or (weak and not advice):
        return Status(COMPLETED, "inferred", _short(strong or weak or ""))
    if advice:
        return Status(UNKNOWN, "none", _short(advice))
    if noun and happened:
        return Status(COMPLETED, "inferred", _short(noun))
    return Status(UNKNOWN, "none", _short(noun)) if noun else NONE


@learned.remembered
def says(text: str) -> str:
    """What an item of a result says: it states that a thing exists or was done, tells what one does, advises, heads a picture, or nothing.

    >>> says("มีคู่มือการปฏิบัติงาน"), says("ควรปรับปรุงคู่มือ"), says("การเปิดเผยข้อมูล")
    ('states', 'advises', 'nothing')
    """
    if says_nothing(text) or is_caption(text) or (thai_share(text) < 0.4 and len(text) > 40):
        return SHOWS
    found = learned.of("results").probabilities(learned.of_statement(text))
    said = max(found, key=lambda each: (found[each], each))
    return STATES if said in (DOES, NOTHING) and _EVENT_DAY.search(arabic(text)) else said


def is_statement(text: str) -> bool:
    """Whether a piece of text begins like a statement of its own."""
    return of_phrase(text) is not None or says(text) in (STATES, DOES)


def _short(text: str, most: int = 48) -> str:
    """The beginning of `text`, cut at a space where there is one."""
    text = one_line(text)
    if len(text) <= most:
        return text
    cut = text.rfind(" ", 12, most)
    return text[: cut if cut > 0 else most].rstrip()
