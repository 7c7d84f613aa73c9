"""The weights that the reader of measures uses: those of the repository, or what an installation learned (training.py makes both)."""

import hashlib
import json
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

from etl.weighing import weights
from etl.weighing.letters import Evidence, letters, plain
from etl.weighing.weights import Weights

WEIGHTS = Path(__file__).with_name("weights.json")
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
