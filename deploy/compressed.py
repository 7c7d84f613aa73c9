"""Folders of files for browsers, each file compressed once and sent in the smallest form that the browser takes."""

import contextlib
import gzip
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

# Of brotli's levels 9 takes 3 s for all of Streamlit's files, 11 takes 36 s and saves 8 % more.
FORMS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "br": (".br", lambda content: brotli.compress(content, quality=9)),
    "gzip": (".gz", lambda content: gzip.compress(content, 9, mtime=0)),
}
WORTH = 0.95  # a form that saves less than a twentieth is not kept: pictures and fonts are compressed already


def _write_forms(file: Path, into: Path) -> None:
    content = file.read_bytes()
    for suffix, compress in FORMS.values():
        if len(smaller := compress(content)) < WORTH * len(content):
            into.with_name(into.name + suffix).write_bytes(smaller)


def compress_once(folder: Path, cache: Path) -> Path:
    """The folder below `cache` that holds <name>.br and <name>.gz for the files of `folder`, made where it is not there yet.

    Its name is a hash of the names and contents, so another version of a file gets another folder. OSError: `cache` cannot be written.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = hashlib.sha256()
    for file in files:
        contents.update(f"{file.relative_to(folder)}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    forms = cache / contents.hexdigest()[:16]
    if not forms.exists():
        cache.mkdir(parents=True, exist_ok=True)
        begun = Path(tempfile.mkdtemp(prefix=".begun-", dir=cache))
        try:
            for place in {begun / file.relative_to(folder).parent for file in files}:
                place.mkdir(parents=True, exist_ok=True)
            with ThreadPoolExecutor() as pool:  # both compressors let other threads run
                list(pool.map(lambda file: _write_forms(file, begun / file.relative_to(folder)), files))
            begun.chmod(0o755)
            with contextlib.suppress(OSError):  # another copy of the server was quicker: its folder holds the same
                begun.rename(forms)
        finally:
            shutil.rmtree(begun, ignore_errors=True)
    return forms


def accepted(header: str) -> set[str]:
    """The encodings that an Accept-Encoding header allows by name: "gzip, br;q=0" is {"gzip"}."""
    items = (item.partition(";") for item in header.lower().split(","))
    return {name.strip() for name, _, weight in items if not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)}


class Compressed(StaticFiles):
    """The files of `folder`, each in the best of the `forms` beside it that the request allows, under one rule of caching.

    Each form is a representation with an ETag of its own; ranges and conditions are of the form that is sent.
    """

    def __init__(self, folder: Path, forms: Path, caching: str):
        super().__init__(directory=folder)
        self.folder, self.forms, self.caching = Path(os.path.realpath(folder)), forms, caching

    def file_response(self, full_path, stat_result, scope, status_code: int = 200) -> Response:
        allowed = accepted(Headers(scope=scope).get("accept-encoding", ""))
        name = str(Path(full_path).relative_to(self.folder))
        for encoding, (suffix, _) in FORMS.items():
            form = self.forms / (name + suffix)
            if encoding in allowed and form.exists():
                response = super().file_response(form, form.stat(), scope, status_code)
                if not isinstance(response, NotModifiedResponse):
                    response.headers["Content-Encoding"] = encoding
                break
        else:
            response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = self.caching
        response.headers["Vary"] = "Accept-Encoding"
        return response
