"""Whether a table that could hold measures is a table of measures: what the lines above it, its headings and its cells are about."""

import re
from itertools import pairwise

from etl.formats import Document, Paragraph
from etl.measures.columns import RESULT_ROLES
from etl.measures.groups import Group, heading_of, indicator_of
from etl.measures.tables import MeasureTable
from etl.printed.thai import arabic, composed, key, without_marks, worded

# Spaces, points and line breaks are gone from the text that these meet.
_INTEGRITY = (
    r"(?:คุณธรรม(?:และ|,)?(?:จริยธรรม(?:และ)?)?ความโปร่งใส|ความโปร่งใส(?:และ)?(?:ป้องกัน|ต่อต้าน|ลด|ปลอด)\S{0,6}ทุจริต"
    r"|(?<![a-z])ita(?![a-z])|integrityandtransparency)"
)
_WORK = r"(?:มาตรการ|แนวทาง|ส่งเสริม|ยกระดับ|เสริมสร้าง|ปรับปรุง|พัฒนา|ขับเคลื่อน|ข้อเสนอแนะ|การนำ|แผน|ดำเนินการ|measures?)"
_PLAN = (
    r"แผน(?:ปฏิบัติการ|ปฏิบัติ|การ)?(?:ในการ|เพื่อ|ด้านการ)?(?:ป้องกัน|ต่อต้าน|ปราบปราม)(?:และปราบปราม"
    r"|และแก้ไข)?(?:ปัญหา)?(?:การ)?ทุจริต"
)
_SUBJECT = worded(rf"{_WORK}.{{0,60}}{_INTEGRITY}|{_INTEGRITY}.{{0,60}}{_WORK}|{_PLAN}")
_NAMES_INTEGRITY = worded(rf"{_INTEGRITY}|{_PLAN}")
_TITLE = worded(
    rf"^(?:สรุป|แบบ|ตาราง|เอกสาร|ประกาศ)*(?:รายงาน|แบบรายงาน|แบบติดตาม|ติดตาม|กำกับติดตาม|การ|ผล|แผน|มาตรการ|แนวทาง|สรุป"
    rf"|แบบ|วิเคราะห์|ส่วนที่|ตอนที่|ดำเนินการ)"
    rf".{{0,90}}(?:มาตรการ.{{0,30}}{_INTEGRITY}|{_WORK}.{{0,40}}{_INTEGRITY}|{_INTEGRITY}.{{0,40}}{_WORK}|{_PLAN})"
    rf"|^{_PLAN}|^มาตรการ.{{0,40}}{_INTEGRITY}"
)
# The follow-up of the plan is often titled without naming it: "การกำกับติดตามการดำเนินการป้องกันการทุจริต". Weaker: papers on the risk of
# corruption are titled much the same.
_PREVENTION = worded(
    r"^(?:สรุป|แบบ|รายงาน|ผล|การ|กำกับ|ติดตาม|และ)*(?:ดำเนินการ|ดำเนินงาน|กำกับติดตาม|มาตรการ).{0,20}"
    r"(?:ป้องกัน|ต่อต้าน|ปราบปราม)(?:และปราบปราม|และแก้ไข)?(?:ปัญหา)?(?:การ)?ทุจริต"
)
# Titles that are enough where the columns are those of a report, whatever its measures speak of: the measures of integrity, the
# anti-corruption plan, and the follow-up of that plan to the letter.
_OFFICIAL = worded(rf"(?:มาตรการ|แนวทาง).{{0,20}}(?:ส่งเสริม|ยกระดับ|เสริมสร้าง|พัฒนา|ปรับปรุง|ขับเคลื่อน).{{0,12}}{_INTEGRITY}|{_PLAN}")
_FOLLOW_UP = worded(
    r"^(?:แบบ|สรุป)?(?:รายงาน)?(?:ผล)?(?:การ)?(?:กำกับ)?(?:และ)?(?:ติดตาม)?(?:ผล)?(?:การ)?ดำเนินการป้องกันการทุจริต(?:$|ประจำ|รอบ|ปี|ของ)"
)
_RISK = worded("ความเสี่ยง")
_NO_PLACE_FOR_IT = worded(r"ความเสี่ยง|ประเมินประสิทธิภาพ|lpa|แบบตรวจ|ตรวจสอบตนเอง|ประเมินตนเอง|แบบวัดการเปิดเผย|checklist")
_COLUMNS = (("steps",), ("unit",), ("period", "period_done"), ("budget_planned", "budget_spent"), RESULT_ROLES)
# What the dimensions of an anti-corruption plan are called; other plans have dimensions, too.
_DIMENSION = re.compile(r"ทุจริต|สุจริต|โปร่งใส|คุณธรรม|ธรรมาภิบาล|เจตจำนง|(?:กลไก|ระบบ).{0,12}ตรวจสอบ|มีส่วนร่วม.{0,8}ประชาชน")
_PERSONNEL = re.compile(
    r"กำลังคน|อัตรากำลัง|สรรหา|บรรจุ|เลื่อนขั้น|เลื่อนเงินเดือน|โอนย้าย|รับโอน|พัฒนาบุคลากร|(?:ทรัพยากร|งาน)บุคคล|สายอาชีพ|สวัสดิการ"
    r"|ประเมินผลการปฏิบัติ(?:งาน|ราชการ)|ฝึกอบรม|สมรรถนะ|ตำแหน่ง"
)
# Papers of an office that are laid out like reports of measures and speak of the same things.
_OTHER = worded(
    r"เชิญประชุม|ขอเชิญ|ระเบียบวาระ|รายงานการประชุม|กำหนดการ(?:ประชุม|อบรม|โครงการ|ฝึก|พิธี|สัมมนา)|รายชื่อ|บัญชีลงชื่อ"
    r"|ตารางสอน|ตารางเรียน|ตารางเวร|ใบสมัคร"
    r"|แผน(?:การ)?จัดซื้อจัดจ้าง|ประกาศ(?:ราคากลาง|ผู้ชนะ)|สอบราคา|สรุปผลการ(?:ดำเนินการ)?จัดซื้อ|งบประมาณรายจ่าย"
    r"|แผนพัฒนา(?:ท้องถิ่น|สามปี|สี่ปี|ห้าปี|ตำบล|บุคลากร)|แผน(?:การ)?ดำเนินงานประจำปี"
    r"|อัตรากำลัง|(?:ประเมิน|บริหาร|จัดการ|บริหารจัดการ)ความเสี่ยง|ควบคุมภายใน|(?:ทรัพยากร|งาน)บุคคล|ทรัพยากรมนุษย์"
    r"|แบบสอบถาม|ใบเสนอราคา|คำสั่ง(?:เทศบาล|องค์การ)|แต่งตั้งคณะ|แบบตรวจการเปิดเผย|คู่มือสำหรับประชาชน|สถิติ"
)
_INVITES = worded(r"เชิญประชุม|ขอเชิญ|ระเบียบวาระ|กำหนดการ(?:ประชุม|อบรม)")
_PAPER = worded(
    r"^(?:มาตรการ|รายงาน|แผน|โครงการ|คู่มือ|สถิติ|ประกาศ|สรุป|แบบ|ตาราง|ทะเบียน|บัญชี|คำสั่ง|ข้อบัญญัติ"
    r"|เทศบัญญัติ|งบประมาณ|กำหนดการ|บันทึก)"
)
# What measures of integrity are about; a table of other work holds few of these words.
_WORDS = re.compile(
    r"ทุจริต|โปร่งใส|คุณธรรม|จริยธรรม|ร้องเรียน|nogift|ของขวัญ|ita|oit|ผลประโยชน์ทับซ้อน|ผลประโยชน์ส่วน|ประพฤติมิชอบ"
    r"|eservice|คู่มือ(?:การ)?(?:ให้บริการ|ปฏิบัติงาน|ประชาชน)|มาตรฐานการปฏิบัติงาน|ธรรมาภิบาล"
    r"|ทรัพย์สินของ(?:ทาง)?ราชการ|เผยแพร่|ประชาสัมพันธ์|เปิดเผยข้อมูล|มีส่วนร่วม|ความพึงพอใจ|ดุลพินิจ|เลือกปฏิบัติ"
    r"|ช่องทาง|การใช้จ่ายงบประมาณ|ผู้บังคับบัญชา|ตรวจสอบ|ยืม|ข้อมูลข่าวสาร"
)
_INTEGRITY_WORDS = re.compile(
    r"ทุจริต|โปร่งใส|คุณธรรม|จริยธรรม|nogift|ผลประโยชน์ทับซ้อน|ประพฤติมิชอบ|(?<![a-z])(?:ita"
    r"|oit|iit|eit)(?![a-z])"
)
_CLOCK = re.compile(r"\d{1,2}[.:]\d{2}\s*(?:น\.|-|–)")
LINES_ABOVE = 40


