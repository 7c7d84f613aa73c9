"""Transcripts, score sheets and rules -> a new DuckDB file, put in place whole.

The work on rows is SQL: etl/build/schema.sql says what is made, etl/build/sql/ how, in this order: transcripts, scores, measures, assessment.
Python finds the files, resolves each printed name once, pairs reworded measures (etl/pairing.py) and words the findings.
"""

import csv
import hashlib
import io
import math
import os
import re
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase

import duckdb
import pyarrow as pa

from etl import pairing
from etl.build import publish
from etl.findings import finding
from etl.formats import SUFFIXES, Document, Table, Unreadable, open_document, watch
from etl.formats.encoding import decode
from etl.scores.headings import INSTRUMENTS, Terms
from etl.scores.subject import OTHER_SUBJECT
from etl.messages import LANGUAGES, Said, message
from etl.build.publish import NotBuilt, quoted
from etl.reading import Finding, Reading
from etl.known import load_known
from etl.known.agency_types import type_of
from etl.known.registry import bare_place, full_name, name_key, typed_name
from etl.known.rules import common_base
from etl.transcripts.columns import COLUMNS
from etl.transcripts.file import read_transcript, write_transcript

HERE = Path(__file__).parent
# The database also depends on how it is made.
ETL = HERE.parent
OWN_FILES = sorted(path for path in ETL.rglob("*") if path.suffix in {".py", ".sql", ".csv", ".npz", ".toml"})
FOLDERS = ("rules", "transcripts", "scores")
FACTS = ("agencies.csv", "provinces.csv", "districts.csv", "benchmarks.csv")
SHEET_SUFFIXES = set(SUFFIXES)
# A sheet is bulk-loaded when every heading is one of these; anything else is for the layouts of etl/read.py.
SHEET_LABELS = {"agency", "agency_type", "district", "province", "fiscal_year", "source_url", "synthetic"}
SHEET_IGNORED = {"rank", "note", "region"}  # by name: they say nothing that is loaded
SHEET_VALUES = {"IIT", "EIT", "OIT", "TOTAL", "LEVEL"}
STEPS = (
    "load_rules", "load_transcripts", "load_sheets", "resolve_names", "load_scores", "load_measures",
    "assess", "pair", "count_completion", "word_findings", "store",
)  # fmt: skip
_PLAIN = (
    "is_plain(record, section, position, status, status_basis, place, pair_position, "
    "period_start, period_end, budget_planned, budget_spent)"
)
AVERAGE = re.compile(r"^(?:ภาพรวม|ค่าเฉลี่ย|เฉลี่ย)(?:จังหวัด)?\s*")


@dataclass(frozen=True)
class Problem:
    """A file that could not be used, or a year that lacks its rules: which file, and what to do in each language."""

    file: str
    said: Said


@dataclass(frozen=True)
class Input:
    """A file below the data folder. `path` is where DuckDB reads it: a tidied copy where the file itself cannot be read plainly."""

    name: str
    path: Path
    bytes: int
    sha256: str

    @property
    def source_id(self) -> str:
        return self.sha256[:12]


def build(
    data: Path, db: Path, progress: Callable[[int, int], None] | None = None, say: publish.Say | None = None, wait: bool = True
) -> list[Problem]:
    """Builds `db` from the folder `data`: a new file beside it, put in place when it is whole. Returns what could not be used.

    A build that fails or is killed leaves the previous file as it was; one that is done leaves it as `publish.previous(db)`.
    `progress(done, steps)` is called after each step; `say(said)` with what is no problem but good to know. Where another build of `db`
    runs it is waited for, or not (`wait`). NotBuilt: no room, no right to write, a file there that is not ours, another build, a program
    that holds the file.
    """
    begun, say = time.time(), say or (lambda said: None)
    with publish.said_plainly(db), tempfile.TemporaryDirectory() as scratch:
        db.parent.mkdir(parents=True, exist_ok=True)
        if publish.what_lies_at(db) == "foreign":
            raise NotBuilt("not_a_database", name=db.name or db)
        with publish.only_build(db, say, wait) as fresh:
            problems = _Build(data, fresh, Path(scratch), progress or (lambda done, steps: None)).run()
            os.utime(fresh, (begun, begun))  # an input that changes while a build runs is newer than what the build made
            publish.put_in_place(fresh, db, say)
    return problems


def errors(db: Path) -> int:
    """How many findings of a built database are errors."""
    with duckdb.connect() as connection:  # a fresh instance, as in is_stale
        connection.execute(f"attach {quoted(db)} as ita (read_only)")
        return connection.execute("select count(*) from ita.finding where severity = 'error'").fetchone()[0]


# --- freshness ------------------------------------------------------------------------------------------------------------------


