"""What a build reads, what lies among it that no build reads, and what it looked at, so that a change can be seen later.

The database keeps that in build_input and build_folder; pages/parts/ask/freshness.py compares both with what lies there now.
"""

import fnmatch
import hashlib
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from etl.formats import SUFFIXES
from etl.known.registry import EXTRA, FILES
from etl.messages import Said, message

PROGRAM = Path(__file__).resolve().parents[2]
FACTS = (*FILES, EXTRA, "benchmarks.csv")
# Of each folder: the files that a build reads, and how they are called where another one lies there.
FOLDERS = {
    "rules": ({".toml"}, "TOML (.toml)"),
    "transcripts": ({".csv"}, "CSV"),
    "scores": (set(SUFFIXES), " ".join(suffix[1:].upper() for suffix in SUFFIXES)),
}
DOCUMENTS = ("transcripts/", "scores/")
PROGRAM_SUFFIXES = {".py", ".sql", ".csv", ".npz", ".toml"}
VISIBLE, OWN = "[!.~]*", "[!._]*"  # names of files: no hidden ones and no locks of office programs; of the program: no caches either


@dataclass(frozen=True)
class Problem:
    """A file that could not be used, or a year that lacks its rules: which file, and what to do in each language."""

    file: str
    said: Said


@dataclass(frozen=True)
class Input:
    """A file below the data folder. `path` is where it is read: a copy where DuckDB could not open it by its name."""

    name: str
    path: Path
    bytes: int
    sha256: str

    @property
    def source_id(self) -> str:
        return self.sha256[:12]


@dataclass(frozen=True)
class Folder:
    """A folder that was looked into: its path as in build_input, and the names in it that `pattern` fits."""

    path: str
    pattern: str
    names: list[str]


@dataclass
class Inputs:
    """What one build reads: its files by their names, the folders that were looked into, and what is wrong with some of them.

    `closed` names the files that could not be opened; `spoilt` are those that stopped a build, and why. `scratch` is a folder for
    the copies that a build makes. `notes`: what is no problem but good to know.
    """

    data: Path
    scratch: Path
    files: dict[str, Input] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    spoilt: list[tuple[Input, Said]] = field(default_factory=list)
    program: list[Input] = field(default_factory=list)
    folders: list[Folder] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)

    def under(self, folder: str) -> list[Input]:
        return [file for name, file in self.files.items() if name.startswith(f"{folder}/")]

    def only(self, files: list[Input], spoilt: list[tuple[Input, Said]] | None = None) -> "Inputs":
        """The same with these files of documents only, and with those that stopped a build."""
        kept = {file.name: file for file in files}
        facts = {name: file for name, file in self.files.items() if not name.startswith(DOCUMENTS)}
        return replace(self, files=dict(sorted((facts | kept).items())), spoilt=spoilt or [])


def read_inputs(data: Path, scratch: Path) -> Inputs:
    """Finds and hashes all that a build of the folder `data` reads."""
    found = Inputs(data, scratch)
    paths = _facts(found)
    for name, (suffixes, expected) in FOLDERS.items():
        for path, listed in _walked(data / name, found):
            found.folders.append(Folder(_name(path, data), VISIBLE, _fitting(listed, VISIBLE)))
            for entry in sorted(listed, key=lambda entry: entry.name):
                if fnmatch.fnmatchcase(entry.name, VISIBLE):
                    inside = Path(entry.path)
                    if entry.is_file() and inside.suffix.lower() in suffixes and (name != "rules" or path == data / name):
                        paths.append(inside)
                    elif not entry.name.startswith("README") and (said := _unread(entry, expected)):
                        found.problems.append(Problem(_name(inside, data), said))
    named = {_name(path, data): path for path in paths}
    with ThreadPoolExecutor() as pool:  # hashing lets the other threads run
        read = list(pool.map(lambda name: _read(name, named[name]), sorted(named)))
    found.files = {file.name: _readable(file, scratch) for file in read if isinstance(file, Input)}
    unread = [file for file in read if isinstance(file, Problem)]
    found.closed = [problem.file for problem in unread]
    found.problems = sorted(found.problems + unread, key=lambda problem: problem.file)
    found.program = _program(found)
    return found


