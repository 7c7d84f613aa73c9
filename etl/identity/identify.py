"""Whose report it is: agency, place, fiscal year, round and title, weighed over the whole document.

Scans misread names, even in titles, so every mention is counted: the spelling with most support wins, the web domain and the
registry help, all spellings are kept as printed, and whatever was not simply read is said in a finding.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import Levenshtein

from etl.findings import finding
from etl.formats.document import Document, Table
from etl.identity.mentions import Spelling, first_seen, listed_names, own_spellings, spellings_of
from etl.identity.titles import (
    LETTERS_OF_A_TITLE,
    PLACE_LINE,
    PROSE,
    RANGE_OF_YEARS,
    TITLE_WORDS,
    Line,
    buddhist_year,
    family_of,
    fiscal_years,
    own_year,
    says_owner_of_document,
    texts,
    title_lines,
    title_of,
    without_label_of_owner,
)
from etl.known.agency_types import MUNICIPALITY, bodies_in, body_around, may_be_under_local, type_of
from etl.known.names import TYPE_PATTERN, Agency, full_name, listed, name_key, typed_name
from etl.known.registry import Registry
from etl.printed.periods import periods
from etl.printed.thai import arabic, one_line
from etl.reading import Finding

_LEADERS = re.compile(r"[.…_]{3,}")  # a form prints dots where it is filled in: "ชื่อสถานศึกษา....วิทยาลัยเทคนิค....."
_DOMAIN = re.compile(r"(?:https?://|www\.)([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.I)


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


def identify(document: Document, registry: Registry) -> tuple[Identity, list[Finding]]:
    """The document's identity and what was doubtful about it."""
    lines = title_lines(document)
    identity = Identity(title=title_of(lines), family=family_of(lines))
    findings = _year(identity, document, lines) + _round(identity, document, lines) + _agency(identity, document, lines, registry)
    return identity, findings


# ----------------------------------------------------------------------------------------------------------- year, round


def _year(identity: Identity, document: Document, lines: list[Line]) -> list[Finding]:
    if identity.title and (year := own_year(identity.title)):
        identity.fiscal_year = year
        return []
    place = lines[0].place if lines else document.blocks[0].place if document.blocks else "line 1"
    short = [line for line in lines if len(line.text) <= LETTERS_OF_A_TITLE and not PROSE.match(line.text)]
    if years := fiscal_years(" ".join(line.text for line in short)):
        times = Counter(years)
        identity.fiscal_year = max(times, key=lambda year: (times[year], year))  # of years side by side the last, as in one title
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
    year = re.compile(r"(?:(?:ปี|FY|fiscal year)\D{0,20})?(?:25[5-9]|20[1-4])\d", re.I)
    cells = (cell.text for block in document.blocks if isinstance(block, Table) for row in block.rows for cell in row)
    return any(year.fullmatch(arabic(text.strip())) for text in cells)


def _years_of_text(document: Document) -> list[str]:
    pattern = re.compile(r"ปีงบประมาณ\s*(?:พ\.?\s?ศ\.?\s*)?(25\d\d)(?!\d)")
    return [found for text, _ in texts(document) for found in pattern.findall(RANGE_OF_YEARS.sub(" ", arabic(text)))]


_ROUND = re.compile(r"รอบ\s*(?:ระยะเวลา\s*)?\(?\s*(\d{1,2})\s*เดือน|(\d{1,2})\s*เดือน\s*แรก|(six|6|twelve|12)[\s-]months?", re.I)


def _round(identity: Identity, document: Document, lines: list[Line]) -> list[Finding]:
    headings = [
        Line(" ".join(cell.text for cell in table.rows[0]), table.place)
        for table in document.blocks
        if isinstance(table, Table) and table.rows
    ]
    found = []
    for line in [line for line in lines if not PROSE.match(line.text)] + headings:
        for match in _ROUND.finditer(arabic(line.text)):
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
    elif "รายงาน" in (identity.title or "") and (covered := _months_covered(lines)):
        identity.round = covered
    elif re.search(r"รายงานผล(?:การดำเนิน(?:งาน|การ))?(?:ประจำปี|รายปี)", re.sub(r"\s", "", identity.title or "")):
        identity.round = "annual"
    return []