def input_files(data: Path) -> dict[str, Path]:
    """Every file that a build reads, by its name below the data folder; the builder's own files by etl/ and their name."""
    paths = [data / name for name in FACTS if (data / name).is_file()]
    paths += (data / "rules").glob("*.toml")
    paths += [path for path in (data / "transcripts").rglob("*") if path.suffix.lower() == ".csv"]
    paths += [path for path in (data / "scores").rglob("*") if path.suffix.lower() in SHEET_SUFFIXES]
    named = {path.relative_to(data).as_posix(): path for path in paths if path.is_file() and not path.name.startswith((".", "~"))}
    named |= {f"etl/{path.relative_to(ETL).as_posix()}": path for path in OWN_FILES}
    return dict(sorted(named.items()))


def other_files(data: Path) -> list[Problem]:
    """What lies among the inputs and no build reads: files of other kinds, links that lead to nothing or to folders, pipes and devices."""
    expected = {"rules": "TOML (.toml)", "transcripts": "CSV", "scores": "CSV XLSX XLS HTML TXT MD DOCX PDF"}
    known = set(input_files(data))
    found = [(path, "") for path in (data / name for name in (*FACTS, *FOLDERS)) if path.is_symlink() and not path.exists()]
    found += [(path, words) for folder, words in expected.items() for path in (data / folder).rglob("*")]
    named = {path.relative_to(data).as_posix(): (path, words) for path, words in found if not path.name.startswith((".", "~", "README"))}
    return [
        Problem(name, reason) for name, (path, words) in sorted(named.items()) if name not in known and (reason := _unread(path, words))
    ]


def _unread(path: Path, expected: str) -> Said | None:
    """Why no build reads what lies there; None for a folder, whose files are looked at."""
    if path.is_file():
        return message("file_not_used", expected=expected)
    if path.is_symlink():
        return message("linked_folder" if path.is_dir() else "link_broken" if not path.exists() else "not_ordinary")
    return None if path.is_dir() else message("not_ordinary")


def is_stale(data: Path, db: Path) -> bool:
    """True where `db` is missing, is not ours, or an input was added, changed or removed since it was built.

    A file of the same size that is not newer than the database counts as unchanged; any other is compared by its content.
    """
    if not db.is_file():
        return True
    built = db.stat().st_mtime
    try:
        # A fresh instance: a second connect() to the same path would hand back a cached one.
        with duckdb.connect() as connection:
            connection.execute(f"attach {quoted(db)} as ita (read_only)")
            known = {path: (size, sha256) for path, size, sha256 in connection.execute("from ita.build_input").fetchall()}
    except duckdb.Error:
        return True
    files = input_files(data)
    if files.keys() != known.keys():
        return True
    for name, path in files.items():
        stat, (size, sha256) = path.stat(), known[name]
        if stat.st_size != size or (stat.st_mtime >= built and hashlib.sha256(path.read_bytes()).hexdigest() != sha256):
            return True
    return False


# --- the build ------------------------------------------------------------------------------------------------------------------


