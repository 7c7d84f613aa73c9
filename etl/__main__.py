"""python -m etl: reads reports into transcripts, and transcripts, score sheets and rules into the database.

Each verb imports what it needs when it runs, so that each works alone and starts at once.
"""

import argparse
import glob
import json
import math
import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from etl.messages import Said, message
from etl.reading import Reading, as_json

if TYPE_CHECKING:  # each verb imports what it needs when it runs
    from etl.known import Known

DATA = Path("data")
DATABASE = DATA / "ita.duckdb"
TRANSCRIPTS = DATA / "transcripts"
MOST_AGENCIES = 100_000  # a made-up nation of more than ten times the 7,850 that there are is a slip of the hand
Made = TypeVar("Made")
DONE, FAILED = 0, 1  # 2, wrong usage, is argparse's own


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 done, 1 something could not be used (said on stderr). SystemExit 2: wrong usage."""
    # A stream that the shell closed (2>&-) is None.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115 - as long as the program
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    chosen = _parser().parse_args(sys.argv[1:] if arguments is None else arguments)
    try:
        return chosen.run(chosen)
    except KeyboardInterrupt:
        say(None, message("stopped"))
        return FAILED
    except BrokenPipeError:  # the program that listened (head, a pager) has read enough
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - nothing may be flushed into the closed pipe at exit
        return DONE
    except Exception as error:  # never a traceback: whatever is left is a fault of ours, and is named so
        say(None, message("verb_failed", reason=_named(error)))
        return FAILED


def say(what: object, said: Said) -> None:
    """One line on stderr, in each language."""
    line = " ".join(" | ".join(said).split())
    print(_shown(f"{what}: {line}" if what is not None else line), file=sys.stderr, flush=True)


def _shown(what: object) -> str:
    """A text as one line that a terminal prints as it is: names of files and text of reports may hold commands to the terminal."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", lambda found: ascii(found[0])[1:-1], str(what))


def _named(error: Exception) -> str:
    """What failed, with names of files but not the folders of this machine that they lie in."""
    return f"{type(error).__name__}: " + re.sub(r"[^\s'\"]*[/\\]", "", str(error))[:300]


def bar(done: int, of: int, what: str = "") -> None:
    """Progress on a terminal, on one line that the next call and the last one wipe; nothing where stderr is piped."""
    if not sys.stderr.isatty():
        return
    filled = "█" * round(20 * done / max(of, 1))
    print(f"\r\x1b[K{filled:░<20} {done}/{of} {what}" if done < of else "\r\x1b[K", end="", file=sys.stderr, flush=True)


# --- verbs -------------------------------------------------------------------------------------------------------------


def build(chosen: argparse.Namespace) -> int:
    from etl.build.build import NotBuilt, errors
    from etl.build.build import build as build_database

    told = _tell_pages if chosen.json else lambda kind, what, said: say(what, said)
    progress = (lambda done, of: _line(kind="progress", done=done, of=of)) if chosen.json else bar
    if not chosen.data.is_dir():
        told("failed", chosen.data, message("no_folder"))
        return FAILED
    try:
        # The pages have data to show while another build runs.
        wait = not chosen.json or not chosen.db.exists()
        problems = build_database(chosen.data, chosen.db, progress, lambda said: told("note", chosen.db, said), wait)
    except NotBuilt as reason:
        told("failed", chosen.db, reason.said)
        return FAILED
    except OSError as error:
        told("failed", chosen.db, message("not_written", name=chosen.db, reason=error.strerror or error))
        return FAILED
    for problem in problems:
        told("problem", problem.file, problem.said)
    if chosen.json:
        _line(kind="built")
        return FAILED if problems else DONE
    tell(chosen.db, "built")
    if wrong := errors(chosen.db):
        tell(chosen.db, "built_with_errors", errors=wrong)
    return FAILED if problems else DONE


def _tell_pages(kind: str, what: object, said: Said) -> None:
    _line(kind=kind, about=_shown(what), said=said._asdict())


def _line(**event: object) -> None:
    """One event of a build as a line of JSON on stdout: progress (done, of), note, problem, failed (about, said by language), built."""
    print(json.dumps(event, ensure_ascii=False), flush=True)


