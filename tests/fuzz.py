"""2,000 damaged inputs with a fixed seed: each must be read or refused with a reason, in 10 s and 1 GB, without a traceback.

    python -m tests.fuzz [HOW_MANY [SEED]]

Small reports of every format are made here and damaged: bytes flipped, lines and columns cut and swapped, files truncated,
encodings wrong, parts inside the zip of a Word or Excel file damaged; and a few inputs are made to harm. `inputs` yields
them; inputs that fail are kept in build/fuzz for a look.
"""

import contextlib
import datetime
import faulthandler
import html
import io
import random
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import docx
import xlsxwriter
from PIL import Image, ImageDraw

from etl import __main__ as cli
from etl import known

HOW_MANY, SEED = 2000, 2568
SECONDS, MEGABYTES = 10, 1000
KEPT = Path(__file__).resolve().parents[1] / "build" / "fuzz"
HEAD = ["รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๘", "เทศบาลตำบลตัวอย่าง อำเภอเมือง จังหวัดน่าน"]
ROWS = [
    ["ลำดับ", "มาตรการ", "ขั้นตอนหรือวิธีการ", "ระยะเวลา", "ผู้รับผิดชอบ", "ผลการดำเนินการ", "งบประมาณ"],
    ["๑", "จัดทำคู่มือการให้บริการ", "- จัดทำ\n- เผยแพร่ (E๑)", "ต.ค. ๖๗ - ก.ย. ๖๘", "สำนักปลัด/กองคลัง", "ดำเนินการแล้วเสร็จ", "ไม่ใช้งบประมาณ"],
    ["๒", "ประกาศเจตนารมณ์ No Gift Policy", "๑) ประกาศ ๒) เผยแพร่", "ม.ค.๖๘", "ทุกส่วนราชการ", "อยู่ระหว่างดำเนินการ", "12,500.00"],
    ["๓", "ปรับปรุงเว็บไซต์ (O๑๒)", "=ปรับปรุง", "ไตรมาสที่ ๒", "สำนักปลัด", "100 %", "-"],
    ["", "คะแนนรายตัวชี้วัดที่ 1 การปฏิบัติหน้าที่", "", "2567", "94.14", "2568", "95.30"],
]


# --- originals ---------------------------------------------------------------------------------------------------------


def text() -> bytes:
    rows = ["\t".join(f"<p>{cell}</p>" if "\n" in cell else cell for cell in row) for row in ROWS]
    return "\n".join([*HEAD, "", *rows, "", "คะแนนตัวชี้วัดที่ 1\tคะแนนอยู่ที่ 94.14 คะแนน"]).encode()


def markdown() -> bytes:
    rows = ["| " + " | ".join(cell.replace("\n", "<br>") for cell in row) + " |" for row in ROWS]
    return "\n".join([f"# {HEAD[0]}", "", HEAD[1], "", rows[0], "|---" * len(ROWS[0]) + "|", *rows[1:]]).encode()


def page() -> bytes:
    rows = "\n".join("<tr>" + "".join(f"<td rowspan=1>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in ROWS)
    return f"<!doctype html><html><meta charset=utf-8><p>{HEAD[0]}<p>{HEAD[1]}<table border=1>{rows}</table></html>".encode()


def sheet() -> bytes:
    rows = [HEAD[:1], HEAD[1:], [], *ROWS]
    return "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows).encode("utf-8-sig")


def word() -> bytes:
    document = docx.Document()
    for line in HEAD:
        document.add_paragraph(line)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for at, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            table.cell(at, column).text = cell
    table.cell(3, 0).merge(table.cell(4, 0))
    document.add_paragraph("ข้อ", style="List Number")
    buffer = io.BytesIO()
    document.save(buffer)
    return _dated(buffer.getvalue())


def workbook() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime.datetime(2025, 1, 1)})
        page = book.add_worksheet("ผล")
        percent = book.add_format({"num_format": "0%"})
        for at, row in enumerate([HEAD[:1], HEAD[1:], [], *ROWS]):
            page.write_row(at, 0, row)
        page.write_number(9, 5, 0.85, percent)
        page.merge_range(0, 0, 0, 6, HEAD[0])
    return _dated(buffer.getvalue())


