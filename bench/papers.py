"""What papers cost on the made-up nation: an analysis with all its tables, and the papers of a province of a hundred agencies."""

import os
import time
from itertools import cycle, islice

from bench import row
from bench.exports import YEAR, seconds
from bench.pages import NATION, folder
from pages.parts.ask import warehouse
from pages.parts.ask.warehouse import ask
from pages.parts.papers import content, pdf, word
from pages.parts.papers.made import known
from pages.parts.papers.province import province
from pages.parts.say.text import Words

AGENCIES = 100


def main() -> None:
    """Prints every figure beside its promise."""
    os.environ["ITA_DATA"] = str(folder(NATION))
    words = Words("th")
    name = ask("provinces")["province"].dropna().iloc[0]
    members = ask("province_members", province=name, year=YEAR)
    one = members["agency_id"].iloc[0]

    def analysis() -> None:
        warehouse.forget()
        paper = content.paper("analysis", known(one, YEAR, words))
        word.docx(paper)
        pdf.pdf(paper)

    row("an analysis, from the database to Word and PDF", f"{seconds(analysis):.2f} s", "0.5 s")
    some = members.iloc[list(islice(cycle(range(len(members))), AGENCIES))]
    warehouse.forget()
    start, cpu = time.perf_counter(), time.process_time()
    files = sum(len(made) for made in province(some, YEAR, words))
    row(f"papers of {AGENCIES} agencies, {files} files", f"{time.perf_counter() - start:.1f} s", "60 s")
    row(f"papers of {AGENCIES} agencies, of processors", f"{time.process_time() - cpu:.1f} s", "120 s")


if __name__ == "__main__":
    main()