class _Build:
    """One run: a connection, the inputs, and what went wrong."""

    def __init__(self, data: Path, fresh: Path, scratch: Path, progress: Callable[[int, int], None]):
        self.data, self.scratch, self.progress = data, scratch, progress
        self.problems: list[Problem] = []
        self.known = load_known(data)
        self.terms = Terms.of(self.known)
        self.inputs: dict[str, Input] = {}
        # A made-up nation peaks below 1.5 GB in all with this limit; without one it takes what the machine has.
        settings = {"memory_limit": "1100MB", "temp_directory": str(scratch)}
        self.con = duckdb.connect(str(fresh), config=settings)

    def run(self) -> list[Problem]:
        with self.con:
            for name in ("schema.sql", "sql/macros.sql", "sql/work.sql"):
                self._sql(name)
            for done, step in enumerate(STEPS, 1):
                getattr(self, f"_{step}")()
                self.progress(done, len(STEPS))
        return self.problems

    def _sql(self, name: str) -> None:
        self.con.execute((HERE / name).read_text(encoding="utf-8"))

    def _insert(self, table: str, columns: dict[str, list]) -> None:
        """Appends rows, given as columns in the order of the table."""
        self.con.register("new_rows", pa.table({name: pa.array(values) for name, values in columns.items()}))
        self.con.execute(f"insert into {table} ({', '.join(columns)}) from new_rows")
        self.con.unregister("new_rows")

    def _rows(self, table: str, rows: list[dict]) -> None:
        if rows:
            self._insert(table, {name: [row.get(name) for row in rows] for name in rows[0]})

    def _draft(self, source_id: str, found: list[Finding]) -> None:
        """Findings that already have their sentences."""
        for item in found:
            self.con.execute(
                "insert into worded_finding values (?, ?, ?, ?, ?, ?, ?)",
                [source_id, item.place or "–", item.severity, item.rule, item.message, item.raw, item.read_as],
            )

    def _file_source(self, name: str, kind: str) -> str:
        """A source row for a file of facts, made when the first finding needs it."""
        source = self.inputs[name]
        known = self.con.execute("select 1 from source where source_id = ?", [source.source_id]).fetchall()
        if not known:
            self.con.execute(
                "insert into source (source_id, file_name, sha256, kind, synthetic) values (?, ?, ?, ?, false)",
                [source.source_id, Path(name).name, source.sha256, kind],
            )
        return source.source_id

    def _unusable(self, name: str, kind: str, error: Unreadable) -> None:
        self.problems.append(Problem(name, error.said))
        self._draft(self._file_source(name, kind), [finding("file_unusable", "–", reason=error.said)])

    # --- rules and facts ---

    def _load_rules(self) -> None:
        with ThreadPoolExecutor() as pool:  # hashing lets the other threads run
            read = list(pool.map(_input, *zip(*input_files(self.data).items(), strict=True)))
        self.inputs = {file.name: file for file in read if isinstance(file, Input)}
        self.problems += [file for file in read if isinstance(file, Problem)]
        closed = [folder for folder in FOLDERS if (self.data / folder).is_dir() and not os.access(self.data / folder, os.R_OK | os.X_OK)]
        self.problems += [Problem(folder, message("no_permission")) for folder in closed]
        self.problems += other_files(self.data)
        self._rows("build_input", [{"path": file.name, "bytes": file.bytes, "sha256": file.sha256} for file in self.inputs.values()])
        for mistake in self.known.mistakes:
            name = f"rules/{mistake.file}"
            if name not in self.inputs:  # cannot be opened: said above
                continue
            self.problems.append(Problem(f"{name}: {mistake.key}", mistake.said))
            found = finding("rules_mistake", mistake.key, raw=mistake.key, reason=mistake.said)
            self._draft(self._file_source(name, "rules"), [found])
        self._insert_rules()
        path = self.data / "agencies.csv"
        if self.known.registry.findings and path.name in self.inputs:
            self._draft(self._file_source("agencies.csv", "registry"), list(self.known.registry.findings))
        agencies = self.known.registry.agencies
        columns = ("agency_id", "name", "agency_type", "district", "province", "region")
        self._rows("agency", [{column: getattr(a, column) for column in columns} | {"synthetic": False} for a in agencies])
        aliases = [(a.agency_id, alias) for a in agencies for alias in dict.fromkeys((a.name, *a.aliases))]
        self._insert("agency_alias", {"agency_id": [id for id, _ in aliases], "alias": [alias for _, alias in aliases]})
        domains = [(a.agency_id, a.web_domain) for a in agencies if a.web_domain]
        self.con.execute("create temp table web_domain(agency_id varchar, web_domain varchar)")
        self._insert("web_domain", {"agency_id": [id for id, _ in domains], "web_domain": [domain for _, domain in domains]})
        self._rows("province", list(self.known.registry.province_rows))
        self._load_benchmarks()

    def _insert_rules(self) -> None:
        base, segment = common_base(self.known.rules), 0
        for year, rules in self.known.rules.items():
            scored = bool(rules.instruments)
            segment += not rules.comparability["with_previous"]
            facts = rules.comparability
            self._rows("rule_year", [{
                "fiscal_year": year, "comparable_with_previous": facts["with_previous"], "level_scale": rules.level_scale,
                "note_th": facts["note_th"], "note_en": facts["note_en"], "scored": scored, "segment": segment if scored else None,
                "unknown": list(rules.unknown),
                "certainty": facts["certainty"], "source": facts["source"]}])  # fmt: skip
            self._rows("instrument", [
                {"fiscal_year": year, "instrument": row["code"]}
                | {key: row[key] for key in ("name_th", "name_en", "weight", "certainty", "source")}
                for row in rules.instruments])  # fmt: skip
            weights = rules.weights()
            self._rows("indicator", [
                {"fiscal_year": year, "indicator": row["code"], "weight": float(weights[row["code"]]) if weights else None,
                 "weight_units": int(weights[row["code"]] * base) if weights else None, "weight_base": base, "position": position}
                | {key: row[key] for key in ("instrument", "name_th", "name_en", "certainty", "source")}
                for position, row in enumerate(rules.indicators, 1)])  # fmt: skip
            self._rows("level", [
                {"fiscal_year": year, "rank": rank, "passes": row.get("passes", False)}
                | {key: row.get(key) for key in ("min_total", "min_instrument")}
                | {key: row[key] for key in ("level", "name_th", "name_en", "certainty", "source")}
                for rank, row in enumerate(rules.levels, 1)])  # fmt: skip
            self._rows("question", [{"fiscal_year": year} | row for row in rules.questions])
            self._rows("sub_indicator", [
                {"fiscal_year": year, "sub_indicator": row["code"]}
                | {key: row[key] for key in ("indicator", "name_th", "name_en", "certainty", "source")}
                for row in rules.sub_indicators])  # fmt: skip

    def _csv(self, name: str, columns: tuple[str, ...]) -> list[dict]:
        """The named columns of a small file of facts; empty cells are None. No rows where there is no such file, or it is no text."""
        if name not in self.inputs:
            return []
        path = self.inputs[name].path
        try:
            lines = csv.DictReader(io.StringIO(decode(path.read_bytes()), newline=""))
            return [{column: (row.get(column) or "").strip() or None for column in columns} for row in lines]
        except Unreadable as error:
            self._unusable(name, "registry", error)
        except csv.Error as error:
            self._unusable(name, "registry", Unreadable(*message("not_opened", reason=error)))
        return []

    def _load_benchmarks(self) -> None:
        columns = ("fiscal_year", "fiscal_year_be", "scope", "metric", "value", "how_known", "source_url", "agencies")
        good = []
        for number, row in enumerate(self._csv("benchmarks.csv", columns), 2):
            try:
                year, value = int(row["fiscal_year"] or row["fiscal_year_be"]), float(row["value"])
                size = int(row["agencies"]) if row["agencies"] else None
                if not (2400 < year < 2700 and math.isfinite(value) and 0 <= (size or 0) < 1 << 31):
                    raise ValueError
                good.append({"fiscal_year": year, "scope": row["scope"].strip(), "metric": row["metric"].strip(), "value": value,
                             "how_known": row["how_known"], "source_url": row["source_url"], "agencies": size})  # fmt: skip
            except (TypeError, ValueError, AttributeError):
                found = finding("benchmark_unreadable", f"row {number}", raw=",".join(value or "" for value in row.values()))
                self._draft(self._file_source("benchmarks.csv", "registry"), [found])
        self._rows("benchmark", good)

    # --- transcripts ---

    def _load_transcripts(self) -> None:
        sources = [source for name, source in self.inputs.items() if name.startswith("transcripts/")]
        tidy = {source.name: self.scratch / f"{number}.csv" for number, source in enumerate(sources)}
        files = [(str(path), source) for source in sources for path in (source.path, tidy[source.name])]
        self.con.execute("create temp table input_path(path varchar, name varchar, source_id varchar)")
        self._insert("input_path", {
            "path": [path for path, _ in files], "name": [Path(source.name).name for _, source in files],
            "source_id": [source.source_id for _, source in files]})  # fmt: skip
        # An enum: a million rows name their file in two bytes.
        self.con.execute("create temp type input_path_type as enum (select path from input_path order by path)")
        self.con.execute("create temp table input_file as select path::input_path_type as file, name, source_id from input_path")
        texts = ", ".join(f"{name} varchar" for name in COLUMNS)
        self.con.execute(f"create temp table transcript(file input_path_type, row_at bigint, {texts})")
        self.staged: list[tuple[str, str]] = []
        alike = defaultdict(list)
        for source in sources:
            alike[_header(source.path)].append(source)
        for header, group in alike.items():
            if header is None or not {"record", "document"} <= set(header[1]) or len(set(header[1])) < len(header[1]):
                self._stage_tidied(group, tidy)
                continue
            try:
                self._stage(header, [source.path for source in group])
            except duckdb.Error:  # some file of these is no plain CSV: one at a time, to find it
                for source in group:
                    try:
                        self._stage(header, [source.path])
                    except duckdb.Error:
                        self._stage_tidied([source], tidy)
        self._sql("sql/transcripts.sql")

    def _stage(self, header: tuple[str, tuple[str, ...]], paths: list[Path]) -> None:
        """Appends what is no plain measure in transcripts of one header to the table transcript, in the order of the files and rows.

        Plain measures, nearly all rows of a nation, are read once more when the documents are known, straight into the table measure:
        a million rows of text are never held.
        """
        delimiter, columns = header
        cells = ", ".join(name if name in columns else f"null::varchar as {name}" for name in COLUMNS)
        table = _read_csv(paths, delimiter, columns)
        before = len(self.staged) << 40  # no group of files has as many rows
        numbered = f"select filename::input_path_type as file, {before} + row_number() over () as row_at, {cells} from {table}"
        self.con.execute(f"""
            insert into transcript
              select * exclude begins from (
                select *, file is distinct from lag(file) over () as begins from ({numbered}))
              where begins or not {_PLAIN}""")
        self.staged.append((numbered, f"select filename::input_path_type as file, {cells} from {table}"))

    def _stage_tidied(self, sources: list[Input], tidy: dict[str, Path]) -> None:
        """Transcripts that DuckDB does not read as they lie (another encoding, broken quotes): through the lenient reader."""
        for source in sources:
            try:
                transcript = read_transcript(source.path)
            except Unreadable as error:
                self._unusable(source.name, "unknown", error)
                continue
            write_transcript(tidy[source.name], transcript.rows)
            self._stage(_header(tidy[source.name]), [tidy[source.name]])

    # --- score sheets ---

    def _load_sheets(self) -> None:
        """Plain sheets in bulk, the others through the reader; their rows wait in tables of text until names are resolved."""
        self.con.execute(
            "create temp table read_row(source_id varchar, place varchar, agency varchar, agency_type varchar, district varchar, "
            "province varchar, fiscal_year varchar, indicator varchar, printed varchar, max smallint, stated_change varchar, url varchar)"
        )
        self.bulk: list[tuple[str, dict[str, int], list[tuple[int, str]]]] = []
        plain, others = defaultdict(list), []
        for name, source in self.inputs.items():
            if name.startswith("scores/"):
                header = _header(source.path) if source.path.suffix.lower() == ".csv" else None
                sheet = header and _plain_sheet(header[1], self.terms)
                (plain[header] if sheet else others).append(source)
        for header, sources in plain.items():
            if not self._stage_sheets(header, sources, _plain_sheet(header[1], self.terms)):
                others += sources
        if others:
            from etl.read import read  # only now: the readers of PDF and Word are never needed for plain sheets

        for source in sorted(others, key=lambda source: source.name):
            try:
                with watch.clock():
                    document = open_document(source.path)
                    reading = read(document, self.known)
            except Unreadable as error:
                self._unusable(source.name, "score_sheet", error)
                continue
            except watch.TooLong:
                self._unusable(source.name, "score_sheet", Unreadable(*message("took_too_long", seconds=watch.SECONDS)))
                continue
            except Exception as error:  # a damaged sheet that nobody foresaw must not stop the others
                self._unusable(source.name, "score_sheet", Unreadable(*message("unexpected", reason=type(error).__name__)))
                continue
            if not reading.scores and not reading.measures:
                if self._stage_known_columns(source):
                    continue
                reading.findings += _unread_tables(document)
            self._stage_reading(source, reading)

    def _stage_known_columns(self, source: Input) -> bool:
        """Whether a sheet in which no layout found scores was loaded by the headings that are known; the others are named."""
        header = _header(source.path) if source.path.suffix.lower() == ".csv" else None
        sheet = header and _plain_sheet(header[1], self.terms, some_unknown=True)
        if not sheet or self.con.execute("select 1 from source where source_id = ?", [source.source_id]).fetchall():
            return False
        if not self._stage_sheets(header, [source], sheet):
            return False
        unknown = [(at, heading) for at, heading in enumerate(header[1]) if not (_indicator(heading, self.terms) or self.terms.field_of(heading))]
        self._draft(source.source_id, [finding("unknown_column", f"{_letters(at)}1", raw=heading) for at, heading in unknown])
        return True

    def _stage_sheets(self, header: tuple[str, tuple[str, ...]], sources: list[Input], sheet: tuple[dict, list]) -> bool:
        """Whether DuckDB read these sheets of one header as they lie; then they are sources, and rows of a table sheet_<n>."""
        labels, values = sheet
        table = f"sheet_{len(self.bulk)}"
        columns = tuple(f"c{at}" for at in range(len(header[1])))
        fields = sorted(SHEET_LABELS | {"indicator"})
        said = {field: f"nullif(trim(c{at}), '')" for field, at in labels.items()}
        kept = ", ".join(f"{said.get(field, 'null::varchar')} as {field}" for field in fields)
        self.con.execute("create or replace temp table sheet_file(path varchar, source_id varchar, file_name varchar, sha256 varchar)")
        self._insert("sheet_file", {
            "path": [str(source.path) for source in sources], "source_id": [source.source_id for source in sources],
            "file_name": [Path(source.name).name for source in sources], "sha256": [source.sha256 for source in sources]})  # fmt: skip
        try:
            self.con.execute(
                f"create temp table {table} as select filename as path, {kept}, {', '.join(f'c{at}' for at, _ in values)} "
                f"from {_read_csv([source.path for source in sources], header[0], columns)}"
            )
        except duckdb.Error:  # no plain CSV: for the lenient reader
            return False
        # Two copies of one sheet are one source; rows keep the number that a spreadsheet shows.
        self.con.execute(f"""
            create temp table {table}_source as
              select path, source_id, file_name, sha256, min(s.rowid) as first_row, bool_or(lower(synthetic) in ('true', '1')) as synthetic,
                if(count(distinct be_year(fiscal_year)) = 1, any_value(be_year(fiscal_year)), null) as fiscal_year,
                if(count(distinct source_url) = 1, any_value(source_url), null) as url
              from {table} s join sheet_file using (path) group by path, source_id, file_name, sha256
              qualify row_number() over (partition by source_id order by path) = 1 and source_id not in (select source_id from source);
            insert into source (source_id, file_name, sha256, kind, fiscal_year, url, synthetic)
              select source_id, file_name, sha256, 'score_sheet', fiscal_year, url, coalesce(synthetic, false) from {table}_source""")
        filled = {path for (path,) in self.con.execute(f"select distinct path from {table}").fetchall()}
        for name in {source.source_id: source.name for source in sources if str(source.path) not in filled}.values():
            self._draft(self._file_source(name, "score_sheet"), [finding("score_sheet_empty", "A1")])
        self.bulk.append((table, labels, values))
        return True

    def _stage_reading(self, source: Input, reading: Reading) -> None:
        if self.con.execute("select 1 from source where source_id = ?", [source.source_id]).fetchall():
            return
        read = reading.source
        self._rows("source", [{
            "source_id": source.source_id, "file_name": read.file, "sha256": source.sha256, "title": read.title, "kind": read.kind,
            "family": read.family, "fiscal_year": read.fiscal_year, "round": read.round, "synthetic": False,
            "agency_printed": read.agency_printed, "place_printed": read.place_printed}])  # fmt: skip
        if read.agency:
            self.con.execute(
                "insert into document_agency values (?, ?, ?, ?, ?)",
                [source.source_id, read.agency, read.agency_type, read.district, read.province],
            )
        self._rows("read_row", [
            {"source_id": source.source_id, "place": score.place, "agency": score.agency,
             "province": score.province, "fiscal_year": _text(score.fiscal_year or read.fiscal_year), "indicator": score.indicator,
             "printed": _text(score.score), "max": score.max, "stated_change": _text(score.stated_change)}
            for score in reading.scores])  # fmt: skip
        found = list(reading.findings)
        if reading.measures:
            found.append(finding("measures_in_sheet", reading.measures[0].place, count=len(reading.measures)))
        self._draft(source.source_id, found)

    # --- names ---

    def _resolve_names(self) -> None:
        """Every printed name of an agency once: the registry's agency, a province's average, or a new agency with a finding."""
        tables = ["document_agency", "read_row", "(from transcript where record = 'score')", *(table for table, _, _ in self.bulk)]
        parts = [f"select agency, agency_type, district, province from {table}" for table in tables]
        self.con.execute(
            "insert into name select row_number() over (order by all_names), agency, agency_type, district, province from "
            f"(select distinct agency, agency_type, district, province, row(agency, province, district, agency_type) as all_names "
            f"from ({' union all '.join(parts)}) where agency is not null)"
        )
        names = [
            (name, kind, bare_place(district) or None, bare_place(province) or None)
            for name, kind, district, province in self.con.execute(
                "select agency, agency_type, district, province from name order by name_id"
            ).fetchall()
        ]
        averages = [AVERAGE.match(name) is not None for name, *_ in names]
        asked = [(name, district, province) for (name, _, district, province), average in zip(names, averages, strict=True) if not average]
        matches = iter(self.known.registry.matches(asked))
        named, unknown = [], []
        for name_id, (printed, average) in enumerate(zip(names, averages, strict=True), 1):
            match = None if average else next(matches)
            if average:
                named.append((name_id, None, printed[3] or AVERAGE.sub("", printed[0]), "average"))
            elif match.agency:
                named.append((name_id, match.agency.agency_id, None, match.basis))
            else:
                unknown.append((name_id, printed, match.basis))
        named += self._add_agencies(unknown)
        self._insert("named", {
            "name_id": [row[0] for row in named], "agency_id": [row[1] for row in named], "average_of": [row[2] for row in named],
            "basis": [row[3] for row in named]})  # fmt: skip
        self._sql("sql/names.sql")
        for table, labels, values in self.bulk:
            self._unpivot(table, labels, values)

    def _add_agencies(self, unknown: list[tuple[int, tuple, str]]) -> list[tuple[int, str, None, str]]:
        """New agencies for names that the registry lacks. A name without its district is the one known with a district, if only one is."""
        districts = defaultdict(set)
        for _, (name, _, district, province), _ in unknown:
            if district:
                districts[name_key(full_name(name)), province].add(district)
        named, agencies = [], {}
        for name_id, (name, agency_type, district, province), basis in unknown:
            key = name_key(full_name(name))
            if not district and len(districts[key, province]) == 1:
                (district,) = districts[key, province]
            agency_type = typed_name(name)[0] or agency_type or type_of(name)
            said = "|".join((agency_type or "", key, province or "", district or ""))
            agency_id = "x" + hashlib.sha256(said.encode()).hexdigest()[:8]
            region = self.known.registry.provinces.get(province or "")
            agencies.setdefault(agency_id, (full_name(name), agency_type, district, province, region))
            named.append((name_id, agency_id, None, "ambiguous" if basis == "ambiguous" else "added"))
        columns = ("agency_id", "name", "agency_type", "district", "province", "region", "synthetic")
        self._rows("agency", [dict(zip(columns, (agency_id, *agency, False), strict=True)) for agency_id, agency in agencies.items()])
        self._rows("agency_alias", [{"agency_id": agency_id, "alias": agency[0]} for agency_id, agency in agencies.items()])
        return named

    def _unpivot(self, table: str, labels: dict[str, int], values: list[tuple[int, str]]) -> None:
        """The value cells of a bulk-loaded sheet as printed scores; a cell's place is what a spreadsheet calls it (F12)."""
        cells = ", ".join(f"c{at}" for at, _ in values)
        fields = "s.indicator" if "indicator" in labels else _case("cell", {f"c{at}": field for at, field in values})
        letters = _case("cell", {f"c{at}": _letters(at) for at, _ in values})
        self.con.execute(f"""
            insert into printed_score
              with named_row as (
                select f.source_id, s.rowid - f.first_row + 2 as row_at, n.name_id, s.fiscal_year, s.indicator, s.source_url, {cells}
                from {table} s join {table}_source f using (path)
                left join name n on n.agency = s.agency and n.agency_type is not distinct from s.agency_type
                  and n.district is not distinct from s.district and n.province is not distinct from s.province)
              select source_id, {letters} || row_at, coalesce(name_id, 0), fiscal_year, {fields}, printed, null, null, source_url, row_at
              from (unpivot named_row on {cells} into name cell value printed) s""")

    # --- scores, measures, arithmetic ---

    def _load_scores(self) -> None:
        printed = self.con.execute("select distinct indicator from printed_score where indicator is not null").fetchall()
        fields = [(name, _indicator(name, self.terms)) for (name,) in printed]
        self.con.execute("create temp table indicator_name(name varchar, indicator varchar)")
        self._insert("indicator_name", {"name": [name for name, _ in fields], "indicator": [field for _, field in fields]})
        self._sql("sql/scores.sql")
        loaded = "select distinct year from scaled_score where fate in ('score', 'level', 'average') order by year"
        for (year,) in self.con.execute(loaded).fetchall():
            if year not in self.known.rules:
                self.problems.append(Problem(f"rules/{year}.toml", message("rules_year_missing", year=year)))

    def _load_measures(self) -> None:
        plain = [f"select * from ({rows}) where {_PLAIN}" for _, rows in self.staged]
        self.con.execute(f"""
            create temp view measure_row as
              select * exclude (row_at, file_source_id, row_place) replace (coalesce(place, row_place) as place) from transcript_row
              where record = 'measure' and not {_PLAIN} and section in ('plan', 'result') and try_cast(position as integer) is not null
              {''.join(f'union all {rows} ' for rows in plain)}""")
        self._sql("sql/measure_rows.sql")
        faults = "select measure_id from measure group by measure_id having count(*) > 1 or any_value(source_id) = '' limit 1"
        if self.con.execute(faults).fetchall():
            self.con.execute("create temp view numbered_row as " + " union all ".join(numbered for numbered, _ in self.staged))
            self._sql("sql/measure_faults.sql")
            self._sql("sql/measure_rows.sql")
        self._sql("sql/measures.sql")

    def _assess(self) -> None:
        self._sql("sql/assessment.sql")
        self._sql("sql/standing.sql")

    def _pair(self) -> None:
        pairing.pair_documents(self.con)

    def _count_completion(self) -> None:
        self._sql("sql/completion.sql")

    # --- findings ---

    def _word_findings(self) -> None:
        """The sentences of the drafts; a source row for each transcript that has one of its own."""
        missing = "select distinct source_id from finding_draft where source_id not in (select source_id from source)"
        for (source_id,) in self.con.execute(missing).fetchall():
            name = next(name for name, source in self.inputs.items() if source.source_id == source_id)
            self._file_source(name, "unknown")
        drafts = self.con.execute("select distinct * from finding_draft order by all").fetchall()
        found = [
            (source_id, finding(rule, place or "–", raw, read_as, **(words or {})))
            for source_id, place, rule, raw, read_as, words in drafts
        ]
        self._insert("worded_finding", {
            "source_id": [source_id for source_id, _ in found], "place": [item.place for _, item in found],
            "severity": [item.severity for _, item in found], "rule": [item.rule for _, item in found],
            "message": [item.message for _, item in found], "raw": [item.raw for _, item in found],
            "read_as": [item.read_as for _, item in found]})  # fmt: skip
        # A language more is a column more; a sentence that lacks one has its first there (Thai).
        more = [language for language in LANGUAGES if language not in ("th", "en")]
        for language in more:
            self.con.execute(f"alter table finding add column message_{language} varchar")
            self.con.execute(f"comment on column finding.message_{language} is 'ข้อความ ({language}) | Sentence ({language})'")
        said = ", ".join(f"said(message, {at}) as message_{language}" for at, language in enumerate(LANGUAGES, 1))
        self.con.execute(f"insert into finding by name select * exclude message, {said} from worded_finding")

    def _store(self) -> None:
        self.con.execute("""
            update agency set synthetic = true where agency_id in (
              select agency_id from (
                select agency_id, synthetic from source where agency_id is not null
                union all select score.agency_id, synthetic from score join source using (source_id))
              group by agency_id having bool_and(synthetic));
            checkpoint""")


