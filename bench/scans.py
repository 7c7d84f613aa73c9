"""Reads documents as scans and as photographs and says how much of what they say comes back:
`python -m bench.scans [how many] [--kind scan|photograph] [--draw N] [--kept FILE]`.

What a document says is what the reader makes of the original; so only what the picture loses counts. Fonts, sizes, resolution, skew,
noise, stamps and signatures are drawn for each document by its name and the number of the draw, so that a new document changes nothing
for the others, and another draw gives all of them afresh; two of the families were kept out of the training of the reader of numerals.
The documents come in an order that is drawn, too, so that the first of them are a fair sample. All of them take about an hour of
processor: with --kept, each is written to FILE as soon as it is measured, and is not measured again.
"""

import argparse
import hashlib
import json
import random
import re
import resource
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from bench import row
from bench._scanned import as_pdf, page_of, photographed, pictures, printed, scanned
from etl.formats import Unreadable, open_document
from etl.known import load_known
from etl.read import read, read_document
from etl.reading import Measure, Reading, Score
from train.fonts import KEPT_OUT, fonts

ROOT = Path(__file__).resolve().parents[1]
SEED = 2568
KNOWN = load_known()
FACES = ("Laksaman", "sarabun", "Norasi", "Garuda", "Loma", *KEPT_OUT)
BARS = {"measures": 0.97, "marks": 0.97, "words": 0.93, "scores": 0.98, "levels": 0.98, "codes": 0.97, "identity": 0.99, "titles": 0.90}
BARS_OF_PHOTOGRAPHS = {"measures": 0.90}
KINDS = {"scan": (BARS, 0.002), "photograph": (BARS_OF_PHOTOGRAPHS, 0.005)}  # and the share of digits that may be silently wrong
NAMES = {
    "measures": "measures found",
    "marks": "status right, stated by marks",
    "words": "status right, stated by words",
    "scores": "scores right",
    "levels": "levels right (letters and words)",
    "codes": "question codes right",
    "identity": "agency and year right",
    "titles": "titles by likeness",
}


@dataclass
class Tally:
    """Of each kind of thing: how many there are, and how many came back. `silent` are digits that came back as others without a word."""

    there: Counter = field(default_factory=Counter)
    right: Counter = field(default_factory=Counter)
    documents: int = 0
    of_kept_out: int = 0  # documents in families that training never saw
    digits: int = 0
    silent: int = 0
    unsure: int = 0
    pages: int = 0
    seconds: float = 0.0
    refused: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, kept: dict) -> None:
        """What was kept of a document."""
        for name, value in kept.items():
            if isinstance(value, dict):
                getattr(self, name).update(value)
            else:
                setattr(self, name, getattr(self, name) + value)

    def count(self, kind: str, right: float) -> None:
        self.there[kind] += 1
        self.right[kind] += right

    def value(self, name: str, truth: object, read: object, unsure: bool) -> None:
        """A value made of digits; one that is not there or is unsure is not silently wrong."""
        digits = re.sub(r"\D", "", str(truth if truth is not None else ""))
        self.digits += len(digits)
        if not digits or read in (None, "") or str(read) == str(truth):
            self.unsure += bool(digits and (read in (None, "")))
            return
        if unsure:
            self.unsure += 1
            return
        again = re.sub(r"\D", "", str(read))
        self.silent += max(1, Levenshtein.distance(digits, again))
        self.wrong.append(f"{name}: {truth} read as {read}")


def documents() -> list[Path]:
    """The golden documents and, where they are at hand, the five reports; those that the reader makes nothing of do not count."""
    golden = ROOT / "tests" / "golden"
    found = [
        path for room in ("measures", "scores") for path in sorted((golden / room).rglob("*")) if path.suffix in (".txt", ".html", ".csv")
    ]
    return found + sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))


def compare(truth: Reading, again: Reading, tally: Tally) -> None:
    tally.count("identity", (truth.source.agency, truth.source.fiscal_year) == (again.source.agency, again.source.fiscal_year))
    tally.value("year", truth.source.fiscal_year, again.source.fiscal_year, "fiscal_year" in again.source.unsure)
    _scores(truth.scores, again.scores, tally)
    left = list(again.measures)
    for measure in truth.measures:
        same = [
            (fuzz.ratio(measure.title or "", one.title or "") + 5 * (one.number == measure.number), -at)
            for at, one in enumerate(left)
            if one.section == measure.section
        ]
        best = max(same, default=(0, 0))
        tally.count("measures", best[0] >= 60)
        if best[0] >= 60:
            _measure(measure, left.pop(-best[1]), tally)


def _scores(truth: list[Score], again: list[Score], tally: Tally) -> None:
    def key(score: Score) -> tuple:
        return score.indicator, score.fiscal_year

    left = list(again)
    for score in truth:
        found = max(
            (one for one in left if key(one) == key(score)), key=lambda one: fuzz.ratio(one.agency or "", score.agency or ""), default=None
        )
        if found is None or (score.agency and fuzz.ratio(found.agency or "", score.agency) < 70):
            tally.count("levels" if score.indicator == "LEVEL" else "scores", False)
            tally.digits += len(re.sub(r"\D", "", str(score.score)))
            continue
        left.remove(found)
        tally.count("levels" if score.indicator == "LEVEL" else "scores", found.score == score.score)
        if score.indicator != "LEVEL":
            tally.value(f"score {score.indicator}", score.score, found.score, "score" in found.unsure)


