"""The status that the words of a result state: what was denied, expected, planned or put off was never completed."""

import re

import pytest

from etl.measures.status import COMPLETED, IN_PROGRESS, NOT_POSSIBLE, NOT_STARTED, of_phrase, of_text

DECIDED = {
    NOT_STARTED: (
        "ยังไม่ได้ดำเนินการ", "มิได้ดำเนินการ", "ยังมิได้ดำเนินการ", "ไม่ได้ดำเนินการ", "ไม่มีการดำเนินการ", "จะดำเนินการในเดือนสิงหาคม ๒๕๖๗",
        "เทศบาลจะดำเนินการในเดือนกันยายน", "มีแผนจะดำเนินการในไตรมาส ๔", "มีความจำเป็นต้องเลื่อนการจัดอบรมออกไป", "เลื่อนการจัดกิจกรรมเป็นเดือนกันยายน",
        "ได้เลื่อนการดำเนินการออกไปเป็นปีงบประมาณ ๒๕๖๘", "ยังไม่ถึงกำหนด", "ยังไม่ถึงห้วงเวลา", "ยังไม่ได้รับจัดสรรงบประมาณ", "มีแผนจัดอบรม ซึ่งยังไม่ได้ดำเนินการ",
        "ไม่ได้จัดอบรมเนื่องจากงบประมาณไม่เพียงพอ", "กำหนดจัดกิจกรรมในเดือนกันยายน ๒๕๖๗", "เนื่องจากมีข้อจำกัดด้านงบประมาณ จึงยังไม่ได้ดำเนินการ",
    ),
    IN_PROGRESS: (
        "คาดว่าจะแล้วเสร็จในเดือนกันยายน", "คาดว่าจะดำเนินการแล้วเสร็จ ก.ย. ๖๗", "อยู่ในขั้นตอนการจัดทำร่างประกาศ", "อยู่ระหว่างดำเนินการ", "กำลังดำเนินการ",
        "ได้แจ้งให้กองช่างทราบ อยู่ในขั้นตอนการตรวจสอบ", "ได้จัดอบรมครั้งที่ ๑ เมื่อวันที่ ๕ มีนาคม และจะดำเนินการในเดือนกันยายน",
    ),
    NOT_POSSIBLE: ("ไม่สามารถดำเนินการได้",),
    COMPLETED: (
        "ดำเนินการแล้วเสร็จ และจะดำเนินการต่อเนื่องทุกปี", "จัดทำคู่มือแล้ว และจะดำเนินการต่อไปในปีหน้า", "มีการพิจารณาเลื่อนขั้นเงินเดือน",
        "เลื่อนการจัดอบรมจากเดือนมีนาคมเป็นเดือนพฤษภาคม และดำเนินการแล้วเสร็จ", "ที่ประชุมได้ดำเนินการจัดทำคู่มือแล้ว", "กลุ่มได้ดำเนินการจัดประชุม",
        "เผยแพร่ขั้นตอนการให้บริการบนเว็บไซต์", "แก้ไขภายใน ๑๕ วัน หากไม่สามารถดำเนินการได้ทัน แจ้งผู้ร้องเรียน", "มีเจ้าหน้าที่ที่จะดำเนินการตามคู่มือ",
    ),
}  # fmt: skip
PHRASES = [(text, status) for status, texts in DECIDED.items() for text in texts]
_MARK = re.compile("[\u0e31\u0e34-\u0e39\u0e47-\u0e4c]")


def said(text: str) -> str:
    return (of_phrase(text) or of_text(text)).status


@pytest.mark.parametrize(("text", "status"), PHRASES)
def test_what_the_words_say(text, status):
    assert said(text) == status


@pytest.mark.parametrize("text", [text for status, texts in DECIDED.items() if status != COMPLETED for text in texts])
def test_a_lost_or_displaced_mark_completes_nothing(text):
    for found in _MARK.finditer(text):
        at = found.start()
        lost = text[:at] + text[at + 1 :]
        later = lost[: at + 1] + found[0] + lost[at + 1 :]
        assert said(lost) != COMPLETED, lost
        assert said(later) != COMPLETED, later


def test_evidence_is_as_printed():
    assert of_phrase("ยังไมไ่ด้ดำเนินการ เพราะงบประมาณ").evidence == "ยังไมไ่ด้ดำเนินการ"
