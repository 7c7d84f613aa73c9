"""A finished database is put in its place so that nothing is ever lost.

One build of a database at a time; readers see the old file or the new one, both whole; the file that is replaced stays beside it as
`<name>.previous.duckdb` (one only), for the pages where the new one is damaged later; what cannot be read is moved aside, not deleted;
what is no database of ours is never touched.
"""

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Literal

import duckdb

from etl.messages import Said, message

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

RETRIES, PAUSE = 25, 0.2  # on Windows a file that is being read cannot be replaced: five seconds for a reader to be done
LOOK_AGAIN = 0.2  # seconds between two looks at the lock of another build
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
Say = Callable[[Said], None]


class NotBuilt(Exception):
    """Why no database was put in place, and what to do: `said`. The previous one is as it was, and nothing is left behind."""

    def __init__(self, key: str, **words: object):
        self.said = message(key, **words)
        super().__init__(self.said.en)


def previous(db: Path) -> Path:
    """Where the database lies that `db` replaced (pages/parts/ask/warehouse.py knows it by the same name)."""
    return db.with_name(f"{db.stem}.previous{db.suffix}")


# --- one build at a time --------------------------------------------------------------------------------------------------------


@contextmanager
def only_build(db: Path, say: Say, wait: bool) -> Iterator[Path]:
    """Gives the name of the new file that becomes `db`; what killed builds of `db` left is gone before, what this one leaves after.

    Where another build of `db` runs it is waited for, and `say` told so; without `wait`, NotBuilt. The lock is the system's own: it ends
    with its process, however that ends.
    """
    lock = _hidden(db, "lock")
    held = _locked(lock)
    if held is None and not wait:
        raise NotBuilt("other_build", name=db.name)
    if held is None:
        say(message("other_build_waits", name=db.name))
    while held is None:
        time.sleep(LOOK_AGAIN)
        held = _locked(lock)
    try:
        _remove_temporary(db)
        yield _hidden(db, f"{os.getpid()}.tmp")
    finally:
        _remove_temporary(db)
        with suppress(OSError):  # Windows removes no open file; the next build takes this one
            lock.unlink()
        os.close(held)


def _hidden(db: Path, end: str) -> Path:
    return db.with_name(f".ita.{db.name}.{end}")


def _locked(path: Path) -> int | None:
    """The open, locked file; None where another build holds it. OSError: the folder takes no file."""
    while True:
        held = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if fcntl:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            else:
                msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            os.close(held)
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
                return None
            raise
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(held), os.stat(path)):
                return held
        os.close(held)  # the build that held it removed the file: the lock lies on a file that nobody else finds


def _remove_temporary(db: Path) -> None:
    """Only whoever holds the lock calls this, so no running build loses its file."""
    start = _hidden(db, "")
    for path in db.parent.iterdir():
        if path.name.startswith(start.name) and path.name.endswith((".tmp", ".tmp.wal")):
            path.unlink(missing_ok=True)


# --- what may be replaced -------------------------------------------------------------------------------------------------------


def what_lies_at(db: Path, to_its_end: bool = True) -> Literal["nothing", "ours", "unreadable", "foreign"]:
    """What a build finds where its file goes: nothing (also an empty file), a database of ours, whole where it is read `to_its_end`, a file
    in its place that cannot be read, or something that no build may replace: a folder, a device, a database of another program, a file
    that is no database by its name and content.
    """
    if not os.path.lexists(db):
        return "nothing"
    if not db.is_file():
        return "foreign"
    with open(db, "rb") as handle:
        head = handle.read(12)
    if not head:
        return "nothing"
    if db.suffix != ".duckdb" and head[8:] != b"DUCK":
        return "foreign"
    try:
        # A fresh instance: a second connect() to the same path would hand back a cached one.
        with duckdb.connect() as connection:
            connection.execute(f"attach {quoted(db)} as ita (read_only)")
            tables = connection.execute("select table_name from duckdb_tables() where database_name = 'ita'").fetchall()
            if ("build_input",) not in tables:
                return "foreign" if tables else "nothing"
            for (table,) in tables if to_its_end else ():  # every block has a checksum, so what is read to its end is whole
                connection.execute(f'select bit_xor(hash(t)) from ita.main."{table}" t').fetchall()
    except duckdb.Error:
        return "unreadable"  # damaged, of a newer DuckDB, or another program writes to it
    return "ours"


def quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"


# --- in place -------------------------------------------------------------------------------------------------------------------


def put_in_place(fresh: Path, db: Path, say: Say) -> None:
    """Replaces `db` by `fresh`. A whole database of ours stays as `previous(db)`; an unreadable file is moved aside, and `say` told so.

    NotBuilt: what lies at `db` is not ours to replace, or another program holds it.
    """
    found = what_lies_at(db)
    if found == "foreign":
        raise NotBuilt("not_a_database", name=db.name or db)
    if found == "ours":
        link = _hidden(db, f"{os.getpid()}.kept.tmp")
        kept = _also_known_as(db, link, previous(db))
        _put(fresh, db)
        _put(kept, previous(db))  # only now: where `db` could not be replaced the one before it stays as well
    elif found == "unreadable":
        aside = db.with_name(f"{db.stem}.unreadable-{datetime.now():%Y%m%d-%H%M%S}{db.suffix}")
        _also_known_as(db, aside, aside)
        _put(fresh, db)
        say(message("moved_aside", name=db.name, aside=aside.name))
    else:
        _put(fresh, db)
    if os.name == "posix":  # the names too are on the disk before anybody is told
        folder = os.open(db.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _also_known_as(db: Path, link: Path, moved: Path) -> Path:
    """Another name of `db`: `link`, so that at no moment there is no database; or, on a file system without links, `moved`, and until the
    new file comes pages take the previous one."""
    try:
        os.link(db, link)
        return link
    except OSError:
        _put(db, moved)
        return moved


def _put(path: Path, place: Path) -> None:
    """Moves a file to its place, over what lies there."""
    for left in reversed(range(RETRIES)):
        try:
            os.replace(path, place)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) is None:
                raise
            if not left:
                raise NotBuilt("held_open", name=place.name) from error
            time.sleep(PAUSE)


# --- why not --------------------------------------------------------------------------------------------------------------------


@contextmanager
def said_plainly(db: Path) -> Iterator[None]:
    """A full disk and a closed folder, in whatever words they come, as NotBuilt."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        try:
            scratch = tempfile.gettempdir()
        except FileNotFoundError:
            raise NotBuilt("no_scratch", name=db.name) from error
        if reason := _lack_of_room(error):
            free, temporary = (f"{_free(folder):,.0f}" for folder in (db.parent, scratch))
            raise NotBuilt("disk_full", name=db.name, reason=reason, free=free, temporary=temporary) from error
        if isinstance(error, OSError) and error.errno in CLOSED:
            raise NotBuilt("folder_closed", name=db.name, reason=error.strerror) from error
        raise


def is_no_fault_of_a_file(error: Exception) -> bool:
    """Whether a build ended for want of room or right: without any of its inputs it would not go better."""
    return isinstance(error, NotBuilt) or _lack_of_room(error) is not None or (isinstance(error, OSError) and error.errno in CLOSED)


def _lack_of_room(error: Exception) -> str | None:
    """The system's words for it; DuckDB passes them on in its own errors of several kinds."""
    if isinstance(error, OSError):
        return error.strerror if error.errno in NO_ROOM else None
    said = str(error)
    if "max_temp_directory_size" in said:  # what DuckDB may put aside is nine tenths of what is free
        return os.strerror(errno.ENOSPC)
    return next((os.strerror(code) for code in NO_ROOM if os.strerror(code) in said), None)


def _free(folder: Path | str) -> float:
    """Megabytes that are free there."""
    return shutil.disk_usage(folder).free / 1e6
