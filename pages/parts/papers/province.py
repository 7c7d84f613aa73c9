"""The papers of every agency of a province as one ZIP, a folder each. The page makes it in a process of its own, so that the server answers
its viewers meanwhile; on a terminal it has a progress bar:

    python -m pages.parts.papers.province --province NAME --year 2568 [--lang th] [--digits arabic] [--into FILE.zip] [--json]
"""

import argparse
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pandas import DataFrame

from pages.parts.ask.warehouse import NoData, ask, of_this_version, one_version
from pages.parts.papers.made import files_of
from pages.parts.papers.word import BadTemplate
from pages.parts.say.text import LANGUAGES, Words


def province(agencies: DataFrame, year: int, words: Words) -> Iterator[list[tuple[str, bytes]]]:
    """The files of each agency of a frame with agency_id, in its order, made side by side. BadTemplate: a template has a mistake."""

    def one(agency: str) -> list[tuple[str, bytes]]:
        return files_of(agency, year, words)

    with ThreadPoolExecutor(os.cpu_count()) as workers:
        yield from workers.map(of_this_version(one), agencies["agency_id"])


def write(agencies: DataFrame, year: int, words: Words, into: Path) -> Iterator[int]:
    """Writes the ZIP, giving how many agencies are done; it has its name only when it is whole. Raises as `province`, and OSError."""
    part = into.with_name(f"{into.name}.part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:  # what is in it is compressed already
            for done, files in enumerate(province(agencies, year, words), 1):
                for name, content in files:
                    archive.writestr(name, content)
                yield done
        os.replace(part, into)
    finally:
        part.unlink(missing_ok=True)


def main(arguments: list[str] | None = None) -> int:
    """Writes the ZIP. With --json each step and what went wrong is a line of JSON. Exit code 0, or 1 where the database, the province, a
    usable template or the place for the file is missing, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m pages.parts.papers.province")
    parser.add_argument("--province", required=True)
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--lang", choices=LANGUAGES, default="th")
    parser.add_argument("--digits", choices=("arabic", "thai"), default="arabic")
    parser.add_argument("--into", type=Path, default=Path("papers.zip"))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)

    def complain(say) -> int:
        if given.json:
            print(json.dumps({"kind": "failed", "said": {lang: say(Words(lang)) for lang in LANGUAGES}}, ensure_ascii=False), flush=True)
        else:
            print(" | ".join(say(Words(lang)) for lang in LANGUAGES), file=sys.stderr)
        return 1

    try:
        with one_version():
            members = ask("province_members", province=given.province, year=given.year)
            if members.empty:
                return complain(lambda words: words("handout.nobody", province=given.province, year=str(given.year)))
            for done in write(members, given.year, Words(given.lang, given.digits), given.into):
                if given.json:
                    print(json.dumps({"kind": "progress", "done": done, "of": len(members)}), flush=True)
                elif sys.stderr.isatty():
                    print(f"\r[{'#' * (30 * done // len(members)):30}] {done}/{len(members)}", end="", file=sys.stderr, flush=True)
    except NoData as problem:
        return complain(lambda words, key=problem.args[0]: words(key))
    except BadTemplate as problem:
        return complain(lambda words, bad=problem: " · ".join(bad.said(words)))
    except OSError as problem:
        return complain(lambda words, why=problem.strerror: words("handout.not_written", folder=given.into.name, reason=why))
    if not given.json:
        print("\n" * sys.stderr.isatty() + " | ".join(Words(lang)("papers.done", n=len(members), file=given.into) for lang in LANGUAGES))
    return 0


if __name__ == "__main__":
    if "--json" in sys.argv and hasattr(os, "nice"):
        os.nice(10)  # the viewers of the server that started it come first
    sys.exit(main())
