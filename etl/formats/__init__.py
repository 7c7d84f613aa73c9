"""One module a file format. Each turns a file into a `Document`: paragraphs and tables of cells, in document order.

Nothing here knows what a report means; that is the layouts' work. A place is the source's own
("line 23", "page 3 line 12", "table 2 row 3", "Sheet1!C17"), never the parser's.
"""

import hashlib
from pathlib import Path

from etl.formats.document import Cell, Document, Paragraph, Table, Unreadable
from etl.formats.encoding import decode
from etl.formats.text import text_blocks
from etl.messages import message

__all__ = ["Cell", "Document", "Paragraph", "Table", "Unreadable", "open_document"]

MOST_MEGABYTES = 200


def open_document(path: Path) -> Document:
    """The file at `path`, by its content and then its suffix. Unreadable: see `Unreadable`."""
    path = Path(path)
    data = _bytes_of(path)
    blocks = text_blocks(decode(data), markdown=path.suffix.lower() in (".md", ".markdown"))
    return Document(path.name, hashlib.sha256(data).hexdigest(), tuple(blocks))


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Unreadable(*message("folder", name=path.name))
        megabytes = path.stat().st_size / 1e6
        if megabytes > MOST_MEGABYTES:
            raise Unreadable(*message("too_large", size=f"{megabytes:.0f}", limit=MOST_MEGABYTES))
        data = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(*message("missing")) from None
    except PermissionError:
        raise Unreadable(*message("no_permission")) from None
    except (OSError, ValueError) as error:
        raise Unreadable(*message("not_opened", reason=getattr(error, "strerror", None) or error)) from None
    if not data.strip():
        raise Unreadable(*message("empty"))
    return data
