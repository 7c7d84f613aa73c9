"""Names of local governments in a document, as often and as differently spelt as it prints them."""

import re
from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from etl.formats.document import Document, Paragraph, Table
from etl.identity.titles import LETTERS_OF_A_TITLE, PLACE_LINE, PROSE, TITLE_WORDS, Line, texts
from etl.known.agency_types import MUNICIPALITY, after_local, type_of, within_a_body
from etl.known.names import MUNICIPAL_TYPES, TYPE_PATTERN, full_name, name_key, typed_name
from etl.known.registry import Registry

MOST_NAMES = 200  # a document with more lists agencies; its own is among those printed most
TIMES_WITHOUT_TITLE = 3  # an agency that no title names must be named so often to be the document's own
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
    "จำนวน",
    "ซึ่ง",
    "ใด",
    "อื่น",
    "ต่างๆ",
    "ดังกล่าว",
    "แต่ละ",
    "ทั้งหลาย",
    "พ.ศ",
    "ไม่เกิน",
    "ใกล้เคียง",
)
_MENTION = re.compile(
    rf"(?P<type>{TYPE_PATTERN})(?P<gap>\s{{0,3}})(?P<name>[ก-ฮเ-ไ][ก-ฺเ-๎]+(?:-[ก-ฮเ-ไ][ก-ฺเ-๎]+|\.\s?\d{{1,2}})?)"
    # A scan parts names, too: "เขาสมอ คอน อำเภอท่าวุ้ง".
    r"(?:\s(?P<more>(?!ตำบล|ต\.|อำเภอ|จังหวัด|ประจำ|หมู่|เลขที่)[ก-ฮเ-ไ][ก-ฺเ-๎]{1,11})(?=\s+(?:อำเภอ|อ\.|จังหวัด|จ\.)))?"
    # Here the name ends for certain, whatever words it is made of ("อาจสามารถ", "ในเมือง").
    r"(?:(?P<placed>(?=\s*(?:(?:ตำบล|อำเภอ|จังหวัด)[ก-ฮเ-ไ]|[ตอจ]\.)))|(?P<last>(?=\s*(?:$|\n|\)))))?",
    re.DOTALL,
)
LETTERS_OF_A_LISTED_LINE = 400  # a longer one is running text, in which the pattern would look for long
FEWEST_OF_A_LIST = 2, 3  # lines with a number or mark, and without
_LISTED_LINE = re.compile(
    rf"\W*(?:(?:อันดับ|ลำดับ)?(?:ที่)?\s*[\d๐-๙]{{1,3}}[\s.):-]|[-–•*·●▪])?[\s.):-]*((?:{TYPE_PATTERN})\s*[ก-๎]+)[^\n]*?[\d๐-๙]{{2,3}}\.[\d๐-๙]{{2}}(?![\d๐-๙])"
)
_LIKE_A_TYPE = re.compile("เทศบาล|การ|อบ[ตจ]|ท[ตมน]|าล")
LETTERS_OF_A_NAME = 25
_NAME_ONLY = re.compile(rf"\s*(?:\d{{1,4}}[.)]\s*)?(?:{TYPE_PATTERN})\s*[ก-ฮเ-ไ][ก-๎-]{{1,40}}\s*\**\s*")
_SPACE_BEFORE_MARK = re.compile(r"[ \n]{1,3}(?=[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])")
_IN_PASSING = re.compile(r"(?:ดูงาน|ณ|ร่วมกับ|เครือข่าย|ใกล้เคียง|ระหว่าง|กับ)\s*$")


@dataclass
class Spelling:
    """One printed name of an agency and its support."""

    kind: str
    bare: str
    printed: list[str] = field(default_factory=list)
    times: int = 0
    in_title: int = 0
    alone: bool = False  # a place follows it somewhere, or it is all that a cell or line holds
    place: str = ""

    @property
    def name(self) -> str:
        return self.kind + self.bare


def first_seen(spellings: list[Spelling]):
    order = {id(spelling): at for at, spelling in enumerate(spellings)}
    return lambda spelling: order[id(spelling)]


