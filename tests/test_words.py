"""One word names a chart everywhere: whatever of a word is missing is named here. And how numbers and years are written."""

import ast
import re
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from pages.parts import twin
from pages.parts.ask import warehouse
from pages.parts.say import sentences, text
from pages.parts.say.text import Words, change, plain
from tests.support.data import table

PARTS = Path(twin.__file__).parent
SHARED = {"style", "statuses", "outlines"}  # of figures/: what figures share
DERIVED = {"what_if", "province_levels", "province_districts"}  # computed from the frame of another word
FIGURES = sorted(path.stem for path in (PARTS / "figures").glob("*.py") if path.stem not in SHARED | {"__init__"})
SAID = {word for module in sentences.MODULES for word in vars(module)}
TABLES = sorted((set(warehouse.words()) & SAID) - set(FIGURES))  # and the cards of the overview
TH, EN = Words("th"), Words("en")


def has_sentence(word):
    return sum(callable(getattr(module, word, None)) for module in sentences.MODULES) == 1


@pytest.mark.parametrize("word", FIGURES)
def test_a_figure_has_its_query_function_sentence_and_words(word):
    missing = []
    if word not in warehouse.words() and word not in DERIVED:
        missing.append(f"queries/{word}.sql")
    if not callable(getattr(import_module(f"pages.parts.figures.{word}"), word, None)):
        missing.append(f"figures/{word}.py: {word}()")
    if not has_sentence(word):
        missing.append(f"sentences.py: {word}()")
    missing += [f"text.csv: {word}.{part}" for part in ("title", "note", "empty") if f"{word}.{part}" not in text.rows()]
    assert missing == []


@pytest.mark.parametrize("word", TABLES)
def test_a_table_or_a_card_has_its_title(word):
    assert has_sentence(word) and f"{word}.title" in text.rows()


@pytest.mark.parametrize("word", [word for word in FIGURES + TABLES if word not in DERIVED])
def test_every_column_of_a_twin_has_a_heading_of_its_own(word):
    for words, other in ((TH, "_en"), (EN, "_th")):
        shown = [name for name in warehouse.query(word).columns if name not in twin.HIDDEN and not name.endswith(other)]
        headings = [words(f"column.{name.removesuffix('_th').removesuffix('_en')}") for name in shown]
        assert sorted({one for one in headings if headings.count(one) > 1}) == []


