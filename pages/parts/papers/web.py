"""The page that an agency puts on its web site: its papers in one HTML file that asks for nothing outside itself."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from pages.parts.papers.paper import Lines, Paper, head_rows
from pages.parts.present.html_deck import fonts

STYLE = Path(__file__).with_name("web.css")


@dataclass(frozen=True)
class WebPage:
    """The papers of an agency and year that stand on one page."""

    papers: tuple[Paper, ...]


def _table(paper: Paper, part) -> str:
    above, below = head_rows(paper.words, part, paper.filling)
    heads = [f'<th colspan="{wide}" rowspan="{high}" scope="col">{escape(text)}</th>' for text, wide, high in above]
    second = f"<tr>{''.join(f'<th scope=col>{escape(text)}</th>' for text in below)}</tr>" if below else ""
    rows = []
    for row in paper.parts[part.name]:
        if "group" in row:
            rows.append(f'<tr><th colspan="{len(part.columns)}" scope="rowgroup" class="group">{escape(row["group"])}</th></tr>')
        else:
            rows.append("<tr>" + "".join(f'<td class="{one.align}">{escape(row[one.key])}</td>' for one in part.columns) + "</tr>")
    name = escape(f"{paper.title}: {paper.heading(part)}")
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{name}"><table><thead><tr>{"".join(heads)}</tr>{second}</thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _section(paper: Paper) -> str:
    said = [f'<section id="{paper.kind}"><h2>{escape(paper.title)}</h2>']
    for part in paper.form.parts:
        if not paper.parts[part.name]:
            continue
        said.append(f"<h3>{escape(paper.heading(part))}</h3>")
        if isinstance(part, Lines):
            said += [f"<p>{escape(line)}</p>" for line in paper.parts[part.name]]
        else:
            said.append(_table(paper, part))
    if paper.blanks:
        listed = "".join(f"<li>{escape(line)}</li>" for line in paper.blanks)
        said.append(f"<h3>{escape(paper.words('paper.blank.title'))}</h3><ul>{listed}</ul>")
    return "".join(said) + "</section>"


def page(made: WebPage) -> bytes:
    """The page as UTF-8."""
    first = made.papers[0]
    words = first.words
    title = words("paper.web.title", agency=first.agency, year=words.year(first.year))
    links = "".join(f'<li><a href="#{paper.kind}">{escape(words(f"task.{paper.kind}"))}</a></li>' for paper in made.papers)
    mark = f'<p class="mark">{escape(words("paper.made_up"))}</p>' if first.synthetic else ""
    return "".join(
        [
            f'<!doctype html><html lang="{words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
            f"<title>{escape(title)}</title><style>{fonts()}{STYLE.read_text(encoding='utf-8')}</style></head><body>",
            f"<header><h1>{escape(title)}</h1><p>{escape(first.place)}</p>{mark}<nav><ul>{links}</ul></nav></header><main>",
            *map(_section, made.papers),
            "</main></body></html>",
        ]
    ).encode()
