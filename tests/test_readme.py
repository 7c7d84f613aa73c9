"""The documents for people: every command that they tell one to type works, in a copy of the checkout, in the order in which it stands."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import docx
import duckdb
import pytest

from deploy.trial import free_port

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "README.en.md", ROOT / "deploy" / "README.md", ROOT / "pages" / "parts" / "README.md"]
DOCUMENTS += sorted((ROOT / "docs").glob("*.md"))
# Not typed here, and why
ELSEWHERE = {
    r"make test$": "is what runs this",
    r"make (bench|fuzz|audit|accuracy|papers)$": "takes minutes, or the network: only that it would start",
    r"make (lint|weights)$": "what the suite does itself: ruff before it, the training in test_learning.py",
    r"make build$": "the command beside it, `python -m etl build`, as `make run` calls it too",
    r"duckdb ": "another program; test_the_questions_have_answers opens the same file",
    r"sudo |nginx |systemctl |journalctl ": "root's: nginx and the unit are tried in test_serve.py",
}
COMMAND = re.compile(r"(?:make [a-z]|\.venv/bin/|sudo |duckdb -)")


def commands(document: Path) -> list[str]:
    """What a document tells one to type: the lines of its `sh` blocks, and commands within a sentence."""
    text = document.read_text(encoding="utf-8")
    lines = [line.split("  #")[0].strip() for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.splitlines()]
    within = [one for one in re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S)) if COMMAND.match(one)]
    return list(dict.fromkeys([line for line in lines if line and not line.startswith("#")] + within))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Path:
    """A copy of what git holds, with the environment of these tests, and a report in Word as a user would put it there."""
    folder = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(sys.prefix)
    report = docx.Document()
    for line in (ROOT / "tests" / "golden" / "measures" / "plan_and_outcome" / "report.txt").read_text(encoding="utf-8").splitlines():
        report.add_paragraph(line)
    report.save(folder / "data" / "documents" / "report.docx")
    return folder


def serves(command: str, checkout: Path) -> None:
    """The server of `make run`, `make serve` or `make demo` answers. The demo is of few agencies: as many as it has take as long as all the
    rest, and test_cli.py makes and builds a sample too."""
    port = free_port()
    if command == "make demo":
        target = re.search(r"^demo: (\S+) run$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)[1]
        makes = subprocess.run(
            ["make", "--no-print-directory", "--dry-run", target], cwd=checkout, check=True, capture_output=True, text=True
        ).stdout
        few, changed = re.subn(r"--agencies \d+", "--agencies 12", makes)
        assert changed == 1
        subprocess.run(["sh", "-c", few], cwd=checkout, check=True, capture_output=True)
    process = subprocess.Popen(
        ["sh", "-c", f"{command} PORT={port} ADDRESS=127.0.0.1"],
        cwd=checkout,
        env=os.environ | {"CACHE_DIRECTORY": str(ROOT / "build" / "static")},  # compressed once for all tests
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as answer:
                    assert answer.status == 200
                    return
            except OSError:
                assert process.poll() is None, f"{command} ended"
                time.sleep(0.2)
        raise AssertionError(f"{command}: no answer")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def test_every_command_works(checkout):
    assert {"make run", "make test", "make serve"} <= set(commands(DOCUMENTS[0]))
    told = [re.sub(r" (PORT|ADDRESS)=\S+", "", command) for document in DOCUMENTS for command in commands(document)]
    for command in dict.fromkeys(told):
        if re.match(r"make (run|serve|demo)$", command):
            serves(command, checkout)
        elif any(re.match(other, command) for other in ELSEWHERE):
            if command.startswith("make "):
                subprocess.run(["make", "--dry-run", command.split()[1]], cwd=checkout, check=True, capture_output=True)
        else:
            done = subprocess.run(
                ["sh", "-c", command], cwd=checkout, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=600
            )
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def test_both_languages_tell_the_same_commands_and_are_short():
    thai, english = DOCUMENTS[:2]
    assert set(commands(thai)) == set(commands(english))
    assert max(len(one.read_text(encoding="utf-8").splitlines()) for one in (thai, english)) <= 150


def test_the_commands_of_windows_are_those_of_the_others():
    """They can't be run here: each is one of those that can, in Windows' spelling."""
    readme = DOCUMENTS[0].read_text(encoding="utf-8")
    lines = [line.split("  #")[0].strip() for block in re.findall(r"```powershell\n(.*?)```", readme, re.S) for line in block.splitlines()]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8") + (ROOT / ".ci" / "setup").read_text(encoding="utf-8")
    assert lines
    for line in lines:
        wanted = line.replace("py -3", '"$python"').replace(".venv\\Scripts\\python", "python").replace(" -r ", " --requirement ")
        words = wanted.removeprefix('"$python" ').removeprefix("python ").split()
        assert all(word in makefile for word in words), line


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_files_that_it_names_exist(document):
    links = [link for link in re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_the_questions_have_answers(shipped_db):
    questions = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / "tables.md").read_text(encoding="utf-8"), re.S)
    assert len(questions) == 5
    with duckdb.connect(str(shipped_db), read_only=True) as connection:
        answers = [connection.sql(question).fetchall() for question in questions]
    assert [len(rows) for rows in answers if not rows] == []
    assert [str(row[1]) for row in answers[0] if row[0] == 2568] == ["88.94"]