def _months_covered(lines: list[Line]) -> str | None:
    """The round that the dates below a title bound: "(ระหว่างวันที่ ๑ ต.ค. ๒๕๖๔ ถึง ๓๐ ก.ย. ๒๕๖๕)" is a whole fiscal year."""
    titles = [line.text for line in lines if len(line.text) <= LETTERS_OF_A_TITLE and re.match(r".*รายงาน|\(", line.text)]
    for covered in (found for text in titles for found in periods(text) if re.search("[-–—]|ถึง", found.text)):
        if covered.first and covered.last and (covered.first.month, covered.first.day) == (10, 1):
            end = (covered.last.year - covered.first.year, covered.last.month, covered.last.day)
            if round_ended := {(1, 9, 30): "annual", (1, 3, 31): "six_month"}.get(end):
                return round_ended
    return None


# --------------------------------------------------------------------------------------------------------------- agency


def _agency(identity: Identity, document: Document, lines: list[Line], registry: Registry) -> list[Finding]:
    spellings = spellings_of(document, lines, registry)
    own, several = own_spellings(spellings, registry)
    if bodies := _lines_of_bodies(lines, own, registry):
        lines, own, several = bodies, [], []
    place = own[0].place if own else lines[0].place if lines else "line 1"
    addressed = (text for text, _ in texts(document) if "." in text)
    domains = Counter(host.lower().removeprefix("www.") for text in addressed for host in _DOMAIN.findall(text))
    printed = _printed_place(lines, document, registry, own)
    identity.place_printed = printed.text
    if not own:
        several = several or sorted(listed_names(document))
        said = _other_body(identity, lines, registry, printed)
        if said is None:
            said = _without_type(identity, document, lines, registry)
        if said is not None:
            return said
        return [finding("agency_several", place, raw=", ".join(several[:5])) if several else finding("agency_unknown", place)]
    identity.agency_printed = list(dict.fromkeys(name for spelling in sorted(own, key=first_seen(spellings)) for name in spelling.printed))
    agency, findings = _from_registry(own, printed, domains, registry, place, document)
    if agency is None:
        best = own[0]
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


@dataclass
class PrintedPlace:
    text: str | None = None
    district: str | None = None  # as printed
    province: str | None = None  # the province that is meant, None where none is near
    province_printed: str | None = None


_PLACE = re.compile(
    r"(?=\s*(?:อำเภอ|อ\.|จังหวัด|จ\.))(?:(?<!นาย)(?<!ที่ว่าการ)(?<!ที่ทำการปกครอง)(?:อำเภอ|อ\.)\s*(?P<district>[ก-ฮเ-ไ][ก-๎]*?)\s*(?=จังหวัด|จ\.|\s|$|[),]))?"
    r"\s*(?:(?<!ส่วน)(?<!อบ)(?:จังหวัด|จ\.)\s*(?P<province>[ก-ฮเ-ไ][ก-๎]+))?"
)


def _printed_place(lines: list[Line], document: Document, registry: Registry, own: list[Spelling]) -> PrintedPlace:
    """District and province as the title prints them, else as they follow the agency's name in the text."""
    places = _places_in(" ".join(line.text for line in lines if not PROSE.match(line.text) or len(line.text) <= LETTERS_OF_A_TITLE))
    if not places and own:
        for text, _ in texts(document):
            if ("อำเภอ" in text or "อ." in text or "จังหวัด" in text) and any(spelling.bare in text for spelling in own):
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
    own: list[Spelling], printed: PrintedPlace, domains: Counter, registry: Registry, place: str, document: Document
) -> tuple[Agency | None, list[Finding]]:
    """The registry's agency that these spellings, the printed place, the web domain and the address of the office mean."""
    for host, _ in domains.most_common():
        agency = registry.of_domain(host)
        if agency and any(_is_like(spelling, agency) for spelling in own):
            findings = [finding("domain_of_agency", place, raw=host, read_as=agency.name)]
            return agency, findings
    elsewhere: list[Agency] = []
    for spelling in own:
        exact = registry.named(spelling.name)
        fitting = [agency for agency in exact if _fits(agency, printed, registry)]
        settled = [agency for agency in fitting if printed.district and agency.is_in(printed.district)]
        fitting = settled or fitting
        if len(fitting) == 1:
            return fitting[0], []
        if fitting:
            raw = f"{spelling.name} {printed.text or ''}".strip()
            agency, address = _at_its_address(fitting, document, registry)
            if agency:
                return agency, [finding("agency_by_address", place, raw=raw, address=address, read_as=listed([agency]))]
            return None, [finding("agency_close_second", place, raw=raw, candidates=listed(fitting))]
        elsewhere += exact
    for spelling in own if printed.province or printed.district else ():
        match = registry.match(spelling.name, printed.district, printed.province)
        if match.basis == "changed":
            return replace(match.agency, name=spelling.name, agency_type=spelling.kind), [
                finding("agency_changed", place, raw=spelling.name, read_as=match.agency.name)
            ]
        if match.basis == "distance":
            return match.agency, [finding("agency_misread", place, raw=spelling.name, read_as=match.agency.name)]
        if match.basis == "ambiguous":
            return None, [finding("agency_close_second", place, raw=spelling.name, candidates=listed(match.nearest))]
    if elsewhere:
        return None, [finding("agency_elsewhere", place, raw=printed.text, candidates=listed(elsewhere))]
    return None, []


