"""Where documents lie, and under which names: data/documents, a flat folder that no name leads out of."""

import hashlib
import os
import re
from pathlib import Path

from etl.formats import SUFFIXES
from etl.transcripts.file import documents_in, safe_name

LOG = "history.jsonl"  # lies among the documents
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # letters that show a name otherwise than it is


def document_name(data: Path, name: str, sha256: str) -> str:
    """The name under which a document of these bytes is kept in the folder `data`.

    The one that its transcript gives it, where these bytes were read before; else its own, harmless, with a number before the suffix where
    another document has it.
    """
    known = _of_bytes(data / "transcripts", sha256)
    stem, suffix = _parted(known or re.split(r"[/\\]", name)[-1])
    name = safe_name(_TURNING.sub("", stem)) + suffix
    names = [name, *(f"{stem}-{number}{suffix}" for number in range(2, 10_000))]
    return next(one for one in names if _is_free(data / "documents" / one, sha256))


def _parted(name: str) -> tuple[str, str]:
    """(name, suffix); what is no suffix of a document is part of its name."""
    stem, dot, suffix = name.rpartition(".")
    return (stem, dot + suffix) if f".{suffix.lower()}" in SUFFIXES else (name, "")


def _is_free(path: Path, sha256: str) -> bool:
    if path.name.lower() == LOG:
        return False
    if not os.path.lexists(path):
        return True
    if not path.is_file():
        return False
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest() == sha256


def _of_bytes(transcripts: Path, sha256: str) -> str | None:
    for _, sources in documents_in(transcripts):
        for source in sources:
            if source["sha256"].lower() == sha256:
                return source["document"]
    return None