def is_report(table: MeasureTable, document: Document) -> bool:
    """Whether the table belongs to a plan of measures or to a report on one, and not to other papers of an office.

    A title that says so is enough. Without one, the groups must be the indicators of ITA or the dimensions of an anti-corruption plan,
    or most rows must be about integrity, and no other paper may name itself above.
    """
    above = [_bare(line) for line in table.before[-LINES_ABOVE:]]
    opening = [_bare(block.text) for block in document.blocks[:60] if isinstance(block, Paragraph)][:LINES_ABOVE]
    headings = _bare(" ".join(table.headings.values()))
    lines = [line for line in (*opening, *above, headings) if line]
    titles = [at for at, line in enumerate(lines) if len(line) < 300 and _TITLE.search(line) and not _of_another_paper(line)]
    others = [at for at, line in enumerate(lines) if _OTHER.search(line[:160])]
    if others and (not titles or min(others) < min(titles) or _is_invitation(lines)):
        return False
    rows = [row for row in table.rows[:200] if any(row.text(role).strip() for role in ("title", "steps"))]
    if not rows or _clocks(table):
        return False
    words = [_plain(f"{row.text('title')} {row.text('steps')} {row.text('group')}") for row in rows]
    about = sum(bool(_WORDS.search(text)) for text in words) / len(rows)
    groups = _groups(table)
    if _has_its_columns(table) and _official(lines, [*lines[:5], *above[-3:], headings]):
        return True
    if titles:
        return about > 0 or groups > 0
    if table.guessed:
        return False
    if any(_PREVENTION.search(line) for line in lines if len(line) < 300):
        return groups > 0 or (about >= 0.3 and not _RISK.search(headings))
    if groups < 3 and sum(bool(_PERSONNEL.search(text)) for text in words) >= 0.4 * len(rows):
        return False
    if any(_SUBJECT.search(line) for line in lines):
        return about >= 0.3 or groups >= 2
    integrity = sum(bool(_INTEGRITY_WORDS.search(text)) for text in words) / len(rows)
    named = any(
        role == "title" and "มาตรการ" in words for column, role in table.roles.items() for words in [table.headings.get(column, "")]
    )
    if any(_PAPER.match(line) for line in lines[:6]):
        return groups >= 3 or (named and about >= 0.6 and integrity >= 0.3)
    return groups >= 3 or (about >= 0.6 and integrity >= 0.25) or (named and about >= 0.4)


