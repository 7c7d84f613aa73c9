"""A paper as a Word file, from a template that an office may change in Word: `data/templates/<form>.<language>.docx`. docs/papers.md
lists the fields. A template with a mistake is refused with the place and the reason, before anything is made from it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2 import Template as JinjaTemplate
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import XMLSyntaxError, fromstring, tostring

from pages.parts.ask.warehouse import data_folder
from pages.parts.papers.paper import FORMS, Paper, Table
from pages.parts.say.text import LANGUAGES, Words

SHIPPED = Path(__file__).parents[3] / "data" / "templates"
COMMON = ("title", "agency", "place", "year", "year_before", "year_text", "round", "unit", "mark", "blanks")  # fields of every form
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
BLOCK = re.compile(r"\{%-?(?:(?:tr|tc|p|r)\s)?\s*(?P<word>\w+)\s*(?P<rest>.*?)\s*-?%\}", re.DOTALL)


SAFE = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a template: the place as a text of text.csv with its numbers, the tag, and a key that says why with its values."""

    place: str
    numbers: dict[str, int]
    tag: str
    why: str
    values: dict[str, str]

    def said(self, words: Words) -> str:
        where = words(f"paper.template.{self.place}", **self.numbers)
        return words("paper.template.fault", place=where, tag=self.tag, why=words(f"paper.template.{self.why}", **self.values))


class BadTemplate(Exception):
    """A template cannot be used. `file`: its name; `faults`: all that was found."""

    def __init__(self, file: str, faults: list[Fault]):
        super().__init__(file)
        self.file, self.faults = file, faults

    def said(self, words: Words) -> list[str]:
        """A line a fault, after one that names the file."""
        return [words("paper.template.refused", file=self.file), *(fault.said(words) for fault in self.faults)]


def template(form: str, lang: str) -> Path:
    """The template of a form: the one in the folder of the data, else the shipped one."""
    own = data_folder() / "templates" / f"{form}.{lang}.docx"
    return own if own.is_file() else SHIPPED / own.name


def not_used() -> list[str]:
    """Files that lie among the templates of the data and have the name of none, so that nobody waits for what they change."""
    names = {f"{form}.{lang}.docx" for form in FORMS for lang in LANGUAGES}
    folder = data_folder() / "templates"
    return sorted(one.name for one in folder.glob("[!.~]*") if one.name not in names) if folder.is_dir() else []


def fields(form: str) -> dict[str, tuple[str, ...]]:
    """The fields of a form; of a table also the names of its cells (a heading row has `group`)."""
    parts = {part.name: (*(c.key for c in part.columns), "group") if isinstance(part, Table) else () for part in FORMS[form].parts}
    return dict.fromkeys(COMMON, ()) | parts


def _texts(content: bytes) -> Iterator[tuple[str, dict[str, int], str]]:
    """Every paragraph of a Word file in its order: where it stands, and its text."""
    document = Document(io.BytesIO(content))
    for section in document.sections:
        for name, part in (("header", section.header), ("footer", section.footer)):
            yield from ((name, {}, paragraph.text) for paragraph in part.paragraphs)
    paragraphs = tables = 0
    for one in document.iter_inner_content():
        if hasattr(one, "rows"):
            tables += 1
            seen = set()  # a merged cell stands in each of its rows and columns
            for row, line in enumerate(one.rows, 1):
                for cell in line.cells:
                    if cell._tc in seen:
                        continue
                    seen.add(cell._tc)
                    yield "table", {"table": tables, "row": row}, cell.text
        else:
            paragraphs += 1
            yield "paragraph", {"n": paragraphs}, one.text


def faults(content: bytes, form: str) -> list[Fault]:
    """What is wrong with a template of a form; empty: it can be used."""
    known = fields(form)
    found: list[Fault] = []
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        if any(name.endswith("vbaProject.bin") for name in file.namelist()):
            return [Fault("file", {}, "–", "macros", {})]
    open_blocks: list[tuple[str, str, dict, str, str | None]] = []  # word, place, numbers, tag, name of the loop's variable
    loops: dict[str, str] = {}  # variable of a loop -> the part it goes through
    for place, numbers, text in _texts(content):

        def wrong(tag: str, why: str, place=place, numbers=numbers, **values: str) -> None:
            found.append(Fault(place, numbers, " ".join(tag.split())[:60], why, values))

        rest = TAG.sub("", text)
        for sign in ("{{", "}}", "{%", "%}"):
            if sign in rest:
                wrong(rest.strip()[:40], "unclosed", sign=sign)
        for tag in TAG.findall(text):
            if tag.startswith("{#"):
                continue
            if tag.startswith("{{"):
                _expression(re.sub(r"^\{\{[rp]?\s", "{{ ", tag), known, loops, lambda why, tag=tag, **values: wrong(tag, why, **values))
                continue
            block = BLOCK.fullmatch(tag)
            word = block["word"] if block else ""
            if word in ("endfor", "endif"):
                if not open_blocks or open_blocks[-1][0] != word.removeprefix("end"):
                    wrong(tag, "nothing_open", word=word.removeprefix("end"))
                else:
                    variable = open_blocks.pop()[4]
                    loops.pop(variable, None)
            elif word == "for" and (given := re.fullmatch(r"(\w+)\s+in\s+(\w+)", block["rest"])):
                if given[2] not in known or given[2] in COMMON and given[2] != "blanks":
                    wrong(tag, "unknown_field", field=given[2], known=", ".join(known))
                loops[given[1]] = given[2]
                open_blocks.append((word, place, numbers, tag, given[1]))
            elif word == "if":
                _expression("{{ " + block["rest"] + " }}", known, loops, lambda why, tag=tag, **values: wrong(tag, why, **values))
                open_blocks.append((word, place, numbers, tag, None))
            elif word not in ("else", "elif"):
                wrong(tag, "unknown_block")
    found += [Fault(place, numbers, tag, "not_closed", {"word": word}) for word, place, numbers, tag, _ in open_blocks]
    return found


