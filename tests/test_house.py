"""The house itself: who imports whom, where words live, and what the repository may hold."""

import ast
import re
import subprocess
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.support.data import table

ROOT = Path(__file__).resolve().parents[1]
THAI = re.compile(r"[\u0e00-\u0e7f]")
HOUSE = ("etl", "pages", "deploy", "bench", "train")
BOUND = {"th", "en", "be", "ce"}  # values that belong to one language


def python_files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path: Path) -> set[str]:
    """The top-level packages that a file imports anywhere, functions included."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


def imported(path: Path) -> set[str]:
    """What a file imports anywhere, in full: modules, and whatever of them is a name or a module itself."""
    nodes = list(ast.walk(tree(path)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            inner = {name for name in whole if (ROOT / name.replace(".", "/")).with_suffix(".py").is_file()}
            names |= inner | ({node.module} if inner != whole else set())
    return names


def strings(path: Path) -> set[str]:
    """Every string constant of a file but its docstrings; of an f-string its constant parts."""
    nodes = list(ast.walk(tree(path)))
    homes = [node for node in nodes if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    docstrings = {id(node.body[0].value) for node in homes if node.body and isinstance(node.body[0], ast.Expr)}
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings}


def first_arguments(path: Path, *functions: str) -> set[str]:
    """The literal first arguments of the calls of these functions, by bare name or as an attribute."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", None)
            if name in functions and isinstance(node.args[0].value, str):
                found.add(node.args[0].value)
    return found


@cache
def tracked() -> list[Path]:
    """The files of the repository, those not yet committed included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git repository: nothing says which files belong to it")
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


# --- who imports whom -----------------------------------------------------------------------------------------------------------


def test_pages_frame_and_server_never_import_etl():
    """Nor by its name in a text; the build is a process of its own."""
    paths = [*python_files("pages", "deploy"), ROOT / "dashboard.py"]
    assert {path.name for path in paths if "etl" in imports(path) or any(text.startswith("etl.") for text in strings(path))} == set()


def test_etl_never_imports_pages_or_streamlit():
    assert {path.name for path in python_files("etl") if imports(path) & {"pages", "streamlit"}} == set()


def test_figures_and_sentences_know_neither_streamlit_nor_duckdb():
    paths = [*python_files("pages/parts/figures"), *python_files("pages/parts/say")]
    assert {path.name for path in paths if imports(path) & {"streamlit", "duckdb"}} == set()


def test_only_the_warehouse_opens_duckdb_for_the_pages():
    paths = [*python_files("pages"), ROOT / "dashboard.py"]
    assert {path.name for path in paths if "duckdb" in imports(path)} == {"warehouse.py", "freshness.py"}


def test_no_file_imports_itself_on_a_way_round():
    """Imports within functions count, and those for types alone."""
    paths = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in python_files(*HOUSE)}
    graph = {name: {one for one in imported(path) if one in paths and one != name} for name, path in paths.items()}
    list(TopologicalSorter(graph).static_order())  # CycleError names the way


def test_marks_and_numbers_of_indicators_are_those_of_the_rules():
    """A year may have another pass mark and other indicators: neither stands in code, or in a question."""
    reckon = python_files("pages", "etl/known", "etl/scores", "etl/build")
    numbers = {path.name for path in reckon for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and node.value == 85}
    questions = [path for path in [*(ROOT / "pages").rglob("*.sql"), *(ROOT / "etl" / "build").rglob("*.sql")] if path.name != "schema.sql"]
    marks = {path.name for path in questions if re.search(r"(?<![\w.])85(?![\w.])", path.read_text(encoding="utf-8"))}
    counted = {path.name for path in [*python_files("pages", "etl"), *questions] if "range(1, 11)" in path.read_text(encoding="utf-8")}
    assert (numbers, marks, counted) == (set(), set(), set())


BRANCHES = (ast.If, ast.For, ast.While, ast.IfExp, ast.ExceptHandler, ast.Assert, ast.comprehension, ast.match_case)


def decisions(function: ast.AST) -> int:
    """Where the way through a function parts: branches, loops, conditions of comprehensions, each `and` and `or`."""
    nodes = list(ast.walk(function))
    parts = sum(len(node.values) - 1 for node in nodes if isinstance(node, ast.BoolOp))
    return (
        parts
        + sum(isinstance(node, BRANCHES) for node in nodes)
        + sum(len(node.ifs) for node in nodes if isinstance(node, ast.comprehension))
    )


def test_every_function_can_be_read_aloud():
    functions = [
        (path.name, node.name) + (decisions(node),)
        for path in [*python_files("etl", "pages", "deploy"), ROOT / "dashboard.py"]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [one for one in functions if one[2] >= 40] == []


# --- where words live -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path, key", [("pages/parts/say/text.csv", "key"), ("etl/findings.csv", "rule"), ("etl/messages.csv", "key")])
def test_words_stand_once_and_in_both_languages(path, key):
    rows = table(path)
    names = [row[key] for row in rows]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert [row[key] for row in rows if not row["th"] or not row["en"]] == []
    assert [row[key] for row in rows if None in row or None in row.values()] == [], "a comma in a sentence needs quotation marks"
    placeholders = {row[key]: [set(re.findall(r"{(\w+)", row[language])) for language in ("th", "en")] for row in rows}
    assert {name: both for name, both in placeholders.items() if both[0] - BOUND != both[1] - BOUND} == {}


@pytest.mark.parametrize("path", [*python_files("pages"), ROOT / "dashboard.py"], ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_hold_no_words_of_their_own(path):
    assert [text for text in strings(path) if THAI.search(text)] == []
    shown = first_arguments(path, "title", "header", "subheader", "caption", "markdown", "write", "info", "warning", "error", "success")
    assert [text for text in shown if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", text) and not text.startswith("<")] == []


def test_every_finding_has_its_sentence_and_every_sentence_its_rule():
    known = {row["rule"] for row in table("etl/findings.csv")}
    used = {rule for path in python_files("etl") for rule in first_arguments(path, "finding")}
    assert used - known == set()
    sources = "\n".join(path.read_text(encoding="utf-8") for path in [*python_files("etl"), *(ROOT / "etl").rglob("*.sql")])
    quoted = set(re.findall(r"""['"](\w+)['"]""", sources))

    def made(rule: str) -> bool:
        """Quoted whole, or put together from a quoted start and a quoted end ('agency_' and 'added')."""
        ends = [at.end() for at in re.finditer("_", rule)]
        return rule in quoted or any(rule[:end] in quoted and rule[end:] in quoted for end in ends)

    assert {rule for rule in known if not made(rule)} == set()


