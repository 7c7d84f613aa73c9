"""How well the reader reads what it has not learned from: `make accuracy`.

The golden documents are left out in turn, a twelfth at a time: the reader learns without the examples that come from them (and without
headings that only they print), then reads them. Everything is compared with their hand readings. Scores are read by rules and not learned:
their golden documents are read as they stand.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from rapidfuzz import fuzz

from etl.known import load_known
from etl.measures import learned, training
from etl.printed.thai import key
from etl.read import read_document
from etl.reading import as_json
from etl.weighing.letters import plain

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden"
FOLDS = 12
FIELDS = (
    "number title group_kind group_number steps responsible period_start period_end budget_planned budget_spent "
    "result outcome suggestion status refs"
).split()  # fmt: skip
_THE_SAME = 85  # percent of the letters of a title


def documents(kind: str) -> list[Path]:
    return sorted(path for path in (GOLDEN / kind).rglob("*") if path.is_file() and not path.name.endswith("expected.json"))


def without(rows: dict[str, training.Rows], left_out: set[str]) -> dict[str, training.Rows]:
    """The examples that do not come from the documents `left_out`, and no heading that only those print."""
    printed: dict[str, set[str]] = defaultdict(set)
    for row in rows["columns"]:
        for words in (row["heading"], row["heading"].rpartition(" / ")[2]):
            printed[plain(words)].add(row["source"])
    kept = {name: [row for row in some if row["source"] not in left_out] for name, some in rows.items()}
    kept["headings"] = [row for row in kept["headings"] if not (found := printed.get(plain(row["heading"]))) or not found <= left_out]
    return kept


def compared(got: list[dict], wanted: list[dict]) -> Counter:
    """Counts: measures wanted, found, read, real; cells of the found ones and right ones; statuses by basis."""
    count: Counter = Counter(wanted=len(wanted), read=len(got))
    left = list(got)
    for want in wanted:
        same = next((each for each in left if _same(each, want)), None)
        if same is None:
            continue
        left.remove(same)
        count["found"] += 1
        for field in FIELDS:
            if want.get(field) not in (None, []) or same.get(field) not in (None, []):
                count["cells"] += 1
                count["right"] += want.get(field) == same.get(field)
        if want.get("status"):
            count[f"status {want.get('status_basis')}"] += 1
            count[f"status right {want.get('status_basis')}"] += want["status"] == same.get("status")
    return count


def _same(got: dict, want: dict) -> bool:
    first, second = key(got.get("title") or ""), key(want.get("title") or "")
    return got["section"] == want["section"] and (first == second or fuzz.ratio(first, second) >= _THE_SAME)


def left_out_in_turn(share: float = 1.0) -> dict[str, list[tuple[Path, Counter]]]:
    """Each golden document with what was counted, by its folder; `share`: of the other documents' examples that are learned from."""
    rows = training.examples(training.EXAMPLES)
    kinds = ("measures", "measures_none")
    every = [path for kind in kinds for path in documents(kind)]
    counted: dict[str, list[tuple[Path, Counter]]] = defaultdict(list)
    known = load_known()
    for fold in range(FOLDS):
        held = every[fold::FOLDS]
        names = {str(path.relative_to(GOLDEN)) for path in held}
        kept = {name: _thinned(some, share) for name, some in without(rows, names).items()}
        learned.use(training.trained(kept))
        for path in held:
            expected = path.with_name(path.stem + ".expected.json")
            wanted = json.loads(expected.read_text(encoding="utf-8"))["measures"] if expected.exists() else []
            counted[path.relative_to(GOLDEN).parts[0]].append((path, compared(as_json(read_document(path, known))["measures"], wanted)))
    learned.use(None)
    return counted


def scores_compared(got: list[dict], wanted: list[dict]) -> Counter:
    """Counts: scores wanted, found, read; cells (value and what it is out of) of the found ones and right ones."""
    count: Counter = Counter(wanted=len(wanted), read=len(got))
    found = {_score(each): each for each in got}
    for want in wanted:
        same = found.get(_score(want))
        if same is not None:
            count["found"] += 1
            count["cells"] += 2
            count["right"] += (_number(same["score"]) == _number(want["score"])) + (same["max"] == want["max"])
    return count


def _score(each: dict) -> tuple:
    return each["agency"], each["province"], str(each["indicator"]), each["fiscal_year"]


def _number(value) -> float | str | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def scores_read() -> dict[str, list[tuple[Path, Counter]]]:
    """Each golden document of scores, and each that holds none, with what was counted, by its folder."""
    counted: dict[str, list[tuple[Path, Counter]]] = defaultdict(list)
    known = load_known()
    for kind in ("scores", "scores_none"):
        for path in documents(kind):
            expected = path.with_name("expected.json")
            wanted = json.loads(expected.read_text(encoding="utf-8"))["scores"] if expected.exists() else []
            counted[kind].append((path, scores_compared(as_json(read_document(path, known))["scores"], wanted)))
    return counted


def _thinned(rows: training.Rows, share: float) -> training.Rows:
    """Every second, or fourth, of the examples; of tables every second table."""
    tables = {name: at for at, name in enumerate(dict.fromkeys((row["source"], row.get("table") or at) for at, row in enumerate(rows)))}
    every = round(1 / share)
    return [row for at, row in enumerate(rows) if tables[row["source"], row.get("table") or at] % every == 0]


def total(some: list[tuple[Path, Counter]]) -> Counter:
    return sum((count for _, count in some), Counter())


def rates(count: Counter) -> str:
    def of(part: str, whole: str) -> str:
        return f"{count[part]}/{count[whole]} ({count[part] / count[whole]:.3f})" if count[whole] else "-"

    return f"found {of('found', 'wanted')}  real {of('found', 'read')}  cells {of('right', 'cells')}"


def main() -> None:
    counted = left_out_in_turn()
    for path, count in counted["measures"]:
        if count["found"] < count["wanted"] or count["found"] < count["read"] or count["right"] < count["cells"]:
            print(f"  {path.relative_to(GOLDEN)}: {rates(count)}")
    for path, count in counted["measures_none"]:
        if count["read"]:
            print(f"  {path.relative_to(GOLDEN)}: {count['read']} invented")
    counted |= scores_read()
    for kind in ("measures", "scores"):
        print(kind)
        for suffix in sorted({path.suffix for path, _ in counted[kind]}):
            print(f"  {suffix:8} {rates(total([each for each in counted[kind] if each[0].suffix == suffix]))}")
        print(f"  all      {rates(total(counted[kind]))}; invented in other papers {total(counted[f'{kind}_none'])['read']}")
    whole = total(counted["measures"])
    for basis in ("mark", "phrase", "percent", "inferred", "none"):
        print(f"statuses by {basis}: {whole[f'status right {basis}']}/{whole[f'status {basis}']}")
    if "--growth" in sys.argv:
        for share in (0.25, 0.5):
            print(f"with {share:.0%} of the examples: {rates(total(left_out_in_turn(share)['measures']))}")


if __name__ == "__main__":
    main()