def _of_another_paper(line: str) -> bool:
    """Whether a title names another paper before it speaks of integrity: "แผนบริหารทรัพยากรบุคคล ... (ITA)"."""
    other, own = _OTHER.search(line), _NAMES_INTEGRITY.search(line)
    return other is not None and own is not None and other.start() < own.start()


def _groups(table: MeasureTable) -> int:
    """Rows whose heading is one of the ten indicators or a dimension of an anti-corruption plan, in whatever column it stands."""
    dimensions = any(role == "group" and "มิติ" in table.headings.get(column, "") for column, role in table.roles.items())
    count = 0
    for row in table.rows[:200]:
        filled = [cell.text for cell in row.cells if cell.text.strip()]
        alone = heading_of(filled[0]) if len(filled) == 1 else None
        found = [heading_of(row.text("title")), heading_of(row.text("group"), dimensions), alone]
        groups = [row.group] * (row.group is not None) + [each[0] for each in found if each]
        count += any(_of_integrity(group) for group in groups)
    return count


def _of_integrity(group: Group) -> bool:
    name = group.name or ""
    return indicator_of(name) is not None if group.kind == "indicator" else bool(_DIMENSION.search(_plain(name)))


def _official(lines: list[str], near: list[str]) -> bool:
    """Whether a title, of one line or two, is that of the measures or of the plan, and no line `near` the table names another paper."""
    pairs = [above + below for above, below in pairwise(lines[:8])]
    titles = [line for line in (*lines, *pairs) if len(line) < 200]
    named = any(_FOLLOW_UP.search(line) or (_TITLE.search(line) and _OFFICIAL.search(line)) for line in titles)
    return named and not any(_OTHER.search(line[:160]) or _NO_PLACE_FOR_IT.search(line) for line in near)


def _has_its_columns(table: MeasureTable) -> bool:
    """Whether headings name a title and at least two of: how, who, when, at what cost, what came of it."""
    return table.has("title") and not table.guessed and not table.headless and sum(table.has(*roles) for roles in _COLUMNS) >= 2


def _is_invitation(lines: list[str]) -> bool:
    return any(_INVITES.search(line[:200]) for line in lines[:10])


def _bare(text: str) -> str:
    """`_plain` without the marks above and below letters: what titles are known by."""
    return without_marks(_plain(text))[0]


def _plain(text: str) -> str:
    return re.sub(r"[\s\"“”'.,()\[\]*#:-]+", "", arabic(composed(text))).lower()


def _clocks(table: MeasureTable) -> bool:
    """Hours of the day: an agenda, not measures."""
    cells = [cell.text for row in table.rows[:60] for cell in row.cells if cell.text.strip()]
    timed = sum(bool(_CLOCK.match(arabic(text).strip())) and len(key(text)) < 20 for text in cells)
    return timed >= 3 or (timed > 0 and timed * 3 >= len(table.rows))
