"""Whether a table that could hold measures is a table of measures: what the lines above it, its headings and its cells are about."""

import re

from etl.formats import Document, Paragraph
from etl.layouts.groups import heading_of
from etl.layouts.tables import MeasureTable
from etl.thai import arabic, composed, key

# Spaces and line breaks are gone from the text that these meet.
_SUBJECT = re.compile(
    r"มาตรการ(?:การ)?(?:เพื่อ)?(?:ในการ)?(?:ส่งเสริม|ยกระดับ|เสริมสร้าง)คุณธรรม|ส่งเสริมคุณธรรมและความโปร่งใส|คุณธรรมและความโปร่งใสในการดำเนินงาน|ผลการประเมิน(?:ระดับ)?คุณธรรม|การประเมินita|ผลการประเมินita|คะแนนita"
    r"|แผนปฏิบัติการ(?:ป้องกัน|ต่อต้าน|ส่งเสริมคุณธรรม)|แผน(?:การ)?ป้องกัน(?:และปราบปราม)?(?:การ)?ทุจริต|ป้องกันการทุจริตขององค์กรปกครองส่วนท้องถิ่น|ป้องกันและปราบปรามการทุจริต|integrityandtransparency"
)
_OTHER = re.compile(
    r"เชิญประชุม|ขอเชิญ|ระเบียบวาระ|รายงานการประชุม|กำหนดการ(?:ประชุม|อบรม|โครงการ|ฝึก|พิธี|สัมมนา)|รายชื่อ|บัญชีลงชื่อ|ตารางสอน|ตารางเรียน|ตารางเวร|ใบสมัคร|แผน(?:การ)?จัดซื้อจัดจ้าง|ประกาศ(?:ราคากลาง|ผู้ชนะ)|สอบราคา"
    r"|สรุปผลการจัดซื้อ|งบประมาณรายจ่าย|แผนพัฒนาท้องถิ่น|แผนพัฒนาสามปี|แผนพัฒนาสี่ปี|แผนพัฒนาห้าปี|แผนดำเนินงานประจำปี|อัตรากำลัง|ประเมินความเสี่ยง|บริหารความเสี่ยง|จัดการความเสี่ยง|บริหารจัดการความเสี่ยง|ควบคุมภายใน|แผนพัฒนาบุคลากร|บริหารทรัพยากรบุคคล|แบบสอบถาม|ใบเสนอราคา|คำสั่ง(?:เทศบาล|องค์การ)|แต่งตั้งคณะ"
)
_STRONG_TITLE = re.compile(
    r"^(?:สรุป|แบบ)?(?:รายงาน|การ)?(?:สรุป)?(?:กำกับติดตาม)?(?:ผล)?(?:การ)?(?:ดำเนินการ|ดำเนินงาน|ขับเคลื่อน|ปฏิบัติ)?(?:ตาม)?(?:เพื่อ)?(?:แผน|มาตรการ).{0,40}(?:คุณธรรม|ทุจริต)|^รายงานผล.{0,60}(?:คุณธรรมและความโปร่งใส|ทุจริต)"
)
# What measures of integrity are about; a table of other work holds few of these words.
_WORDS = re.compile(
    r"ทุจริต|โปร่งใส|คุณธรรม|จริยธรรม|ร้องเรียน|nogift|ของขวัญ|ita|oit|ผลประโยชน์ทับซ้อน|ผลประโยชน์ส่วน|ประพฤติมิชอบ|eservice|คู่มือ(?:การ)?(?:ให้บริการ|ปฏิบัติงาน|ประชาชน)|มาตรฐานการปฏิบัติงาน|ธรรมาภิบาล"
    r"|ทรัพย์สินของ(?:ทาง)?ราชการ|เผยแพร่|ประชาสัมพันธ์|เปิดเผยข้อมูล|มีส่วนร่วม|ความพึงพอใจ|ดุลพินิจ|เลือกปฏิบัติ|ช่องทาง|การใช้จ่ายงบประมาณ|ผู้บังคับบัญชา|ตรวจสอบ|ยืม|ข้อมูลข่าวสาร"
)
_CLOCK = re.compile(r"\d{1,2}[.:]\d{2}\s*(?:น\.|-|–)")
LINES_ABOVE = 40


def is_report(table: MeasureTable, document: Document) -> bool:
    """Whether the table belongs to a plan of measures or to a report on one, and not to other papers of an office."""
    above = [_plain(line) for line in (table.before or [])[-LINES_ABOVE:]]
    opening = [_plain(block.text) for block in document.blocks[:60] if isinstance(block, Paragraph)][:LINES_ABOVE]
    headings = _plain(" ".join(table.headings.values()))
    lines = [*opening, *above, headings]
    titled = any(_STRONG_TITLE.search(line) and len(line) < 260 for line in lines)
    if any(_OTHER.search(line) for line in lines) and not _only_in_passing(lines, titled):
        return False
    if _clocks(table):
        return False
    rows = [row for row in table.rows[:200] if any(row.text(role).strip() for role in ("title", "steps"))]
    if not rows:
        return False
    groups = sum(bool(heading_of(row.text("title")) or heading_of(row.text("group"), True)) for row in rows)
    about = sum(bool(_WORDS.search(_plain(f"{row.text('title')} {row.text('steps')} {row.text('group')}"))) for row in rows)
    share = about / len(rows)
    subject = titled or any(_SUBJECT.search(line) for line in lines)
    if subject:
        return titled or share >= 0.3 or groups >= 2
    return share >= 0.5 or groups >= 3


def _plain(text: str) -> str:
    return re.sub(r"[\s\"“”'.,()\[\]*#:-]+", "", arabic(composed(text))).lower()


def _only_in_passing(lines: list[str], titled: bool) -> bool:
    """Other papers name themselves in a title; a report may mention them in a sentence below its own."""
    if not titled:
        return False
    first_title = next(at for at, line in enumerate(lines) if _STRONG_TITLE.search(line))
    first_other = next(at for at, line in enumerate(lines) if _OTHER.search(line))
    return first_title <= first_other and not re.search(r"เชิญประชุม|ขอเชิญ|ระเบียบวาระ|กำหนดการ", "".join(lines[:10]))


def _clocks(table: MeasureTable) -> bool:
    """Hours of the day: an agenda, not measures."""
    cells = [cell.text for row in table.rows[:60] for cell in row.cells if cell.text.strip()]
    timed = sum(bool(_CLOCK.match(arabic(text).strip())) and len(key(text)) < 20 for text in cells)
    return timed >= 3 or (timed > 0 and timed * 3 >= len(table.rows))
