"""The same page as bench/plain/page.py as one writes it in Dash, behind gzip: `python bench/plain/dashed.py AGENCY PORT`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from dash import Dash, Input, Output, dcc, html
from waitress import serve

from pages.parts.ask.warehouse import ask
from pages.parts.figures import draw
from pages.parts.say.text import Words

AGENCY, PORT = sys.argv[1], int(sys.argv[2])
YEARS = [2568, 2567, 2566, 2565]
CHARTS = {"verdict": {}, "change_waterfall": {}, "weakest": {"order": "score"}}

app = Dash(compress=True, title="ITA")
app.server.config["COMPRESS_ALGORITHM"] = "gzip"


def charts(year: int) -> list:
    """The title and the three charts of a year."""
    words = Words("en")
    figures = [draw(word, ask(word, agency=AGENCY, year=year, **given), words) for word, given in CHARTS.items()]
    return [html.H1(f"Fiscal year {year}"), *(dcc.Graph(figure=figure) for figure in figures)]


def page() -> html.Div:
    """Whole at once: charts that a callback brings would come a round trip later."""
    return html.Div([dcc.Dropdown(YEARS, YEARS[0], id="year", clearable=False), html.Div(charts(YEARS[0]), id="charts")])


app.layout = page
app.callback(Output("charts", "children"), Input("year", "value"), prevent_initial_call=True)(charts)

if __name__ == "__main__":
    serve(app.server, host="127.0.0.1", port=PORT)  # the server that comes with Flask closes the connection after every file
