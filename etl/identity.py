"""Whose report it is: agency, place, fiscal year, round and title, weighed over the whole document.

Scans misread names, even in titles, so every mention is counted: the spelling with most support wins, the web domain and the
registry help, all spellings are kept as printed, and whatever was not simply read is said in a finding.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from etl.findings import finding
from etl.formats.document import Document, Paragraph, Table
from etl.reading import Finding
from etl.registry import MUNICIPAL_TYPES, TYPE_PATTERN, Agency, Registry, full_name, name_key, same_district, shipped_registry, typed_name

LINES_OF_TITLE = 25  # titles stand before the first table, and seldom below this many lines
LETTERS_OF_A_TITLE = 300
LETTERS_READ = 2000  # of one line above the tables; a title, an agency and its place stand at its head
MOST_NAMES = 200  # a document with more lists agencies; its own is among those printed most
TIMES_WITHOUT_TITLE = 3  # an agency that no title names must be named so often to be the document's own


@dataclass
class Identity:
    """As in the `source` object of the contract; `family` is what the title says, `agency_id` the registry's."""

    title: str | None = None
    agency: str | None = None
    agency_id: str | None = None
    agency_printed: list[str] = field(default_factory=list)
    agency_type: str | None = None
    district: str | None = None
    province: str | None = None
    place_printed: str | None = None
    fiscal_year: int | None = None
    round: str | None = None
    family: str | None = None


def identify(document: Document, registry: Registry | None = None) -> tuple[Identity, list[Finding]]:
    """The document's identity and what was doubtful about it; without `registry`, the shipped one."""
    registry = registry or shipped_registry()
    lines = title_lines(document)
    identity = Identity(title=_title(lines), family=_family(lines))
    findings = _year(identity, document, lines) + _round(identity, document, lines) + _agency(identity, document, lines, registry)
    return identity, findings


# ---------------------------------------------------------------------------------------------------------------- title


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    place: str


_TITLE_WORDS = re.compile(
    r"รายงาน|มาตรการ|แผนปฏิบัติ|แผนการ|ผลการ|ผลคะแนน|คะแนน|การดำเนินการ|สรุป|การวิเคราะห์|คุณธรรม|ITA|report|score|result", re.I
)
_PROSE = re.compile(r"^(?:ตามที่|ด้วย|เรียน|จาก|เพื่อ|โดย|ทั้งนี้|หลักการ|สำนักงาน ป\.ป\.ช)")
_PLACE_LINE = re.compile(r"^(?:ของ|โดย)?\s*(?:" + TYPE_PATTERN + r"|(?:ตำบล|ต\.|อำเภอ|อ\.|จังหวัด|จ\.))[^\d๐-๙]{0,90}$")
_SIGNED = re.compile(rf"^(?:ประกาศ\s?ณ|ลงชื่อ|\(ลงชื่อ|นายก|(?:{TYPE_PATTERN})\S*ได้)")
_UNIT_LINE = re.compile(r"^(?:งาน|สำนัก|กอง|ฝ่าย|จัดทำโดย|โดย)\S{0,40}(?:\s\S{1,25})?$")
_NEW_WORD = re.compile(r"(?:ประจำ|ของ|รอบ|พ\.ศ|ปี|ตาม|เทศบาล|องค์การ|อำเภอ|จังหวัด|[0-9๐-๙A-Za-z(])")


def title_lines(document: Document) -> list[Line]:
    """What stands above the first table: paragraphs, and rows of one cell at the head of a sheet."""
    lines: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            lines += [Line(text.strip()[:LETTERS_READ], block.place) for text in block.text.split("\n")[:LINES_OF_TITLE] if text.strip()]
        else:
            for row in block.rows:
                filled = [cell for cell in row if cell.text.strip()]
                if len(filled) > 1:
                    return lines[:LINES_OF_TITLE]
                lines += [Line(" ".join(cell.text[:LETTERS_READ].split()), cell.place) for cell in filled]
        if len(lines) >= LINES_OF_TITLE:
            break
    return lines[:LINES_OF_TITLE]