def sample(chosen: argparse.Namespace) -> int:
    from etl.sample.nation import write_sample

    try:
        write_sample(chosen.agencies, chosen.years, chosen.into, chosen.seed, bar)
    except OSError as error:
        say(None, message("not_written", name=chosen.into, reason=error.strerror or error))
        return FAILED
    tell(chosen.into, "sample_written", agencies=chosen.agencies, years=f"{chosen.years[0]}-{chosen.years[-1]}")
    return DONE


def read(chosen: argparse.Namespace) -> int:
    if chosen.json:
        return _print_json(chosen.files, _folder_of(chosen.into))
    return _each(
        chosen.files, lambda name, reading: _transcribe(name, reading, chosen.into, chosen.force, chosen.short), _folder_of(chosen.into)
    )


def check(chosen: argparse.Namespace) -> int:
    return _each(chosen.files, _report, DATA)


def learn(chosen: argparse.Namespace) -> int:
    from etl.formats import Unreadable
    from etl.known import load_known
    from etl.learn import learn as learn_from
    from etl.measures import learned

    if not chosen.data.is_dir():
        say(chosen.data, message("no_folder"))
        return FAILED
    learned.use_own(chosen.data)
    try:
        lesson = learn_from(chosen.data, load_known(chosen.data) if (chosen.data / "rules").is_dir() else load_known(), bar)
    except Unreadable as reason:
        say(chosen.data, reason.said)
        return FAILED
    except OSError as error:
        say(chosen.data, message("not_written", name=chosen.data, reason=error.strerror or error))
        return FAILED
    for name in lesson.without:
        say(name, message("learn_without"))
    print("\n".join(map(_shown, lesson.changes)), end="\n" * bool(lesson.changes))
    tell(chosen.data, "learned", examples=lesson.count, changes=len(lesson.changes))
    return DONE


def open_(chosen: argparse.Namespace) -> int:
    from etl.desk.open import open_into
    from etl.formats import watch
    from etl.measures import learned

    def progress(done: int, of: int) -> None:
        _line(kind="progress", done=done, of=of)

    def failed(said: Said) -> None:
        _tell_pages("failed", chosen.name or chosen.file.name, said)

    learned.use_own(chosen.data)
    with watch.memory(chosen.memory):
        said = _within_time(
            lambda: open_into(
                chosen.file, chosen.into, chosen.data, _known(chosen.data), chosen.name or chosen.file.name, chosen.pages, chosen.megabytes,
                progress,
            ),
            failed, chosen.seconds,
        )  # fmt: skip
    if said is None:
        return FAILED
    _line(kind="opened", **said["counts"])
    return DONE


def keep(chosen: argparse.Namespace) -> int:
    from etl.desk.keep import NotKept, back
    from etl.desk.keep import keep as keep_draft
    from etl.formats import Unreadable

    about = chosen.back if chosen.draft is None else chosen.draft.name
    try:
        entry = back(chosen.data, chosen.back, chosen.who) if chosen.draft is None else keep_draft(chosen.draft, chosen.data, chosen.who)
    except (NotKept, Unreadable) as reason:
        _tell_pages("failed", about, reason.said)
        return FAILED
    except OSError as error:
        name = Path(error.filename).name if error.filename else chosen.data.name
        _tell_pages("failed", about, message("not_written", name=name, reason=error.strerror or error))
        return FAILED
    _line(kind="kept", **{name: entry[name] for name in ("n", "document", "transcript")})
    return DONE


def _known(data: Path) -> "Known":
    """What the data folder knows; what ships where it has no rules."""
    from etl.known import load_known

    return load_known(data) if (data / "rules").is_dir() else load_known()


def _transcribe(name: str, reading: Reading, into: Path, force: bool, short: bool) -> bool:
    from etl.formats import Unreadable
    from etl.transcripts.transcribe import transcribe

    try:
        outcome = transcribe(reading, into, force, short)
    except Unreadable as reason:
        say(name, reason.said)
        return False
    except OSError as error:
        say(name, message("not_written", name=into, reason=error.strerror or error))
        return False
    if outcome.changes and not force:
        print("\n".join(map(_shown, outcome.changes)))
    if outcome.kept:
        tell(name, "kept_rows", rows=", ".join(outcome.kept))
    if outcome.changes and not force:
        say(name, message("would_change", name=outcome.path))
        return False
    key = "transcript_written" if outcome.written else "transcript_same"
    tell(name, key, name=outcome.path, counts=message("counts", **_counts(reading)))
    _print_findings(reading)
    return True


