"""Word and Excel files are zip packages: what they hold is weighed before anything is unpacked."""

import io
import re
import zipfile
import zlib

from etl.formats.document import Unreadable
from etl.messages import message

MOST_MEGABYTES_OF_XML = 150  # all parts that are read; pictures are not unpacked
MOST_PARTS = 20_000


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
