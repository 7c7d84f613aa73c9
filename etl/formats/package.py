"""Word and Excel files are zip packages: what they hold is weighed before anything is unpacked."""

import io
import posixpath
import re
import zipfile
import zlib
from functools import partial

from lxml import etree

from etl.formats.document import Unreadable
from etl.messages import message

MOST_MEGABYTES_OF_XML = 150  # all parts that are read; pictures are not unpacked
MOST_PARTS = 20_000
_USUAL = ("xl/workbook.xml", "word/document.xml")  # where a package without relations has its document


def opened(data: bytes) -> zipfile.ZipFile:
    """The package, weighed. Unreadable: not a whole zip, encrypted, too large when unpacked, or XML with entities of its own.

    The sizes that a zip states may be false. Python's zipfile gives no more than the stated size and then finds that the
    checksum is wrong, so that each XML part is unpacked once, in pieces, before any other library may unpack it.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = package.infolist()
        if len(parts) > MOST_PARTS:
            raise Unreadable(*message("not_whole_zip"))
        if any(part.flag_bits & 1 for part in parts):
            raise Unreadable(*message("locked"))
        xml = [part for part in parts if re.search(r"\.(xml|rels|vml)$", part.filename, re.IGNORECASE)]
        size = sum(part.file_size for part in xml) / 1e6
        if size > MOST_MEGABYTES_OF_XML:
            raise Unreadable(*message("zip_too_large", size=f"{size:.0f}", limit=MOST_MEGABYTES_OF_XML))
        for part in xml:
            with package.open(part) as handle:
                head = handle.read(4096)
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise Unreadable(*message("hidden_entities"))
                while handle.read(1 << 20):
                    pass
        return package
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, UnicodeError):
        raise Unreadable(*message("not_whole_zip")) from None


def part_named(package: zipfile.ZipFile, name: str) -> str | None:
    """The part of this name as the package spells it: Office compares names without regard to case."""
    return next((part for part in package.namelist() if part.lower() == name.lower()), None)


def main_part(package: zipfile.ZipFile) -> str | None:
    """The part that the package itself names as its document (Word on the web calls it word/document2.xml); None: it names none."""
    try:
        named = [target for kind, target in related(package, "").values() if kind == "officeDocument"]
    except etree.LxmlError:  # damaged: the part may yet stand where it usually does
        named = []
    return next((part for part in (*named, *map(partial(part_named, package), _USUAL)) if part), None)


def related(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str | None]]:
    """Id -> (last word of the kind, name of the part) of the relations of `part` ("": of the package); None: outside, or not there."""
    folder, _, name = part.rpartition("/")
    relations = part_named(package, f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels")
    if relations is None:
        return {}
    found = {}
    names = {name.lower(): name for name in package.namelist()}
    root = etree.fromstring(package.read(relations), etree.XMLParser(resolve_entities=False, no_network=True))
    for one in root.iterfind("{*}Relationship"):
        target = one.get("Target") or ""
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        inside = names.get(path.lower()) if one.get("TargetMode") != "External" else None
        found[one.get("Id") or ""] = ((one.get("Type") or "").rpartition("/")[2], inside)
    return found