def _expression(source: str, known: dict, loops: dict[str, str], wrong) -> None:
    """Looks at one expression: that it can be read, and that what it names is there."""
    try:
        tree = SAFE.parse(source)
    except TemplateSyntaxError as error:
        wrong("not_readable", reason=error.message or "")
        return
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and (part := loops.get(node.node.name)) and known.get(part) and node.attr not in known[part]:
            wrong("unknown_field", field=f"{node.node.name}.{node.attr}", known=", ".join(known[part]))
    for node in tree.find_all(nodes.Name):
        if node.name not in known and node.name not in loops:
            wrong("unknown_field", field=node.name, known=", ".join(known))


@dataclass(frozen=True)
class _Template:
    """A template that is in order: the parts of its package as they are, and those with tags, compiled."""

    parts: dict[str, bytes]
    filled: dict[str, JinjaTemplate]


def _compiled(content: bytes, form: str) -> _Template:
    """What a hundred papers of one form are made from, so that the file is read once and not for each. docxtpl gathers what Word has cut
    apart within a tag, and reads its {%p and {%tr. Tried with two lines or rows in every part. TemplateError, XMLSyntaxError, TypeError."""
    tags, filled = DocxTemplate(io.BytesIO(content)), {}
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist() if not name.endswith("/")}
    for name, part in parts.items():
        if name.endswith(".xml") and (b"{{" in part or b"{%" in part or b"{<" in part):
            filled[name] = SAFE.from_string(tags.patch_xml(tostring(fromstring(part), encoding="unicode")))
    tried = dict.fromkeys(COMMON, "") | {"blanks": ["", ""]}
    for name, cells in fields(form).items():
        if name not in COMMON:
            tried[name] = [dict.fromkeys(cells, ""), dict.fromkeys(cells, "") | {"group": "-"}] if cells else ["", ""]
    for part in filled.values():
        _rendered(part, tried)
    return _Template(parts, filled)


@lru_cache(maxsize=32)
def _usable(path: Path, version: tuple, form: str) -> _Template:
    """A template that is in order; `version`: when it was changed. BadTemplate: it is not."""
    content = path.read_bytes()
    try:
        if found := faults(content, form):
            raise BadTemplate(path.name, found)
        return _compiled(content, form)
    except (TemplateError, TypeError) as error:
        raise BadTemplate(path.name, [_unreadable(error)]) from error
    except XMLSyntaxError as error:
        raise BadTemplate(path.name, [Fault("file", {}, "–", "crossed", {})]) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, PackageNotFoundError, KeyError, ValueError) as error:
        raise BadTemplate(path.name, [Fault("file", {}, "–", "no_word_file", {})]) from error


def _unreadable(error: Exception) -> Fault:
    reason = str(error).splitlines()[0] if str(error) else type(error).__name__
    return Fault("file", {}, "–", "not_readable", {"reason": reason})


def usable(form: str, lang: str) -> _Template:
    """The template of a form. BadTemplate: it has a mistake, or cannot be opened."""
    path = template(form, lang)
    try:
        stat = path.stat()
        return _usable(path, (stat.st_mtime_ns, stat.st_size), form)
    except OSError as error:
        raise BadTemplate(path.name, [Fault("file", {}, "–", "not_opened", {})]) from error


def _rendered(part: JinjaTemplate, context: dict) -> bytes:
    """A part filled in. Lines of a text are lines in Word too; other control characters no XML may hold. XMLSyntaxError: a loop or a
    condition of the template begins and ends in different things."""
    text = CONTROL.sub("", part.render(context))
    if "\n" in text or "\t" in text:
        text = DocxTemplate.resolve_listing(None, text)
    filled = text.encode()
    fromstring(filled)
    return filled


def docx(paper: Paper) -> bytes:
    """The paper as a Word file. BadTemplate: the template of its form cannot be used."""
    form, words = paper.laid, paper.words
    made = usable(form, words.lang)
    given = {name: paper.given.get(name, "") for name in ("round", "unit")}
    context = {
        "title": paper.title,
        "agency": paper.agency,
        "place": paper.place,
        "year": words.written(paper.year),
        "year_before": words.written(paper.year - 1),
        "year_text": words.year(paper.year),
        "mark": words("paper.made_up") if paper.synthetic else "",
        "blanks": paper.blanks or [words("paper.blank.none")],
    }
    rows = {
        part.name: [dict.fromkeys((c.key for c in part.columns), "") | {"group": ""} | row for row in paper.parts[part.name]]
        if isinstance(part, Table)
        else paper.parts[part.name]
        for part in paper.form.parts
    }
    context = given | context | rows
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in made.parts.items():
                file.writestr(name, _rendered(made.filled[name], context) if name in made.filled else content)
    except (TemplateError, XMLSyntaxError, TypeError) as error:
        raise BadTemplate(template(form, words.lang).name, [_unreadable(error)]) from error
    return out.getvalue()