def _title(lines: list[Line]) -> str | None:
    """The first lines that read as a title, joined; the agency's own line, its unit, prose and what an empty line parts are none."""
    title, before = "", None
    for line in lines:
        text = re.sub(r"^(?:[#*\s]+|เรื่อง\s+)+|[*\s]+$", "", line.text)
        if title and (_ends_title(text) or _apart(before, line.place) or _said(text, title)):
            break
        if not title and (not _TITLE_WORDS.search(text) or _PROSE.match(text) or text.startswith(("ประกาศเทศบาล", "ประกาศองค์การ"))):
            continue
        if len(title) + len(text) > LETTERS_OF_A_TITLE:
            break
        title, before = _joined(title, text), line.place
    return re.sub(r"\s+", " ", title).strip() or None


def _said(text: str, title: str) -> bool:
    return name_key(text) in name_key(title) or name_key(title).startswith(name_key(text)[:30])


def _apart(before: str | None, place: str) -> bool:
    """Whether an empty line stands between two places of one page."""
    numbers = [re.fullmatch(r"(.*?)(\d+)", each or "") for each in (before, place)]
    return all(numbers) and numbers[0][1] == numbers[1][1] and int(numbers[1][2]) - int(numbers[0][2]) > 1


def _ends_title(text: str) -> bool:
    lines = (_PROSE, _PLACE_LINE, _UNIT_LINE, _OTHER_BODY, _SIGNED)
    return any(pattern.match(text) for pattern in lines) or len(text) < 2


def _joined(title: str, text: str) -> str:
    """Two printed lines as one: Thai words run on over the break, but "ประจำปี" and numbers begin a new one."""
    if not title:
        return text
    run_on = re.search("[ก-๎]$", title) and re.match("[ก-ฮเ-ไ]", text) and not _NEW_WORD.match(text)
    return title + ("" if run_on else " ") + text


def _family(lines: list[Line]) -> str | None:
    text = name_key("".join(line.text for line in lines))
    if re.search("(?:แผนปฏิบัติ|แผนป้องกัน|แผนการป้องกัน).*ทุจริต|(?:รายงานผล|กำกับติดตาม)(?:การดำเนินการ|การ)?ป้องกันการทุจริต", text):
        return "action_plan"
    if ("มาตรการ" in text and "ita" in text) or re.search("(?:มาตรการ|ดำเนินการ|แนวทาง)[^.]{0,60}คุณธรรมและความโปร่งใส", text):
        return "ita_measures"
    return None


# ----------------------------------------------------------------------------------------------------------- year, round

_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_RANGE_OF_YEARS = re.compile(r"(?:25|20)\d\d\s*(?:-|–|—|ถึง|to)\s*(?:พ\.?\s?ศ\.?\s*)?(?:25|20)?\d\d(?!\d)")
_DATE_BEFORE_YEAR = re.compile(
    r"(?:\d{1,2}\s*)?(?:ม\.ค|ก\.พ|มี\.ค|เม\.ย|พ\.ค|มิ\.ย|ก\.ค|ส\.ค|ก\.ย|ต\.ค|พ\.ย|ธ\.ค|[ก-๎]{2,6}(?:คม|ยน|พันธ์))\.?\s*(?:พ\.?ศ\.?\s*)?$"
)
# Scans misread the word for budget, too: "ปีงบประมาญ".
_FISCAL = (
    r"(?:(?:ประจำ\s?)?ปี(?:\s?ง[บป]\s?(?:[ก-๎]{1,3}\s?[ก-๎]{3,6})?ฯ?)?|fiscal\s+year|FY)\s*"
    r"(?:พ\s?\.?\s?ศ\s?\.?\s*|ค\.ศ\.\s*|B\.?E\.?\s*)?"
)
_FISCAL_YEAR = re.compile(_FISCAL + r"((?:25|20)\s?\d\s?\d(?!\d)|(?:5|6|7)\d(?!\d|[.,]\d))", re.I)
_ANY_YEAR = re.compile(r"(?<![\d.,/])(25[5-9]\d|20[1-4]\d)(?![\d,]|\.\d)")
_OF_THE_RESULT = re.compile(r"ผลการประเมิน[^\n]{0,80}$")


def buddhist_year(text: str) -> int | None:
    """A year of two or four digits as a Buddhist year between 2555 and 2599; Christian years are converted.

    >>> buddhist_year("๒๕๖๖"), buddhist_year("66"), buddhist_year("2567 (FY2024)"), buddhist_year("2024"), buddhist_year("2540")
    (2566, 2566, 2567, 2567, None)
    """
    found = re.search(r"(?<!\d)(?:25\s?\d\s?\d|20\d\d|[5-9]\d)(?!\d)", text.translate(_DIGITS))
    year = int(re.sub(r"\s", "", found[0])) if found else 0
    year = year + 2500 if 55 <= year <= 99 else year + 543 if 2012 <= year <= 2049 else year
    return year if 2555 <= year <= 2599 else None