def spellings_of(document: Document, lines: list[Line], registry: Registry) -> list[Spelling]:
    """Every name of a local government in the document, in order of appearance, with how often it is printed."""
    titles = {line.place for line in lines if _names_owner(line.text)}
    listed = listed_names(document)
    mentions = []
    for text, place in texts(document):
        if text in listed or not (place in titles or _LIKE_A_TYPE.search(text)):
            continue
        text = _SPACE_BEFORE_MARK.sub("", text)
        if place in titles:
            text = _type_restored(text)
        for found in _MENTION.finditer(text):
            if place in titles and within_a_body(text[: found.start()]):
                continue  # "โรงเรียนเทศบาลเมืองบ้านใหม่" is the school
            name = found["name"] + (found["more"] or "")
            ends = (found["placed"] is not None or found["last"] is not None) and place in titles
            ends = ends and len(name) <= LETTERS_OF_A_NAME and not _runs_on(name)
            if not ends and name.startswith(_GENERIC) or _IN_PASSING.search(text[max(0, found.start() - 24) : found.start()]):
                continue
            kind = typed_name(found["type"] + "ก")[0]
            alone = found["placed"] is not None or _NAME_ONLY.fullmatch(text) is not None
            mentions.append((kind, name, found["type"] + found["gap"], place, place in titles, alone, ends))
    tokens = Counter((kind, token) for kind, token, *_ in mentions)
    whole = {(kind, name) for kind, name, *_, ends in mentions if ends}
    spellings: dict[tuple[str, str], Spelling] = {}
    for kind, token, before, place, in_title, alone, ends in mentions:
        known = [token[:length] for length in range(2, len(token) + 1) if (kind, token[:length]) in whole]
        bare = token if ends else max(known, key=len) if known else _trimmed(kind, token, tokens, registry)
        if bare is None:
            continue
        spelling = spellings.setdefault((kind, name_key(bare)), Spelling(kind, bare, place=place))
        spelling.times += 1
        spelling.in_title += in_title
        spelling.alone = spelling.alone or alone
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
    if text[found.dest_start :].removeprefix(MUNICIPALITY).startswith(tuple(after_local())):
        return text  # "เทศบาลในเขตจังหวัดภูเก็ต" are several
    return text[: found.dest_start] + kind + text[found.dest_end :]


def _names_owner(text: str) -> bool:
    """Whether a line above the tables is of the kind that says whose report it is: a title, or the agency's own line."""
    if len(text) > LETTERS_OF_A_TITLE or PROSE.match(text):
        return False
    text = _type_restored(text)
    # A title that is broken before its year goes on with it: "ประจำปีงบประมาณ พ.ศ. 2567 เทศบาลนคร...".
    return bool(PLACE_LINE.match(text) or TITLE_WORDS.search(text) or re.match("ส่วนราชการ|ประกาศ|คำสั่ง|(?:ประจำ)?ปีงบประมาณ", text))


def listed_names(document: Document) -> frozenset[str]:
    """Cells that hold nothing but a name, where a table lists several agencies, and the lines of a list of agencies with their points:
    those are its data, not its own name."""
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph) and len(block.text) <= LETTERS_OF_A_LISTED_LINE]
    found = {text: line for text in lines if (line := _LISTED_LINE.match(text))}
    marked = all(line.start(1) for line in found.values())
    several = len({line[1] for line in found.values()}) >= FEWEST_OF_A_LIST[not marked]
    listed: set[str] = set(found) if several else set()
    for block in document.blocks:
        if isinstance(block, Table):
            names = {cell.text: at for row in block.rows for at, cell in enumerate(row) if _NAME_ONLY.fullmatch(cell.text)}
            if len({full_name(name) for name in names}) > 1 or any(_beside_others(block, at) for at in names.values()):
                listed |= names.keys()
    return frozenset(listed)


def _beside_others(table: Table, column: int) -> bool:
    """Whether this column also names bodies that are no local governments."""
    texts = [row[column].text for row in table.rows if len(row) > column]
    return any(type_of(text) and not typed_name(text)[0] for text in texts)


def _trimmed(kind: str, token: str, tokens: Counter, registry: Registry) -> str | None:
    """The name at the head of a token that runs on into the sentence; None where no name can be told."""
    heads = ((token[:length], token[length:]) for length in range(2, len(token)))
    known = [head for head, rest in heads if (kind, head) in tokens and rest.startswith(tuple(after_local()))]
    if known:
        return known[0]
    if registry.named(kind + token):
        return token
    cuts = [at for at, word in _words_in(token) if not after_local()[word] or len(token) - at - len(word) > 1]
    if cuts:
        return token[: min(cuts)]
    return token if len(token) <= 30 else None


def _words_in(token: str) -> list[tuple[int, str]]:
    return [(at, word) for word in after_local() if (at := token.find(word, 2)) > 1]


def _runs_on(token: str) -> bool:
    """Whether a sentence goes on in the token: a word that follows names, and more than a syllable after it."""
    return any(len(token) - at - len(word) > 3 for at, word in _words_in(token))


def _alike(a: Spelling, b: Spelling) -> bool:
    """Whether two names can be spellings of one: the same type and half of the letters."""
    return a.kind == b.kind and Levenshtein.normalized_similarity(name_key(a.bare), name_key(b.bare)) >= 0.5


def own_spellings(spellings: list[Spelling], registry: Registry) -> tuple[list[Spelling], list[str]]:
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
    # What no title names and the registry does not know may be any word behind the word for a type: the words of a law.
    known = any(spelling.alone or registry.named(spelling.name) for spelling in best)
    if not named and times < TIMES_WITHOUT_TITLE and not known:
        return [], [spelling.name for spelling in spellings] if len(groups) > 1 else []
    # A list of agencies has many names and no title that gives one of them.
    if not named and len(groups) > 1 and (times < TIMES_WITHOUT_TITLE or times <= rival):
        return [], [spelling.name for spelling in spellings]
    return sorted(best, key=_support, reverse=True), []


def _support(spelling: Spelling) -> tuple[int, int]:
    """Sorts spellings of one agency; of equally frequent ones a title's comes first."""
    return spelling.times, spelling.in_title