def _report(name: str, reading: Reading) -> bool:
    source = reading.source
    tell(name, "counts", **_counts(reading))
    print("  " + _shown(" · ".join(str(value) for value in (source.title, source.agency, source.fiscal_year) if value)))
    if reading.account is not None:
        from etl.account import in_words

        print("  " + _shown(" | ".join(in_words(reading.account))))
    _print_findings(reading)
    return True


def _print_findings(reading: Reading) -> None:
    for finding in reading.findings:
        print("  " + _shown(f"{finding.severity} {finding.rule} {finding.place}: {finding.message}"))


def tell(what: object, key: str, **words: object) -> None:
    print(_shown(f"{what}: {_words(key, **words)}"))


def _counts(reading: Reading) -> dict[str, object]:
    return {
        "measures": len(reading.measures),
        "scores": len(reading.scores),
        "findings": len(reading.findings),
        "kind": reading.source.kind,
    }


def _print_json(files: list[str], data: Path) -> int:
    """Objects as they are read, so that many documents need no more memory than one; the array is whole also where some fail."""
    separator = "["

    def put(_: str, reading: Reading) -> bool:
        nonlocal separator
        sys.stdout.write(separator + "\n" + json.dumps(as_json(reading), ensure_ascii=False, indent=1))
        separator = ","
        return True

    code = _each(files, put, data)
    sys.stdout.write("[]\n" if separator == "[" else "\n]\n")
    sys.stdout.flush()
    return code


def _folder_of(transcripts: Path) -> Path:
    """The data folder whose rules and registry a reading goes by: the one that its transcripts lie in, else the default."""
    return transcripts.parent if (transcripts.parent / "rules").is_dir() else DATA


def _each(files: list[str], use: Callable[[str, Reading], bool], data: Path) -> int:
    """`use` on the reading of each file in turn, by what the folder `data` knows, or the shipped one where it is none.

    FAILED where one could not be read or used, with the reason on stderr.
    """
    from etl.formats.watch import listening
    from etl.measures import learned
    from etl.read import read_document

    known = _known(data)
    if not learned.use_own(data):
        say(learned.own(data), message("learn_again"))
    names = list(_expanded(files))
    code = DONE
    for number, name in enumerate(names):
        bar(number, len(names), Path(name).name)
        with listening(lambda page, of, what=Path(name).name: bar(page, of, what)):
            reading = _within_time(lambda path=Path(name): read_document(path, known), lambda said, name=name: say(name, said))
        bar(1, 1)
        if reading is None or not use(name, reading):
            code = FAILED
    sys.stdout.flush()
    return code


def _expanded(files: list[str]) -> Iterable[str]:
    """The names, and for patterns that a shell left as they are (PowerShell, cmd) what they match."""
    from etl.desk.shelf import LOG

    for name in files:
        matches = sorted(glob.glob(name)) if any(sign in name for sign in "*?[") and not os.path.lexists(name) else []
        yield from (one for one in matches or [name] if Path(one).name != LOG)  # it lies among the documents, and is none


def _within_time(make: Callable[[], Made], failed: Callable[[Said], None], most: float = math.inf) -> Made | None:
    """What `make` makes of a document, or None with the reason said. The one place where faults of a document end."""
    from etl.formats import Unreadable, watch

    begun = time.monotonic()
    try:
        with watch.clock(watch.SECONDS if most == math.inf else most, most):
            return make()
    except Unreadable as reason:
        failed(reason.said)
    except watch.TooLong:
        failed(message("took_too_long", seconds=max(watch.SECONDS, int(time.monotonic() - begun)) if most < math.inf else watch.SECONDS))
    except (MemoryError, RecursionError):
        failed(message("too_much_memory"))
    except Exception as error:  # a damaged document that nobody foresaw must not stop the others
        failed(message("unexpected", reason=_named(error)))
    return None


