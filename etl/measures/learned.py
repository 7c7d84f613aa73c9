"""The weights that the reader of measures uses, and how examples become them.

`examples/` holds what people labelled: headings (role, heading), columns of whole tables, titles (kind, title), texts of measures
(topic, text). `weights.json` is what they give: `python -m etl.measures.learned` writes it.
"""

import csv
import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from etl.weighing import weights
from etl.weighing.letters import Evidence, letters, plain
from etl.weighing.weights import SCALE, Weights

EXAMPLES = Path(__file__).with_name("examples")
WEIGHTS = Path(__file__).with_name("weights.json")
Rows = list[dict[str, str]]
_used: dict[str, Weights] = {}


def of(name: str) -> Weights:
    """The weights `name` (roles, headings, contents, usual, titles, topics, results) that are in use."""
    if not _used:
        use(_shipped())
    return _used[name]


@cache
def _shipped() -> dict[str, Weights]:
    return weights.read(WEIGHTS)


def use(sets: dict[str, Weights] | None) -> None:
    """From now on these weights are used; None: those of the repository."""
    _used.clear()
    _used.update(sets or _shipped())
    for forget in _forget:
        forget()


def own(data: Path) -> Path:
    """Where the weights of an installation lie."""
    return data / "examples" / WEIGHTS.name


def use_own(data: Path) -> bool:
    """From now on the weights that the installation with the folder `data` learned are used, where it did. False: they were learned
    beside other examples than those shipped today, so they are not used until it learns again."""
    path = own(data)
    made = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    fresh = not made or made.pop(_BESIDE, None) == _print()
    use({name: weights.from_json(each) for name, each in made.items()} if fresh and made else None)
    return fresh


def keep(path: Path, sets: dict[str, Weights]) -> None:
    """The weights of an installation into its file, put in place whole."""
    unfinished = path.with_name(f".{path.name}.tmp")
    made = {name: weights.as_json(each) for name, each in sets.items()}
    unfinished.write_text(json.dumps(made | {_BESIDE: _print()}, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    unfinished.replace(path)


def _print() -> str:
    """A short hash of the shipped weights."""
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()[:12]


_BESIDE = "learned beside"
_forget: list[Callable[[], None]] = []


def remembered(function, most: int = 50_000):
    """`function` with `most` of its answers remembered until other weights are used."""
    kept = lru_cache(maxsize=most)(function)
    _forget.append(kept.cache_clear)
    return kept


def of_statement(text: str) -> Evidence:
    """What an item of a result shows: its letters, and how it begins and ends."""
    bare = plain(text[:120])
    begins = {f"begins {bare[:size]}": 0.7 for size in (3, 4, 5, 6, 8)}
    return letters(text[:50]) | begins | {f"ends {bare[-4:]}": 0.7}


# --- examples -> weights; only who learns comes here ---------------------------------------------------------------------


def examples(*folders: Path) -> dict[str, Rows]:
    """Every row of the folders' example files, by the file's name."""
    found: dict[str, Rows] = defaultdict(list)
    for folder in folders:
        for path in sorted(folder.glob("*.csv")):
            with open(path, encoding="utf-8-sig", newline="") as handle:
                found[path.stem] += list(csv.DictReader(handle))
    return found


def learned(rows: dict[str, Rows]) -> dict[str, Weights]:
    """Examples -> every set of weights, always the same for the same examples."""
    from etl.weighing.fit import fit

    columns = list(_columns(rows["columns"]))
    headings = [(row["role"], letters(row["heading"]), _counts(row)) for row in rows["headings"]]
    headings += [(role, letters(heading), 1.0) for role, heading, *_ in columns if heading]
    headings += [(role, letters(lower), 1.0) for role, heading, *_ in columns if (lower := heading.partition("\n")[2])]
    named = [("heading", letters(row["heading"]), 1.0) for row in rows["headings"]]
    named += [
        ("cell", letters(cell), 0.5) for cell in sorted({cell for *_, cells, _ in columns for cell in cells[:4] if 0 < len(cell) < 60})
    ]
    count: Counter = Counter()
    for role, *_, counts in columns:
        count[role] += counts
    return {
        "usual": Weights(tuple(sorted(count)), tuple(round(SCALE * math.log(count[role])) for role in sorted(count)), {}),
        "roles": fit(headings),
        "headings": fit(named),
        "titles": fit([(row["kind"], letters(row["title"]), _counts(row)) for row in rows["titles"]]),
        "results": fit([(row["says"], of_statement(row["text"]), _counts(row)) for row in rows["results"]]),
        "topics": fit([(row["topic"], letters(row["text"]), 1.0) for row in rows["topics"]]),
        "contents": fit([(role, shown, counts) for role, _, shown, _, counts in columns], 0.3),
    }


def _counts(row: dict[str, str]) -> float:
    return float(row.get("counts") or 1.0)


def _columns(rows: Rows) -> Iterator[tuple[str, str, Evidence, list[str], float]]:
    """(role, heading, evidence of what stands below it, its cells, how often it counts) of each column of the labelled tables.

    Columns of one role in a table count as one: twelve months to tick say no more than one.
    """
    from etl.measures import contents

    tables: dict[tuple[str, str], Rows] = defaultdict(list)
    for row in rows:
        tables[row["source"], row["table"]].append(row)
    for table in tables.values():
        cells = [[cell.replace(" ⏎ ", "\n") for cell in row["cells"].split(" | ")] for row in table]
        alike = Counter(row["role"] for row in table)
        for row, texts, shown in zip(table, cells, contents.evidence(cells), strict=True):
            yield row["role"], row["heading"].replace(" / ", "\n"), shown, texts, 1.0 / alike[row["role"]]


def write(path: Path, sets: dict[str, Weights]) -> None:
    lines = [
        f"{json.dumps(name)}: {json.dumps(weights.as_json(each), ensure_ascii=False, separators=(',', ':'))}" for name, each in sets.items()
    ]
    path.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")


if __name__ == "__main__":
    write(WEIGHTS, learned(examples(EXAMPLES)))