_ADDRESS = re.compile(r"(?:ตำบล|ต\.)\s*[ก-๎]+\s*(?=(?:อำเภอ|อ\.)(?P<place>[^\n]{0,80}))")


def _at_its_address(namesakes: list[Agency], document: Document, registry: Registry) -> tuple[Agency | None, str]:
    """The one of several namesakes in whose district and province an address of the document (ตำบล, อำเภอ, จังหวัด) lies, with that address;
    None where no address or more than one says so."""
    found: dict[str, tuple[Agency, str]] = {}
    for text, _ in texts(document):
        for address in _ADDRESS.finditer(text):
            for district, province, printed in _places_in(text[address.end() :][:80])[:1]:
                meant = _province_at_head(province, registry)
                for agency in namesakes:
                    if district and agency.is_in(district) and meant in (None, agency.province):
                        found[agency.agency_id] = agency, printed
    return next(iter(found.values())) if len(found) == 1 else (None, "")


_BEFORE_ITS_PLACE = re.compile(r"(?:^|(?<=\s))([ก-ฮเ-ไ][ก-๎-]{1,24})\s+(?=(?:อำเภอ|อ\.|จังหวัด|จ\.)\s*[ก-ฮเ-ไ])")


def _without_type(identity: Identity, document: Document, lines: list[Line], registry: Registry) -> list[Finding] | None:
    """A local government that a line of the title names without its type, letter by letter as the registry does, in its district or
    province: "สันกลาง อำเภอพาน จังหวัดเชียงราย". Where it has namesakes of other types there, the type that the text speaks of."""
    for line in lines:
        if len(line.text) > LETTERS_OF_A_TITLE or PROSE.match(line.text):
            continue
        for found in _BEFORE_ITS_PLACE.finditer(line.text):
            district, province, printed = _places_in(line.text[found.end() :])[0]
            match = registry.match(found[1], district, _province_at_head(province, registry))
            if match.distance or match.basis == "none":
                continue
            raw = f"{found[1]} {printed}"
            agency = match.agency or _of_the_type_spoken_of(match.nearest, document)
            if agency is None:
                return [finding("agency_close_second", line.place, raw=raw, candidates=listed(match.nearest))]
            identity.agency, identity.agency_id, identity.agency_type = agency.name, agency.agency_id, agency.agency_type
            identity.district, identity.province = agency.district, agency.province
            identity.agency_printed, identity.place_printed = [found[1]], printed
            return [finding("agency_without_type", line.place, raw=raw, read_as=listed([agency]))]
    return None


_MAYOR = "เทศมนตรี"


def _of_the_type_spoken_of(namesakes: tuple[Agency, ...], document: Document) -> Agency | None:
    """The one of several namesakes whose type the document speaks of; a municipality is often just called so, and its mayor signs."""
    text = name_key(" ".join(text for text, _ in texts(document)))
    municipalities = [agency for agency in namesakes if (agency.agency_type or "").startswith(MUNICIPALITY)]
    spoken = [agency for agency in namesakes if agency.agency_type and agency.agency_type in text]
    if len(municipalities) == 1 and municipalities[0] not in spoken and (MUNICIPALITY in text or _MAYOR in text):
        spoken += municipalities
    return spoken[0] if len(spoken) == 1 else None


def _is_like(spelling: Spelling, agency: Agency) -> bool:
    kind, bare = typed_name(agency.name)
    return kind == spelling.kind and Levenshtein.normalized_similarity(name_key(bare), name_key(spelling.bare)) >= 0.5


def _fits(agency: Agency, printed: PrintedPlace, registry: Registry) -> bool:
    """Whether the printed place can be this agency's: a real place elsewhere is another agency, a place that is none is misread."""
    if printed.province and agency.province and printed.province != agency.province:
        return bool(printed.district) and registry.district_of(printed.district, printed.province) is None
    if not printed.district or agency.is_in(printed.district):
        return True
    if not agency.district and agency.province and printed.province == agency.province:
        return True  # of a whole province: the district is that of its office
    return not registry.is_district(printed.district, agency.province)