def fiscal_years(text: str) -> list[int]:
    """Fiscal years that `text` names as such, in order; ranges of a plan ("2566-2570") and dates are passed over.

    >>> fiscal_years("แผนปฏิบัติการ (พ.ศ. ๒๕๖๖ – ๒๕๗๐) ประจำปีงบประมาณ พ.ศ. ๒๕๖๗")
    [2567]
    """
    text = _RANGE_OF_YEARS.sub(" ", text.translate(_DIGITS))
    years = [buddhist_year(found[1]) for found in _FISCAL_YEAR.finditer(text)]
    if not any(years):
        years = [buddhist_year(found[1]) for found in _ANY_YEAR.finditer(text) if not _DATE_BEFORE_YEAR.search(text[: found.start()])]
    return [year for year in years if year]


def _own_year(title: str) -> int | None:
    """The report's own year: "ประจำปี" first, and not that of the assessment it answers ("ผลการประเมิน ... ปี 2565").

    Of several years side by side ("เปรียบเทียบปี 2566 และปี 2567") the last is the report's.
    """
    text = _RANGE_OF_YEARS.sub(" ", title.translate(_DIGITS))
    found = [(match[0], text[: match.start()], buddhist_year(match[1])) for match in _FISCAL_YEAR.finditer(text)]
    found = [entry for entry in found if entry[2]]
    own = [entry for entry in found if not _OF_THE_RESULT.search(entry[1])] or found
    of_the_year = [year for words, _, year in own if re.match(r"ประจำ\s?ปี", words)]
    if of_the_year:
        return of_the_year[0]
    return max((year for _, _, year in own), default=None) or next(iter(fiscal_years(title)), None)


def _year(identity: Identity, document: Document, lines: list[Line]) -> list[Finding]:
    if identity.title and (year := _own_year(identity.title)):
        identity.fiscal_year = year
        return []
    place = lines[0].place if lines else document.blocks[0].place if document.blocks else "line 1"
    short = [line for line in lines if len(line.text) <= LETTERS_OF_A_TITLE and not _PROSE.match(line.text)]
    if years := fiscal_years(" ".join(line.text for line in short)):
        identity.fiscal_year = Counter(years).most_common(1)[0][0]
        return []
    years = [int(buddhist_year(found) or 0) for found in _years_of_text(document)]
    if years:
        (year, times), *others = Counter(years).most_common(2)
        if not others or others[0][1] < times:
            identity.fiscal_year = year
            raw = ", ".join(f"{year} × {times}" for year, times in Counter(years).most_common())
            return [finding("fiscal_year_not_in_title", place, raw=raw, read_as=str(year))]
    named = [
        year for year in (buddhist_year(found) for found in re.findall(r"(?<!\d)(?:25[5-9]\d|20[1-4]\d)(?!\d)", document.file)) if year
    ]
    if len(set(named)) == 1:
        identity.fiscal_year = named[0]
        return [finding("fiscal_year_from_file_name", place, raw=document.file, read_as=str(named[0]))]
    if _years_in_cells(document):
        return []  # a sheet over several years: each score has its own
    return [finding("fiscal_year_unknown", place)]


def _years_in_cells(document: Document) -> bool:
    year = re.compile(r"(?:ปี\D{0,20})?(?:25[5-9]|20[1-4])\d")
    cells = (cell.text for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row)
    return any(year.fullmatch(text.strip().translate(_DIGITS)) for text in cells)


def _years_of_text(document: Document) -> list[str]:
    pattern = re.compile(r"ปีงบประมาณ\s*(?:พ\.?\s?ศ\.?\s*)?(25\d\d)(?!\d)")
    return [found for text, _ in texts(document) for found in pattern.findall(_RANGE_OF_YEARS.sub(" ", text.translate(_DIGITS)))]


_ROUND = re.compile(r"รอบ\s*(?:ระยะเวลา\s*)?\(?\s*(\d{1,2})\s*เดือน|(\d{1,2})\s*เดือน\s*แรก|(six|6|twelve|12)[\s-]months?", re.I)