def _measure(truth: Measure, again: Measure, tally: Tally) -> None:
    tally.count("titles", fuzz.ratio(truth.title or "", again.title or "") / 100)
    if truth.status:
        tally.count("marks" if truth.status_basis == "mark" else "words", truth.status == again.status)
    for code in truth.refs:
        tally.count("codes", code in again.refs)
    for name in ("number", "period_start", "period_end", "budget_planned", "budget_spent"):
        tally.value(f"{name} of {truth.title}", getattr(truth, name), getattr(again, name), name in again.unsure)
    tally.value("codes", " ".join(truth.refs), " ".join(again.refs), "refs" in again.unsure)


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def name_of(path: Path) -> str:
    """The document's name among all: the end of its path, the same on every machine.

    >>> name_of(Path("/any/tests/golden/scores/b_codes/document.csv"))
    'scores/b_codes/document.csv'
    """
    return "/".join(path.parts[-3:])


def order_of(documents: list[Path], draw: int) -> list[Path]:
    """The documents as they are drawn: where one stands depends on its own name alone."""
    return sorted(documents, key=lambda path: hashlib.sha256(f"{SEED} {draw} {name_of(path)}".encode()).digest())


def read_as(kind: str, path: Path, draw: int) -> Tally:
    """One document printed in a face, spoilt as `kind` says, and read again; an empty tally where the original says nothing."""
    chance = random.Random(f"{SEED} {draw} {kind} {name_of(path)}")
    document = open_document(path)
    tally = Tally()
    if not (truth := read(document, KNOWN)).measures and not truth.scores:
        return tally
    family = chance.choice(FACES)
    dpi = chance.choice((150, 200, 300)) if kind == "scan" else 220
    pages = list(pictures(printed(page_of(document, fonts()[family][0], chance.choice((13, 14, 16)))), dpi))
    spoil = scanned if kind == "scan" else photographed
    pdf = as_pdf([spoil(page, dpi, chance) for page in pages], dpi, 40 if kind == "scan" else 80)
    tally.documents, tally.of_kept_out, tally.pages = 1, family in KEPT_OUT, len(pages)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "scan.pdf").write_bytes(pdf)
        begun = _processor_seconds()
        try:
            again = read_document(Path(folder, "scan.pdf"), KNOWN)
        except Unreadable as reason:
            tally.refused = 1
            tally.wrong.append(f"{path.parent.name}/{path.name}: {reason}")
            again = Reading(replace(truth.source, agency=None, fiscal_year=None))
        tally.seconds = _processor_seconds() - begun
    before = len(tally.wrong)
    if not tally.refused and not again.measures and not again.scores:
        tally.lost = 1
        tally.wrong.append("nothing of it came back")
    compare(truth, again, tally)
    tally.wrong += [f"{NAMES[one]} {right:g} of {tally.there[one]}" for one, right in tally.right.items() if right < 0.9 * tally.there[one]]
    tally.wrong[before:] = [f"{path.parent.name}/{path.name} {family} {dpi} dpi: {said}" for said in tally.wrong[before:]]
    return tally


def measured(kind: str, chosen: list[Path], draw: int, kept: Path | None) -> Tally:
    """The tally of these documents; those that stand in `kept` are taken from there, the others are added to it."""
    lines = kept.read_text("utf-8").splitlines() if kept and kept.exists() else []
    known = {(one["kind"], one["draw"], one["name"]): one["tally"] for one in map(json.loads, lines)}
    tally = Tally()
    for path in chosen:
        key = kind, draw, name_of(path)
        if key not in known:
            known[key] = vars(read_as(kind, path, draw))
            if kept:
                with kept.open("a", encoding="utf-8") as file:
                    said = {"kind": kind, "draw": draw, "name": name_of(path), "tally": known[key]}
                    file.write(json.dumps(said, ensure_ascii=False) + "\n")
        tally.add(known[key])
    return tally


def show(kind: str, tally: Tally) -> None:
    bars, silent = KINDS[kind]
    row(f"{kind}s: documents (in fonts that training never saw)", f"{tally.documents} ({tally.of_kept_out})")
    for name, words in NAMES.items():
        if tally.there[name]:
            share = tally.right[name] / tally.there[name]
            row(f"{kind}s: {words} (of {tally.there[name]})", f"{share:.3f}", f"{bars[name]:.2f}" if name in bars else "")
    row(f"{kind}s: silently wrong digits (of {tally.digits})", f"{tally.silent / max(tally.digits, 1):.2%}", f"{silent:.1%} at most")
    row(f"{kind}s: values left unsure", str(tally.unsure))
    row(f"{kind}s: documents refused", str(tally.refused))
    row(f"{kind}s: documents of which nothing came back", str(tally.lost))
    row(f"{kind}s: seconds of processor a page", f"{tally.seconds / max(tally.pages, 1):.1f}", "6 on one core")
    for said in tally.wrong:
        print(f"  {said}", file=sys.stderr)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("most", nargs="?", type=int, help="how many documents; without it all")
    options.add_argument("--kind", choices=KINDS, help="only scans or only photographs")
    options.add_argument("--draw", type=int, default=1, help="the number of the draw: another gives every document another font and stamp")
    options.add_argument("--kept", type=Path, help="a file of what was measured, to go on from")
    asked = options.parse_args()
    chosen = order_of(documents(), asked.draw)[: asked.most]
    for kind in [asked.kind] if asked.kind else KINDS:
        show(kind, measured(kind, chosen, asked.draw, asked.kept))


if __name__ == "__main__":
    main()