def _misread(printed: PrintedPlace) -> bool:
    return bool(printed.province) and not name_key(printed.province_printed).startswith(printed.province)


def _place_of_registry(agency: Agency, printed: PrintedPlace, place: str) -> list[Finding]:
    read_as = " ".join(filter(None, (agency.district and f"อำเภอ{agency.district}", agency.province and f"จังหวัด{agency.province}")))
    disagrees = (
        printed.province_printed
        and agency.province
        and name_key(printed.province_printed) != agency.province
        and printed.province != agency.province
    ) or (printed.district and agency.district and not agency.is_in(printed.district))
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
    """A department, college, police station or other body that a line of the title names as the report's own."""
    for line in lines:
        for name in _bodies_of(line, registry):
            known = registry.named(name)
            if len(known) == 1:
                agency = known[0]
                identity.agency, identity.agency_id, identity.agency_type = agency.name, agency.agency_id, agency.agency_type
                identity.district, identity.province = agency.district, agency.province
                identity.agency_printed = [name]
                return []
            if name.startswith("จังหวัด") and printed.district:
                continue  # the last part of an address
            if name.startswith("จังหวัด") and registry.province_of(name) is None:
                continue  # "จังหวัดพิจิตรมีหน่วยงานที่เข้ารับการประเมิน" is a sentence
            identity.agency, identity.agency_type, identity.agency_printed = full_name(name), type_of(name), [name]
            identity.district, identity.province = printed.district, printed.province
            if name.startswith("จังหวัด"):
                identity.province = registry.province_of(name)
            return [finding("agency_not_in_registry", line.place, raw=name, read_as=identity.agency)]
    return None


_LINES_BETWEEN = 2  # of the title, between the names of a school and of its municipality


def _lines_of_bodies(lines: list[Line], own: list[Spelling], registry: Registry) -> list[Line]:
    """The lines of a title that name a body whose paper it is, although `own`, a local government, is named too.

    A school's paper prints the municipality that it belongs to, or in which it stands, behind its own name or in a line above or below;
    and what only the text names does not outweigh a line of the title that is the name of a body.
    """
    found: list[Line] = []
    for at, line in enumerate(lines if own else []):
        name = next((name for name in _bodies_of(line, registry) if not name.startswith("จังหวัด")), None)
        if name is None:
            continue
        before, _, after = _owner_in(line).partition(name)
        owner = re.search(TYPE_PATTERN, after)
        if owner:
            is_own = body_around(before + name + after, len(before + name) + owner.start()) == name
        elif before or not _only_a_place(after):
            is_own = False
        elif says_owner_of_document(line.text) or not any(spelling.in_title for spelling in own):
            is_own = True
        else:
            is_own = may_be_under_local(name) and any(map(_of_local_government, _beside(lines, at)))
        if is_own:
            found.append(line)
    return found


def _beside(lines: list[Line], at: int) -> list[str]:
    """The nearest lines above and below one that are none of the title's own words."""
    found = []
    for others in (lines[:at][::-1], lines[at + 1 :]):
        near = [line.text for line in others[: _LINES_BETWEEN + 1]]
        found += [text for text in near if PLACE_LINE.match(text) or not TITLE_WORDS.search(text)][:1]
    return found


def _only_a_place(text: str) -> bool:
    """Whether nothing, a place or a year follows the name of a body in its line."""
    return not text.strip() or bool(PLACE_LINE.match(text.strip())) or bool(fiscal_years(text))


def _of_local_government(text: str) -> bool:
    return bool(PLACE_LINE.match(text)) and typed_name(re.sub("^(?:ของ|โดย|สังกัด)\\s*", "", text))[0] is not None


def _owner_in(line: Line) -> str:
    """A line without the words that say that it names the owner: "ชื่อหน่วยงาน : โรงพยาบาล..."."""
    return without_label_of_owner(one_line(_LEADERS.sub(" ", line.text)))


def _bodies_of(line: Line, registry: Registry) -> list[str]:
    """The bodies that a line may name as the document's own: the line is its name, or a title with the name in it."""
    text, owner = one_line(_LEADERS.sub(" ", line.text)), _owner_in(line)
    if registry.named(owner):
        return [owner]
    if len(text) > LETTERS_OF_A_TITLE or PROSE.match(text):
        return []
    title = TITLE_WORDS.search(text)
    return [name for at, name in bodies_in(owner) if at == 0 or title and not name.startswith("จังหวัด")]