def picture() -> bytes:
    """A page as a scanner gives it: lines, and letters in two cells."""
    page = Image.new("L", (900, 600), 250)
    draw = ImageDraw.Draw(page)
    for row in range(4):
        for column in range(2):
            draw.rectangle((50 + 400 * column, 50 + 120 * row, 450 + 400 * column, 170 + 120 * row), outline=20, width=3)
            draw.text((70 + 400 * column, 90 + 120 * row), "2568 85.34 O12", fill=20, font_size=36)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def _dated(package: bytes) -> bytes:
    """The same zip whenever it is made, so that a seed gives the same inputs."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def pdf() -> bytes:
    """A page with a table of lines, written out by hand: each Thai letter is a code of its own, named by a ToUnicode map."""
    letters = sorted({letter for row in [*ROWS, HEAD] for cell in row for letter in cell.replace("\n", " ")})
    code = {letter: f"{at + 1:02x}" for at, letter in enumerate(letters)}
    drawn = []

    def draw(x: float, y: float, words: str) -> None:
        for line in words.split("\n"):
            drawn.append(f"BT /F1 6 Tf {x} {y} Td <{''.join(code[letter] for letter in line)}> Tj ET")
            y -= 9

    for at, line in enumerate(HEAD):
        draw(40, 560 - 14 * at, line)
    for at, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            draw(42 + 108 * column, 500 - 40 * at, cell)
    drawn += [f"{40 + 108 * column} 510 m {40 + 108 * column} {510 - 40 * len(ROWS)} l S" for column in range(len(ROWS[0]) + 1)]
    drawn += [f"40 {510 - 40 * at} m {40 + 108 * len(ROWS[0])} {510 - 40 * at} l S" for at in range(len(ROWS) + 1)]
    names = "\n".join(f"<{code[letter]}> <{letter.encode('utf-16-be').hex()}>" for letter in letters)
    unicode = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange "
        f"{len(letters)} beginbfchar {names} endbfchar endcmap"
    )
    widths = " ".join(["4", *("0" if _is_mark(letter) else "500" for letter in letters)])
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        _stream("\n".join(drawn)),
        f"<< /Type /Font /Subtype /TrueType /BaseFont /Made /FirstChar 0 /LastChar {len(letters)} /Widths [{widths}] /ToUnicode 6 0 R >>",
        _stream(unicode),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010d} 00000 n \n" for place in places)
    return out + f"{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF".encode()


def _is_mark(letter: str) -> bool:
    return letter == "\u0e31" or "\u0e34" <= letter <= "\u0e3a" or "\u0e47" <= letter <= "\u0e4e"


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


ORIGINALS: dict[str, Callable[[], bytes]] = {
    "txt": text, "md": markdown, "html": page, "csv": sheet, "docx": word, "xlsx": workbook, "pdf": pdf,
}  # fmt: skip


# --- damage ------------------------------------------------------------------------------------------------------------


def flipped(data: bytes, chance: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.choice([1, 3, 20, 200])):
        out[chance.randrange(len(out))] = chance.randrange(256)
    return bytes(out)


def truncated(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def holed(data: bytes, chance: random.Random) -> bytes:
    first = chance.randrange(len(data))
    return data[:first] + data[first + chance.randrange(1, 400) :]


def repeated(data: bytes, chance: random.Random) -> bytes:
    first = chance.randrange(len(data))
    piece = data[first : first + chance.randrange(1, 60)]
    return data[:first] + piece * chance.choice([2, 50, 2000]) + data[first:]


def lines_shuffled(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    for _ in range(chance.randrange(1, 6)):
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[one], lines[other] = lines[other][: chance.randrange(1, 200)], lines[one]
    return b"\n".join(lines[chance.randrange(3) :])


def columns_swapped(data: bytes, chance: random.Random) -> bytes:
    sign = chance.choice([b"\t", b"|", b",", b"<td", b" "])
    rows = [line.split(sign) for line in data.split(b"\n")]
    for row in rows:
        if chance.random() < 0.5:
            chance.shuffle(row)
        elif chance.random() < 0.2:
            row.pop()
    return b"\n".join(sign.join(row) for row in rows)


def in_another_encoding(data: bytes, chance: random.Random) -> bytes:
    words = data.decode("utf-8", "replace")
    encoding = chance.choice(["cp874", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1", "utf-7", "utf-32"])
    return chance.choice([words.encode(encoding, "ignore"), data.decode("cp874", "ignore").encode("utf-8")])


def signs_strewn(data: bytes, chance: random.Random) -> bytes:
    tags = [b"<", b">", b"<p>", b"</p>", b"<table>", b"</table>", b"<!--", b"&#x110000;", b"&amp"]
    signs = [b'"', b"'", b"\t", b"\n", b"\r", b"\f", b"\0", b"|", b"**", b"(", b"-", b"/", b"\\", b"\xef\xbb\xbf", b"9" * 500]
    digits = ["๑".encode(), "๙๙๙๙๙๙๙๙๙๙".encode()]
    out = data
    for _ in range(chance.randrange(1, 40)):
        at = chance.randrange(len(out) + 1)
        out = out[:at] + chance.choice(tags + signs + digits) + out[at:]
    return out


DAMAGES = [flipped, truncated, holed, repeated, lines_shuffled, columns_swapped, in_another_encoding, signs_strewn]


def inside_the_zip(data: bytes, chance: random.Random) -> bytes:
    """A whole zip around a damaged part, so that the damage reaches the readers of XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        parts = whole.namelist()
        read = [name for name in parts if name.endswith((".xml", ".rels"))]
        for name in parts:
            content = whole.read(name)
            if name == "word/document.xml" or "sheet1" in name or name in chance.sample(read, 1):
                content = chance.choice(DAMAGES)(content, chance) if content and chance.random() < 0.7 else content
            if chance.random() > 0.02:
                package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def inputs(how_many: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """(file name, content), the same for the same seed; the harmful ones first."""
    harmful = list(made_to_harm())
    yield from harmful[:how_many]
    chance = random.Random(seed)
    originals = {suffix: make() for suffix, make in ORIGINALS.items()}
    for number in range(max(0, how_many - len(harmful))):
        suffix = chance.choice(list(originals))
        data = originals[suffix]
        if suffix in ("docx", "xlsx") and chance.random() < 0.8:
            damage = inside_the_zip
            data = damage(data, chance)
        else:
            damage = chance.choice(DAMAGES)
            for _ in range(chance.choice([1, 1, 1, 2, 4])):
                data = damage(data, chance) if data else data
        if chance.random() < 0.05:
            suffix = chance.choice(list(originals))
        yield f"{number:04d}-{damage.__name__}.{suffix}", data


def made_to_harm() -> Iterator[tuple[str, bytes]]:
    row = "\t".join(ROWS[1]).replace("\n", " ")
    yield "empty.txt", b""
    yield "empty.docx", b""
    yield "blank.txt", b" \n" * 1000
    yield "one-line-of-50-MB.txt", b"a" * 50_000_000
    yield "one-line-of-19-MB.txt", "ก".encode() * 6_300_000
    yield "one-line-of-50-MB.html", b"<html>" + b"a" * 50_000_000
    yield "many-rows.txt", "\n".join([*HEAD, "", "\t".join(ROWS[0]), *[row] * 4_000]).encode()
    yield "many-cells.csv", b"1," * 9_000_000
    yield "many-tabs.txt", b"\t" * 15_000_000
    yield "deep.html", b"<html>" + b"<div>" * 1_000_000
    yield "deep-tables.html", b"<html>" + b"<table><tr><td>" * 200_000
    yield "deep-fonts.html", b"<html>" + b"<p><font color=1>" * 200_000
    yield "wide-spans.html", b"<html><table>" + (b"<tr>" + b"<td colspan=1000 rowspan=1000>x" * 30) * 300
    yield "attributes.html", b"<html><p " + b" ".join(b"a%d" % number for number in range(1_000_000)) + b">x"
    yield "entities.html", b"<!doctype html [<!entity a '&b;&b;&b;'>]><html>&a;" + b"&lt;" * 100_000
    yield "open-comments.html", b"<html>" + b"<!--" * 1_000_000
    yield "open-quotes.csv", b'"a,' * 500_000
    yield "open-tags.txt", ("๑\t<p>ก\n" * 10_000).encode()
    yield "nested-brackets.txt", b"(" * 150_000 + b")" * 10
    yield "digits.txt", ("๑" * 150_000).encode()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        for name in ("word/document.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
            with package.open(name, "w") as part:
                for _ in range(160):
                    part.write(b"<a>" * 333_333)
    yield "bomb.docx", bomb.getvalue()
    yield "bomb.xlsx", bomb.getvalue()
    laughs = b'<!DOCTYPE a [<!ENTITY x "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY x%d "%s">' % (level, b"&x%d;" % (level - 1) * 10 if level else b"&x;" * 10) for level in range(9)
    )
    for suffix, part in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as whole:
            whole.writestr(part, laughs + b"]><a>&x8;</a>")
        yield f"entities.{suffix}", package.getvalue()
    far = io.BytesIO()
    with xlsxwriter.Workbook(far) as book:
        book.add_worksheet().write(1_048_575, 16_383, "x")
    yield "far-corner.xlsx", far.getvalue()
    sheet = picture()
    for number, damage in enumerate((truncated, holed, flipped, flipped, repeated)):
        yield f"damaged-{number}.png", damage(sheet, random.Random(number))
    beyond = io.BytesIO()
    Image.new("1", (20_000, 20_000), 1).save(beyond, "PNG")
    yield "beyond-all-paper.png", beyond.getvalue()
    beyond_in_pdf = io.BytesIO()
    Image.new("1", (20_000, 20_000), 1).save(beyond_in_pdf, "PDF")
    yield "beyond-all-paper.pdf", beyond_in_pdf.getvalue()
    scans = io.BytesIO()
    Image.new("1", (8, 8), 0).save(scans, "PDF", save_all=True, append_images=[Image.new("1", (8, 8), 0)] * 1_999)
    yield "many-scans.pdf", scans.getvalue()
    whole = pdf()
    yield "no-text.pdf", whole.replace(b" Tj", b" TJ")
    yield "loop.pdf", whole.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    yield "count.pdf", whole.replace(b"/Count 1", b"/Count 999999999")
    yield "many-lines.pdf", whole.replace(b"ET", b"ET " + b"1 1 m 9 9 l S " * 300)


# --- running -----------------------------------------------------------------------------------------------------------


def fault_of(path: Path) -> tuple[str | None, int]:
    """What is wrong with how `python -m etl check` took the file, or None; and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    begun = time.process_time()  # a busy machine is no fault of the file
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = cli.main(["check", str(path)])
    except BaseException as error:  # a traceback, for the user
        return f"{type(error).__name__}: {error}", -1
    seconds = time.process_time() - begun
    lines = err.getvalue().splitlines()
    if seconds > SECONDS:
        return f"took {seconds:.0f} s of the processor", code
    if code not in (0, 1) or (code == 1) != bool(lines):
        return f"exit {code} with {len(lines)} lines on stderr", code
    if any(" | " not in line or "foreseen" in line for line in lines):
        return lines[0], code
    return None, code


def megabytes() -> float:
    """The most memory that this process has held."""
    status = Path("/proc/self/status")  # on Linux getrusage also counts what the process held that started this one
    if status.exists() and (held := re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii"))):
        return int(held[1]) / 1000
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def main(arguments: list[str]) -> int:
    how_many, seed = [int(one) for one in arguments] + [HOW_MANY, SEED][len(arguments) :]
    KEPT.mkdir(parents=True, exist_ok=True)
    known.load_known = cache(known.load_known)  # the same for every file, and most of what a small one takes
    codes: Counter = Counter()
    slowest = (0.0, "")
    faults = 0
    for name, data in inputs(how_many, seed):
        path = KEPT / name
        path.write_bytes(data)
        faulthandler.dump_traceback_later(90, exit=True)  # a hang that no clock can break
        begun = time.perf_counter()
        fault, code = fault_of(path)
        slowest = max(slowest, (time.perf_counter() - begun, name))
        faulthandler.cancel_dump_traceback_later()
        codes[code] += 1
        if fault:
            faults += 1
            print(f"{name}: {fault}")
        else:
            path.unlink()
    print(
        f"{how_many} inputs (seed {seed}): {codes[0]} read, {codes[1]} refused with a reason, {faults} faults; "
        f"slowest {slowest[0]:.1f} s ({slowest[1]}), {megabytes():.0f} MB at most"
    )
    return 1 if faults or megabytes() > MEGABYTES else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
