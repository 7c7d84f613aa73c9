"""A language more is a column more of text.csv: nothing else has to change."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOOK = """
import sys
from streamlit.testing.v1 import AppTest
for page in sys.argv[1:]:
    test = AppTest.from_file("dashboard.py", default_timeout=60)
    test.query_params.update(lang="xx", year="2568")
    test.switch_page(f"pages/{page}.py").run()
    assert not test.exception, (page, test.exception)
    print(page, test.title[0].value)
"""


def test_a_language_is_a_column(tmp_path, sample_data, sample_db):
    for name in ("pages", "etl", "static", ".streamlit"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "dashboard.py", tmp_path)
    texts = tmp_path / "pages" / "parts" / "say" / "text.csv"
    with open(texts, encoding="utf-8", newline="") as handle:
        (key, *languages), *rows = csv.reader(handle)
    with open(texts, "w", encoding="utf-8", newline="") as handle:
        more = [[key, *languages, "xx"], *([*row, row[2].replace("FY", "X")] for row in rows), ["language.xx", "X", "X", "X"]]
        csv.writer(handle).writerows(more)
    pages = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    look = subprocess.run(
        [sys.executable, "-c", LOOK, *pages], cwd=tmp_path, env=os.environ | {"ITA_DATA": str(sample_data)}, capture_output=True, text=True
    )
    assert look.returncode == 0, look.stderr[-2000:]
    assert len(look.stdout.splitlines()) == len(pages)
    assert "weakest X 2025 (BE 2568)" in look.stdout