def _input(name: str, path: Path) -> Input | Problem:
    try:
        with open(path, "rb") as handle:
            return Input(name, path, path.stat().st_size, hashlib.file_digest(handle, "sha256").hexdigest())
    except PermissionError:
        return Problem(name, message("no_permission"))
    except OSError as error:
        return Problem(name, message("not_opened", reason=error.strerror))


# --- plain CSV ------------------------------------------------------------------------------------------------------------------


def _header(path: Path) -> tuple[str, tuple[str, ...]] | None:
    """Delimiter and headings of a CSV in UTF-8; None where its first line is not UTF-8 or has an empty heading."""
    try:
        with open(path, "rb") as handle:
            line = handle.readline(1 << 16).decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError:
        return None
    delimiter = max(",;\t", key=line.count)
    columns = tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter), ()))
    return (delimiter, columns) if all(columns) and columns else None


def _read_csv(paths: list[Path], delimiter: str, columns: tuple[str, ...]) -> str:
    """The table function that reads these files as text, in their order, with the column filename. Nothing is guessed."""
    # A name such as "report[1].csv" would be a pattern, and name another file.
    files = ", ".join(quoted(re.sub(r"([*?\[])", r"[\1]", str(path))) for path in paths)
    types = ", ".join(f"{quoted(name)}: 'varchar'" for name in columns)
    return (
        f"read_csv([{files}], auto_detect = false, header = false, skip = 1, delim = {quoted(delimiter)}, quote = '\"', escape = '\"', "
        f"columns = {{{types}}}, filename = true)"
    )


