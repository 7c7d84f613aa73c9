"""Labelled examples -> the weights that the reader of measures uses.

`examples/` holds what people labelled: headings (role, heading), columns of whole tables, titles (kind, title), texts of measures
(topic, text). `weights.json` is what they give: `python -m etl.measures.training` writes it.
"""

import csv
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from etl.measures import contents
from etl.measures.learned import WEIGHTS, of_statement
from etl.weighing import weights
from etl.weighing.fit import fit
from etl.weighing.letters import Evidence, letters
from etl.weighing.weights import SCALE, Weights

EXAMPLES = Path(__file__).with_name("examples")
Rows = list[dict[str, str]]


def examples(*folders: Path) -> dict[str, Rows]:
    """Every row of the folders' example files, by the file's name."""
    found: dict[str, Rows] = defaultdict(list)
    for folder in folders:
        for path in sorted(folder.glob("*.csv")):
            with open(path, encoding="utf-8-sig", newline="") as handle:
                found[path.stem] += list(csv.DictReader(handle))
    return found


def trained(rows: dict[str, Rows]) -> dict[str, Weights]:
    """Examples -> every set of weights, always the same for the same examples."""
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
    write(WEIGHTS, trained(examples(EXAMPLES)))
