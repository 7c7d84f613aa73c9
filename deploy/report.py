"""What tests and benches try the checking screen with: a Word report of 14 measures as an office writes it, and the same with six faults of
the kinds that a reader cannot mend alone."""

from pathlib import Path

from docx import Document

AGENCY = "เทศบาลตำบลพะโต๊ะ"
LINES = ["รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน", "ประจำปีงบประมาณ พ.ศ. 2568", AGENCY]
HEADINGS = ["ที่", "มาตรการ/กิจกรรม", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", "ผลการดำเนินการ"]
ABOUT = [
    "คู่มือการให้บริการประชาชน", "ช่องทางร้องเรียนการทุจริต", "แผนการใช้จ่ายงบประมาณ", "ประกาศนโยบายไม่รับของขวัญ", "รายงานการจัดซื้อจัดจ้าง",
    "ระเบียบการยืมทรัพย์สินของราชการ", "แผนการบริหารทรัพยากรบุคคล", "ประมวลจริยธรรมเจ้าหน้าที่", "ผลการประเมินความเสี่ยงการทุจริต",
    "ข่าวประชาสัมพันธ์ของหน่วยงาน", "ระบบบริการออนไลน์", "สถิติการให้บริการ", "การมีส่วนร่วมของประชาชน", "รายงานผลการดำเนินงานประจำปี",
]  # fmt: skip
UNITS = ["สำนักปลัดเทศบาล", "กองคลัง", "กองช่าง", "กองการศึกษา"]
# (row, column, what stands there): two statuses that nothing decides, a code that this year has not, a period, a unit, a lost title.
FAULTS = [(3, 4, ""), (7, 4, "ควรปรับปรุงให้ดียิ่งขึ้น"), (5, 1, "{title} (O43)"), (8, 3, "ตลอดเดือนที่กำหนด"), (10, 2, "กองคลงั"), (12, 1, "")]


def rows(faults: bool = True) -> list[list[str]]:
    """The cells of the table, a list a measure."""
    made = [
        [str(at), f"จัดทำและเผยแพร่{about}บนเว็บไซต์ (O{at})", UNITS[at % 4], "ต.ค. 2567 - ก.ย. 2568", "ดำเนินการแล้วเสร็จ"]
        for at, about in enumerate(ABOUT, 1)
    ]
    for row, column, text in FAULTS if faults else []:
        made[row - 1][column] = text.format(title=made[row - 1][column].rpartition(" ")[0])
    return made


def write(path: Path, faults: bool = True, agency: str = AGENCY) -> Path:
    document = Document()
    for line in (*LINES[:2], agency):
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=len(HEADINGS))
    for cells in [HEADINGS, *rows(faults)]:
        row = table.rows[0] if cells is HEADINGS else table.add_row()
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.save(path)
    return path