def _plain_sheet(headings: tuple[str, ...], terms: Terms, some_unknown: bool = False) -> tuple[dict[str, int], list[tuple[int, str]]] | None:
    """Label columns and value columns of a sheet with an agency, a year and scores in each row; None for any other sheet.

    Either a column a value (indicators, instruments, total, level), or a column `indicator` and one `score`. With `some_unknown`,
    headings that name nothing known are passed over where an indicator or instrument has its own and none names another subject.
    """
    fields = [_indicator(heading, terms) or terms.field_of(heading) for heading in headings]
    if some_unknown:
        if not {*terms.indicators, *INSTRUMENTS} & set(fields) or OTHER_SUBJECT.search(" ".join(headings)):
            return None
        fields = [field or f"unknown {at}" for at, field in enumerate(fields)]
    if None in fields or len(set(fields)) < len(fields):
        return None
    labels = {field: at for at, field in enumerate(fields) if field in SHEET_LABELS | {"indicator"}}
    values = [(at, field) for at, field in enumerate(fields) if field.isdigit() or field in SHEET_VALUES | {"score"}]
    ignored = sum(field in SHEET_IGNORED or field.startswith("unknown ") for field in fields)
    if len(labels) + len(values) + ignored < len(fields) or not {"agency", "fiscal_year"} <= labels.keys() or not values:
        return None
    scores = [field for _, field in values]
    return (labels, values) if (scores == ["score"] if "indicator" in labels else "score" not in scores) else None