def _round(identity: Identity, document: Document, lines: list[Line]) -> list[Finding]:
    headings = [
        Line(" ".join(cell.text for cell in table.rows[0]), table.place)
        for table in document.blocks
        if isinstance(table, Table) and table.rows
    ]
    found = []
    for line in [line for line in lines if not _PROSE.match(line.text)] + headings:
        for match in _ROUND.finditer(line.text.translate(_DIGITS)):
            months = {"six": "6", "twelve": "12"}.get((match[3] or "").lower(), match[1] or match[2] or match[3])
            found.append((months, line.text[match.start() : match.end()], line.place))
    months = {entry[0] for entry in found}
    if "12" in months:  # a report with a column for each round is the later one
        identity.round = "annual"
    elif "6" in months:
        identity.round = "six_month"
    elif "2" in months and identity.family == "action_plan":
        # ๒ and ๖ look alike in scans, and no report on the plan is due after two months.
        identity.round = "six_month"
        _, raw, place = next(entry for entry in found if entry[0] == "2")
        return [finding("round_misread", place, raw=raw, read_as="six_month")]
    elif re.search(r"รายงานผล(?:การดำเนิน(?:งาน|การ))?(?:ประจำปี|รายปี)", re.sub(r"\s", "", identity.title or "")):
        identity.round = "annual"
    return []


# --------------------------------------------------------------------------------------------------------------- agency