def test_every_message_of_the_command_line_exists_and_is_used():
    known = {row["key"] for row in table("etl/messages.csv")}
    used = {key for path in python_files("etl") for key in first_arguments(path, "message")}
    assert used - known == set()
    texts = {text for path in python_files("etl") for text in strings(path)}
    assert known - texts == set()


def test_every_word_that_a_page_asks_for_exists():
    known = {row["key"] for row in table("pages/parts/say/text.csv")}
    paths = [*python_files("pages"), ROOT / "dashboard.py"]
    asked = {key for path in paths for key in first_arguments(path, "words", "NoData")}
    assert asked - known == set()


# --- what the repository may hold -----------------------------------------------------------------------------------------------


def test_nothing_big_is_committed():
    assert [path.name for path in tracked() if path.stat().st_size > 1_000_000] == []


def test_no_path_of_a_machine_and_no_address_of_a_package_index():
    # Put together from parts, so that this file does not hold what it looks for.
    paths = ["/".join(("", part, "")) for part in ("work", "root", "home/[a-z]", "Users/[a-z]")]
    hosts = [r"\.".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "(org|com)"), ("deb", "debian", "org"))]
    forbidden = re.compile("|".join([rf"(?<![\w.:/-]){path}" for path in paths] + hosts))
    found = []
    for path in tracked():
        if path.suffix in {".png", ".woff2", ".pptx", ".xlsx", ".docx", ".pdf"}:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if forbidden.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    assert found == []


def test_every_library_is_pinned_and_says_what_for():
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith(("#", "-r "))]
        assert [line for line in lines if not re.fullmatch(r"[\w.\[\]-]+==[\w.]+\s+# .+", line)] == []