def _facts(found: Inputs) -> list[Path]:
    """The files of facts in the data folder itself; a link that leads to nothing is a problem."""
    listed = [entry for path, listed in _walked(found.data, found, deep=False) for entry in listed]
    found.folders.append(Folder("", "*.csv", _fitting(listed, "*.csv")))
    facts = [entry for entry in listed if any(fnmatch.fnmatchcase(entry.name, fact) for fact in FACTS)]
    broken = [
        entry for entry in listed if entry.is_symlink() and not os.path.exists(entry.path) and (entry in facts or entry.name in FOLDERS)
    ]
    found.problems += [Problem(_name(Path(entry.path), found.data), message("link_broken")) for entry in broken]
    return [Path(entry.path) for entry in facts if entry.is_file()]


def _program(found: Inputs) -> list[Input]:
    """The program's own files, and the shipped facts that stand in for those that the data folder lacks: they decide the rows as well."""
    paths = [PROGRAM / "data" / fact for fact in FILES if fact not in found.files]
    for path, listed in _walked(PROGRAM / "etl", found):
        if not path.name.startswith("__"):
            found.folders.append(Folder(_name(path, PROGRAM, "program/"), OWN, _fitting(listed, OWN)))
            paths += [Path(entry.path) for entry in listed if Path(entry.name).suffix in PROGRAM_SUFFIXES]
    read = [_read(_name(path, PROGRAM, "program/"), path) for path in sorted(paths)]
    return [file for file in read if isinstance(file, Input)]


def _walked(folder: Path, found: Inputs, deep: bool = True) -> Iterator[tuple[Path, list[os.DirEntry]]]:
    """Each folder from this one down with what lies in it, links to folders aside; one that may not be opened is a problem, one that is
    not there is empty. Without recursion: folders lie as deep as they like."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                listed = list(entries)
        except (FileNotFoundError, NotADirectoryError):
            listed = []
        except OSError as error:
            listed = []
            found.problems.append(Problem(_name(here, found.data), _closed(error)))
        yield here, listed
        waiting += [Path(entry.path) for entry in listed if deep and entry.is_dir(follow_symlinks=False) and entry.name[0] not in ".~"]


def _fitting(listed: list[os.DirEntry], pattern: str) -> list[str]:
    return sorted(_printable(entry.name) for entry in listed if fnmatch.fnmatchcase(entry.name, pattern))


def _unread(entry: os.DirEntry, expected: str) -> Said | None:
    """Why no build reads what lies there; None for a folder, whose files are looked at."""
    if entry.is_file():
        return message("file_not_used", expected=expected)
    if entry.is_symlink():
        return message("linked_folder" if entry.is_dir() else "link_broken" if not os.path.exists(entry.path) else "not_ordinary")
    return None if entry.is_dir() else message("not_ordinary")


def _read(name: str, path: Path) -> Input | Problem:
    try:
        with open(path, "rb") as handle:
            return Input(name, path, path.stat().st_size, hashlib.file_digest(handle, "sha256").hexdigest())
    except OSError as error:
        return Problem(name, _closed(error))


def _closed(error: OSError) -> Said:
    return message("no_permission") if isinstance(error, PermissionError) else message("not_opened", reason=error.strerror)


def _readable(file: Input, scratch: Path) -> Input:
    """The file under a name that DuckDB takes: one of bytes that are no UTF-8 is read from a copy."""
    if _printable(str(file.path)) == str(file.path):
        return file
    copy = scratch / f"{file.sha256}{file.path.suffix}"
    shutil.copyfile(file.path, copy)
    return Input(file.name, copy, file.bytes, file.sha256)


def _name(path: Path, below: Path, before: str = "") -> str:
    return before + _printable(path.relative_to(below).as_posix())


def _printable(name: str) -> str:
    """A name of bytes that are no UTF-8, as a text that can be stored and printed."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