# What follows a name without a space: "เทศบาลตำบลบางเก่าเพื่อเผยแพร่". No name of an agency begins or goes on with these.
_FOLLOWING = (
    "เพื่อ ได้ มีการ มีความ มีหน้าที่ มีจิต มีคำ มีประกาศ มากยิ่ง ให้ จะ"
    " ที่ได้ ที่มี ที่ต้อง และ เป็น โดย ประจำ ตามที่ ขอ ว่า พ.ศ เรื่อง จึง"
    " ต้อง สามารถ ดำเนิน เผยแพร่ ด้วย รวม ตระหนัก กำหนด จัดทำ จัดให้ ทราบ"
    " ซึ่ง แห่ง หรือ ของ เกี่ยวกับ พิจารณา อำเภอ จังหวัด ตั้งแต่ ภายใต้ ถือ"
    " ส่งเสริม ปฏิบัติ ประกาศ แต่งตั้ง ทุกคน ทุกส่วน ไม่ ยัง ใน"
).split()
_ALSO_IN_NAMES = frozenset("ขอ ว่า ต้อง สามารถ ใน ด้วย ถือ ยัง ไม่ รวม ทราบ หรือ".split())
_GENERIC = (
    "ได้",
    "มีคำ",
    "มีการ",
    "และ",
    "พิจารณา",
    "ที่",
    "ใน",
    "ให้",
    "เป็น",
    "จะ",
    "ต้อง",
    "ของ",
    "หรือ",
    "เพื่อ",
    "โดย",
    "ทุก",
    "นี้",
    "ตาม",
    "แห่ง",
    "ว่า",
    "กำหนด",
)
_MENTION = re.compile(
    rf"(?P<type>{TYPE_PATTERN})(?P<gap>\s{{0,3}})(?P<name>[ก-ฮเ-ไ][ก-ฺเ-๎]+(?:-[ก-ฮเ-ไ][ก-ฺเ-๎]+|\.\s?\d{{1,2}})?)"
    # A scan parts names, too: "เขาสมอ คอน อำเภอท่าวุ้ง".
    r"(?:\s(?P<more>(?!ตำบล|ต\.|อำเภอ|จังหวัด|ประจำ|หมู่|เลขที่)[ก-ฮเ-ไ][ก-ฺเ-๎]{1,11})(?=\s+(?:อำเภอ|อ\.|จังหวัด|จ\.)))?"
    # Here the name ends for certain, whatever words it is made of ("อาจสามารถ", "ในเมือง").
    r"(?:(?P<placed>(?=\s*(?:(?:ตำบล|อำเภอ|จังหวัด)[ก-ฮเ-ไ]|[ตอจ]\.)))|(?P<last>(?=\s*(?:$|\n|\)))))?",
    re.DOTALL,
)
LETTERS_OF_A_NAME = 25
_NAME_ONLY = re.compile(rf"\s*(?:\d{{1,4}}[.)]\s*)?(?:{TYPE_PATTERN})\s*[ก-ฮเ-ไ][ก-๎-]{{1,40}}\s*\**\s*")
_SPACE_BEFORE_MARK = re.compile(r"[ \n]{1,3}(?=[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])")
_IN_PASSING = re.compile(r"(?:ดูงาน|ณ|ร่วมกับ|เครือข่าย|ใกล้เคียง|ระหว่าง|กับ)\s*$")
_DOMAIN = re.compile(r"(?:https?://|www\.)([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.I)
_OTHER_BODY = re.compile(
    r"^(?:ของ\s*)?((?:กรม|มหาวิทยาลัย|โรงพยาบาล|การไฟฟ้า|สถาบัน|จังหวัด|กองทัพ|สำนักงาน(?!ปลัด|เทศบาล|ป\.ป\.ช| ป\.ป\.ช))[ก-๎.() ]{2,60})$"
)


@dataclass
class Spelling:
    """One printed name of an agency and its support."""

    kind: str
    bare: str
    printed: list[str] = field(default_factory=list)
    times: int = 0
    in_title: int = 0
    place: str = ""

    @property
    def name(self) -> str:
        return self.kind + self.bare


def texts(document: Document) -> list[tuple[str, str]]:
    """(text, place) of every paragraph and cell in order."""
    return [
        entry
        for block in document.blocks
        for entry in (
            [(block.text, block.place)]
            if isinstance(block, Paragraph)
            else [(cell.text, cell.place) for row in block.rows for cell in row if cell.text]
        )
    ]


def _agency(identity: Identity, document: Document, lines: list[Line], registry: Registry) -> list[Finding]:
    spellings = _spellings(document, lines, registry)
    own, several = _own_spellings(spellings)
    place = own[0].place if own else lines[0].place if lines else "line 1"
    domains = Counter(host.lower().removeprefix("www.") for text, _ in texts(document) for host in _DOMAIN.findall(text))
    printed = _printed_place(lines, document, registry, own)
    identity.place_printed = printed.text
    if not own:
        several = several or sorted(_listed_names(document))
        said = _other_body(identity, lines, registry, printed)
        if said is not None:
            return said
        return [finding("agency_several", place, raw=", ".join(several[:5])) if several else finding("agency_unknown", place)]
    identity.agency_printed = list(dict.fromkeys(name for spelling in sorted(own, key=_first_seen(spellings)) for name in spelling.printed))
    agency, findings = _from_registry(own, printed, domains, registry, place)
    if agency is None:
        best = _best(own)
        identity.agency, identity.agency_type = best.name, best.kind
        findings += _place_as_printed(identity, printed, registry, place)
        findings.append(finding("agency_not_in_registry", place, raw=best.printed[0], read_as=best.name))
    else:
        identity.agency, identity.agency_id, identity.agency_type = agency.name, agency.agency_id, agency.agency_type
        identity.district, identity.province = agency.district, agency.province
        findings += _place_of_registry(agency, printed, place)
    if len({spelling.name for spelling in own}) > 1:
        raw = ", ".join(f"{spelling.name} × {spelling.times}" for spelling in own)
        findings.append(finding("agency_spellings", place, raw=raw, read_as=identity.agency))
    return findings


def _first_seen(spellings: list[Spelling]):
    order = {id(spelling): at for at, spelling in enumerate(spellings)}
    return lambda spelling: order[id(spelling)]


def _spellings(document: Document, lines: list[Line], registry: Registry) -> list[Spelling]:
    """Every name of a local government in the document, in order of appearance, with how often it is printed."""
    titles = {line.place for line in lines if _names_owner(line.text)}
    listed = _listed_names(document)
    mentions = []
    for text, place in texts(document):
        if text in listed or not (place in titles or re.search("เทศบาล|การ|อบ[ตจ]|ท[ตมน]|าล", text)):
            continue
        text = _SPACE_BEFORE_MARK.sub("", text)
        if place in titles:
            text = _type_restored(text)
        for found in _MENTION.finditer(text):
            name = found["name"] + (found["more"] or "")
            ends = (found["placed"] is not None or found["last"] is not None) and place in titles
            ends = ends and len(name) <= LETTERS_OF_A_NAME and not _runs_on(name)
            if not ends and name.startswith(_GENERIC) or _IN_PASSING.search(text[max(0, found.start() - 24) : found.start()]):
                continue
            kind = typed_name(found["type"] + "ก")[0]
            mentions.append((kind, name, found["type"] + found["gap"], place, place in titles, ends))
    tokens = Counter((kind, token) for kind, token, *_ in mentions)
    whole = {(kind, name) for kind, name, *_, ends in mentions if ends}
    spellings: dict[tuple[str, str], Spelling] = {}
    for kind, token, before, place, in_title, ends in mentions:
        known = [token[:length] for length in range(2, len(token) + 1) if (kind, token[:length]) in whole]
        bare = token if ends else max(known, key=len) if known else _trimmed(kind, token, tokens, registry)
        if bare is None:
            continue
        spelling = spellings.setdefault((kind, name_key(bare)), Spelling(kind, bare, place=place))
        spelling.times += 1
        spelling.in_title += in_title
        printed = re.sub(r"\s+", "", before) + bare
        if printed not in spelling.printed:
            spelling.printed.append(printed)
    return list(spellings.values())


def _type_restored(text: str) -> str:
    """A title whose type of agency is misread beyond `TYPE_PATTERN`: "องศ์การบริหาวส่วนตำบล" -> "องค์การบริหารส่วนตำบล"."""
    if re.search(TYPE_PATTERN, text):
        return text
    likely = [
        (found.score, kind, found) for kind in MUNICIPAL_TYPES if (found := fuzz.partial_ratio_alignment(kind, text, score_cutoff=80))
    ]
    if not likely:
        return text
    _, kind, found = max(likely, key=lambda entry: entry[0])
    return text[: found.dest_start] + kind + text[found.dest_end :]


def _names_owner(text: str) -> bool:
    """Whether a line above the tables is of the kind that says whose report it is: a title, or the agency's own line."""
    if len(text) > LETTERS_OF_A_TITLE or _PROSE.match(text):
        return False
    text = _type_restored(text)
    return bool(_PLACE_LINE.match(text) or _TITLE_WORDS.search(text) or re.match("ส่วนราชการ|ประกาศ|คำสั่ง", text))


def _listed_names(document: Document) -> frozenset[str]:
    """Cells that hold nothing but a name, where a table lists several agencies: those are its data, not its own name."""
    listed: set[str] = set()
    for block in document.blocks:
        if isinstance(block, Table):
            names = {cell.text for row in block.rows for cell in row if _NAME_ONLY.fullmatch(cell.text)}
            if len({full_name(name) for name in names}) > 1:
                listed |= names
    return frozenset(listed)


def _trimmed(kind: str, token: str, tokens: Counter, registry: Registry) -> str | None:
    """The name at the head of a token that runs on into the sentence; None where no name can be told."""
    heads = ((token[:length], token[length:]) for length in range(2, len(token)))
    known = [head for head, rest in heads if (kind, head) in tokens and rest.startswith(tuple(_FOLLOWING))]
    if known:
        return known[0]
    if name_key(kind + token) in registry.by_name:
        return token
    cuts = [at for at, word in _words_in(token) if word not in _ALSO_IN_NAMES or len(token) - at - len(word) > 1]
    if cuts:
        return token[: min(cuts)]
    return token if len(token) <= 30 else None


def _words_in(token: str) -> list[tuple[int, str]]:
    return [(at, word) for word in _FOLLOWING if (at := token.find(word, 2)) > 1]


def _runs_on(token: str) -> bool:
    """Whether a sentence goes on in the token: a word that follows names, and more than a syllable after it."""
    return any(len(token) - at - len(word) > 3 for at, word in _words_in(token))


def _alike(a: Spelling, b: Spelling) -> bool:
    """Whether two names can be spellings of one: the same type and half of the letters."""
    return a.kind == b.kind and Levenshtein.normalized_similarity(name_key(a.bare), name_key(b.bare)) >= 0.5


def _own_spellings(spellings: list[Spelling]) -> tuple[list[Spelling], list[str]]:
    """The spellings of the document's own agency, best supported first; else the names that compete."""
    groups: list[list[Spelling]] = []
    for spelling in sorted(spellings, key=_support, reverse=True)[:MOST_NAMES]:
        alike = [group for group in groups if any(_alike(spelling, other) for other in group)]
        groups = [group for group in groups if group not in alike] + [[*(other for group in alike for other in group), spelling]]
    if not groups:
        return [], []
    groups.sort(key=lambda group: (any(other.in_title for other in group), sum(other.times for other in group)), reverse=True)
    best = groups[0]
    times = sum(spelling.times for spelling in best)
    named = any(spelling.in_title for spelling in best)
    rival = max((sum(spelling.times for spelling in group) for group in groups[1:]), default=0)
    # A list of agencies has many names and no title that gives one of them.
    if not named and len(groups) > 1 and (times < TIMES_WITHOUT_TITLE or times <= rival):
        return [], [spelling.name for spelling in spellings]
    return sorted(best, key=_support, reverse=True), []


def _support(spelling: Spelling) -> tuple[int, int]:
    """Sorts spellings of one agency; of equally frequent ones a title's comes first."""
    return spelling.times, spelling.in_title


def _best(own: list[Spelling]) -> Spelling:
    return own[0]


@dataclass
class PrintedPlace:
    text: str | None = None
    district: str | None = None  # as printed
    province: str | None = None  # the province that is meant, None where none is near
    province_printed: str | None = None


_PLACE = re.compile(
    r"(?:(?<!นาย)(?<!ที่ว่าการ)(?<!ที่ทำการปกครอง)(?:อำเภอ|อ\.)\s*(?P<district>[ก-ฮเ-ไ][ก-๎]*?)\s*(?=จังหวัด|จ\.|\s|$|[),]))?"
    r"\s*(?:(?<!ส่วน)(?<!อบ)(?:จังหวัด|จ\.)\s*(?P<province>[ก-ฮเ-ไ][ก-๎]+))?",
)


def _printed_place(lines: list[Line], document: Document, registry: Registry, own: list[Spelling]) -> PrintedPlace:
    """District and province as the title prints them, else as they follow the agency's name in the text."""
    places = _places_in(" ".join(line.text for line in lines if not _PROSE.match(line.text) or len(line.text) <= LETTERS_OF_A_TITLE))
    if not places and own:
        for text, _ in texts(document):
            if any(spelling.bare in text for spelling in own) and ("อำเภอ" in text or "อ." in text or "จังหวัด" in text):
                for spelling in own:
                    for part in re.findall(re.escape(spelling.bare) + r"\s*(?:ตำบล\S+\s*)?((?:อำเภอ|อ\.|จังหวัด|จ\.)[^\n]{0,60})", text):
                        places += _places_in(part)[:1]
    if not places:
        return PrintedPlace()
    district = Counter(place[0] for place in places if place[0]).most_common(1)
    province = Counter(place[1] for place in places if place[1]).most_common(1)
    raw_province = province[0][0] if province else None
    raw_district = district[0][0] if district else None
    text = " ".join(dict.fromkeys(place[2] for place in places))
    return PrintedPlace(text, raw_district, _province_at_head(raw_province, registry), raw_province)


def _places_in(text: str) -> list[tuple[str | None, str | None, str]]:
    return [
        (found["district"], found["province"], " ".join(found[0].split()))
        for found in _PLACE.finditer(" ".join(text.split()))
        if found["district"] or found["province"]
    ]


def _province_at_head(printed: str | None, registry: Registry) -> str | None:
    """ "ชุมพรได้ดำเนินการ" begins with a province; otherwise the nearest."""
    at_head = [name for name in registry.provinces if name_key(printed).startswith(name)] if printed else []
    return max(at_head, key=len) if at_head else registry.province_of(printed)


def _from_registry(
    own: list[Spelling], printed: PrintedPlace, domains: Counter, registry: Registry, place: str
) -> tuple[Agency | None, list[Finding]]:
    """The registry's agency that these spellings, the printed place and the web domain mean."""
    for host, _ in domains.most_common():
        agency = registry.by_domain.get(host)
        if agency and any(_is_like(spelling, agency) for spelling in own):
            findings = [finding("domain_of_agency", place, raw=host, read_as=agency.name)]
            return agency, findings
    elsewhere: list[Agency] = []
    for spelling in own:
        exact = registry.by_name.get(name_key(spelling.name), [])
        fitting = [agency for agency in exact if _fits(agency, printed, registry)]
        settled = [agency for agency in fitting if printed.district and same_district(agency.district, printed.district, agency.province)]
        fitting = settled or fitting
        if len(fitting) == 1:
            return fitting[0], []
        if fitting:
            raw = f"{spelling.name} {printed.text or ''}".strip()
            return None, [finding("agency_close_second", place, raw=raw, candidates=_listed(fitting))]
        elsewhere += exact
    if elsewhere:
        return None, [finding("agency_elsewhere", place, raw=printed.text, candidates=_listed(elsewhere))]
    if not printed.province:
        return None, []
    for spelling in own:
        match = registry.match(spelling.name, printed.district, printed.province)
        if match.basis == "distance":
            return match.agency, [finding("agency_misread", place, raw=spelling.name, read_as=match.agency.name)]
        if match.basis == "ambiguous":
            return None, [finding("agency_close_second", place, raw=spelling.name, candidates=_listed(match.nearest[:3]))]
    return None, []


def _is_like(spelling: Spelling, agency: Agency) -> bool:
    kind, bare = typed_name(agency.name)
    return kind == spelling.kind and Levenshtein.normalized_similarity(name_key(bare), name_key(spelling.bare)) >= 0.5


def _fits(agency: Agency, printed: PrintedPlace, registry: Registry) -> bool:
    """Whether the printed place can be this agency's: a real place elsewhere is another agency, a place that is none is misread."""
    if printed.province and agency.province and printed.province != agency.province:
        return bool(printed.district) and not registry.is_district(printed.district, printed.province)
    if not printed.district or same_district(agency.district, printed.district, agency.province):
        return True
    return not registry.is_district(printed.district, agency.province)


def _misread(printed: PrintedPlace) -> bool:
    return bool(printed.province) and not name_key(printed.province_printed).startswith(printed.province)


def _listed(agencies: list[Agency] | tuple[Agency, ...]) -> str:
    return ", ".join(" ".join(filter(None, (agency.name, agency.district, agency.province))) for agency in agencies)


def _place_of_registry(agency: Agency, printed: PrintedPlace, place: str) -> list[Finding]:
    read_as = " ".join(filter(None, (agency.district and f"อำเภอ{agency.district}", agency.province and f"จังหวัด{agency.province}")))
    disagrees = (
        printed.province_printed
        and agency.province
        and name_key(printed.province_printed) != agency.province
        and printed.province != agency.province
    ) or (printed.district and agency.district and not same_district(agency.district, printed.district, agency.province))
    if disagrees:
        return [finding("place_conflict", place, raw=printed.text, read_as=read_as)]
    if _misread(printed):
        return [finding("place_misread", place, raw=printed.province_printed, read_as=printed.province)]
    if agency.province and not (printed.province and (printed.district or not agency.district)):
        return [finding("place_from_registry", place, raw=printed.text, read_as=read_as)]
    return []


def _place_as_printed(identity: Identity, printed: PrintedPlace, registry: Registry, place: str) -> list[Finding]:
    """An agency that the registry does not know stands where the document says."""
    kind, bare = typed_name(identity.agency)
    identity.province, identity.district = printed.province or printed.province_printed, printed.district
    if kind == "องค์การบริหารส่วนจังหวัด" and not identity.province and registry.province_of(bare):
        identity.province = registry.province_of(bare)
        return [finding("place_inferred", place, raw=identity.agency, read_as=identity.province)]
    if identity.district == "เมือง" and registry.is_district("เมือง", identity.province):
        identity.district = f"เมือง{identity.province}"
    if _misread(printed):
        return [finding("place_misread", place, raw=printed.province_printed, read_as=printed.province)]
    if identity.district and printed.province and not registry.is_district(identity.district, printed.province):
        meant = registry.district_of(identity.district, printed.province)
        if meant is None:
            return [finding("place_doubtful", place, raw=printed.text)]
        identity.district = meant
        return [finding("place_misread", place, raw=printed.district, read_as=meant)]
    if identity.district and not identity.province:
        having = [name for name in registry.districts if registry.is_district(identity.district, name)]
        if len(having) == 1:
            identity.province = having[0]
            return [finding("place_inferred", place, raw=printed.text, read_as=identity.province)]
    return []


def _other_body(identity: Identity, lines: list[Line], registry: Registry, printed: PrintedPlace) -> list[Finding] | None:
    """A department, university or province that a line of the title names as the report's own."""
    for line in lines:
        found = _OTHER_BODY.match(" ".join(line.text.split()))
        name = re.split(r"\s+(?:กระทรวง|สังกัด)", found[1])[0].strip() if found else None
        known = registry.by_name.get(name_key(name or line.text.removeprefix("ของ")), [])
        if len(known) == 1:
            agency = known[0]
            identity.agency, identity.agency_id, identity.agency_type = agency.name, agency.agency_id, agency.agency_type
            identity.district, identity.province = agency.district, agency.province
            identity.agency_printed = [name or line.text]
            return []
        if name and not (name.startswith("จังหวัด") and printed.district):
            identity.agency, identity.agency_printed = name, [name]
            if name.startswith("จังหวัด"):
                identity.agency_type, identity.province = "จังหวัด", registry.province_of(name)
            return [finding("agency_not_in_registry", line.place, raw=name, read_as=full_name(name))]
    return None