# --- the command line --------------------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description=_words("help_etl"), epilog=_words("help_exit"))
    parser.set_defaults(run=build, data=DATA, db=DATABASE, json=False)
    verbs = parser.add_subparsers(title=_words("help_verbs"), metavar="VERB")

    verb = verbs.add_parser("build", help=_words("help_build"))
    verb.add_argument("--data", type=Path, default=DATA, metavar="DIR", help=_words("help_data", default=DATA))
    verb.add_argument("--db", type=Path, default=DATABASE, metavar="FILE", help=_words("help_db", default=DATABASE))
    verb.add_argument("--json", action="store_true", help=_words("help_lines"))
    verb.set_defaults(run=build)

    verb = verbs.add_parser("read", help=_words("help_read"), description=_words("help_read_more"), epilog=_words("help_reread"))
    verb.add_argument("files", nargs="+", metavar="FILE", help=_words("help_files"))
    verb.add_argument("--into", type=Path, default=TRANSCRIPTS, metavar="DIR", help=_words("help_into", default=TRANSCRIPTS))
    verb.add_argument("--force", action="store_true", help=_words("help_force"))
    verb.add_argument("--short", action="store_true", help=_words("help_short"))
    verb.add_argument("--json", action="store_true", help=_words("help_json"))
    verb.set_defaults(run=read)

    verb = verbs.add_parser("check", help=_words("help_check"))
    verb.add_argument("files", nargs="+", metavar="FILE", help=_words("help_files"))
    verb.set_defaults(run=check)

    verb = verbs.add_parser("open", help=_words("help_open"), description=_words("help_open_more"))
    verb.add_argument("file", type=Path, metavar="FILE", help=_words("help_files"))
    verb.add_argument("--into", type=Path, required=True, metavar="DRAFT", help=_words("help_draft"))
    verb.add_argument("--data", type=Path, default=DATA, metavar="DIR", help=_words("help_data", default=DATA))
    verb.add_argument("--name", metavar="NAME", help=_words("help_name"))
    verb.add_argument("--seconds", type=_count, default=120, metavar="N", help=_words("help_seconds", default=120))
    verb.add_argument("--megabytes", type=_count, default=200, metavar="N", help=_words("help_megabytes", default=200))
    verb.add_argument("--pages", type=_count, default=500, metavar="N", help=_words("help_pages", default=500))
    verb.add_argument("--memory", type=_count, default=2000, metavar="N", help=_words("help_memory", default=2000))
    verb.set_defaults(run=open_)

    verb = verbs.add_parser("keep", help=_words("help_keep"), description=_words("help_keep_more"))
    either = verb.add_mutually_exclusive_group(required=True)
    either.add_argument("draft", type=Path, nargs="?", metavar="DRAFT", help=_words("help_draft"))
    either.add_argument("--back", type=_count, metavar="N", help=_words("help_back"))
    verb.add_argument("--data", type=Path, default=DATA, metavar="DIR", help=_words("help_data", default=DATA))
    verb.add_argument("--who", default="", metavar="NAME", help=_words("help_who"))
    verb.set_defaults(run=keep)

    verb = verbs.add_parser("learn", help=_words("help_learn"))
    verb.add_argument("--data", type=Path, default=DATA, metavar="DIR", help=_words("help_data", default=DATA))
    verb.set_defaults(run=learn)

    verb = verbs.add_parser("sample", help=_words("help_sample"))
    verb.add_argument("--agencies", type=_agencies, required=True, metavar="N")
    verb.add_argument("--years", type=_years, required=True, metavar="A-B", help=_words("help_years"))
    verb.add_argument("--into", type=Path, required=True, metavar="DIR")
    verb.add_argument("--seed", type=_seed, default=1, metavar="S")
    verb.set_defaults(run=sample)
    return parser


def _words(key: str, **words: object) -> str:
    return " | ".join(message(key, **words))


def _agencies(text: str) -> int:
    if not text.isdecimal() or (len(text) < 20 and int(text) < 1):
        raise argparse.ArgumentTypeError(_words("wrong_count", value=text))
    if len(text) >= 20 or int(text) > MOST_AGENCIES:
        raise argparse.ArgumentTypeError(_words("too_many_agencies", value=text[:40], most=f"{MOST_AGENCIES:,}"))
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:9]) == int(text):
        raise argparse.ArgumentTypeError(_words("wrong_count", value=text[:40]))
    return int(text)


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) >= 1 << 31:
        raise argparse.ArgumentTypeError(_words("wrong_seed", value=text))
    return int(text)


def _years(text: str) -> range:
    first, _, last = text.partition("-")
    last = last or first
    if not (first.isdecimal() and last.isdecimal() and 2400 < int(first) <= int(last) < 2700):
        raise argparse.ArgumentTypeError(_words("wrong_years", value=text))
    return range(int(first), int(last) + 1)


if __name__ == "__main__":
    sys.exit(main())
