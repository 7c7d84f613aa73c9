"""Asked and made: what the papers of an agency and year are made of, and all of them."""

from collections.abc import Iterator, Mapping

from pandas import DataFrame

from pages.parts import meant
from pages.parts.ask.warehouse import ask
from pages.parts.papers import content, pdf, word
from pages.parts.papers.paper import KINDS
from pages.parts.present.handout import file_name
from pages.parts.say.text import Words


class Asked(Mapping):
    """Word of a query -> its frame, asked when it is looked up (and kept by the warehouse)."""

    def __init__(self, questions: dict[str, dict]):
        self._questions = questions

    def __getitem__(self, word: str) -> DataFrame:
        return ask(word, **self._questions[word])

    def __iter__(self) -> Iterator[str]:
        return iter(self._questions)

    def __len__(self) -> int:
        return len(self._questions)


def known(agency: str, year: int, words: Words) -> content.Known:
    """What the papers of an agency and year are made of. IndexError: no such agency. NoData: there is no database."""
    if (about := meant.agency(agency)) is None:
        raise IndexError(agency)
    one, before = ({"agency": agency, "year": of} for of in (year, year - 1))
    frames = Asked(
        {
            "papers_measures": one,
            "papers_scores": one,
            "papers_items": {"year": year},
            "papers_before": one,
            "plan_pairs": one,
            "verdict": one,
            "score_trend": {"agency": agency, "until": year},
            "change_waterfall": one,
            "compare_distribution": one,
            "compare_profile": one,
            "weakest": one | {"order": "gain"},
            "path": one,
            "path_levels": {"year": year},
        }
    )
    of_before = Asked({"weakest": before | {"order": "gain"}, "path": before, "path_levels": {"year": year - 1}})
    return content.Known(agency, about.name, about.district, about.province, year, about.synthetic, frames, of_before, words)


def files_of(agency: str, year: int, words: Words) -> list[tuple[str, bytes]]:
    """Name and content of every paper of an agency, in a folder of its own, as Word and PDF. BadTemplate: a template has a mistake."""
    all_known = known(agency, year, words)
    folder = file_name(agency, all_known.agency, year).removesuffix(".pdf")
    made = []
    for number, kind in enumerate(KINDS, 1):
        paper = content.paper(kind, all_known)
        name = f"{folder}/{number}-{kind}"
        made += [(f"{name}.docx", word.docx(paper)), (f"{name}.pdf", pdf.pdf(paper))]
    return made