def _unread_tables(document: Document) -> list[Finding]:
    """Where the tables begin of a sheet in which no score was found, and what stands in their first rows."""
    tables = [block for block in document.blocks if isinstance(block, Table) and block.rows]
    words = [" ".join(cell.text.strip() for cell in table.rows[0] if cell.text.strip())[:80] for table in tables]
    return [finding("score_table_unread", table.place, raw=said) for table, said in zip(tables, words, strict=True)]


def _indicator(text: str, terms: Terms) -> str | None:
    """The indicator, instrument, TOTAL or LEVEL that a heading or cell names; a bare number (3, ๓, 3.0) names itself, rules or not."""
    number = re.fullmatch(r"(\d{1,2})(?:\.0+)?", text.strip())
    field = str(int(number[1])) if number else terms.field_of(text)
    return field if field and (field.isdigit() or field in SHEET_VALUES) else None


def _case(column: str, values: dict[str, str]) -> str:
    return f"case {column} " + " ".join(f"when {quoted(key)} then {quoted(value)}" for key, value in values.items()) + " end"


def _letters(at: int) -> str:
    """What a spreadsheet calls a column: 0 is A, 26 is AA."""
    return (_letters(at // 26 - 1) if at >= 26 else "") + ascii_uppercase[at % 26]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