def test_no_word_of_the_pages_is_left_unused():
    """A key is used where its text, or the constant beginning of an f-string that makes it, stands in Python."""
    constants, beginnings = set(), set()
    for path in [*PARTS.parent.rglob("*.py"), PARTS.parents[1] / "dashboard.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            if isinstance(node, ast.JoinedStr):
                first = node.values[0]
                beginnings.add(first.value if isinstance(first, ast.Constant) else "")
    beginnings = {one for one in beginnings if "." in one}
    of_words = {f"{word}.{part}" for word in FIGURES + TABLES for part in ("title", "note", "empty")}
    made = ("column.", "boolean.", "frontend.", *(f"{name}." for name in twin.NAMED), *beginnings)
    unused = [
        key
        for key in text.rows()
        if key not in constants | of_words and not key.startswith(made) and not key.endswith((".page", ".title", ".empty"))
    ]
    assert unused == []


@pytest.mark.parametrize("name, values", [
    ("status", ["completed", "in_progress", "not_started", "not_possible", "unknown"]),
    ("status_basis", ["mark", "phrase", "percent", "inferred", "none"]),
    ("total_basis", ["published", "computed"]),
    ("level_basis", ["published", "computed"]),
    ("peers_basis", ["province", "region", "nearest"]),
    ("section", ["plan", "result"]),
    ("family", ["ita_measures", "action_plan"]),
    ("severity", ["error", "warning", "info"]),
    ("kind", ["plan", "result", "plan_and_result", "action_plan_result", "score_comparison", "score_sheet", "unknown", "rules", "registry",
              "start", "part", "weights", "end"]),
])  # fmt: skip
def test_every_value_of_the_contract_has_its_word(name, values):
    assert [value for value in values if f"{name}.{value}" not in text.rows()] == []


@pytest.mark.parametrize("value, printed", [
    (88.94, "88.94"), (0, "0.00"), (-0.001, "0.00"), (1234.5, "1,234.50"), (None, "–"), (float("nan"), "–"),
])  # fmt: skip
def test_a_number_has_two_digits_and_unknown_is_a_dash(value, printed):
    assert TH.number(value) == EN.number(value) == printed


@pytest.mark.parametrize("value, printed", [(4.51, "+4.51"), (-4.88, "-4.88"), (0, "0.00"), (-0.004, "0.00"), (None, "–")])
def test_a_change_has_its_sign(value, printed):
    assert TH.signed(value) == printed


@pytest.mark.parametrize("value, word", [
    (0.01, "rise"), (-0.01, "fall"), (0.004, "none"), (0, "none"), (None, "unknown"), (float("nan"), "unknown"),
])  # fmt: skip
def test_the_word_of_a_change(value, word):
    assert change(value) == word


def test_years_are_buddhist_in_thai_and_gregorian_in_english():
    assert (TH.year(2568), TH.tick(2568), TH.date(date(2025, 9, 30))) == ("ปี 2568", "2568", "30 ก.ย. 2568")
    assert (EN.year(2568), EN.tick(2568), EN.date(date(2025, 9, 30))) == ("FY 2025 (BE 2568)", "2025", "30 Sep 2025")


@pytest.mark.parametrize("part, whole, printed", [
    (14, 14, "100"), (0, 3, "0"), (32, 39, "82.05"), (1, 3, "33.33"), (2, 3, "66.67"), (1, 8, "12.50"),
])  # fmt: skip
def test_a_share_is_rounded_half_up(part, whole, printed):
    assert TH.percent(part, whole) == printed


def test_lists_are_joined_as_people_do():
    assert [EN.list(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_text_of_documents_is_no_markup():
    assert plain("*a* [b](c) :red[d] $e$ <f>") == r"\*a\* \[b\](c) \:red\[d\] \$e\$ \<f\>"
    assert plain("เทศบาลตำบลบ้านเดื่อ 88.94 (+4.51)") == "เทศบาลตำบลบ้านเดื่อ 88.94 (+4.51)"


def test_thai_sentences_hold_no_english_words_of_ours():
    """What may stand in Latin letters in Thai: commands, paths, file formats, the instruments' names."""
    names = (
        r"\b(?:ITA|IIT|EIT|OIT|ZIP|CSV|XLSX|PNG|PDF|PowerPoint|Parquet|Welch|HTML|English"
        r"|Excel|Word|OCR|DuckDB|Authlib|Shift|Space|Enter|Esc|Alt|Streamlit|Google|ChatGPT)\b"
    )
    allowed = re.compile(
        r"(?:\.venv/bin/)?python -m etl \w+|(?:data|deploy)/\w+|--\w+|(?:secrets|requirements)?\.\w+|\[auth\]|\{\w+\}|" + names, re.A
    )
    left = {key: allowed.sub("", row["th"]) for key, row in text.rows().items()}
    assert {key: rest for key, rest in left.items() if re.search(r"[A-Za-z]{3,}", rest)} == {}


def test_every_page_of_an_agency_has_a_picture_of_itself_with_data():
    """What is shown where a page has nothing to show, in every language and light enough for a phone."""
    pictures = {path.name: path.stat().st_size for path in (PARTS.parents[1] / "static" / "examples").iterdir()}
    pages = ("overview", "trends", "weakest", "completion", "compare", "path", "present", "papers", "province", "sources")
    assert set(pictures) == {f"{page}.{lang}.png" for page in pages for lang in text.LANGUAGES}
    assert max(pictures.values()) <= 80_000


def test_a_count_of_one_is_said_as_one():
    """In English what follows a count has a form for one: no count stands before a plural, or a verb of a plural, that is always there."""
    english = {key: row["en"] for key, row in text.rows().items()}
    for name, key in (("findings", "rule"), ("messages", "key")):
        english |= {f"{name} {row[key]}": row["en"] for row in table(f"etl/{name}.csv")}
    plurals = {"have", "lack"} | {
        form.split()[0] for said in english.values() for form in re.findall(r"\{\w+:[^}|]*\|(\w+s\b[^}]*)\}", said)
    }
    always = re.compile(rf"\{{(\w+)\}} (?:[a-z]+ )?(?:{'|'.join(sorted(plurals))})\b")
    limits = {"limit", "most", "threshold"}
    # of forty, and of letters and rows by the thousand; a table's own search has a text for one
    fixed = {
        "compare_heatmap.room",
        "xlsx.cut",
        "findings too_many_rows",
        "messages too_many_rows_to_check",
        "frontend.search_over",
        "frontend.search_results",
    }
    found = {key: m[0] for key, said in english.items() for m in always.finditer(said) if m[1] not in limits and key not in fixed}
    assert found == {}
